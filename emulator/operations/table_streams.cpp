// Labels tell the streams of one table apart: of two that are opened in one millisecond the later gets the next.
#include "emulator/operations/table_streams.hpp"

#include "emulator/lifecycle.hpp"
#include "emulator/limits.hpp"
#include "emulator/moments.hpp"
#include "emulator/state.hpp"
#include "storage/journal.hpp"

namespace minamo {

storage::StreamView stream_view(std::string_view name) {
    if (name == "KEYS_ONLY") return storage::StreamView::keys_only;
    if (name == "NEW_IMAGE") return storage::StreamView::new_image;
    if (name == "OLD_IMAGE") return storage::StreamView::old_image;
    return storage::StreamView::new_and_old_images;
}

const storage::Table& open_table_stream(Call& call, storage::WriteTransaction& transaction, const storage::Table& table,
                                        std::int64_t settled_ms) {
    std::int64_t label_ms = call.now_ms;
    while (find_stream(transaction, table.name, stream_label(label_ms))) ++label_ms;
    storage::Table next = table;
    next.stream.label = stream_label(label_ms);
    next.stream.number = open_stream(transaction, table, table.stream.view, next.stream.label,
                                     call.emulator.options.stream_shards, call.now_ms, settled_ms)
                             .number;
    schedule(transaction, call.now_ms + limits::shard_open_ms,
             {EventKind::stream_roll, next.stream.number, next.name, 0, 0, 0, {}});
    return transaction.put_table(std::move(next));
}

std::string stream_label(std::int64_t moment_ms) {
    std::string label = iso_moment(moment_ms);
    label.pop_back();  // the zone
    return label;
}

}  // namespace minamo
