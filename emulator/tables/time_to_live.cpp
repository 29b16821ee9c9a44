// Expiry rows are storage's own (expiry.hpp); here is when a table has them.
#include "emulator/tables/time_to_live.hpp"

#include <algorithm>
#include <string>

#include "emulator/tables/settings.hpp"
#include "storage/expiry.hpp"

namespace minamo {
namespace {

constexpr std::size_t expiry_rows_per_step = 5000;

}  // namespace

std::size_t rows_of_settling(std::size_t rows) {
    return std::min(rows, expiry_rows_per_step);
}

// Step by step: the expiry rows of another attribute go; from then on writes keep those of the attribute that is
// wanted, if any is, and those of the rows that are there are made.
void settle_ttl(Turn& turn, const storage::Table& given, const Event& due) {
    storage::Table table = given;
    Event event = due;
    const TimeToLive ttl = decode_table_settings(table.opaque).ttl;
    const std::string wanted = ttl.enabled ? ttl.attribute : std::string{};
    if (table.ttl_attribute != wanted || wanted.empty()) {
        table.ttl_attribute.clear();
        turn.transaction.put_table(table);
        if (erase_expiries(turn.transaction, table, expiry_rows_per_step) > 0) {
            schedule(turn.transaction, turn.moment_ms, event);
            return;
        }
        if (wanted.empty()) return;
        table.ttl_attribute = wanted;
        turn.transaction.put_table(table);
    }
    event.resume = fill_expiries(turn.transaction, table, event.resume, expiry_rows_per_step, turn.moment_ms);
    if (!event.resume.empty()) schedule(turn.transaction, turn.moment_ms, event);
}

}  // namespace minamo
