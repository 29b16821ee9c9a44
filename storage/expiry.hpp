// Items that expire: time to live, as far as it concerns storage.
//
// An item expires when the clock has passed its table's ttl_attribute, a number of seconds since the epoch; it is
// deleted StoreOptions::expiry_delay_ms later. Rows in the table's tree hold these moments in order, and every write
// keeps them (write.cpp). The first moment of a table stands in `due`.
//
//   expiry row = FF + moment (8, as in due_key.hpp) + XXH128 of the row key (16) -> row key
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/store.hpp"
#include "storage/write.hpp"

namespace minamo::storage {

// An item that expired longer ago is never deleted (developer guide, "Using time to live (TTL) in DynamoDB": "more than
// five years in the past"). Years of 365.25 days.
inline constexpr std::int64_t expiry_age_max_ms = 157788000000;

// The first millisecond at which an item with this attribute has expired. Nothing where it never does: no attribute of
// this name, of another type than N, negative, or too large for milliseconds.
std::optional<std::int64_t> expires_ms(ItemView item, std::string_view attribute);

struct Swept {
    std::string table;
    std::uint64_t items = 0;  // deleted
};
// Does what a Due of DueKind::expiry asks for (erase it first): deletes, by `until_ms`, the items whose moment has
// come, `limit` at most, each at its own moment; what is left stands in `due` again.
Swept sweep(WriteTransaction& transaction, const Due& due, std::int64_t until_ms, std::size_t limit);

// After ttl_attribute was set: makes the expiry rows of up to `limit` rows of the table, from the position `resume` on
// (empty: the start). Returns where to go on; empty at the end.
std::string fill_expiries(WriteTransaction& transaction, const Table& table, std::string_view resume, std::size_t limit,
                          std::int64_t now_ms);
// After it was emptied: removes up to `limit` of them. How many it removed.
std::size_t erase_expiries(WriteTransaction& transaction, const Table& table, std::size_t limit);
// Before the table goes: what it has in `due` goes too.
void forget_expiries(WriteTransaction& transaction, const Table& table);

// For write.cpp: what a write does to the expiry row of its item.
struct ExpiryEdit {
    std::optional<std::int64_t> erase;
    std::optional<std::int64_t> insert;
};
ExpiryEdit expiry_edit(const Table& table, ItemView old_item, ItemView new_item);
// A sweep keeps `due` itself: `cause` tells whether it is one that writes.
void apply(TransactionState& state, const Table& table, std::string_view row_key, const ExpiryEdit& edit,
           std::int64_t now_ms, Cause cause);

}  // namespace minamo::storage
