// The stream of a table, as CreateTable, UpdateTable and DeleteTable open and close it.
#pragma once

#include <cstdint>
#include <string>

#include "emulator/dispatch.hpp"
#include "storage/store.hpp"

namespace minamo {

// StreamViewType of a request.
storage::StreamView stream_view(std::string_view name);

// Opens a new stream of a table that has been put with stream.enabled and its view; returns the table with its label
// and number. `settled_ms` is when it is no longer ENABLING.
const storage::Table& open_table_stream(Call& call, storage::WriteTransaction& transaction, const storage::Table& table,
                                        std::int64_t settled_ms);

// "2015-05-11T21:21:33.291": UTC with milliseconds and no zone.
std::string stream_label(std::int64_t moment_ms);

}  // namespace minamo
