// Paths of one update or projection that get in each other's way.
#pragma once

#include <span>

#include "emulator/expressions/operand_checks.hpp"

namespace minamo {

// Overlap: one path equals or begins another. Conflict: behind a common beginning one has a name where the other has an
// index. Any overlap is told before any conflict, of each the first pair in expression order. Names are compared as the
// request defines them; a path with an undefined name is apart from all others, its own fault is told later.
Checked check_apart(std::span<const grammar::Path* const> paths, const Binding& binding);

}  // namespace minamo
