// Tables with their indexes, as DescribeTable and other calls show them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/call.hpp"
#include "emulator/wire/json.hpp"
#include "storage/schema.hpp"
#include "storage/store.hpp"

namespace minamo {

// A TableDescription, counters live. The replies of CreateTable and DeleteTable show less than the others: nothing that
// the request of the former did not ask for, nothing of keys and indexes in the latter.
enum class Shown : std::uint8_t { whole, created, deleted };
void write_description(Call& call, storage::Transaction& transaction, const storage::Table& table,
                       Shown shown = Shown::whole);

// The member KeySchema.
void write_keys(json::Writer& out, const storage::KeySchema& keys);

}  // namespace minamo
