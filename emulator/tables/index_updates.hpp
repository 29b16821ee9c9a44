// GlobalSecondaryIndexUpdates of UpdateTable: creating, deleting and re-provisioning GSIs of a filled table.
#pragma once

#include <cstdint>

#include "emulator/call.hpp"
#include "emulator/tables/settings.hpp"
#include "emulator/wire/input.hpp"
#include "storage/schema.hpp"

namespace minamo {

// What the request does to the table's indexes, beyond settings: at most one index is created or deleted at a time.
struct IndexChange {
    std::uint8_t created = 0;  // its number; 0: none
    std::uint8_t deleted = 0;
};

// Rules between the updates of the request, before the table is known.
Result<void> check_index_updates(Input request);

// Applies them to `table`: a created index is CREATING, a deleted one DELETING.
Result<IndexChange> update_indexes(const Call& call, storage::Table& table, const TableSettings& settings);

}  // namespace minamo
