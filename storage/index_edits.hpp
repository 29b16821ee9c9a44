// What one write does to the indexes of its table, as a value: a pure function of (schema, old item, new item).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "storage/key_codec.hpp"
#include "storage/schema.hpp"

namespace minamo::storage {

// The entry of `item` in the index: the projected attributes, encoded.
std::string index_entry(const Table& table, const Index& index, ItemView item);

struct IndexEdit {
    const Index* index = nullptr;
    std::optional<RowKey> erase;   // the old row's key, where it goes or moves
    std::optional<RowKey> insert;  // the new row's key, where there is a new or changed row
    std::string entry;             // what is inserted
    std::size_t old_bytes = 0;     // DynamoDB sizes of the entries; 0: there is none
    std::size_t new_bytes = 0;
    bool key_changed = false;      // both exist, under different keys
    bool content_changed = false;  // erase or insert is set
};

// One edit for each index in which the item has an entry before or after; old or new may be empty() (absent).
// Indexes that are DELETING are left out.
std::vector<IndexEdit> index_edits(const Table& table, ItemView old_item, ItemView new_item);

}  // namespace minamo::storage
