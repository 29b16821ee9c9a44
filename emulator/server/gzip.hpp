// Compressed bodies, both ways.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace minamo::server {

enum class Coding : std::uint8_t { none, gzip, deflate };  // deflate has zlib's wrapper

// "gzip", "deflate".
std::string_view name_of(Coding coding);
// By its name in any case; `none` where there is no such coding.
Coding coding_of(std::string_view name);

enum class Inflation : std::uint8_t { whole, broken, too_large };

// Replaces `out` by what `bytes` hold: one member or, of gzip, several; what follows and is none is passed over. Stops
// once that is more than `bytes_max`.
Inflation unpack(Coding coding, std::string_view bytes, std::size_t bytes_max, std::string& out);

// Replaces `out` by one member. False where memory is short; `out` is then empty.
bool pack(Coding coding, std::string_view bytes, std::string& out);

// The coding in which the service answers a client that sends this Accept-Encoding
// (conformance/behaviour/validation.md, section 1).
Coding accepted_coding(std::string_view accept_encoding);

}  // namespace minamo::server
