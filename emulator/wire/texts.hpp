// Texts as bytes: what comes from outside, and how long it counts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace minamo {

// Percent escapes as the bytes they stand for; what is no escape stays. A plus sign is a plus sign.
std::string decode_percent(std::string_view encoded);

bool is_ascii(std::string_view bytes);

// The length of a UTF-8 text as DynamoDB counts it, which is Java's way: in UTF-16 units.
std::int64_t utf16_length(std::string_view text);

// The bytes as UTF-8: each byte that is none becomes U+FFFD.
std::string to_utf8(std::string_view bytes);

}  // namespace minamo
