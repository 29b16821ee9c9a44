// Tags in a request, and what they may be.
#pragma once

#include "emulator/wire/error.hpp"
#include "emulator/wire/json.hpp"

namespace minamo {

// A list of tags for a resource that has none yet: how many, their keys, their characters. Lengths hold already.
Result<void> check_tags(const json::Value& tags);

}  // namespace minamo
