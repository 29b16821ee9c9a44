// What a write does is computed first, while its views live; then the row, its indexes' rows, the moment when it
// expires, the journal and the counters change.
#include "storage/write.hpp"

#include "storage/expiry_rows.hpp"
#include "storage/journal_records.hpp"
#include "storage/store_state.hpp"

namespace minamo::storage {
namespace {

constexpr std::string_view first_table_key("\0", 1);

// Whether the row that the edit replaces is there. Of an index that is still filled it may not have come yet.
bool replaces_row(const lmdb::Transaction& transaction, lmdb::Database tree, const IndexEdit& edit) {
    if (edit.old_bytes == 0) return false;
    if (edit.index->status != IndexStatus::creating) return true;
    const RowKey& key = edit.erase ? *edit.erase : *edit.insert;
    return transaction.get(tree, key.bytes()).has_value();
}

void apply(TransactionState& state, lmdb::Database tree, TableCounters& counters, const IndexEdit& edit) {
    if (!edit.content_changed) return;
    const bool replaces = replaces_row(state.transaction, tree, edit);
    counters.replace(edit.index->number, replaces ? edit.old_bytes : 0, edit.new_bytes);
    if (edit.erase) state.transaction.erase(tree, edit.erase->bytes());
    if (edit.insert) state.transaction.put(tree, edit.insert->bytes(), edit.entry);
}

}  // namespace

Written write(WriteTransaction& transaction, const Table& table, const RowKey& key, ItemView old_item, ItemView item,
              std::int64_t now_ms, Cause cause) {
    TransactionState& state = transaction.state();
    Written out;
    out.old_bytes = old_item.size_bytes();
    out.new_bytes = item.size_bytes();
    out.changed = old_item.encoded() != item.encoded();
    if (!out.changed) return out;
    const std::vector<IndexEdit> edits = index_edits(table, old_item, item);
    const ExpiryEdit expiry = expiry_edit(table, old_item, item);
    std::string record = encode_record(table, old_item, item, cause);
    const bool erases = item.empty();
    if (!erases) state.begin_adding();
    state.begin_change();
    const lmdb::Database tree = state.tree(table.number);
    TableCounters& counters = state.counters(table.number);
    counters.replace(0, out.old_bytes, out.new_bytes);
    if (erases) {
        state.transaction.erase(tree, key.bytes());
    } else {
        state.transaction.put(tree, key.bytes(), item.encoded());
    }
    out.indexes.reserve(edits.size());
    for (const IndexEdit& edit : edits) {
        apply(state, tree, counters, edit);
        out.indexes.push_back({edit.index, edit.old_bytes, edit.new_bytes, edit.key_changed, edit.content_changed});
    }
    apply(state, table, key.bytes(), expiry, now_ms, cause);
    if (!record.empty()) append_record(state, table, key, record, now_ms);
    return out;
}

std::string backfill(WriteTransaction& transaction, const Table& table, const Index& index, std::string_view resume,
                     std::size_t limit) {
    TransactionState& state = transaction.state();
    state.begin_change();
    const lmdb::Database tree = state.tree(table.number);
    TableCounters& counters = state.counters(table.number);
    lmdb::Cursor cursor(state.transaction, tree);
    bool found = cursor.seek(resume.empty() ? first_table_key : resume);
    for (std::size_t done = 0; found && cursor.key().front() == '\0'; found = cursor.next(), ++done) {
        if (done == limit) return std::string(cursor.key());
        const ItemView item(cursor.value());
        const auto key = index_row_key(table, index, item);
        if (!key) continue;
        const std::string entry = index_entry(table, index, item);
        if (state.transaction.insert(tree, key->bytes(), entry)) {
            counters.replace(index.number, 0, ItemView(entry).size_bytes());
        }
    }
    return {};
}

}  // namespace minamo::storage
