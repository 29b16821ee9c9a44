// A condition as a union of reads by key, for statements, which don't tell keys and filters apart as Query does
// (conformance/behaviour/partiql.md, section 5).
//
// AND, and OR around a condition on a key, are spread out into branches; IN on a key is one branch for each value.
// Where every branch holds the partition key to a value, each is a range of keys; otherwise all is read. Everything
// that is no condition on a key, all NOT and `<>` among it, is a filter of its branch.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/expressions/expressions.hpp"
#include "emulator/wire/error.hpp"
#include "storage/range.hpp"

namespace minamo {

// `sort key, operator, value(s)` or `partition key = value`.
struct KeyTerm {
    bool sort = false;
    storage::SortOperator comparison = storage::SortOperator::eq;
    storage::ValueView low;   // the value; the lower bound of BETWEEN
    storage::ValueView high;  // the upper bound of BETWEEN
};

// An interval of sort keys. An empty view is no bound.
struct SortInterval {
    storage::ValueView low;
    storage::ValueView high;
    bool low_open = false;
    bool high_open = false;
    bool is_empty() const;
    // To what both have in common.
    void narrow(const SortInterval& other);
    bool meets(const SortInterval& other) const;
};

struct Branch {
    std::vector<KeyTerm> terms;
    std::vector<const grammar::Condition*> filters;
    storage::ValueView partition;  // once settled; empty(): of several values, which nothing has
    SortInterval interval;
    bool unsettled_sort = false;  // a filter is NOT or `<>` of the sort key
};

class Branches {
public:
    // Of a table, or of an index, whose keys are one partition attribute and at most one sort attribute. Borrows all.
    Branches(const storage::Table& table, const storage::Index* index, const BoundCondition& condition);
    Branches(const Branches&) = delete;
    Branches& operator=(const Branches&) = delete;

    // Whether every branch holds the partition key to a value.
    bool is_keyed() const { return keyed_; }

    // Paths below a key attribute; values of key conditions of another type than the key's, where a condition on the
    // partition key is among them; empty and overlong ones.
    Result<void> check_values() const;
    // Branches that read the same twice.
    Result<void> check_overlaps();
    // No more than reads_max.
    Result<void> check_count() const;
    // What a keyed read of an index filters by, and the index does not hold.
    Result<void> check_filters() const;

    // The key, encoded, where the condition is equality on all key attributes and nothing else.
    std::optional<std::string> single_key() const;
    // How many different partitions there are.
    std::size_t partition_count() const;

    // The ranges that a keyed read walks, in order of their keys; `partitions_down` and `sorts_down`: against it. After
    // check_overlaps().
    std::vector<storage::KeyRange> ranges(bool partitions_down, bool sorts_down) const;
    // Whether the ranges hold exactly what the condition wants, so that no row needs to be asked.
    bool are_exact() const;

    static constexpr std::size_t reads_max = 50;

private:
    bool pins(const grammar::Condition& condition) const;
    bool mentions_key(const grammar::Condition& condition) const;
    // Adds the key terms of one predicate, of which one must hold; none where it is no condition on a key.
    void add_terms(const grammar::Condition& condition, std::vector<KeyTerm>& out) const;
    std::vector<KeyTerm> terms(const grammar::Condition& condition) const;
    std::optional<KeyTerm> comparison_term(const grammar::Comparison& comparison) const;
    // Of a predicate that is one term: a comparison, BETWEEN, begins_with.
    std::optional<KeyTerm> single_term(const grammar::Condition& condition) const;
    std::optional<KeyTerm> term(const grammar::Operand& path, storage::SortOperator comparison,
                                const grammar::Operand& low, const grammar::Operand* high) const;
    storage::ValueView constant(const grammar::Operand& operand) const;
    bool is_unsettled(const grammar::Condition& condition) const;

    // Adds to each of `branches` what the condition says; false where there come to be too many to look at.
    bool spread(const grammar::Condition& condition, std::vector<Branch>& branches) const;
    SortInterval interval_of(const KeyTerm& term);
    void settle(Branch& branch);
    storage::ValueView after_prefix(storage::ValueView prefix);
    void merge_unions();
    storage::KeyRange range(const Branch& branch) const;

    const storage::Table& table_;
    const storage::Index* index_;
    const storage::KeySchema& keys_;
    const BoundCondition& condition_;
    bool keyed_ = false;
    bool too_many_ = false;
    std::vector<Branch> branches_;
    std::deque<std::string> owned_;  // bounds that no value of the statement has
};

}  // namespace minamo
