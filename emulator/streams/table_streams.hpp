// The stream of a table: how it is opened, and what it is named by.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/store.hpp"

namespace minamo {

// StreamViewType of a request.
storage::StreamView stream_view(std::string_view name);

// Opens a new stream of a table that has been put with stream.enabled and its view; returns the table with its label
// and number. `settled_ms` is when it is no longer ENABLING.
const storage::Table& open_table_stream(storage::WriteTransaction& transaction, const storage::Table& table,
                                        unsigned shards, std::int64_t now_ms, std::int64_t settled_ms);

// Opens the streams of tables that have one by their settings only: those of a store of the first format, which
// journaled nothing.
void open_missing_streams(storage::WriteTransaction& transaction, unsigned shards, std::int64_t now_ms);

// "2015-05-11T21:21:33.291": UTC with milliseconds and no zone.
std::string stream_label(std::int64_t moment_ms);

}  // namespace minamo
