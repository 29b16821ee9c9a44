// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF.
#include "emulator/wire/texts.hpp"

#include <algorithm>
#include <cstddef>

namespace minamo {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_between(char c, unsigned low, unsigned high) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= low && byte <= high;
}

// How many bytes the character at the front takes; 0: there is none.
std::size_t character_size(std::string_view bytes) {
    const auto first = static_cast<unsigned char>(bytes[0]);
    if (first < 0x80) return 1;
    const std::size_t size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (size == 0 || bytes.size() < size) return 0;
    const unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (!is_between(bytes[1], low, high)) return 0;
    const bool follow =
        std::ranges::all_of(bytes.substr(2, size - 2), [](char c) { return is_between(c, 0x80, 0xBF); });
    return follow ? size : 0;
}

}  // namespace

std::string decode_percent(std::string_view encoded) {
    std::string out;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        const bool escape = encoded[i] == '%' && i + 2 < encoded.size();
        const int high = escape ? hex_digit(encoded[i + 1]) : -1;
        const int low = escape ? hex_digit(encoded[i + 2]) : -1;
        if (high < 0 || low < 0) {
            out.push_back(encoded[i]);
        } else {
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        }
    }
    return out;
}

bool is_ascii(std::string_view bytes) {
    return std::ranges::none_of(bytes, [](char c) { return static_cast<unsigned char>(c) > 0x7F; });
}

std::int64_t utf16_length(std::string_view text) {
    std::int64_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xC0U) != 0x80U;  // one for each character
        units += byte >= 0xF0U;            // and one more beyond the basic plane, where UTF-8 takes four bytes
    }
    return units;
}

std::string to_utf8(std::string_view bytes) {
    std::string out;
    while (!bytes.empty()) {
        const std::size_t size = character_size(bytes);
        out.append(size != 0 ? bytes.substr(0, size) : "\xEF\xBF\xBD");
        bytes.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

}  // namespace minamo
