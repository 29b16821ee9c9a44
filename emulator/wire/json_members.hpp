// The members of a JSON map as the service sees them: the last of several with one name counts, null counts as absent.
#pragma once

#include <string_view>
#include <vector>

#include "emulator/wire/json.hpp"

namespace minamo {

struct JsonMember {
    std::string_view name;
    const json::Value* value = nullptr;
};

// In the order of the request. Views borrow from `object`.
std::vector<JsonMember> distinct_members(const json::Value& object);

}  // namespace minamo
