// A discrete-event loop: each event runs at its own moment, at most events_per_transaction in one transaction.
#include "emulator/lifecycle.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>

#include "emulator/items/transaction_tokens.hpp"
#include "emulator/streams/table_streams.hpp"
#include "emulator/tables/table_events.hpp"
#include "emulator/tables/time_to_live.hpp"
#include "emulator/time/events.hpp"
#include "emulator/turn.hpp"
#include "storage/expiry.hpp"
#include "storage/faults.hpp"
#include "storage/journal.hpp"

namespace minamo {
namespace {

// How much one transaction does, and how much a call does that others wait behind: an event counts as event_rows.
constexpr std::size_t rows_per_transaction = 5000;
constexpr std::size_t rows_in_passing = 1000;
constexpr std::size_t event_rows = 10;

using TableRun = void (*)(Turn&, const storage::Table&, const Event&);
using Run = std::size_t (*)(Turn&, const Event&);  // how many rows that was
using RowsOf = std::size_t (*)(std::size_t);       // of a table's rows

std::size_t no_rows(std::size_t) {
    return 0;
}

std::size_t forget(Turn& turn, const Event& event) {
    forget_token(turn, event);
    return 0;
}

// Who runs an event: of a table that is still there, or by itself.
struct Row {
    EventKind kind;
    TableRun run_on_table;
    RowsOf rows;
    Run run;
};

constexpr Row rows_of_events[] = {
    {EventKind::table_active, make_active, no_rows, nullptr},
    {EventKind::table_gone, remove_table, rows_of_removal, nullptr},
    {EventKind::index_backfill, step_backfill, rows_of_backfill, nullptr},
    {EventKind::backfill_rest, step_backfill, rows_of_backfill, nullptr},
    {EventKind::index_gone, remove_index, rows_of_index_removal, nullptr},
    {EventKind::ttl_settled, settle_ttl, rows_of_settling, nullptr},
    {EventKind::stream_roll, nullptr, nullptr, roll_stream},
    {EventKind::token_gone, nullptr, nullptr, forget},
};

const Row& row_of(const Event& event) {
    const auto* const row = std::ranges::find(rows_of_events, event.kind, &Row::kind);
    if (row == std::end(rows_of_events)) storage::fail_damaged();
    return *row;
}

// Null where the table has gone, or another has its name: then there is nothing to do.
const storage::Table* table_of(storage::WriteTransaction& transaction, const Event& event) {
    const storage::Table* table = transaction.find_table(event.name);
    return table != nullptr && table->number == event.table_number ? table : nullptr;
}

std::size_t rows_for(storage::WriteTransaction& transaction, const Row& row, const storage::Table& table) {
    return row.rows(static_cast<std::size_t>(transaction.counters(table, 0).items));
}

// How many rows that was.
std::size_t run_event(Turn& turn, const Event& event) {
    const Row& row = row_of(event);
    if (row.run != nullptr) return event_rows + row.run(turn, event);
    const storage::Table* table = table_of(turn.transaction, event);
    if (table == nullptr) return event_rows;
    const std::size_t rows = event_rows + rows_for(turn.transaction, row, *table);
    row.run_on_table(turn, *table, event);
    return rows;
}

// What storage itself has to do, `limit` rows of it at most; how many those were. Nothing else is due before
// `until_ms`, or up to it.
std::size_t run_storage_work(Turn& turn, const storage::Due& due, std::int64_t until_ms, std::size_t limit) {
    if (due.kind() == storage::DueKind::trim) {
        const storage::Trimmed trimmed = trim(turn.transaction, due, until_ms, limit);
        if (trimmed.records > 0) turn.fell_due.trimmed_records[trimmed.table] += trimmed.records;
        return trimmed.records;
    }
    const storage::Swept swept = sweep(turn.transaction, due, until_ms, limit);
    if (swept.items > 0) turn.fell_due.expired_items[swept.table] += swept.items;
    return swept.items;
}

// How many rows an event would take that does not stop at a limit.
std::size_t rows_ahead(storage::WriteTransaction& transaction, const storage::Due& due) {
    if (due.kind() != storage::DueKind::event) return 0;
    const Event event = decode_event(due.event);
    const Row& row = row_of(event);
    const storage::Table* table = row.rows != nullptr ? table_of(transaction, event) : nullptr;
    return table != nullptr ? rows_for(transaction, row, *table) : 0;
}

// Runs what is due next; how many rows that was. Work of storage's own goes on as long as nothing else comes between.
std::size_t run_next(Turn& turn, const storage::Due& due, std::size_t limit) {
    turn.transaction.erase_due(due);
    turn.moment_ms = due.moment_ms;
    if (due.kind() == storage::DueKind::event) return run_event(turn, decode_event(due.event));
    const std::int64_t next_ms = turn.transaction.next_due_moment().value_or(never_ms);
    const std::int64_t until_ms = std::max(due.moment_ms, std::min(turn.now_ms, next_ms - 1));
    return event_rows + run_storage_work(turn, due, until_ms, limit);
}

// One transaction's share of what is due: `rows_max` rows of it, and where it is not `brief` one event in any case.
Result<void> run_some(const Visit& visit, std::size_t rows_max, bool brief) {
    FellDue fell_due;
    const auto body = [&](storage::WriteTransaction* transaction) -> Result<void> {
        if (transaction == nullptr) return {};
        transaction->exempt();
        Turn turn{*transaction, visit.space().world(), visit.now_ms(), visit.now_ms(), fell_due};
        for (std::size_t rows = 0; rows < rows_max && transaction->trees_left() > 0;) {
            const auto due = transaction->first_due(visit.now_ms());
            if (!due) break;
            if ((brief || rows > 0) && rows + rows_ahead(*transaction, *due) > rows_max) break;
            rows += run_next(turn, *due, rows_max - rows);
        }
        return {};
    };
    return visit.write(body, false, [&] { visit.space().falling().add(fell_due); });
}

enum class Progress : std::uint8_t { done, more, full };

// One transaction's share; several where the store is full. Deletions need some room before they give more back: less
// at a time may still fit.
Progress run_share(const Visit& visit, std::size_t rows_max, bool brief) {
    Namespace& space = visit.space();
    for (std::size_t limit = rows_max;;) {
        bool is_full = false;
        try {
            const auto ran = with_larger_map(space, [&] { return run_some(visit, limit, brief); });
            if (!ran) return Progress::full;
        } catch (const storage::StorageFull&) {
            is_full = true;
        }
        if (is_full && limit == 1) return Progress::full;
        if (is_full) {
            limit = std::max<std::size_t>(limit / 100, 1);
            continue;
        }
        if (space.next_due_ms() > visit.now_ms() || !space.has_store()) break;
        if (brief || limit == rows_max) return Progress::more;
    }
    space.drop_empty_store();
    return Progress::done;
}

thread_local const std::atomic<bool>* interrupted = nullptr;

}  // namespace

Interruptible::Interruptible(const std::atomic<bool>& interrupt) {
    interrupted = &interrupt;
}

Interruptible::~Interruptible() {
    interrupted = nullptr;
}

bool catch_up(const Visit& visit) {
    if (visit.space().next_due_ms() > visit.now_ms()) return true;
    for (;;) {
        const Progress progress = run_share(visit, rows_per_transaction, false);
        if (progress != Progress::more) return progress == Progress::done;
        if (interrupted != nullptr && *interrupted) throw Interrupted{};
    }
}

bool catch_up_briefly(const Visit& visit) {
    Namespace& space = visit.space();
    if (space.next_due_ms() > visit.now_ms()) return true;
    return !space.is_worked_on() && run_share(visit, rows_in_passing, true) != Progress::more;
}

bool catch_up_some(const Visit& visit) {
    return visit.space().next_due_ms() > visit.now_ms() ||
           run_share(visit, rows_per_transaction, false) != Progress::more;
}

FellDue clock_moved(Namespace& space, const FallingDue& falling) {
    std::uint64_t expired_iterators = 0;
    const bool done = with_room(space, [&] {
        const Visit visit(space);
        expired_iterators += visit.iterators().expire(visit.now_ms());
        if (!catch_up(visit)) return false;
        static_cast<void>(
            visit.write([](storage::WriteTransaction*) -> Result<void> { return {}; }, space.is_on_disk()));
        return true;
    });
    if (!done) {
        throw storage::StorageFull(
            "The store is too full for all that has fallen due: "
            "delete something or allow more, then read the clock again.");
    }
    FellDue fell_due = falling.take();
    fell_due.expired_iterators += expired_iterators;
    return fell_due;
}

}  // namespace minamo
