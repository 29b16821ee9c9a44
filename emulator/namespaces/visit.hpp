// A namespace as one call sees it, and what a call does where its namespace changed meanwhile.
#pragma once

#include <cstdint>

#include "emulator/namespaces/namespace.hpp"

namespace minamo {

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

// Runs `body`, again with a larger map where that is what it takes: what the failed run wrote is dropped.
template <class Body>
auto with_larger_map(Namespace& space, Body&& body) {
    for (;;) {
        try {
            return body();
        } catch (const storage::MapFull&) {
            space.grow();
        }
    }
}

// Runs `body` so, and again whatever else asks for it: a reset, or what was read is outdated. The body begins its
// Visit.
template <class Body>
auto with_room(Namespace& space, Body&& body) {
    for (;;) {
        try {
            return with_larger_map(space, body);
        } catch (const storage::RunAgain&) {
        }
    }
}

}  // namespace minamo
