// A discrete-event loop: each event runs at its own moment, at most events_per_transaction in one transaction.
//
//   event = kind (1), then decimals ended by ' ': table number, index number, steps left, step ms;
//           then the name, 00 and the resume position
#include "emulator/lifecycle.hpp"

#include <algorithm>
#include <charconv>

#include "storage/write.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::IndexStatus;
using storage::Table;
using storage::TableStatus;

constexpr int events_per_transaction = 1000;
constexpr std::int64_t backfill_steps = 10;
constexpr std::size_t index_rows_per_step = 10000;

std::string encode(const Event& event) {
    std::string out(1, static_cast<char>(event.kind));
    for (const std::int64_t number : {static_cast<std::int64_t>(event.table_number),
                                      static_cast<std::int64_t>(event.index_number), event.steps_left, event.step_ms}) {
        out.append(std::to_string(number)).push_back(' ');
    }
    out.append(event.name).push_back('\0');
    return out.append(event.resume);
}

std::int64_t take_number(std::string_view& bytes) {
    std::int64_t number = 0;
    const auto end = std::from_chars(bytes.data(), bytes.data() + bytes.size(), number).ptr;
    bytes.remove_prefix(static_cast<std::size_t>(end - bytes.data()) + 1);
    return number;
}

Event decode(std::string_view bytes) {
    Event event;
    event.kind = static_cast<EventKind>(bytes.front());
    bytes.remove_prefix(1);
    event.table_number = static_cast<std::uint64_t>(take_number(bytes));
    event.index_number = static_cast<std::uint8_t>(take_number(bytes));
    event.steps_left = take_number(bytes);
    event.step_ms = take_number(bytes);
    const std::size_t end = bytes.find('\0');
    event.name = bytes.substr(0, end);
    event.resume = bytes.substr(end + 1);
    return event;
}

auto find_index(Table& table, std::uint8_t number) {
    return std::ranges::find(table.indexes, number, &Index::number);
}

// The end of CREATING or UPDATING, for the table and those of its indexes that went the same way.
void set_active(Table& table) {
    const bool was_creating = table.status == TableStatus::creating;
    table.status = TableStatus::active;
    for (Index& index : table.indexes) {
        if (was_creating || index.status == IndexStatus::updating) index.status = IndexStatus::active;
    }
}

void make_active(storage::WriteTransaction& transaction, Table table) {
    if (table.status == TableStatus::deleting) return;
    set_active(table);
    transaction.put_table(std::move(table));
}

// The first step ends the allocation: the table is ACTIVE again. Each step fills its share of what is left.
void step_backfill(Namespace& space, storage::WriteTransaction& transaction, Table table, Event event,
                   std::int64_t moment_ms) {
    const auto index = find_index(table, event.index_number);
    if (index == table.indexes.end() || index->status != IndexStatus::creating) return;
    if (!index->backfilling) {
        index->backfilling = true;
        set_active(table);
    }
    const std::uint64_t rows = transaction.counters(table, 0).items;
    const bool last = event.steps_left <= 1;
    const std::size_t share = last ? SIZE_MAX : static_cast<std::size_t>(rows / backfill_steps + 1);
    const Table& kept = transaction.put_table(table);
    const Index& filled = *std::ranges::find(kept.indexes, event.index_number, &Index::number);
    event.resume = storage::backfill(transaction, kept, filled, event.resume, share);
    if (!last && !event.resume.empty()) {
        --event.steps_left;
        schedule(space, transaction, moment_ms + event.step_ms, event);
        return;
    }
    if (!last) {  // nothing is left to fill: the index is ready when its time has passed
        moment_ms += event.step_ms * (event.steps_left - 1);
        if (event.step_ms > 0) {
            event.steps_left = 1;
            event.resume = std::string(1, '\xFF');
            schedule(space, transaction, moment_ms, event);
            return;
        }
    }
    Table done = kept;
    const auto ready = find_index(done, event.index_number);
    ready->status = IndexStatus::active;
    ready->backfilling = false;
    transaction.put_table(std::move(done));
}

void remove_index(Namespace& space, storage::WriteTransaction& transaction, Table table, const Event& event,
                  std::int64_t moment_ms) {
    if (transaction.erase_index_rows(table, event.index_number, index_rows_per_step) > 0) {
        schedule(space, transaction, moment_ms, event);
        return;
    }
    std::erase_if(table.indexes, [&event](const Index& index) { return index.number == event.index_number; });
    if (table.status == TableStatus::updating) set_active(table);
    transaction.put_table(std::move(table));
}

// The table may have gone, or another may have its name: then there is nothing to do.
void run(Namespace& space, storage::WriteTransaction& transaction, const Event& event, std::int64_t moment_ms) {
    if (event.kind == EventKind::token_gone) return transaction.erase_meta(token_name(event.name));
    const Table* table = transaction.find_table(event.name);
    if (table == nullptr || table->number != event.table_number) return;
    switch (event.kind) {
        case EventKind::table_active:
            return make_active(transaction, *table);
        case EventKind::table_gone:
            return transaction.erase_table(*table);
        case EventKind::index_backfill:
            return step_backfill(space, transaction, *table, event, moment_ms);
        case EventKind::index_gone:
            return remove_index(space, transaction, *table, event, moment_ms);
        case EventKind::token_gone:
            break;
    }
}

}  // namespace

std::string token_name(std::string_view token) {
    return std::string("token/").append(token);
}

void schedule(Namespace& space, storage::WriteTransaction& transaction, std::int64_t moment_ms, const Event& event) {
    transaction.add_due(moment_ms, encode(event));
    space.note_due(moment_ms);
}

void schedule_backfill(Namespace& space, storage::WriteTransaction& transaction, const Table& table,
                       std::uint8_t index_number, std::int64_t now_ms, std::int64_t duration_ms) {
    Event event{EventKind::index_backfill, table.number, table.name, index_number, backfill_steps, 0, {}};
    const std::int64_t allocation_ms = duration_ms / 4;
    event.step_ms = (duration_ms - allocation_ms) / (backfill_steps - 1);
    schedule(space, transaction, now_ms + allocation_ms, event);
}

void catch_up(Namespace& space, std::int64_t now_ms) {
    bool ran = false;
    while (space.next_due_ms() <= now_ms) {
        ran = true;
        const auto done = space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
            if (transaction == nullptr) return {};
            for (int n = 0; n < events_per_transaction; ++n) {
                const auto due = transaction->first_due(now_ms);
                if (!due) break;
                transaction->erase_due(*due);
                run(space, *transaction, decode(due->event), due->moment_ms);
            }
            space.set_next_due(transaction->next_due_moment().value_or(never_ms));
            return {};
        });
        if (!done || !space.has_store()) break;
    }
    if (ran) space.drop_empty_store();
}

}  // namespace minamo
