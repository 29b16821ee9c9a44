// Namespaces: (account, region) -> a store of its own and a clock of its own.
//
// A store is made by the first CreateTable of its namespace and, in memory, replaced when its last table goes or the
// namespace is reset. A call that holds a transaction of a store that has been replaced meanwhile starts again.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "emulator/emulator.hpp"
#include "emulator/error.hpp"
#include "emulator/holds.hpp"
#include "emulator/namespace_clock.hpp"
#include "emulator/stream_iterators.hpp"
#include "storage/store.hpp"

namespace minamo {

inline constexpr std::int64_t never_ms = INT64_MAX;

class Namespace {
public:
    Namespace(const Options& options, Clock& clock, std::string account, std::string region);

    const std::string& account() const { return account_; }
    const std::string& region() const { return region_; }

    NamespaceClock& clock() { return clock_; }
    // Milliseconds since the epoch. Never goes back.
    std::int64_t now_ms() { return clock_.now_ms(); }

    // Runs `body` in a read transaction; without a store (no table was ever created) it gets null.
    template <class Body>
    auto read(Body&& body) {
        const auto store = current();
        if (!store) return body(static_cast<storage::ReadTransaction*>(nullptr));
        storage::ReadTransaction transaction = store->begin_read();
        return body(&transaction);
    }

    // Runs `body` in a write transaction and commits where it succeeds. Without a store it gets null, unless `create`.
    template <class Body>
    Result<void> write(Body&& body, bool create = false) {
        for (;;) {
            const auto store = create ? current_or_new() : current();
            if (!store) return body(static_cast<storage::WriteTransaction*>(nullptr));
            storage::WriteTransaction transaction = store->begin_write();
            if (store != current()) continue;
            TRY(body(&transaction));
            prepare_commit(transaction);
            transaction.commit();
            return {};
        }
    }

    // After storage::MapFull: a larger map.
    void grow();
    // Drops all tables, streams and all that is due; the clock takes its own course again.
    void reset();
    // In memory: gives the memory of a store without tables and events back.
    void drop_empty_store();

    // The moment of the next event that time will bring; never_ms: none. Set under the write lock only.
    std::int64_t next_due_ms() const { return next_due_ms_.load(std::memory_order_acquire); }
    void set_next_due(std::int64_t moment_ms) { next_due_ms_.store(moment_ms, std::memory_order_release); }

    // The file of this namespace under Options::db_path; empty in memory.
    std::string path() const;
    // Opens the file where there is one already. Throws StartError.
    void open_existing();

    bool has_store() { return current() != nullptr; }

    Holds& holds() { return holds_; }
    IssuedIterators& iterators() { return iterators_; }

private:
    std::shared_ptr<storage::Store> current();
    std::shared_ptr<storage::Store> current_or_new();
    std::shared_ptr<storage::Store> open();
    // Notes what the transaction has put in `due`, and on disk keeps the clock.
    void prepare_commit(storage::WriteTransaction& transaction);

    const Options& options_;
    NamespaceClock clock_;
    const std::string account_;
    const std::string region_;
    std::atomic<std::int64_t> next_due_ms_{never_ms};
    std::mutex opening_;
    Holds holds_;
    IssuedIterators iterators_;
    std::atomic<std::shared_ptr<storage::Store>> store_;
};

// Runs `body`, again with a larger map where that is what it takes: what the failed run wrote is dropped.
template <class Body>
auto with_room(Namespace& space, Body&& body) {
    for (;;) {
        try {
            return body();
        } catch (const storage::MapFull&) {
            space.grow();
        }
    }
}

class Namespaces {
public:
    Namespaces(const Options& options, Clock& clock);

    // The caller's namespace, made on first use. `caller.account` is 12 digits.
    Namespace& find(const Caller& caller);
    // All there are.
    std::vector<Namespace*> all();
    // The clock that namespaces begin with, for calls that move all clocks.
    NamespaceClock& first_clock() { return first_clock_; }

private:
    const Options& options_;
    Clock& clock_;
    NamespaceClock first_clock_;
    std::shared_mutex mutex_;
    std::unordered_map<std::string, std::unique_ptr<Namespace>> by_key_;
};

// 12 digits for any access key: itself where it is 12 digits, else digits of its own.
std::string account_of(std::string_view access_key);

}  // namespace minamo
