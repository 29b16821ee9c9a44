// Whether all may move is asked before the first one does; one that meanwhile has been moved by another call may refuse
// all the same.
#include "emulator/powers/move_clock.hpp"

#include <deque>
#include <vector>

#include "emulator/lifecycle.hpp"

namespace minamo {
namespace {

// A namespace whose clock is moved, and what falls due in it from then on.
struct Moved {
    explicit Moved(Namespace& given) : space(given), falling(given) {}
    Namespace& space;
    FallingDue falling;
};

std::deque<Moved> all_spaces(World& world) {
    std::deque<Moved> out;
    for (Namespace* space : world.namespaces.all()) out.emplace_back(*space);
    return out;
}

FellDue fall_due(const std::deque<Moved>& spaces) {
    FellDue due;
    for (const Moved& each : spaces) due.add(clock_moved(each.space, each.falling));
    return due;
}

Allowed<void> move_each(const std::vector<NamespaceClock*>& clocks, const ClockMove& move) {
    if (move.rate && !(*move.rate > 0 && *move.rate <= clock_rate_max)) return refusal(clock_rates);
    for (NamespaceClock* clock : clocks) {
        if (!clock->may_move(move)) return refusal(clock_bounds);
    }
    for (NamespaceClock* clock : clocks) {
        if (!clock->move(move)) return refusal(clock_bounds);
    }
    return {};
}

}  // namespace

Allowed<FellDue> move_clock(Namespace& space, const ClockMove& move) {
    const FallingDue falling(space);
    if (auto moved = move_each({&space.clock()}, move); !moved) return tl::unexpected(moved.error());
    return clock_moved(space, falling);
}

Allowed<FellDue> move_all_clocks(World& world, const ClockMove& move) {
    const std::deque<Moved> spaces = all_spaces(world);
    std::vector<NamespaceClock*> clocks{&world.namespaces.first_clock()};
    for (const Moved& each : spaces) clocks.push_back(&each.space.clock());
    if (auto moved = move_each(clocks, move); !moved) return tl::unexpected(moved.error());
    world.namespaces.keep_first_clock();
    return fall_due(spaces);
}

FellDue catch_clock_up(Namespace& space) {
    return clock_moved(space, FallingDue(space));
}

FellDue catch_all_clocks_up(World& world) {
    return fall_due(all_spaces(world));
}

}  // namespace minamo
