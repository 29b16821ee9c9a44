// What stands behind Store and Transaction: for the files of storage/ only.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog.hpp"
#include "storage/file_lock.hpp"
#include "storage/item_codec.hpp"
#include "storage/journal_head.hpp"
#include "storage/lmdb.hpp"
#include "storage/table_counters.hpp"
#include "storage/table_trees.hpp"

namespace minamo::storage {

// Where the counts of WriteCount live.
class WriteCounts {
public:
#ifdef NDEBUG
    using Count = std::uint64_t;
    Count take() { return 0; }
    void give(Count) {}
#else
    using Count = std::uint64_t&;
    Count take();
    void give(Count count);

private:
    std::mutex mutex_;
    std::deque<std::uint64_t> counts_;
    std::vector<std::uint64_t*> free_;
#endif
};

struct StoreState;

// What ended the latest transaction of this thread by an exception: Store::grow() goes by it. Another thread's failure
// is another matter.
struct Failure {
    const StoreState* store = nullptr;
    bool may_exceed = false;    // bytes_max: it added nothing
    std::size_t map_bytes = 0;  // of the map that it met; 0: not known
};
Failure& latest_failure();

struct StoreState {
    FileLock lock;  // on disk
    std::unique_ptr<lmdb::Environment> environment;
    std::size_t bytes_max = 0;
    std::int64_t expiry_delay_ms = 0;
    lmdb::Database meta;
    lmdb::Database due;
    lmdb::Database counters;
    JournalHead journal;
    Catalog catalog;
    TableTrees trees;
    WriteCounts write_counts;
};

// Why nothing can be added.
std::string allowance_sentence(std::size_t bytes_max);

// Names in `meta` that begin with NUL are ours.
inline constexpr std::string_view header_name{"\0header", 7};
inline constexpr std::string_view table_number_name{"\0table number", 13};
// They stand before this one.
inline constexpr std::string_view first_free_name = "\1";

// Counts the writes of a transaction: views that it hands out hold a Lease on the count. Its end counts as one. In
// debug builds counts belong to the store and are used again, so that a view may be found out after its transaction's
// end.
class WriteCount {
public:
    explicit WriteCount(WriteCounts& counts) : counts_(counts), count_(counts.take()) {}
    ~WriteCount() {
        advance();
        counts_.give(count_);
    }
    WriteCount(const WriteCount&) = delete;
    WriteCount& operator=(const WriteCount&) = delete;

    void advance() { ++count_; }
    std::uint64_t value() const { return count_; }
    Lease lease() const { return Lease(count_); }

private:
    WriteCounts& counts_;
    WriteCounts::Count count_;
};

struct TransactionState {
    TransactionState(StoreState& store_state, lmdb::Access access_asked);
    ~TransactionState();
    TransactionState(const TransactionState&) = delete;
    TransactionState& operator=(const TransactionState&) = delete;

    // The tree of the table; not open() where the table is gone.
    lmdb::Database tree(std::uint64_t table_number) {
        return table_number == tree_number_ ? tree_ : find_tree(table_number);
    }
    // A row as the caller gets it.
    ItemView lend(std::string_view row) {
        used = true;
        return ItemView(row, writes.lease());
    }
    // Before each write: what was handed out ends here.
    void begin_change() { writes.advance(); }
    // Before a write that adds to what the store holds. Throws StorageFull where the store holds more than it may
    // already: it may have got there by what only deletes, and by what time does, which have room in any case.
    void begin_adding();
    // The counters of the table, to be changed and stored at commit.
    TableCounters& counters(std::uint64_t table_number);
    // Those, where there are any; else null.
    const TableCounters* changed_counters(std::uint64_t table_number) const;
    void erase_tree(std::uint64_t table_number);
    void put_due(std::int64_t moment_ms, std::uint64_t sequence, std::string_view event);
    // Keeps the lock until the transaction ends.
    void commit();

    StoreState& store;
    const lmdb::Access access;
    lmdb::Transaction transaction;
    bool used = false;    // something was handed out
    bool exempt = false;  // from bytes_max
    WriteCount writes;
    std::int64_t earliest_due_ms = INT64_MAX;  // of what this transaction put in `due`
    bool due_unsettled = false;                // it looked into `due`, or erased something of it

    // In a read transaction: gives the lock up, opens the tree under the exclusive lock, and goes on. Throws Outdated
    // where something was handed out and the store has changed meanwhile. False where there is no such tree.
    bool open_between(std::uint64_t table_number);

private:
    lmdb::Database find_tree(std::uint64_t table_number);

    std::uint64_t tree_number_ = 0;  // of the latest tree asked for
    lmdb::Database tree_;
    std::vector<std::unique_ptr<TableCounters>> counters_;  // that this transaction changes
    const int exceptions_ = std::uncaught_exceptions();
    bool adds_ = false;
    bool committed_ = false;
};

}  // namespace minamo::storage
