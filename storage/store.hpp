// Store = one namespace (account, region) = one LMDB environment, in memory or in one file.
//
// A call opens at most one transaction of a store; it holds the store's lock from begin to end (see lmdb.hpp). Views
// that a transaction hands out live until its next write, or its end; a Table until it is replaced or erased, or the
// end. Any call in a transaction may throw Outdated.
//
// Trees: `catalog` (table name -> Table), `meta` (named rows), `due` (moment + sequence -> event bytes), `counters`
// (table number -> live counts and sizes), `journal` (streams and their records) and one tree per table, which holds
// its rows, its indexes' rows and the moments when its items expire.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "storage/counters.hpp"
#include "storage/due.hpp"
#include "storage/faults.hpp"
#include "storage/item_codec.hpp"
#include "storage/key_codec.hpp"
#include "storage/schema.hpp"
#include "storage/store_options.hpp"

namespace minamo::storage {

class Store;
struct StoreState;        // store_state.hpp, as is
struct TransactionState;  // what the rest of storage/ does with a transaction

class Transaction {
public:
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    virtual ~Transaction();

    // Null where there is no such table. In a read transaction call it for all tables of a call before reading any row:
    // it may have to wait for the table's tree to be opened (see Outdated).
    const Table* find_table(std::string_view name);
    // Names in ascending byte order, after `after` (exclusive; need not exist), `limit` at most.
    std::vector<std::string> table_names(std::string_view after, std::size_t limit);
    std::size_t table_count();

    // The row of the table with this key; empty() where there is none.
    ItemView get(const Table& table, const RowKey& key);
    // Live item count and size of the table (index number 0) or one of its indexes.
    Counters counters(const Table& table, std::uint8_t index_number);

    // The text of a named row, of which a store keeps any number beside its tables; nothing where absent.
    std::optional<std::string> named_row(std::string_view name);
    // Names of those that begin with `prefix`, in ascending byte order, after `after` (exclusive; need not exist),
    // `limit` at most.
    std::vector<std::string> named_rows(std::string_view prefix, std::string_view after, std::size_t limit);

    // The earliest event, if any is due at or before `now_ms`.
    std::optional<Due> first_due(std::int64_t now_ms);
    // The moment of the earliest event of all.
    std::optional<std::int64_t> next_due_moment();
    // What is due up to a moment, in its order, as long as `visit` wants more.
    void visit_due(std::int64_t until_ms, const std::function<bool(const Due&)>& visit);

    TransactionState& state() { return *state_; }

protected:
    explicit Transaction(std::unique_ptr<TransactionState> state);
    std::unique_ptr<TransactionState> state_;
};

class ReadTransaction : public Transaction {
    friend class Store;
    explicit ReadTransaction(std::unique_ptr<TransactionState> state);
};

// Ends without effect unless committed. Any write may throw MapFull or StorageFull. At StoreOptions::bytes_max whatever
// puts items or makes tables is refused; transactions that only delete, and those that are exempt, may go beyond, which
// is little, or with a stream as much as its records take: so a full store can be emptied, and time goes on. One
// transaction may use the rows of TableTrees::opened_max tables; more is std::runtime_error.
class WriteTransaction : public Transaction {
public:
    // Creates (number 0: a new number is assigned and returned in the copy) or replaces the table's catalog row.
    const Table& put_table(Table table);
    // Removes the catalog row, all rows of the table and its indexes.
    void erase_table(const Table& table);
    // Removes up to `limit` rows of an index; how many were removed. 0: none are left.
    std::size_t erase_index_rows(const Table& table, std::uint8_t index_number, std::size_t limit);

    // Removes everything: tables, streams, named rows, events.
    void clear();

    // Names have 1 to 511 bytes, the first of which is not NUL: such names are storage's own.
    void set_named_row(std::string_view name, std::string_view text);
    void erase_named_row(std::string_view name);

    void add_due(std::int64_t moment_ms, std::string_view event);
    void erase_due(const Due& due);
    // The earliest moment for which this transaction has put anything in `due`; INT64_MAX: none.
    std::int64_t earliest_due_added() const;
    // Whether it has looked into `due` or erased anything of it: what is due next has to be found again.
    bool due_unsettled() const;

    // Before any write: bytes_max is not for this transaction.
    void exempt();

    // How many tables' trees it can open yet.
    std::size_t trees_left() const;

    // Ends the transaction; `committed` runs before the store's lock is given up. Throws StorageFull where the disk is
    // full: nothing is written then.
    void commit(const std::function<void()>& committed = {});

private:
    friend class Store;
    explicit WriteTransaction(std::unique_ptr<TransactionState> state);
};

class Store {
public:
    static tl::expected<std::unique_ptr<Store>, OpenFault> open(const StoreOptions& options);
    // A new store, in memory or in a file that is not there yet, with everything that this one has committed, as it is
    // at one moment; from then on each goes its own way. The calling thread has no transaction of this one. The options
    // are the copy's own.
    tl::expected<std::unique_ptr<Store>, OpenFault> copy(const StoreOptions& options);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    ReadTransaction begin_read();
    WriteTransaction begin_write();

    // A larger map under the exclusive lock, for the thread that met MapFull, unless another has grown it meanwhile.
    // Throws StorageFull at bytes_max, unless what met MapFull may go beyond it.
    void grow();

private:
    explicit Store(std::unique_ptr<StoreState> state);
    std::unique_ptr<StoreState> state_;
};

}  // namespace minamo::storage
