// Use is noted in ticks of a clock that only openings move: reading a tree writes to shared memory once a tick at most.
#include "storage/table_trees.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace minamo::storage {
namespace {

constexpr std::size_t other_trees = 5;  // catalog, meta, due, counters, journal
static_assert(TableTrees::kept_max + TableTrees::opened_max + other_trees <= lmdb::trees_max);

std::string tree_name(std::uint64_t table_number) {
    return "table " + std::to_string(table_number);
}

}  // namespace

lmdb::Database TableTrees::find(std::uint64_t table_number) const {
    const auto found = trees_.find(table_number);
    if (found == trees_.end()) return {};
    const Tree& tree = found->second;
    if (tree.used.load(std::memory_order_relaxed) != clock_) tree.used.store(clock_, std::memory_order_relaxed);
    return tree.database;
}

lmdb::Database TableTrees::open(lmdb::Transaction& transaction, std::uint64_t table_number, bool create) {
    if (const auto already = find(table_number); already.is_open()) return already;
    const auto database = transaction.open(tree_name(table_number), create);
    if (!database.is_open()) return {};
    opened_.push_back(table_number);
    Tree& tree = trees_[table_number];
    tree.database = database;
    tree.used.store(++clock_, std::memory_order_relaxed);
    return database;
}

void TableTrees::trim(lmdb::Transaction& transaction, std::size_t kept) {
    if (trees_.size() <= kept) return;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> by_use;
    by_use.reserve(trees_.size());
    for (const auto& [number, tree] : trees_) by_use.emplace_back(tree.used.load(std::memory_order_relaxed), number);
    const auto closed = by_use.begin() + static_cast<std::ptrdiff_t>(trees_.size() - kept);
    std::nth_element(by_use.begin(), closed, by_use.end());
    for (auto unused = by_use.begin(); unused != closed; ++unused) {
        const auto found = trees_.find(unused->second);
        transaction.close(found->second.database);
        trees_.erase(found);
    }
}

void TableTrees::drop(lmdb::Transaction& transaction, std::uint64_t table_number) {
    const auto database = open(transaction, table_number, false);
    if (!database.is_open()) return;
    trees_.erase(table_number);
    transaction.drop(database);
}

void TableTrees::abort() noexcept {
    for (const std::uint64_t number : opened_) trees_.erase(number);
    opened_.clear();
}

}  // namespace minamo::storage
