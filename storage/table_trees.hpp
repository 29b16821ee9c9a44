// The open trees of tables. Each open tree costs every transaction a little, so that trees open on first use and the
// longest unused are closed when there are more than kept_max.
//
// find() may run in any number of read transactions at once; everything else only in a write transaction, which alone
// has the lock.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "storage/lmdb.hpp"

namespace minamo::storage {

class TableTrees {
public:
    static constexpr std::size_t kept_max = 128;
    // What one transaction may open beyond those, at the least: tables that a call can name, and some.
    static constexpr std::size_t opened_max = 120;

    // Not open() where it has to be opened first, or is not there at all.
    lmdb::Database find(std::uint64_t table_number) const;
    // Not open() where there is no such tree and it is not to be made.
    lmdb::Database open(lmdb::Transaction& transaction, std::uint64_t table_number, bool create);
    // Closes the longest unused until `kept` are left. Before anything in the transaction has used a tree.
    void trim(lmdb::Transaction& transaction, std::size_t kept);
    // Removes the tree and its rows.
    void drop(lmdb::Transaction& transaction, std::uint64_t table_number);

    // The transaction ends: what it opened stays open only if it commits.
    void commit() noexcept { opened_.clear(); }
    void abort() noexcept;

    std::size_t open_count() const { return trees_.size(); }
    // In the present write transaction.
    std::size_t opened_count() const { return opened_.size(); }

private:
    struct Tree {
        lmdb::Database database;
        mutable std::atomic<std::uint64_t> used{0};  // the clock at its latest use
    };

    std::unordered_map<std::uint64_t, Tree> trees_;
    std::vector<std::uint64_t> opened_;  // in the present write transaction
    std::uint64_t clock_ = 1;            // ticks with each opening: finer order does not matter
};

}  // namespace minamo::storage
