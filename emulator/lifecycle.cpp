// A discrete-event loop: each event runs at its own moment, at most events_per_transaction in one transaction.
#include "emulator/lifecycle.hpp"

#include <algorithm>
#include <atomic>

#include "emulator/clock.hpp"
#include "emulator/limits.hpp"
#include "emulator/tables/settings.hpp"
#include "emulator/time/events.hpp"
#include "storage/expiry.hpp"
#include "storage/journal.hpp"
#include "storage/write.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::IndexStatus;
using storage::Table;
using storage::TableStatus;

// How much one transaction does, and how much a call does that others wait behind: an event counts as event_rows.
constexpr std::size_t rows_per_transaction = 5000;
constexpr std::size_t rows_in_passing = 1000;
constexpr std::size_t event_rows = 10;
constexpr std::size_t backfill_rows_at_once = rows_in_passing;  // of a step, at one moment of the clock
constexpr std::size_t index_rows_per_step = 5000;
constexpr std::size_t expiry_rows_per_step = 5000;

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

// How many rows the event goes through.
std::size_t rows_of(storage::WriteTransaction& transaction, const Table& table, const Event& event) {
    const auto rows = static_cast<std::size_t>(transaction.counters(table, 0).items);
    switch (event.kind) {
        case EventKind::table_gone:  // whole pages at a time
            return rows / backfill_steps;
        case EventKind::index_backfill:
        case EventKind::backfill_rest:
            return std::min(rows / backfill_steps, backfill_rows_at_once);
        case EventKind::index_gone:
            return std::min(rows, index_rows_per_step);
        case EventKind::ttl_settled:
            return std::min(rows, expiry_rows_per_step);
        default:
            return 0;
    }
}

// What runs events, in one transaction at one moment.
class Runner {
public:
    Runner(storage::WriteTransaction& transaction, std::int64_t now_ms, FellDue& fell_due)
        : transaction_(transaction), now_ms_(now_ms), fell_due_(fell_due) {}

    // The table may have gone, or another may have its name: then there is nothing to do. How many rows that was.
    std::size_t run(const Event& event, std::int64_t moment_ms);
    // What storage itself has to do, `limit` rows of it at most; how many those were. Nothing else is due before
    // `until_ms`, or up to it.
    std::size_t run(const storage::Due& due, std::int64_t until_ms, std::size_t limit);

private:
    void make_active(Table table, std::int64_t moment_ms);
    void remove_table(const Table& table);
    void step_backfill(Table table, Event event, std::int64_t moment_ms);
    void remove_index(Table table, const Event& event, std::int64_t moment_ms);
    void settle_ttl(Table table, Event event, std::int64_t moment_ms);
    std::size_t roll_stream(const Event& event, std::int64_t moment_ms);
    bool skip_rolls(const Event& event, std::int64_t moment_ms);
    void forget_token(const Event& event);
    void tell_indexes(const Table& before, const Table& after);

    storage::WriteTransaction& transaction_;
    const std::int64_t now_ms_;
    FellDue& fell_due_;
};

// Tells which indexes have become ACTIVE.
void Runner::tell_indexes(const Table& before, const Table& after) {
    for (const Index& index : after.indexes) {
        const Index* known = before.find_index(index.name);
        if (index.status != IndexStatus::active || known == nullptr || known->status == IndexStatus::active) continue;
        fell_due_.indexes.push_back({after.name, index.name, "ACTIVE"});
    }
}

void Runner::make_active(Table table, std::int64_t moment_ms) {
    if (table.status == TableStatus::deleting) return;
    const Table before = table;
    set_active(table, moment_ms);
    fell_due_.tables.push_back({table.name, {}, "ACTIVE"});
    tell_indexes(before, table);
    transaction_.put_table(std::move(table));
}

void Runner::remove_table(const Table& table) {
    fell_due_.tables.push_back({table.name, {}, "DELETED"});
    transaction_.erase_table(table);
}

// The first step ends the allocation: the table is ACTIVE again. Each step fills its share of what is there, a part at
// a time, so that a large table's keeps nobody waiting.
void Runner::step_backfill(Table table, Event event, std::int64_t moment_ms) {
    const auto index = find_index(table, event.index_number);
    if (index == table.indexes.end() || index->status != IndexStatus::creating) return;
    if (!index->backfilling) {
        index->backfilling = true;
        set_active(table, moment_ms);
        fell_due_.tables.push_back({table.name, {}, "ACTIVE"});
    }
    const std::uint64_t rows = transaction_.counters(table, 0).items;
    const bool last = event.steps_left <= 1;
    std::uint64_t share = last ? INT64_MAX : rows / backfill_steps + 1;
    if (event.kind == EventKind::backfill_rest) share = take_share(event);
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(share, backfill_rows_at_once));
    const Table& kept = transaction_.put_table(table);
    const Index& filled = *std::ranges::find(kept.indexes, event.index_number, &Index::number);
    event.resume = storage::backfill(transaction_, kept, filled, event.resume, part);
    if (share > part && !event.resume.empty()) {
        put_share(event, share - part);
        schedule(transaction_, moment_ms, event);
        return;
    }
    if (!last && !event.resume.empty()) {
        --event.steps_left;
        schedule(transaction_, moment_ms + event.step_ms, event);
        return;
    }
    if (!last) {  // nothing is left to fill: the index is ready when its time has passed
        moment_ms += event.step_ms * (event.steps_left - 1);
        if (event.step_ms > 0) {
            event.steps_left = 1;
            event.resume = std::string(1, '\xFF');
            schedule(transaction_, moment_ms, event);
            return;
        }
    }
    Table done = kept;
    const auto ready = find_index(done, event.index_number);
    ready->status = IndexStatus::active;
    ready->backfilling = false;
    tell_indexes(kept, done);
    transaction_.put_table(std::move(done));
}

void Runner::remove_index(Table table, const Event& event, std::int64_t moment_ms) {
    if (transaction_.erase_index_rows(table, event.index_number, index_rows_per_step) > 0) {
        schedule(transaction_, moment_ms, event);
        return;
    }
    const auto gone = find_index(table, event.index_number);
    if (gone != table.indexes.end()) {
        fell_due_.indexes.push_back({table.name, gone->name, "DELETED"});
        table.indexes.erase(gone);
    }
    if (table.status == TableStatus::updating) {
        set_active(table, moment_ms);
        fell_due_.tables.push_back({table.name, {}, "ACTIVE"});
    }
    transaction_.put_table(std::move(table));
}

// Step by step: the expiry rows of another attribute go; from then on writes keep those of the attribute that is
// wanted, if any is, and those of the rows that are there are made.
void Runner::settle_ttl(Table table, Event event, std::int64_t moment_ms) {
    const TimeToLive ttl = decode_table_settings(table.opaque).ttl;
    const std::string wanted = ttl.enabled ? ttl.attribute : std::string{};
    if (table.ttl_attribute != wanted || wanted.empty()) {
        table.ttl_attribute.clear();
        transaction_.put_table(table);
        if (erase_expiries(transaction_, table, expiry_rows_per_step) > 0) {
            schedule(transaction_, moment_ms, event);
            return;
        }
        if (wanted.empty()) return;
        table.ttl_attribute = wanted;
        transaction_.put_table(table);
    }
    event.resume = fill_expiries(transaction_, table, event.resume, expiry_rows_per_step, moment_ms);
    if (!event.resume.empty()) schedule(transaction_, moment_ms, event);
}

// How often shards may roll, from `moment_ms` on, before anything else but trims comes to pass, and so long ago that
// all of them will have been trimmed. `rolls` gets what waits to be rolled, in its order.
std::int64_t idle_rolls(storage::WriteTransaction& transaction, std::int64_t moment_ms, std::int64_t now_ms,
                        std::vector<storage::Due>& rolls) {
    std::int64_t end_ms = now_ms - storage::journal_kept_ms - 1;
    if (end_ms - moment_ms < 2 * limits::shard_open_ms) return 0;
    transaction.visit_due(end_ms, [&](const storage::Due& due) {
        const bool is_roll =
            due.kind() == storage::DueKind::event && due.event.starts_with(static_cast<char>(EventKind::stream_roll));
        if (is_roll) rolls.push_back(due);
        if (is_roll || due.kind() == storage::DueKind::trim) return true;
        end_ms = due.moment_ms;
        return false;
    });
    return (end_ms - moment_ms) / limits::shard_open_ms;
}

// Passes over the rolls that leave nothing. False where there are none, or other things have come between.
bool Runner::skip_rolls(const Event& event, std::int64_t moment_ms) {
    std::vector<storage::Due> rolls;
    const std::int64_t idle = idle_rolls(transaction_, moment_ms, now_ms_, rolls);
    if (idle < 1) return false;
    std::vector<std::uint64_t> streams{event.table_number};
    for (const storage::Due& due : rolls) streams.push_back(decode_event(due.event).table_number);
    const auto skipped =
        storage::skip_rolls(transaction_, streams, moment_ms, limits::shard_open_ms, static_cast<std::uint64_t>(idle));
    if (skipped.times == 0) return false;
    for (const std::string& table : skipped.tables) fell_due_.rolled_shards[table] += skipped.times;
    const std::int64_t later_ms = limits::shard_open_ms * static_cast<std::int64_t>(skipped.times);
    schedule(transaction_, moment_ms + later_ms, event);
    for (const storage::Due& due : rolls) {
        transaction_.erase_due(due);
        transaction_.add_due(due.moment_ms + later_ms, due.event);
    }
    return true;
}

// Each shard is followed by one other when it has been open for shard_open_ms. How many rows that was.
std::size_t Runner::roll_stream(const Event& event, std::int64_t moment_ms) {
    const auto stream = find_stream(transaction_, event.table_number);
    if (!stream || stream->closed_ms != storage::not_yet_ms) return 0;
    if (skip_rolls(event, moment_ms)) return 0;
    const storage::ShardChoice old{.created_until_ms = moment_ms - limits::shard_open_ms};
    const storage::Resharded rolled = reshard(transaction_, *stream, old, 1, moment_ms);
    if (!rolled.closed.empty()) fell_due_.rolled_shards[stream->table] += rolled.closed.size();
    schedule(transaction_, rolled.oldest_open_ms + limits::shard_open_ms, event);
    return 2 * rolled.closed.size();
}

void Runner::forget_token(const Event& event) {
    transaction_.erase_meta(token_name(event.name));
    ++fell_due_.expired_tokens;
}

std::size_t Runner::run(const Event& event, std::int64_t moment_ms) {
    if (event.kind == EventKind::token_gone) {
        forget_token(event);
        return event_rows;
    }
    if (event.kind == EventKind::stream_roll) return event_rows + roll_stream(event, moment_ms);
    const Table* table = transaction_.find_table(event.name);
    if (table == nullptr || table->number != event.table_number) return event_rows;
    const std::size_t rows = event_rows + rows_of(transaction_, *table, event);
    switch (event.kind) {
        case EventKind::table_active:
            make_active(*table, moment_ms);
            break;
        case EventKind::table_gone:
            remove_table(*table);
            break;
        case EventKind::index_backfill:
        case EventKind::backfill_rest:
            step_backfill(*table, event, moment_ms);
            break;
        case EventKind::index_gone:
            remove_index(*table, event, moment_ms);
            break;
        case EventKind::ttl_settled:
            settle_ttl(*table, event, moment_ms);
            break;
        case EventKind::stream_roll:
        case EventKind::token_gone:
            break;
    }
    return rows;
}

std::size_t Runner::run(const storage::Due& due, std::int64_t until_ms, std::size_t limit) {
    if (due.kind() == storage::DueKind::trim) {
        const storage::Trimmed trimmed = trim(transaction_, due, until_ms, limit);
        if (trimmed.records > 0) fell_due_.trimmed_records[trimmed.table] += trimmed.records;
        return trimmed.records;
    }
    const storage::Swept swept = sweep(transaction_, due, until_ms, limit);
    if (swept.items > 0) fell_due_.expired_items[swept.table] += swept.items;
    return swept.items;
}

// How many rows an event would take that does not stop at a limit.
std::size_t rows_ahead(storage::WriteTransaction& transaction, const storage::Due& due) {
    if (due.kind() != storage::DueKind::event) return 0;
    const Event event = decode_event(due.event);
    if (event.kind == EventKind::token_gone || event.kind == EventKind::stream_roll) return 0;
    const Table* table = transaction.find_table(event.name);
    return table != nullptr && table->number == event.table_number ? rows_of(transaction, *table, event) : 0;
}

// Runs what is due next; how many rows that was. Work of storage's own goes on as long as nothing else comes between.
std::size_t run_next(storage::WriteTransaction& transaction, const storage::Due& due, std::int64_t now_ms,
                     std::size_t limit, FellDue& fell_due) {
    transaction.erase_due(due);
    Runner runner(transaction, now_ms, fell_due);
    if (due.kind() == storage::DueKind::event) return runner.run(decode_event(due.event), due.moment_ms);
    const std::int64_t next_ms = transaction.next_due_moment().value_or(never_ms);
    const std::int64_t until_ms = std::max(due.moment_ms, std::min(now_ms, next_ms - 1));
    return event_rows + runner.run(due, until_ms, limit);
}

// One transaction's share of what is due: `rows_max` rows of it, and where it is not `brief` one event in any case.
Result<void> run_some(const Visit& visit, std::size_t rows_max, bool brief) {
    FellDue fell_due;
    const auto body = [&](storage::WriteTransaction* transaction) -> Result<void> {
        if (transaction == nullptr) return {};
        transaction->exempt();
        for (std::size_t rows = 0; rows < rows_max && transaction->trees_left() > 0;) {
            const auto due = transaction->first_due(visit.now_ms());
            if (!due) break;
            if ((brief || rows > 0) && rows + rows_ahead(*transaction, *due) > rows_max) break;
            rows += run_next(*transaction, *due, visit.now_ms(), rows_max - rows, fell_due);
        }
        return {};
    };
    return visit.write(body, false, [&] { visit.space().falling().add(fell_due); });
}

// After MapFull or StorageFull: whether there is more room now.
bool make_room(Namespace& space) {
    try {
        space.grow();
        return true;
    } catch (const storage::StorageFull&) {
        return false;
    }
}

enum class Progress : std::uint8_t { done, more, full };

// One transaction's share; several where the store is full. Deletions need some room before they give more back: less
// at a time may still fit.
Progress run_share(const Visit& visit, std::size_t rows_max, bool brief) {
    Namespace& space = visit.space();
    for (std::size_t limit = rows_max;;) {
        bool is_full = false;
        try {
            if (!run_some(visit, limit, brief)) return Progress::full;
        } catch (const storage::MapFull&) {
            if (make_room(space)) continue;
            is_full = true;
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
            "The store is too full for all that has fallen due: delete something or allow more, then read the clock "
            "again.");
    }
    FellDue fell_due = falling.take();
    fell_due.expired_iterators += expired_iterators;
    return fell_due;
}

}  // namespace minamo
