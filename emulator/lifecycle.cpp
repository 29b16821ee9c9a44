// A discrete-event loop: each event runs at its own moment, at most events_per_transaction in one transaction.
//
//   event = kind (1), then decimals ended by ' ': table number, index number, steps left, step ms;
//           then the name, 00 and the resume position
#include "emulator/lifecycle.hpp"

#include <algorithm>
#include <charconv>

#include "emulator/limits.hpp"
#include "emulator/settings.hpp"
#include "storage/expiry.hpp"
#include "storage/journal.hpp"
#include "storage/write.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::IndexStatus;
using storage::Table;
using storage::TableStatus;

// How much one transaction does: an event counts as event_rows.
constexpr std::size_t rows_per_transaction = 10000;
constexpr std::size_t event_rows = 10;
constexpr std::int64_t backfill_steps = 10;
constexpr std::size_t index_rows_per_step = 10000;
constexpr std::size_t expiry_rows_per_step = 10000;

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

// What runs events, in one transaction at one moment.
class Runner {
public:
    Runner(storage::WriteTransaction& transaction, FellDue& fell_due)
        : transaction_(transaction), fell_due_(fell_due) {}

    // The table may have gone, or another may have its name: then there is nothing to do.
    void run(const Event& event, std::int64_t moment_ms);
    // What storage itself has to do, `limit` rows of it at most; how many those were. Nothing else is due before
    // `until_ms`, or up to it.
    std::size_t run(const storage::Due& due, std::int64_t until_ms, std::size_t limit);

private:
    void make_active(Table table);
    void remove_table(const Table& table);
    void step_backfill(Table table, Event event, std::int64_t moment_ms);
    void remove_index(Table table, const Event& event, std::int64_t moment_ms);
    void settle_ttl(Table table, Event event, std::int64_t moment_ms);
    void roll_stream(const Event& event, std::int64_t moment_ms);
    void forget_token(const Event& event);
    void tell_indexes(const Table& before, const Table& after);

    storage::WriteTransaction& transaction_;
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

void Runner::make_active(Table table) {
    if (table.status == TableStatus::deleting) return;
    const Table before = table;
    set_active(table);
    fell_due_.tables.push_back({table.name, {}, "ACTIVE"});
    tell_indexes(before, table);
    transaction_.put_table(std::move(table));
}

void Runner::remove_table(const Table& table) {
    fell_due_.tables.push_back({table.name, {}, "DELETED"});
    transaction_.erase_table(table);
}

// The first step ends the allocation: the table is ACTIVE again. Each step fills its share of what is left.
void Runner::step_backfill(Table table, Event event, std::int64_t moment_ms) {
    const auto index = find_index(table, event.index_number);
    if (index == table.indexes.end() || index->status != IndexStatus::creating) return;
    if (!index->backfilling) {
        index->backfilling = true;
        set_active(table);
        fell_due_.tables.push_back({table.name, {}, "ACTIVE"});
    }
    const std::uint64_t rows = transaction_.counters(table, 0).items;
    const bool last = event.steps_left <= 1;
    const std::size_t share = last ? SIZE_MAX : static_cast<std::size_t>(rows / backfill_steps + 1);
    const Table& kept = transaction_.put_table(table);
    const Index& filled = *std::ranges::find(kept.indexes, event.index_number, &Index::number);
    event.resume = storage::backfill(transaction_, kept, filled, event.resume, share);
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
        set_active(table);
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

// Each shard is followed by one other when it has been open for shard_open_ms.
void Runner::roll_stream(const Event& event, std::int64_t moment_ms) {
    const auto stream = find_stream(transaction_, event.table_number);
    if (!stream || stream->closed_ms != storage::not_yet_ms) return;
    const storage::ShardChoice old{.created_until_ms = moment_ms - limits::shard_open_ms};
    const storage::Resharded rolled = reshard(transaction_, *stream, old, 1, moment_ms);
    if (!rolled.closed.empty()) fell_due_.rolled_shards[stream->table] += rolled.closed.size();
    schedule(transaction_, rolled.oldest_open_ms + limits::shard_open_ms, event);
}

void Runner::forget_token(const Event& event) {
    transaction_.erase_meta(token_name(event.name));
    ++fell_due_.expired_tokens;
}

void Runner::run(const Event& event, std::int64_t moment_ms) {
    if (event.kind == EventKind::token_gone) return forget_token(event);
    if (event.kind == EventKind::stream_roll) return roll_stream(event, moment_ms);
    const Table* table = transaction_.find_table(event.name);
    if (table == nullptr || table->number != event.table_number) return;
    switch (event.kind) {
        case EventKind::table_active:
            return make_active(*table);
        case EventKind::table_gone:
            return remove_table(*table);
        case EventKind::index_backfill:
            return step_backfill(*table, event, moment_ms);
        case EventKind::index_gone:
            return remove_index(*table, event, moment_ms);
        case EventKind::ttl_settled:
            return settle_ttl(*table, event, moment_ms);
        case EventKind::stream_roll:
        case EventKind::token_gone:
            break;
    }
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

// Runs what is due next; how many rows that was. Work of storage's own goes on as long as nothing else comes between.
std::size_t run_next(storage::WriteTransaction& transaction, const storage::Due& due, std::int64_t now_ms,
                     std::size_t limit, FellDue& fell_due) {
    transaction.erase_due(due);
    Runner runner(transaction, fell_due);
    if (due.kind() == storage::DueKind::event) {
        runner.run(decode(due.event), due.moment_ms);
        return event_rows;
    }
    const std::int64_t next_ms = transaction.next_due_moment().value_or(never_ms);
    const std::int64_t until_ms = std::max(due.moment_ms, std::min(now_ms, next_ms - 1));
    return event_rows + runner.run(due, until_ms, limit);
}

// One transaction's share of what is due.
Result<void> run_some(const Visit& visit, std::size_t rows_max, FellDue& fell_due) {
    return visit.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        if (transaction == nullptr) return {};
        for (std::size_t rows = 0; rows < rows_max && transaction->trees_left() > 0;) {
            const auto due = transaction->first_due(visit.now_ms());
            if (!due) break;
            rows += run_next(*transaction, *due, visit.now_ms(), rows_max - rows, fell_due);
        }
        return {};
    });
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

}  // namespace

std::string token_name(std::string_view token) {
    return std::string("token/").append(token);
}

void schedule(storage::WriteTransaction& transaction, std::int64_t moment_ms, const Event& event) {
    transaction.add_due(moment_ms, encode(event));
}

void schedule_backfill(storage::WriteTransaction& transaction, const Table& table, std::uint8_t index_number,
                       std::int64_t now_ms, std::int64_t duration_ms) {
    Event event{EventKind::index_backfill, table.number, table.name, index_number, backfill_steps, 0, {}};
    const std::int64_t allocation_ms = duration_ms / 4;
    event.step_ms = (duration_ms - allocation_ms) / (backfill_steps - 1);
    schedule(transaction, now_ms + allocation_ms, event);
}

bool catch_up(const Visit& visit, FellDue* fell_due) {
    Namespace& space = visit.space();
    if (fell_due != nullptr) fell_due->expired_iterators += visit.iterators().expire(visit.now_ms());
    if (space.next_due_ms() > visit.now_ms()) return true;
    std::size_t rows_max = rows_per_transaction;
    while (space.next_due_ms() <= visit.now_ms() && space.has_store()) {
        FellDue fell;
        bool is_full = false;
        try {
            if (!run_some(visit, rows_max, fell)) return false;
        } catch (const storage::MapFull&) {
            if (make_room(space)) continue;
            is_full = true;
        } catch (const storage::StorageFull&) {
            is_full = true;
        }
        // Deletions need some room before they give more back: less at a time may still fit.
        if (is_full && rows_max == 1) return false;
        if (is_full) {
            rows_max = std::max<std::size_t>(rows_max / 100, 1);
            continue;
        }
        if (fell_due != nullptr) fell_due->add(fell);
    }
    space.drop_empty_store();
    return true;
}

FellDue clock_moved(Namespace& space) {
    FellDue fell_due;
    return with_room(space, [&] {
        const Visit visit(space);
        if (!catch_up(visit, &fell_due)) {
            throw storage::StorageFull(
                "The store is too full for all that has fallen due: delete something or allow more, then read the "
                "clock "
                "again.");
        }
        static_cast<void>(
            visit.write([](storage::WriteTransaction*) -> Result<void> { return {}; }, space.is_on_disk()));
        return fell_due;
    });
}

}  // namespace minamo
