// Three bytes are four characters of six bits each; '=' fills the last group.
#include "emulator/wire/base64.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace minamo {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> make_digits() {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(no_digit);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        digits[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return digits;
}
constexpr auto digits = make_digits();

std::uint32_t byte_at(std::string_view bytes, std::size_t i) {
    return static_cast<unsigned char>(bytes[i]);
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
    const auto put = [&out](std::uint32_t group, int shift) { out.push_back(alphabet[(group >> shift) & 63U]); };
    std::size_t i = 0;
    for (; i + 3 <= bytes.size(); i += 3) {
        const std::uint32_t group = byte_at(bytes, i) << 16 | byte_at(bytes, i + 1) << 8 | byte_at(bytes, i + 2);
        for (const int shift : {18, 12, 6, 0}) put(group, shift);
    }
    const std::size_t left = bytes.size() - i;
    if (left == 0) return;
    const std::uint32_t group = byte_at(bytes, i) << 16 | (left == 2 ? byte_at(bytes, i + 1) << 8 : 0U);
    put(group, 18);
    put(group, 12);
    if (left == 2) put(group, 6);
    out.append(left == 2 ? "=" : "==");
}

std::optional<std::string> decode_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::size_t length = text.size();
    while (length > 0 && text.size() - length < 2 && text[length - 1] == '=') --length;
    std::string out;
    out.reserve(length * 3 / 4);
    std::uint32_t bits = 0;
    int bit_count = 0;
    for (std::size_t i = 0; i < length; ++i) {
        const std::uint8_t digit = digits[static_cast<unsigned char>(text[i])];
        if (digit == no_digit) return std::nullopt;
        bits = bits << 6 | digit;
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            out.push_back(static_cast<char>(bits >> bit_count & 0xFFU));
        }
    }
    const std::uint32_t stray = bits & ((1U << bit_count) - 1U);
    if (stray != 0) return std::nullopt;
    return out;
}

}  // namespace minamo
