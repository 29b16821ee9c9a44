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
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "emulator/time/due_tally.hpp"
#include "emulator/emulator.hpp"
#include "emulator/wire/error.hpp"
#include "emulator/powers/holds.hpp"
#include "emulator/time/namespace_clock.hpp"
#include "emulator/time/shared_slot.hpp"
#include "emulator/streams/iterators.hpp"
#include "storage/store.hpp"

namespace minamo {

inline constexpr std::int64_t never_ms = INT64_MAX;

// A caller as it named itself. `account` is 12 digits.
struct KnownCaller : Caller {
    std::string access_key;
};

// Thrown where a namespace that passes would have to be kept.
struct NeedsToStay {};

// Thrown out of a call whose namespace has been reset since it looked at the clock: it runs again.
struct WorldReset {};

class Namespace {
public:
    // `first_clock` is what its clock is like before it is moved, and after a reset. One that is `passing` stands for a
    // namespace that is not there: it never has a store, and whatever would make one throws NeedsToStay.
    Namespace(const Options& options, Clock& clock, NamespaceClock& first_clock, const Caller& owner,
              bool passing = false);

    const std::string& account() const { return account_; }
    const std::string& region() const { return region_; }
    // As it was sent; the account where no other is known yet, after a start on disk.
    std::string access_key() const;
    // Makes the access key known. One that is no account stays.
    void called_by(std::string_view access_key);

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
    // Beside the store, where its name cannot tell it.
    void keep_region(const std::string& path) const;
    void check_epoch(std::uint64_t epoch) const {
        if (epoch != this->epoch()) throw WorldReset{};
    }
    // On disk keeps the clock, too; then notes what is due next.
    void commit(storage::WriteTransaction& transaction, const std::function<void()>& committed = {});
    void set_next_due(std::int64_t moment_ms) { next_due_ms_.store(moment_ms, std::memory_order_release); }
    // What a reset does besides dropping the store's content.
    void begin_anew();

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

// A namespace as one call sees it: at one moment of its clock, of one epoch.
class Visit {
public:
    explicit Visit(Namespace& space) : space_(space) { begin(); }

    // Looks at the clock (again). The epoch comes first: a reset sets the clock before it.
    void begin() {
        epoch_ = space_.epoch();
        now_ms_ = space_.clock().now_ms();
    }

    Namespace& space() const { return space_; }
    std::int64_t now_ms() const { return now_ms_; }
    Holds& holds() const { return space_.holds(); }
    IssuedIterators& iterators() const { return space_.iterators(); }

    template <class Body>
    auto read(Body&& body) const {
        return space_.read(body, epoch_);
    }
    template <class Body>
    Result<void> write(Body&& body, bool create = false) const {
        return space_.write(body, epoch_, create, nullptr);
    }
    template <class Body, class Committed>
    Result<void> write(Body&& body, bool create, Committed&& committed) const {
        return space_.write(body, epoch_, create, committed);
    }

private:
    Namespace& space_;
    std::uint64_t epoch_ = 0;
    std::int64_t now_ms_ = 0;
};

// Runs `body`, again with a larger map where that is what it takes, or after a reset: what the failed run wrote is
// dropped. The body begins its Visit.
template <class Body>
auto with_room(Namespace& space, Body&& body) {
    for (;;) {
        try {
            return body();
        } catch (const storage::MapFull&) {
            space.grow();
        } catch (const WorldReset&) {
        }
    }
}

class Namespaces {
public:
    Namespaces(const Options& options, Clock& clock);

    // The caller's namespace, made on first use.
    Namespace& find(const KnownCaller& caller);
    // The caller's namespace; null where there is none.
    Namespace* find_existing(const KnownCaller& caller);
    // The same; where there is none, `passing` stands for it: nothing stays of namespaces that are only looked at.
    Namespace& look(const KnownCaller& caller, std::optional<Namespace>& passing);
    // Account and region of the caller's namespace.
    const Caller& owner_of(const Caller& caller) const;
    // One that has or had tables, other than `except`; null where there is none.
    const Namespace* first_with_store(const Namespace* except);
    std::vector<Namespace*> with_stores();
    // All there are.
    std::vector<Namespace*> all();
    // The clock that namespaces begin with, for calls that move all clocks.
    NamespaceClock& first_clock() { return first_clock_; }
    // After a change of it: on disk it outlives the process. Throws StorageFull.
    void keep_first_clock();
    // Gives it its own course again.
    void reset_first_clock();

private:
    struct Hash {
        std::size_t operator()(const Caller& owner) const {
            const std::hash<std::string> hash;
            return hash(owner.account) * 31 + hash(owner.region);
        }
    };
    struct Same {
        bool operator()(const Caller& a, const Caller& b) const {
            return a.account == b.account && a.region == b.region;
        }
    };

    const Options& options_;
    Clock& clock_;
    NamespaceClock first_clock_;
    NamespaceClock plain_clock_;  // never moved
    std::mutex keeping_;          // the first clock: the latest is the last one kept
    std::shared_mutex mutex_;
    std::unordered_map<Caller, std::unique_ptr<Namespace>, Hash, Same> by_owner_;
};

// 12 digits for any access key: itself where it is 12 digits, else digits of its own.
std::string account_of(std::string_view access_key);

// A caller whose `account` is an access key as it was given.
KnownCaller know(const Caller& caller);

}  // namespace minamo
