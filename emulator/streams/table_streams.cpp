// Labels tell the streams of one table apart: of two that are opened in one millisecond the later gets the next.
#include "emulator/streams/table_streams.hpp"

#include "emulator/limits.hpp"
#include "emulator/streams/sequences.hpp"
#include "emulator/time/events.hpp"
#include "storage/journal.hpp"

namespace minamo {

const storage::Table& open_table_stream(storage::WriteTransaction& transaction, const storage::Table& table,
                                        unsigned shards, std::int64_t now_ms, std::int64_t settled_ms) {
    std::int64_t label_ms = now_ms;
    while (find_stream(transaction, table.name, stream_label(label_ms))) ++label_ms;
    storage::Table next = table;
    next.stream.label = stream_label(label_ms);
    next.stream.number =
        open_stream(transaction, table, table.stream.view, next.stream.label, shards, now_ms, settled_ms).number;
    schedule(transaction, now_ms + limits::shard_open_ms,
             {EventKind::stream_roll, next.stream.number, next.name, 0, 0, 0, {}});
    return transaction.put_table(std::move(next));
}

void open_missing_streams(storage::WriteTransaction& transaction, unsigned shards, std::int64_t now_ms) {
    for (const std::string& name : transaction.table_names({}, SIZE_MAX)) {
        const storage::Table& table = *transaction.find_table(name);
        if (!table.stream.enabled || table.stream.number != 0) continue;
        open_table_stream(transaction, table, shards, now_ms, now_ms);
    }
}

}  // namespace minamo
