// What time does: tables and indexes become active and go away, items expire, shards roll over, records are trimmed,
// tokens are forgotten. All of it waits in the store's `due` tree and comes to pass at its own moment.
#pragma once

#include <atomic>
#include <utility>

#include "emulator/namespaces/visit.hpp"
#include "minamo/clock.hpp"

namespace minamo {

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
