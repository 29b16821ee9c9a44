// The regular expressions of the API, each as the service prints it and as code: they are few and simple, and <regex>
// would be slow and recursive.
#include <algorithm>

#include "emulator/api/shapes.hpp"

namespace minamo::api::patterns {
namespace {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_alphanumeric(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_name_character(char c) {
    return is_alphanumeric(c) || c == '_' || c == '.' || c == '-';
}
constexpr bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f');
}

bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_name_character);
}

bool is_account(std::string_view text) {
    return text.size() == 12 && std::ranges::all_of(text, is_digit);
}

bool is_hex_token(std::string_view text) {
    return !text.empty() && text.size() % 16 == 0 && std::ranges::all_of(text, is_hex);
}

bool is_client_token(std::string_view text) {
    return !text.empty() && text.find('$') == text.npos;
}

bool is_bucket(std::string_view text) {
    return text.size() >= 2 && is_name(text) && is_alphanumeric(text.front()) && is_alphanumeric(text.back());
}

bool is_csv_delimiter(std::string_view text) {
    return text.size() == 1 && std::string_view(",;:|\t ").find(text.front()) != std::string_view::npos;
}

bool is_csv_header(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != ','; });
}

// Java's \p{Print} is ASCII.
bool is_printable(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

// All but control characters, save tab and line ends.
bool is_role_arn(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\r' || c == '\n'; });
}

}  // namespace

// clang-format off
constexpr Pattern name          = {"[a-zA-Z0-9_.-]+", is_name};
constexpr Pattern account       = {"[0-9]{12}", is_account};
constexpr Pattern hex_token     = {"([0-9a-f]{16})+", is_hex_token};
constexpr Pattern client_token  = {R"(^[^\$]+$)", is_client_token};
constexpr Pattern bucket        = {R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)", is_bucket};
constexpr Pattern csv_delimiter = {R"([,;:|\t ])", is_csv_delimiter};
constexpr Pattern csv_header    = {R"([\x20-\x21\x23-\x2B\x2D-\x7E]*)", is_csv_header};
constexpr Pattern printable     = {R"(\p{Print}+)", is_printable};
constexpr Pattern role_arn      = {R"([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*)", is_role_arn};
// clang-format on

}  // namespace minamo::api::patterns
