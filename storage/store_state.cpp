// How transactions find their trees and end.
#include "storage/store_state.hpp"

#include <algorithm>

#include "storage/due.hpp"

namespace minamo::storage {

std::string allowance_sentence(std::size_t bytes_max) {
    return "The store has reached the " + std::to_string(bytes_max) +
           " bytes that it may take: delete items or tables, for which there is always room, or allow more. Stream "
           "records take room until they are 24 hours old.";
}

#ifndef NDEBUG
WriteCounts::Count WriteCounts::take() {
    const std::scoped_lock lock(mutex_);
    if (free_.empty()) return counts_.emplace_back(0);
    std::uint64_t& count = *free_.back();
    free_.pop_back();
    return count;
}

void WriteCounts::give(Count count) {
    const std::scoped_lock lock(mutex_);
    free_.push_back(&count);
}
#endif

Failure& latest_failure() {
    thread_local Failure failure;
    return failure;
}

TransactionState::TransactionState(StoreState& store_state, lmdb::Access access_asked)
    : store(store_state),
      access(access_asked),
      transaction(*store_state.environment, access_asked),
      writes(store_state.write_counts) {}

TransactionState::~TransactionState() {
    if (access == lmdb::Access::write && !committed_) {
        store.trees.abort();
        store.catalog.abort();
        store.journal.abort();
        if (std::uncaught_exceptions() > exceptions_) {
            latest_failure() = {&store, !adds_, store.environment->map_bytes()};
        }
    }
}

void TransactionState::begin_adding() {
    if (exempt || adds_) return;
    adds_ = true;
    const std::size_t bytes_max = store.bytes_max;
    if (bytes_max == 0 || store.environment->map_bytes() <= bytes_max) return;
    if (store.environment->used_bytes() > bytes_max) throw StorageFull(allowance_sentence(bytes_max));
}

lmdb::Database TransactionState::find_tree(std::uint64_t table_number) {
    lmdb::Database found = store.trees.find(table_number);
    if (access == lmdb::Access::write) {
        found = store.trees.open(transaction, table_number, false);
    } else {
        // Another thread may close it again before this one has its lock back.
        while (!found.is_open() && open_between(table_number)) found = store.trees.find(table_number);
    }
    if (found.is_open()) {
        tree_number_ = table_number;
        tree_ = found;
    }
    return found;
}

bool TransactionState::open_between(std::uint64_t table_number) {
    const std::size_t seen = transaction.id();
    bool is_there = false;
    transaction.end();
    {
        lmdb::Transaction opening(*store.environment, lmdb::Access::write);
        store.trees.trim(opening, TableTrees::kept_max - 1);
        is_there = store.trees.open(opening, table_number, false).is_open();
        opening.commit();
        store.trees.commit();
    }
    transaction.begin();
    tree_number_ = 0;
    if (used && transaction.id() != seen) {
        throw Outdated("The store has changed while a table was opened: the call runs again.");
    }
    return is_there;
}

void TransactionState::erase_tree(std::uint64_t table_number) {
    tree_number_ = 0;
    store.trees.drop(transaction, table_number);
    std::erase_if(counters_, [&](const auto& changed) { return changed->table_number() == table_number; });
    TableCounters::erase(transaction, store.counters, table_number);
}

const TableCounters* TransactionState::changed_counters(std::uint64_t table_number) const {
    for (const auto& changed : counters_) {
        if (changed->table_number() == table_number) return changed.get();
    }
    return nullptr;
}

TableCounters& TransactionState::counters(std::uint64_t table_number) {
    for (const auto& changed : counters_) {
        if (changed->table_number() == table_number) return *changed;
    }
    counters_.push_back(std::make_unique<TableCounters>(transaction, store.counters, table_number));
    return *counters_.back();
}

void TransactionState::put_due(std::int64_t moment_ms, std::uint64_t sequence, std::string_view event) {
    transaction.put(store.due, due_key(moment_ms, sequence), event);
    earliest_due_ms = std::min(earliest_due_ms, moment_ms);
}

void TransactionState::commit() {
    begin_change();
    for (const auto& changed : counters_) changed->store(transaction, store.counters);
    transaction.commit();
    store.trees.commit();
    store.catalog.commit();
    store.journal.commit();
    committed_ = true;
}

}  // namespace minamo::storage
