// Holding keys, as a foreign transaction in progress does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "emulator/namespaces/namespace.hpp"
#include "emulator/powers/refusal.hpp"
#include "storage/item_codec.hpp"

namespace minamo {

struct KeyToHold {
    std::string table;
    storage::Item key;
};

// From now on, until the namespace's clock has passed `duration_ms`. `token` is the ClientRequestToken of the foreign
// transaction, or empty. Answers how many keys those are; refused where the duration is negative.
Allowed<std::size_t> hold_keys(Namespace& space, const std::vector<KeyToHold>& keys, std::int64_t duration_ms,
                               const std::string& token);

}  // namespace minamo
