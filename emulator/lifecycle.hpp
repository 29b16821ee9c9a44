// What time does: tables and indexes become active and go away, items expire, shards roll over, records are trimmed,
// tokens are forgotten. All of it waits in the store's `due` tree and comes to pass at its own moment.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/namespaces/namespaces.hpp"
#include "storage/store.hpp"

namespace minamo {

enum class EventKind : char {
    table_active = 'a',    // CREATING or UPDATING -> ACTIVE
    table_gone = 'd',      // DELETING -> gone
    index_backfill = 'b',  // one step of filling a CREATING index; the last makes it ACTIVE
    backfill_rest = 'B',   // what is left of a step: its resume position has the rows that are left before it
    index_gone = 'i',      // a DELETING index's rows go, and then the index
    ttl_settled = 'l',     // time to live is ENABLED or DISABLED: one step of making or removing expiry rows
    stream_roll = 'r',     // shards of a stream that have been open long enough are followed by others
    token_gone = 't',      // a transaction's ClientRequestToken is forgotten
};

struct Event {
    EventKind kind{};
    std::uint64_t table_number = 0;  // of a stream_roll the stream's
    std::string name;                // of the table, or the token
    std::uint8_t index_number = 0;
    std::int64_t steps_left = 0;  // of a backfill, and when the next is due
    std::int64_t step_ms = 0;
    std::string resume;  // of what goes in steps: the row it goes on from
};

// Under which the store's `meta` keeps a token.
std::string token_name(std::string_view token);

// To be run at `moment_ms`, at the earliest by the call that follows this one.
void schedule(storage::WriteTransaction& transaction, std::int64_t moment_ms, const Event& event);

// The life of an index that UpdateTable creates: for a quarter of `duration_ms` its resources are allocated and the
// table is UPDATING, then its rows are filled step by step.
void schedule_backfill(storage::WriteTransaction& transaction, const storage::Table& table, std::uint8_t index_number,
                       std::int64_t now_ms, std::int64_t duration_ms);

// Does what is due, in order of its moment, before a call proceeds. One atomic comparison where nothing is. False where
// the store is too full for all of it: what is left stays due. Between transactions it throws Interrupted.
bool catch_up(const Visit& visit);

// The same for a thread that others wait for: false where more is due than can be done in a few milliseconds, or others
// are at it already.
bool catch_up_briefly(const Visit& visit);

// One transaction's share of it, some ten milliseconds: false where there is more to do.
bool catch_up_some(const Visit& visit);

// Thrown out of catch_up() on a thread that has an Interruptible whose flag is set.
struct Interrupted {};

class Interruptible {
public:
    explicit Interruptible(const std::atomic<bool>& interrupt);
    ~Interruptible();
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;
};

// What falls due in a namespace from its making on, whichever call does it. Of several at a time each gets what falls
// due once: the first that takes it.
class FallingDue {
public:
    explicit FallingDue(Namespace& space) : tally_(&space.falling()) { tally_->begin(); }
    ~FallingDue() {
        if (tally_ != nullptr) tally_->end();
    }
    FallingDue(FallingDue&& other) noexcept : tally_(std::exchange(other.tally_, nullptr)) {}
    FallingDue(const FallingDue&) = delete;
    FallingDue& operator=(const FallingDue&) = delete;

    FellDue take() const { return tally_->take(); }

private:
    DueTally* tally_;
};

// After a change of the namespace's clock: does what has fallen due, and on disk keeps the clock. What came to pass
// since `falling` was made, before the change. Throws StorageFull.
FellDue clock_moved(Namespace& space, const FallingDue& falling);

}  // namespace minamo
