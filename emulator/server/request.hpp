// One HTTP request as the server sees it: only what an answer can depend on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace minamo::server {

// The headers that are read; all others are dropped as they are parsed.
enum class Header : std::uint8_t {
    accept_encoding,
    amz_date,
    amz_target,
    authorization,
    content_encoding,
    content_type,
    date,
    expect,
    fetch_site,  // Sec-Fetch-Site
    host,
    minamo_token,  // x-minamo-token
    origin,
    preflight_headers,  // Access-Control-Request-Headers
    preflight_method,   // Access-Control-Request-Method
};
inline constexpr std::size_t header_count = 14;

// Views of bytes that a RequestReader owns: they live until its next put() or reset().
struct Request {
    std::string_view method;
    std::string_view target;                             // as sent: "/path?query", or with scheme and host before it
    std::string_view body;                               // after chunks and codings are undone
    std::array<std::string_view, header_count> headers;  // without data where absent, with data where empty
    bool undecodable = false;                            // the body: not what Content-Encoding says, or an unknown one
    bool http_1_1 = true;
    bool keep_alive = true;

    // Empty where absent. Of a repeated header the first counts.
    std::string_view header(Header name) const { return headers[static_cast<std::size_t>(name)]; }
    bool has(Header name) const { return header(name).data() != nullptr; }
};

// The target's path and query, percent encoding left as it is; the query without its '?'.
struct Location {
    std::string_view path;
    std::string_view query;
};
Location locate(std::string_view target);

// Whether two header values are the same but for the case of ASCII letters.
bool equal_ignoring_case(std::string_view left, std::string_view right);
// Without blanks and tabs at either end.
std::string_view trim(std::string_view text);

}  // namespace minamo::server
