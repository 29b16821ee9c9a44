// What is held is the encoded key, as writes look it up.
#include "emulator/powers/hold.hpp"

#include <algorithm>
#include <utility>

#include "emulator/limits.hpp"

namespace minamo {

Allowed<std::size_t> hold_keys(Namespace& space, const std::vector<KeyToHold>& keys, std::int64_t duration_ms,
                               const std::string& token) {
    if (duration_ms < 0) return refusal("A hold lasts from now on: give a positive duration.");
    const std::int64_t now_ms = space.clock().now_ms();
    const std::int64_t until_ms = now_ms + std::min(duration_ms, limits::moment_max_ms);
    std::vector<Holds::Hold> holds;
    holds.reserve(keys.size());
    for (const KeyToHold& each : keys) holds.push_back({each.table, encode(each.key), until_ms, token});
    space.holds().add(std::move(holds), now_ms);
    return keys.size();
}

}  // namespace minamo
