// gzip of bodies, both ways.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace minamo::server {

enum class Inflation : std::uint8_t { whole, broken, too_large };

// Replaces `out` by what `bytes` hold: one gzip member or several. Stops once that is more than `bytes_max`.
Inflation inflate_gzip(std::string_view bytes, std::size_t bytes_max, std::string& out);

// Replaces `out` by one gzip member. False where memory is short; `out` is then empty.
bool deflate_gzip(std::string_view bytes, std::string& out);

// Whether a client that sends this Accept-Encoding takes gzip.
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace minamo::server
