// Committed tables and those of the present write transaction are apart, so that giving it up is forgetting the latter.
#include "storage/catalog.hpp"

#include <utility>

namespace minamo::storage {
namespace {

// No name of a table is as long: what follows does not change where a name stands among them.
constexpr std::size_t compared_name_bytes = 256;

// What all others rely on.
void check(const Table& table, std::string_view key) {
    bool whole = table.name == key && table.number != 0 && !table.keys.partition.empty();
    for (const Index& index : table.indexes) {
        whole = whole && index.number >= 1 && index.number <= 254 && !index.keys.partition.empty();
    }
    if (!whole) throw Damaged("a row of the store is not a table");
}

}  // namespace

void Catalog::load(lmdb::Transaction& transaction) {
    rows_ = transaction.open("catalog", true);
    lmdb::Cursor cursor(transaction, rows_);
    for (bool found = cursor.first(); found; found = cursor.next()) {
        auto table = std::make_unique<const Table>(decode_table(cursor.value()));
        check(*table, cursor.key());
        tables_[table->name] = std::move(table);
    }
}

const Table* Catalog::find(std::string_view name) const {
    if (!changes_.empty()) {
        const auto changed = changes_.find(name);
        if (changed != changes_.end()) return changed->second.get();
    }
    const auto found = tables_.find(name);
    return found != tables_.end() ? found->second.get() : nullptr;
}

std::vector<std::string> Catalog::names(const lmdb::Transaction& transaction, std::string_view after,
                                        std::size_t limit) const {
    std::vector<std::string> out;
    lmdb::Cursor cursor(transaction, rows_);
    bool found = cursor.seek(after.substr(0, compared_name_bytes));
    if (found && cursor.key() == after) found = cursor.next();
    for (; found && out.size() < limit; found = cursor.next()) out.emplace_back(cursor.key());
    return out;
}

const Table& Catalog::put(lmdb::Transaction& transaction, Table table) {
    transaction.put(rows_, table.name, encode(table));
    auto& place = changes_[table.name];
    if (place) replaced_.push_back(std::move(place));
    place = std::make_unique<const Table>(std::move(table));
    return *place;
}

void Catalog::erase(lmdb::Transaction& transaction, const Table& table) {
    transaction.erase(rows_, table.name);
    auto& place = changes_[table.name];
    if (place) replaced_.push_back(std::move(place));
    place = nullptr;
}

void Catalog::commit() noexcept {
    for (auto& [name, table] : changes_) {
        if (table) {
            tables_[name] = std::move(table);
        } else {
            tables_.erase(name);
        }
    }
    abort();
}

void Catalog::abort() noexcept {
    if (changes_.empty()) return;
    changes_.clear();
    replaced_.clear();
}

}  // namespace minamo::storage
