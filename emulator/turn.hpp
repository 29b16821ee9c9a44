// What runs an event of time gets: as a Call is to a handler.
#pragma once

#include <cstdint>

#include "minamo/clock.hpp"
#include "storage/store.hpp"

namespace minamo {

struct World;

struct Turn {
    storage::WriteTransaction& transaction;
    World& world;
    std::int64_t moment_ms;  // when it is due: what it does happens then
    std::int64_t now_ms;     // the namespace's clock, which may be later
    FellDue& fell_due;       // is told what came to pass
};

}  // namespace minamo
