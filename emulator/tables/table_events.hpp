// What time does to tables and their indexes. Each runs one event of a table that is there, or a step of it and
// schedules the rest.
#pragma once

#include <cstddef>

#include "emulator/time/events.hpp"
#include "emulator/turn.hpp"
#include "storage/schema.hpp"

namespace minamo {

void make_active(Turn& turn, const storage::Table& table, const Event& event);
void remove_table(Turn& turn, const storage::Table& table, const Event& event);
// The first step ends the allocation: the table is ACTIVE again.
void step_backfill(Turn& turn, const storage::Table& table, const Event& event);
void remove_index(Turn& turn, const storage::Table& table, const Event& event);

// How many rows one of these goes through, of a table that has so many.
std::size_t rows_of_removal(std::size_t rows);
std::size_t rows_of_backfill(std::size_t rows);
std::size_t rows_of_index_removal(std::size_t rows);

}  // namespace minamo
