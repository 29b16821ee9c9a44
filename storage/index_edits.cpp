// The pure heart of every write: which rows of which indexes go, come or stay.
#include "storage/index_edits.hpp"

#include <utility>

namespace minamo::storage {
namespace {

// An item as an index sees it: where its row stands and what the row holds. Both absent where it is not in the index.
struct Entry {
    std::optional<RowKey> key;
    std::string owned;       // where the index holds less than the item
    std::string_view bytes;  // of `owned` or of the item
    std::size_t size_bytes = 0;
};

void read_entry(Entry& entry, const Table& table, const Index& index, ItemView item) {
    if (item.empty()) return;
    entry.key = index_row_key(table, index, item);
    if (!entry.key) return;
    entry.bytes = item.encoded();
    if (index.projection != Projection::all) {
        entry.owned = index_entry(table, index, item);
        entry.bytes = entry.owned;
    }
    entry.size_bytes = ItemView(entry.bytes).size_bytes();
}

// What turns the row `before` into the row `after`; one of them exists.
void write_edit(IndexEdit& edit, const Entry& before, Entry& after) {
    edit.old_bytes = before.size_bytes;
    edit.new_bytes = after.size_bytes;
    const bool same_key = before.key && after.key && *before.key == *after.key;
    edit.key_changed = before.key && after.key && !same_key;
    if (before.key && !same_key) edit.erase = before.key;
    if (after.key && !(same_key && before.bytes == after.bytes)) {
        edit.insert = after.key;
        edit.entry = after.owned.empty() ? std::string(after.bytes) : std::move(after.owned);
    }
    edit.content_changed = edit.erase || edit.insert;
}

}  // namespace

std::string index_entry(const Table& table, const Index& index, ItemView item) {
    if (index.projection == Projection::all) return std::string(item.encoded());
    ItemEncoder entry;
    for (const auto& [name, value] : item.attributes()) {
        if (projects(table, index, name)) entry.add(name, value);
    }
    return entry.finish();
}

std::vector<IndexEdit> index_edits(const Table& table, ItemView old_item, ItemView new_item) {
    std::vector<IndexEdit> edits;
    for (const Index& index : table.indexes) {
        if (index.status == IndexStatus::deleting) continue;
        Entry before;
        Entry after;
        read_entry(before, table, index, old_item);
        read_entry(after, table, index, new_item);
        if (!before.key && !after.key) continue;
        IndexEdit& edit = edits.emplace_back();
        edit.index = &index;
        write_edit(edit, before, after);
    }
    return edits;
}

}  // namespace minamo::storage
