// A namespace that nobody has called yet is as new as a reset one.
#include "emulator/powers/reset.hpp"

#include <vector>

namespace minamo {
namespace {

void reset_space(Namespace& space) {
    with_room(space, [&] { space.reset(); });
}

}  // namespace

std::size_t reset_all(World& world) {
    world.namespaces.reset_first_clock();
    const std::vector<Namespace*> spaces = world.namespaces.all();
    for (Namespace* space : spaces) reset_space(*space);
    return spaces.size();
}

std::size_t reset_one(World& world, const KnownCaller& caller) {
    Namespace* space = world.namespaces.find_existing(caller);
    if (space == nullptr) return 0;
    reset_space(*space);
    return 1;
}

}  // namespace minamo
