// Moving the clock of one namespace, or of all. What falls due by it has come to pass when these return.
#pragma once

#include "emulator/namespaces/accounts.hpp"
#include "emulator/powers/refusal.hpp"
#include "emulator/time/namespace_clock.hpp"
#include "emulator/world.hpp"
#include "minamo/clock.hpp"

namespace minamo {

// Refused where the clock would go back, too far, or run too fast; all clocks move or none. Throw storage::StorageFull
// where the store is too full for what has fallen due.
Allowed<FellDue> move_clock(Namespace& space, const ClockMove& move);
// Those of namespaces that are yet to come, too.
Allowed<FellDue> move_all_clocks(World& world, const ClockMove& move);

// Does what the clocks' own course has made due.
FellDue catch_clock_up(Namespace& space);
FellDue catch_all_clocks_up(World& world);

}  // namespace minamo
