// The stream of a table: how it is opened, and how its shards follow each other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/time/events.hpp"
#include "emulator/turn.hpp"
#include "storage/store.hpp"

namespace minamo {

// Opens a new stream of a table that has been put with stream.enabled and its view; returns the table with its label
// and number. `settled_ms` is when it is no longer ENABLING.
const storage::Table& open_table_stream(storage::WriteTransaction& transaction, const storage::Table& table,
                                        unsigned shards, std::int64_t now_ms, std::int64_t settled_ms);

// Opens the streams of tables that have one by their settings only: those of a store of the first format, which
// journaled nothing.
void open_missing_streams(storage::WriteTransaction& transaction, unsigned shards, std::int64_t now_ms);

// Each shard is followed by one other when it has been open for limits::shard_open_ms. Answers how many rows of shards
// that changed.
std::size_t roll_stream(Turn& turn, const Event& event);

}  // namespace minamo
