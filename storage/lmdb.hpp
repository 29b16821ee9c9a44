// LMDB as four classes over borrowed bytes. Only lmdb.cpp includes <lmdb.h>.
//
// Environments run without LMDB's own locks, so that LMDB protects nothing. Here every Transaction holds the
// environment's lock from begin to end: any number of readers, or one writer, and a waiting writer goes before new
// readers. A thread has at most one transaction of an environment; debug builds abort with a message at a second one.
//
// Bytes that get() and cursors return are borrowed from LMDB's pages: they live until the next write in the
// transaction, or its end. Whatever should not happen is thrown as std::runtime_error; see faults.hpp for what can.
#pragma once

#include <pthread.h>
#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "storage/faults.hpp"

struct MDB_env;
struct MDB_txn;
struct MDB_cursor;

namespace minamo::storage::lmdb {

// The most trees that are ever open: those that stay open (TableTrees), and what one transaction may open besides. Each
// costs an environment 160 bytes.
inline constexpr unsigned trees_max = 256;
// What a map begins with where nothing else is asked for: room for an empty store and some small items, so that a
// process may have thousands. Where mmap refuses, a larger one is halved down to this.
inline constexpr std::size_t map_bytes_min = std::size_t{1} << 20;

class Environment;

struct EnvironmentOptions {
    std::string path;                       // a file, made where absent; empty: in memory
    bool durable = false;                   // on disk: fsync on each commit
    std::size_t map_bytes = map_bytes_min;  // address space, and the most that the environment holds until it grows
    Environment* copy_of = nullptr;         // begins with what this one has committed; the file must be new
    bool memfd = true;  // in memory: false takes the way of systems without memfd, an unlinked temporary file
};

// What a code of LMDB or errno means.
std::string describe(int code);
// Codes of LMDB that open() may give for a file that LMDB did not write, or another version of LMDB wrote.
bool is_foreign_format(int code);

enum class Access : std::uint8_t { read, write };

class Environment {
public:
    // The code of LMDB or errno where it cannot be opened.
    static tl::expected<std::unique_ptr<Environment>, int> open(const EnvironmentOptions& options);
    ~Environment();
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

    // Only in a transaction.
    std::size_t map_bytes() const;
    // Makes the map four times as large, or where the address space has no room for that twice, to `bytes_max` at most
    // (0: no limit), under the exclusive lock. False where it is that large already. StorageFull where there is no room
    // for more; the map is then as before.
    // A map that is larger already than the `seen_bytes` which were too few stays as it is (0: it grows in any case).
    bool grow(std::size_t bytes_max, std::size_t seen_bytes = 0);
    // Makes the map larger by so many bytes, as grow() does.
    void extend(std::size_t bytes);
    // What the latest commit uses: all pages but the free ones, which are counted one by one. Only in a transaction.
    std::size_t used_bytes();
    // Takes the map out of the memory of processes that are forked, for as long as it is not resized. `stored` is the
    // value of any small row, as a read transaction sees it.
    void keep_from_children(std::string_view stored);

private:
    friend class Transaction;
    class Exclusive;

    Environment();
    int open_at(const char* path, unsigned flags, std::size_t bytes);
    int copy_to(const char* path);
    bool has_room_for(std::size_t bytes);
    void resize(std::size_t bytes);
    void lock(Access access);
    void unlock();
    MDB_txn* take_reader();
    void keep_reader(MDB_txn* reader);

    MDB_env* env_ = nullptr;
    pthread_rwlock_t lock_;
    pid_t process_;                                    // that opened it: a child has no business here
    std::array<std::atomic<MDB_txn*>, 32> readers_{};  // ended read transactions, to be renewed
};

// A tree of an environment, by LMDB's handle. Valid until it is closed.
struct Database {
    unsigned handle = 0;  // 0 is a tree of LMDB's own: none of ours
    bool is_open() const { return handle != 0; }
};

class Transaction {
public:
    Transaction(Environment& environment, Access access);
    ~Transaction() { end(); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    Environment& environment() const { return *environment_; }
    bool is_active() const { return txn_ != nullptr; }
    // Of the latest commit that a read transaction sees; of its own to be for a write transaction.
    std::size_t id() const;

    // Writes all and keeps the lock until end(). Throws StorageFull where that fails: nothing is written then.
    void commit();
    // Gives up what is not committed, and the lock. Nothing may be done with an ended transaction but begin().
    void end() noexcept;
    // Begins again, with a new lock.
    void begin();

    std::optional<std::string_view> get(Database database, std::string_view key) const;
    void put(Database database, std::string_view key, std::string_view value);
    // False, with nothing written, where there is such a row already.
    bool insert(Database database, std::string_view key, std::string_view value);
    // False where there is no such row.
    bool erase(Database database, std::string_view key);
    std::size_t row_count(Database database) const;

    // In a write transaction: opens the tree of this name; closed again by LMDB where the transaction does not commit.
    // A tree that is not there is made, or is not open() where `create` is false.
    Database open(const std::string& name, bool create);
    // Removes a tree with its rows. Its handle is closed at once, even where the transaction does not commit.
    void drop(Database database);
    // Closes the handle of a tree that this transaction has not used.
    void close(Database database);

private:
    friend class Cursor;
    Environment* environment_;
    MDB_txn* txn_ = nullptr;
    Access access_;
    bool holds_lock_ = false;
};

// A place in a tree. Must go before its transaction ends.
class Cursor {
public:
    Cursor(const Transaction& transaction, Database database);
    ~Cursor();
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;

    // Each moves, and tells whether there is a row.
    bool first();
    bool last();
    bool next();
    bool previous();
    bool seek(std::string_view key);  // the first row whose key is not less

    std::string_view key() const { return key_; }
    std::string_view value() const { return value_; }
    // Erases the row on which it stands: next() then goes to the row that followed.
    void erase();

private:
    bool move(unsigned operation);

    MDB_cursor* cursor_ = nullptr;
    std::string_view key_;
    std::string_view value_;
};

}  // namespace minamo::storage::lmdb
