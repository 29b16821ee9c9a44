// The one door for every write: row, index rows, stream record and counters, in one transaction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "storage/index_edits.hpp"
#include "storage/store.hpp"
#include "storage/stream.hpp"

namespace minamo::storage {

struct IndexWritten {
    const Index* index = nullptr;  // of the Table passed to write()
    std::size_t old_bytes = 0;     // DynamoDB sizes of the entry before and after; 0: none
    std::size_t new_bytes = 0;
    bool key_changed = false;
    bool content_changed = false;
};

// What a write changed: all that capacity needs.
struct Written {
    std::size_t old_bytes = 0;  // DynamoDB sizes of the row before and after; 0: none
    std::size_t new_bytes = 0;
    bool changed = false;               // false: the row was equal already, nothing was written or journaled
    std::vector<IndexWritten> indexes;  // those with an entry before or after; none where nothing changed
};

// Replaces the row `key` by `item` (encoded; empty() deletes). `old_item` is what get() returned for the key in this
// transaction: it is read before anything changes, and invalid afterwards, as every other view is.
Written write(WriteTransaction& transaction, const Table& table, const RowKey& key, ItemView old_item, ItemView item,
              std::int64_t now_ms, Cause cause = Cause::user);

// Adds the rows of one index for up to `limit` rows of the table, from the position `resume` on (a row key; empty: the
// start). Returns where to go on; empty at the end. Items that the index cannot hold are skipped.
std::string backfill(WriteTransaction& transaction, const Table& table, const Index& index, std::string_view resume,
                     std::size_t limit);

}  // namespace minamo::storage
