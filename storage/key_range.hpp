// A range of keys of a table or index, as a value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/key_codec.hpp"
#include "storage/schema.hpp"

namespace minamo::storage {

enum class SortOperator : std::uint8_t { none, eq, lt, le, gt, ge, between, begins_with };

// A slice of the hash space: segment `segment` of `total`. Their union is all rows, they are disjoint, and all rows of
// one partition are in one of them.
struct Segment {
    std::uint32_t segment = 0;
    std::uint32_t total = 1;
};

// What to walk. Values are encoded (item_codec) and of the key's types.
struct KeyRange {
    const Index* index = nullptr;            // null: the table itself
    std::optional<PartitionHash> partition;  // absent: all partitions (Scan), by hash
    std::optional<Segment> segment;          // with no partition
    // Sort conditions, within a partition: equality on the first sort attributes, then one operator on the next.
    std::vector<std::string> sort_equal;
    SortOperator sort_operator = SortOperator::none;
    std::string sort_low;   // the operand; the lower bound of between
    std::string sort_high;  // the upper bound of between
    bool low_open = false;  // of between: without the bound itself
    bool high_open = false;
    bool forward = true;
    // Start after the position of this key (attributes of the table's key and the index's), whether such a row exists
    // or not. Encoded item; empty: from the start.
    std::string start_after;
};

}  // namespace minamo::storage
