// Unsigned numbers as 1 to 10 bytes, small ones short: seven bits a byte, the lowest first, the top bit on all but the
// last (LEB128). Each number has one encoding: no trailing zero bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace minamo::storage {

inline void append_varint(std::string& out, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
    out += static_cast<char>(number);
}

inline std::size_t varint_bytes(std::uint64_t number) {
    std::size_t bytes = 1;
    for (; number >= 0x80; number >>= 7) ++bytes;
    return bytes;
}

// Reads a number from the front of `bytes`, which it shortens. False, with nothing defined, where there is none or its
// encoding is not the short one.
inline bool read_varint(std::string_view& bytes, std::uint64_t& number) {
    number = 0;
    for (std::size_t i = 0; i < bytes.size() && i < 10; ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (i == 9 && byte > 1) return false;  // more than 64 bits
        number |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
        if (byte >= 0x80) continue;
        bytes.remove_prefix(i + 1);
        return byte != 0 || i == 0;
    }
    return false;
}

}  // namespace minamo::storage
