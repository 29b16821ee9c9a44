// From key conditions (key_conditions.cpp) to a range of keys (plan_keys.cpp).
#pragma once

#include <string>
#include <vector>

#include "emulator/expressions/expressions.hpp"
#include "emulator/wire/error.hpp"
#include "emulator/wire/json.hpp"
#include "storage/range.hpp"

namespace minamo {

// One condition on a top-level attribute. Operands are encoded values.
struct KeyCondition {
    std::string attribute;
    storage::SortOperator comparison = storage::SortOperator::eq;  // none: of KeyConditions, one that no index serves
    std::string low;                                               // the operand; the lower bound of BETWEEN
    std::string high;                                              // the upper bound
};

// Conditions that a query may have at most: on every attribute of the largest key, that of a GSI with four partition
// and four sort attributes.
inline constexpr std::size_t key_conditions_max = 8;

// What a comparator asks of a key; none: no key serves it.
storage::SortOperator sort_operator(grammar::Comparator comparator);
// `:v < a` says `a > :v`.
grammar::Comparator mirrored(grammar::Comparator comparator);

// The conditions of a KeyConditionExpression: everything that is wrong with its shape, before the table is known. More
// than two of them suit multi-attribute keys only, which plan_keys sees.
Result<std::vector<KeyCondition>> key_conditions(const BoundCondition& condition);
// The same of the legacy KeyConditions parameter, with its own faults.
Result<std::vector<KeyCondition>> legacy_key_conditions(const json::Value& object);

// The conditions, and the start key where there is one (else empty()), against the keys of the table or index, key by
// key: fills partition and sort conditions of `range`, whose index is set already. Fails with the schema rules of Query
// (conformance/behaviour/validation.md, section 5).
Result<void> plan_keys(const std::vector<KeyCondition>& conditions, const storage::Table& table,
                       storage::ItemView start_key, storage::KeyRange& range);

}  // namespace minamo
