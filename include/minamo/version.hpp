// Which minamo this is.
#pragma once

#include <string_view>

#include "minamo/visibility.hpp"

namespace minamo {

// "0.1.0"
MINAMO_API std::string_view version();

}  // namespace minamo
