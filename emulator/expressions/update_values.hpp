// What the actions of an update put: the right-hand sides of SET, sums and unions of ADD, differences of DELETE, all
// computed from the item as it was before.
#pragma once

#include <cstdint>
#include <vector>

#include "emulator/expressions/expressions.hpp"
#include "emulator/expressions/paths.hpp"

namespace minamo {

enum class Effect : std::uint8_t { none, put, erase };

// One action, computed.
struct Change {
    ResolvedPath path;
    Effect effect = Effect::none;
    storage::AttributeValue value;  // of put
};

// In expression order. Fails with the data-dependent errors of reading and computing, not of where values go.
Result<std::vector<Change>> compute_changes(const BoundUpdate& update, const Attributes& item);

}  // namespace minamo
