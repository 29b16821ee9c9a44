// The cursor that walks a range of keys (key_range.hpp), both ways.
#pragma once

#include <memory>

#include "storage/item_codec.hpp"
#include "storage/key_range.hpp"
#include "storage/schema.hpp"
#include "storage/store.hpp"

namespace minamo::storage {

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
