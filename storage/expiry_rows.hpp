// Rows that tell when the items of a table expire, as every write keeps them (expiry.hpp says what comes of them). All
// but expires_ms() is for the files of storage/ only.
//
//   expiry row = FF + moment (8, as in due.hpp) + XXH128 of the row key (16) -> row key
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/item_codec.hpp"
#include "storage/lmdb.hpp"
#include "storage/schema.hpp"
#include "storage/store_state.hpp"
#include "storage/stream.hpp"

namespace minamo::storage {

// The first millisecond at which an item with this attribute has expired. Nothing where it never does: no attribute of
// this name, of another type than N, negative, or too large for milliseconds.
std::optional<std::int64_t> expires_ms(ItemView item, std::string_view attribute);

std::string expiry_key(std::int64_t moment_ms, std::string_view row_key);
std::int64_t moment_of_expiry(std::string_view key);
// To the first expiry row of the cursor's tree; false: there is none.
bool seek_first_expiry(lmdb::Cursor& cursor);
// The moment of the table's first expiry row.
std::optional<std::int64_t> first_expiry_ms(TransactionState& state, lmdb::Database tree);
// Puts the deletion of what expired at the moment into `due`: one that is past comes to pass now.
void put_expiry_due(TransactionState& state, const Table& table, std::int64_t moment_ms, std::int64_t now_ms);

// Before the table goes: what it has in `due` goes too.
void forget_expiries(TransactionState& state, const Table& table);

// What a write does to the expiry row of its item.
struct ExpiryEdit {
    std::optional<std::int64_t> erase;
    std::optional<std::int64_t> insert;
};
ExpiryEdit expiry_edit(const Table& table, ItemView old_item, ItemView new_item);
// A sweep keeps `due` itself: `cause` tells whether it is one that writes.
void apply(TransactionState& state, const Table& table, std::string_view row_key, const ExpiryEdit& edit,
           std::int64_t now_ms, Cause cause);

}  // namespace minamo::storage
