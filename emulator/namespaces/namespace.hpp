// A namespace: what one account has in one region. A store of its own, a clock of its own, and what a test has set.
//
// A store is made by the first CreateTable of its namespace and, in memory, replaced when its last table goes or the
// namespace is reset. A call that holds a transaction of a store that has been replaced meanwhile starts again.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "emulator/namespaces/accounts.hpp"
#include "emulator/namespaces/holds.hpp"
#include "emulator/namespaces/issued_iterators.hpp"
#include "emulator/time/due_tally.hpp"
#include "emulator/time/namespace_clock.hpp"
#include "emulator/time/shared_slot.hpp"
#include "emulator/wire/error.hpp"
#include "minamo/clock.hpp"
#include "minamo/options.hpp"
#include "storage/store.hpp"

namespace minamo {

struct World;

inline constexpr std::int64_t never_ms = INT64_MAX;

// Thrown where a namespace that passes would have to be kept.
struct NeedsToStay {};

// Thrown out of a call whose namespace has been reset since it looked at the clock: it runs again.
struct WorldReset : storage::RunAgain {
    WorldReset() : RunAgain("The namespace was reset meanwhile: the call runs again.") {}
};

class Namespace {
public:
    // `first_clock` is what its clock is like before it is moved, and after a reset. One that is `passing` stands for a
    // namespace that is not there: it never has a store, and whatever would make one throws NeedsToStay.
    Namespace(World& world, const Options& options, Clock& clock, NamespaceClock& first_clock, const Caller& owner,
              bool passing = false);

    const std::string& account() const { return account_; }
    const std::string& region() const { return region_; }
    // As it was sent; the account where no other is known yet, after a start on disk.
    std::string access_key() const;
    // Makes the access key known. One that is no account stays.
    void called_by(std::string_view access_key);

    // The one it is in.
    World& world() const { return world_; }
    NamespaceClock& clock() { return clock_; }

    // Changes with each reset.
    std::uint64_t epoch() const { return epoch_.load(std::memory_order_acquire); }

    // Runs `body` in a read transaction; without a store (no table was ever created) it gets null. Throws WorldReset
    // where the epoch is another.
    template <class Body>
    auto read(Body&& body, std::uint64_t epoch) {
        const auto store = current();
        if (!store) {
            check_epoch(epoch);
            return body(static_cast<storage::ReadTransaction*>(nullptr));
        }
        storage::ReadTransaction transaction = store->begin_read();
        check_epoch(epoch);
        return body(&transaction);
    }

    // Runs `body` in a write transaction and commits where it succeeds. Without a store it gets null, unless `create`.
    // `committed` runs after that, before others see that what was due is done.
    template <class Body, class Committed>
    Result<void> write(Body&& body, std::uint64_t epoch, bool create, Committed&& committed) {
        for (;;) {
            const auto store = create ? current_or_new() : current();
            if (!store) {
                check_epoch(epoch);
                return body(static_cast<storage::WriteTransaction*>(nullptr));
            }
            storage::WriteTransaction transaction = store->begin_write();
            check_epoch(epoch);
            if (store != current()) continue;
            TRY(body(&transaction));
            commit(transaction, committed);
            return {};
        }
    }

    // After storage::MapFull: a larger map.
    void grow();
    // Drops all tables, streams and all that is due; the clock is a first one again. Throws storage::MapFull.
    void reset();
    // In memory: gives the memory of a store without tables and events back.
    void drop_empty_store();

    // The moment of the next event that time will bring; never_ms: none. Set under the store's write lock only.
    std::int64_t next_due_ms() const { return next_due_ms_.load(std::memory_order_acquire); }

    // The file of this namespace under Options::db_path; empty in memory.
    std::string path() const;
    // Opens the file where there is one already. Throws StartError.
    void open_existing();

    bool has_store() { return current() != nullptr; }
    bool is_on_disk() const { return !options_.db_path.empty(); }

    Holds& holds() { return holds_; }
    IssuedIterators& iterators() { return iterators_; }
    DueTally& falling() { return falling_; }

    // Whether calls wait for long work on it, which others do for them.
    bool is_worked_on() const { return workers_.load(std::memory_order_relaxed) != 0; }
    void begin_work() { ++workers_; }
    void end_work() { --workers_; }

private:
    std::shared_ptr<storage::Store> current();
    std::shared_ptr<storage::Store> current_or_new();
    std::shared_ptr<storage::Store> open();
    void check_epoch(std::uint64_t epoch) const {
        if (epoch != this->epoch()) throw WorldReset{};
    }
    // On disk keeps the clock, too; then notes what is due next.
    void commit(storage::WriteTransaction& transaction, const std::function<void()>& committed = {});
    void set_next_due(std::int64_t moment_ms) { next_due_ms_.store(moment_ms, std::memory_order_release); }
    // What a reset does besides dropping the store's content.
    void begin_anew();

    World& world_;
    const Options& options_;
    NamespaceClock clock_;
    NamespaceClock& first_clock_;
    const std::string account_;
    const std::string region_;
    const bool passing_;
    std::atomic<bool> key_known_{false};
    std::string access_key_;  // under opening_, and as it is once key_known_
    std::atomic<std::uint64_t> epoch_{0};
    std::atomic<std::int64_t> next_due_ms_{never_ms};
    mutable std::mutex opening_;
    Holds holds_;
    IssuedIterators iterators_;
    DueTally falling_;
    std::atomic<int> workers_{0};
    SharedSlot<storage::Store> store_;
};

}  // namespace minamo
