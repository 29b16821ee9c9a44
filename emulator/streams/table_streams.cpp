// Labels tell the streams of one table apart: of two that are opened in one millisecond the later gets the next.
#include "emulator/streams/table_streams.hpp"

#include <vector>

#include "emulator/limits.hpp"
#include "emulator/streams/sequences.hpp"
#include "emulator/time/events.hpp"
#include "storage/journal.hpp"

namespace minamo {
namespace {

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
bool skip_rolls(Turn& turn, const Event& event) {
    std::vector<storage::Due> rolls;
    const std::int64_t idle = idle_rolls(turn.transaction, turn.moment_ms, turn.now_ms, rolls);
    if (idle < 1) return false;
    std::vector<std::uint64_t> streams{event.table_number};
    for (const storage::Due& due : rolls) streams.push_back(decode_event(due.event).table_number);
    const auto skipped = storage::skip_rolls(turn.transaction, streams, turn.moment_ms, limits::shard_open_ms,
                                             static_cast<std::uint64_t>(idle));
    if (skipped.times == 0) return false;
    for (const std::string& table : skipped.tables) turn.fell_due.rolled_shards[table] += skipped.times;
    const std::int64_t later_ms = limits::shard_open_ms * static_cast<std::int64_t>(skipped.times);
    schedule(turn.transaction, turn.moment_ms + later_ms, event);
    for (const storage::Due& due : rolls) {
        turn.transaction.erase_due(due);
        turn.transaction.add_due(due.moment_ms + later_ms, due.event);
    }
    return true;
}

}  // namespace

const storage::Table& open_table_stream(storage::WriteTransaction& transaction, const storage::Table& table,
                                        unsigned shards, std::int64_t now_ms, std::int64_t settled_ms) {
    std::int64_t label_ms = now_ms;
    while (find_stream(transaction, table.name, stream_label(label_ms))) ++label_ms;
    storage::Table next = table;
    next.stream.label = stream_label(label_ms);
    next.stream.number =
        open_stream(transaction, table, table.stream.view, next.stream.label, shards, now_ms, settled_ms).number;
    schedule(transaction, now_ms + limits::shard_open_ms, stream_roll(next.stream.number, next.name));
    return transaction.put_table(std::move(next));
}

void open_missing_streams(storage::WriteTransaction& transaction, unsigned shards, std::int64_t now_ms) {
    for (const std::string& name : transaction.table_names({}, SIZE_MAX)) {
        const storage::Table& table = *transaction.find_table(name);
        if (!table.stream.enabled || table.stream.number != 0) continue;
        open_table_stream(transaction, table, shards, now_ms, now_ms);
    }
}

std::size_t roll_stream(Turn& turn, const Event& event) {
    const auto stream = find_stream(turn.transaction, event.table_number);
    if (!stream || stream->closed_ms != storage::not_yet_ms) return 0;
    if (skip_rolls(turn, event)) return 0;
    const storage::ShardChoice old{.created_until_ms = turn.moment_ms - limits::shard_open_ms};
    const storage::Resharded rolled = reshard(turn.transaction, *stream, old, 1, turn.moment_ms);
    if (!rolled.closed.empty()) turn.fell_due.rolled_shards[stream->table] += rolled.closed.size();
    schedule(turn.transaction, rolled.oldest_open_ms + limits::shard_open_ms, event);
    return 2 * rolled.closed.size();
}

}  // namespace minamo
