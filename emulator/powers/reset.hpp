// Beginning anew: no tables, no streams, nothing due, and clocks on their own course.
#pragma once

#include <cstddef>

#include "emulator/namespaces/accounts.hpp"
#include "emulator/world.hpp"

namespace minamo {

// How many namespaces that were: all, or the caller's if there is one. Throw storage::StorageFull.
std::size_t reset_all(World& world);
std::size_t reset_one(World& world, const KnownCaller& caller);

}  // namespace minamo
