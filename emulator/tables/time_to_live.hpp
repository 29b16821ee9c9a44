// What follows a change of a table's TimeToLiveSpecification.
#pragma once

#include <cstddef>

#include "emulator/time/events.hpp"
#include "emulator/turn.hpp"
#include "storage/schema.hpp"

namespace minamo {

// One step of it; schedules the rest.
void settle_ttl(Turn& turn, const storage::Table& table, const Event& event);

// How many rows a step goes through, of a table that has so many.
std::size_t rows_of_settling(std::size_t rows);

}  // namespace minamo
