// A range of keys of a table or index, and the cursor that walks it, both ways.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/key_codec.hpp"
#include "storage/store.hpp"

namespace minamo::storage {

enum class SortOperator : std::uint8_t { none, eq, lt, le, gt, ge, between, begins_with };

// A slice of the hash space: segment `segment` of `total`. Their union is all rows, they are disjoint, and all rows of
// one partition are in one of them.
struct Segment {
    std::uint32_t segment = 0;
    std::uint32_t total = 1;
};
bool in_segment(const PartitionHash& hash, const Segment& segment);

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

// Yields the rows of a range in DynamoDB's order. Borrowed views: see ItemView.
class RangeCursor {
public:
    // Throws nothing for a range that is empty. `table` and what `range` points to must outlive the cursor.
    RangeCursor(Transaction& transaction, const Table& table, const KeyRange& range);
    ~RangeCursor();
    RangeCursor(const RangeCursor&) = delete;
    RangeCursor& operator=(const RangeCursor&) = delete;

    // The next row: of a table the item, of an index its projected entry. empty() at the end.
    ItemView next();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace minamo::storage
