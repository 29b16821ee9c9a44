// Standard base64 with padding, as the JSON protocol carries binary values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace minamo {

void append_base64(std::string& out, std::string_view bytes);

// Nothing where the text is not base64: other characters, a length that is no multiple of four, or stray bits at the
// end.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace minamo
