// Which minamo this is.
#pragma once

#include <string_view>

namespace minamo {

// "0.1.0"
std::string_view version();

}  // namespace minamo
