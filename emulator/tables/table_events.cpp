// Tables and indexes become ACTIVE and go away step by step, as far as one transaction should.
#include "emulator/tables/table_events.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/tables/settings.hpp"
#include "emulator/wire/words.hpp"
#include "storage/write.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::IndexStatus;
using storage::Table;
using storage::TableStatus;

// What FellDue says. The latter is its own: DynamoDB has no word for what is no more.
constexpr std::string_view active = word_of(TableStatus::active);
constexpr std::string_view deleted = "DELETED";

constexpr std::size_t backfill_rows_at_once = 1000;  // of a step, at one moment of the clock
constexpr std::size_t index_rows_per_step = 5000;

auto find_index(Table& table, std::uint8_t number) {
    return std::ranges::find(table.indexes, number, &Index::number);
}

// The end of CREATING or UPDATING, for the table and those of its indexes that went the same way.
void set_active(Table& table, std::int64_t moment_ms) {
    const bool was_creating = table.status == TableStatus::creating;
    table.status = TableStatus::active;
    TableSettings settings = decode_table_settings(table.opaque);
    if (settle(settings.throughput, moment_ms)) table.opaque = encode(settings);
    for (Index& index : table.indexes) {
        IndexSettings kept = decode_index_settings(index.opaque);
        if (settle(kept.throughput, moment_ms)) index.opaque = encode(kept);
        if (was_creating || index.status == IndexStatus::updating) index.status = IndexStatus::active;
    }
}

// Tells which indexes have become ACTIVE.
void tell_indexes(Turn& turn, const Table& before, const Table& after) {
    for (const Index& index : after.indexes) {
        const Index* known = before.find_index(index.name);
        if (index.status != IndexStatus::active || known == nullptr || known->status == IndexStatus::active) continue;
        turn.fell_due.indexes.push_back({after.name, index.name, std::string(active)});
    }
}

}  // namespace

std::size_t rows_of_removal(std::size_t rows) {
    return rows / backfill_steps;  // whole pages at a time
}

std::size_t rows_of_backfill(std::size_t rows) {
    return std::min(rows / backfill_steps, backfill_rows_at_once);
}

std::size_t rows_of_index_removal(std::size_t rows) {
    return std::min(rows, index_rows_per_step);
}

void make_active(Turn& turn, const Table& given, const Event&) {
    if (given.status == TableStatus::deleting) return;
    Table table = given;
    set_active(table, turn.moment_ms);
    turn.fell_due.tables.push_back({table.name, {}, std::string(active)});
    tell_indexes(turn, given, table);
    turn.transaction.put_table(std::move(table));
}

void remove_table(Turn& turn, const Table& table, const Event&) {
    turn.fell_due.tables.push_back({table.name, {}, std::string(deleted)});
    turn.transaction.erase_table(table);
}

// The first step ends the allocation: the table is ACTIVE again. Each step fills its share of what is there, a part at
// a time, so that a large table's keeps nobody waiting.
void step_backfill(Turn& turn, const Table& given, const Event& due) {
    Table table = given;
    Event event = due;
    std::int64_t moment_ms = turn.moment_ms;
    const auto index = find_index(table, event.index_number);
    if (index == table.indexes.end() || index->status != IndexStatus::creating) return;
    if (!index->backfilling) {
        index->backfilling = true;
        set_active(table, turn.moment_ms);
        turn.fell_due.tables.push_back({table.name, {}, std::string(active)});
    }
    const std::uint64_t rows = turn.transaction.counters(table, 0).items;
    const bool last = event.steps_left <= 1;
    std::uint64_t share = last ? INT64_MAX : rows / backfill_steps + 1;
    if (event.kind == EventKind::backfill_rest) share = take_share(event);
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(share, backfill_rows_at_once));
    const Table& kept = turn.transaction.put_table(table);
    const Index& filled = *std::ranges::find(kept.indexes, event.index_number, &Index::number);
    event.resume = storage::backfill(turn.transaction, kept, filled, event.resume, part);
    if (share > part && !event.resume.empty()) {
        put_share(event, share - part);
        schedule(turn.transaction, turn.moment_ms, event);
        return;
    }
    if (!last && !event.resume.empty()) {
        --event.steps_left;
        schedule(turn.transaction, moment_ms + event.step_ms, event);
        return;
    }
    if (!last) {  // nothing is left to fill: the index is ready when its time has passed
        moment_ms += event.step_ms * (event.steps_left - 1);
        if (event.step_ms > 0) {
            event.steps_left = 1;
            event.resume = std::string(1, '\xFF');
            schedule(turn.transaction, moment_ms, event);
            return;
        }
    }
    Table done = kept;
    const auto ready = find_index(done, event.index_number);
    ready->status = IndexStatus::active;
    ready->backfilling = false;
    tell_indexes(turn, kept, done);
    turn.transaction.put_table(std::move(done));
}

void remove_index(Turn& turn, const Table& given, const Event& event) {
    Table table = given;
    if (turn.transaction.erase_index_rows(table, event.index_number, index_rows_per_step) > 0) {
        schedule(turn.transaction, turn.moment_ms, event);
        return;
    }
    const auto gone = find_index(table, event.index_number);
    if (gone != table.indexes.end()) {
        turn.fell_due.indexes.push_back({table.name, gone->name, std::string(deleted)});
        table.indexes.erase(gone);
    }
    if (table.status == TableStatus::updating) {
        set_active(table, turn.moment_ms);
        turn.fell_due.tables.push_back({table.name, {}, std::string(active)});
    }
    turn.transaction.put_table(std::move(table));
}

}  // namespace minamo
