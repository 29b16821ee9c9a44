// Items that expire: time to live, as far as it concerns storage.
//
// An item expires when the clock has passed its table's ttl_attribute, a number of seconds since the epoch; it is
// deleted StoreOptions::expiry_delay_ms later. Rows in the table's tree hold these moments in order, and every write
// keeps them (expiry_rows.hpp). The first moment of a table stands in `due`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/due.hpp"
#include "storage/schema.hpp"
#include "storage/store.hpp"

namespace minamo::storage {

// An item that expired longer ago is never deleted (developer guide, "Using time to live (TTL) in DynamoDB": "more than
// five years in the past"). Years of 365.25 days.
inline constexpr std::int64_t expiry_age_max_ms = 157788000000;

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

}  // namespace minamo::storage
