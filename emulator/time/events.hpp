// What waits for its moment in a store's `due` tree: each event as a value, and as bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/store.hpp"

namespace minamo {

enum class EventKind : char {
    table_active = 'a',    // CREATING or UPDATING -> ACTIVE
    table_gone = 'd',      // DELETING -> gone
    index_backfill = 'b',  // one step of filling a CREATING index; the last makes it ACTIVE
    backfill_rest = 'B',   // what is left of a step: its resume position has the rows that are left before it
    index_gone = 'i',      // a DELETING index's rows go, and then the index
    ttl_settled = 'l',     // time to live is ENABLED or DISABLED: one step of making or removing expiry rows
    stream_roll = 'r',     // shards of a stream that have been open long enough are followed by others
    token_gone = 't',      // a transaction's ClientRequestToken is forgotten
};

struct Event {
    EventKind kind{};
    std::uint64_t table_number = 0;  // of a stream_roll the stream's
    std::string name;                // of the table, or the token
    std::uint8_t index_number = 0;
    std::int64_t steps_left = 0;  // of a backfill, and when the next is due
    std::int64_t step_ms = 0;
    std::string resume;  // of what goes in steps: the row it goes on from
};

// Makers, each of what its kind says.
Event table_active(const storage::Table& table);
Event table_gone(const storage::Table& table);
Event index_gone(const storage::Table& table, std::uint8_t index_number);
Event ttl_settled(const storage::Table& table);
Event stream_roll(std::uint64_t stream_number, std::string_view table_name);
Event token_gone(std::string_view token);

// The named row of the store that keeps a token.
std::string token_name(std::string_view token);

// Steps of a backfill.
inline constexpr std::int64_t backfill_steps = 10;

// To be run at `moment_ms`, at the earliest by the call that follows this one.
void schedule(storage::WriteTransaction& transaction, std::int64_t moment_ms, const Event& event);

// The life of an index that UpdateTable creates: for a quarter of `duration_ms` its resources are allocated and the
// table is UPDATING, then its rows are filled step by step.
void schedule_backfill(storage::WriteTransaction& transaction, const storage::Table& table, std::uint8_t index_number,
                       std::int64_t now_ms, std::int64_t duration_ms);

// The rows that are left of a step of a backfill, in the event for its rest: taken, that is an event for a step.
std::uint64_t take_share(Event& event);
void put_share(Event& event, std::uint64_t share);

// As it waits in the store.
std::string encode(const Event& event);
// Throws storage::Damaged.
Event decode_event(std::string_view bytes);

}  // namespace minamo
