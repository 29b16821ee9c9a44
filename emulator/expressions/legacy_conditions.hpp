// Conditions of the legacy parameters, as Expected, QueryFilter, ScanFilter and KeyConditions have them in common: an
// operator and its arguments.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "emulator/wire/error.hpp"
#include "emulator/wire/json.hpp"
#include "storage/value.hpp"

namespace minamo {

enum class LegacyOperator : std::uint8_t {
    eq,
    ne,
    le,
    lt,
    ge,
    gt,
    not_null,
    null,
    contains,
    not_contains,
    begins_with,
    in,
    between,
};

struct LegacyCondition {
    std::string_view attribute;
    LegacyOperator comparison = LegacyOperator::eq;
    std::vector<storage::AttributeValue> arguments;
};

// A Condition structure: ComparisonOperator and AttributeValueList, which may be absent. Checks the values, their
// number, that they are of one type which the operator takes, and the bounds of BETWEEN.
Result<LegacyCondition> read_legacy_condition(std::string_view attribute, const json::Value& condition);

// Values of a list, which may be null.
Result<std::vector<storage::AttributeValue>> read_values(const json::Value* list);
// All but the values themselves.
Result<void> check_legacy_condition(const LegacyCondition& condition);
// An attribute's name of AttributesToGet, Expected and filters: neither empty nor too long.
Result<void> check_legacy_name(std::string_view attribute);
LegacyOperator legacy_operator(std::string_view text);  // one of the enum's names, as the shape has made sure

// "One or more parameter values were invalid: " + what.
tl::unexpected<Error> invalid_legacy(std::string_view what);

}  // namespace minamo
