// Whether a text is one value of Ion.
#pragma once

#include <optional>
#include <string_view>

namespace minamo::grammar::statements {

// The name of its type, "INT"; nothing if it isn't one value.
std::optional<std::string_view> ion_type(std::string_view text);

}  // namespace minamo::grammar::statements
