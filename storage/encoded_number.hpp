// Numbers as item_codec.hpp and key_codec.hpp encode them: taken apart, written, compared and checked. For codecs only.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

#include "storage/decimal.hpp"
#include "storage/faults.hpp"

namespace minamo::storage {

// One number of an item, a payload of type N, taken apart. Borrows its bytes.
struct EncodedNumber {
    static constexpr char zero_head = '\x80';
    static constexpr char positive_head = '\xC0';
    static constexpr char negative_head = '\x40';
    static constexpr int magnitude_offset = -Decimal::magnitude_min;
    static constexpr std::size_t head_bytes = 2;
    static constexpr std::size_t bytes_max = head_bytes + Decimal::digits_max / 2;

    explicit EncodedNumber(std::string_view payload)
        : zero(head(payload) == zero_head),
          negative(payload[0] == negative_head),
          magnitude(zero ? 0 : plain(payload[1]) - magnitude_offset),
          pairs(zero ? std::string_view() : payload.substr(head_bytes)) {}

    // A byte without the complement that negative numbers have.
    int plain(char byte) const { return static_cast<unsigned char>(negative ? ~byte : byte); }
    int digit_count() const {
        if (zero) return 0;
        return static_cast<int>(pairs.size()) * 2 - ((plain(pairs.back()) & 0x0F) == 0 ? 1 : 0);
    }

    static char head(std::string_view payload) {
        const bool is_number = !payload.empty() && (payload[0] == zero_head || payload.size() > head_bytes);
        if (!is_number || payload.size() > bytes_max) fail_damaged();
        return payload[0];
    }

    bool zero;
    bool negative;
    int magnitude;
    std::string_view pairs;  // of digits
};

inline void append_encoded_number(std::string& out, const Decimal& number) {
    if (number.is_zero()) {
        out += EncodedNumber::zero_head;
        return;
    }
    const char flip = number.negative() ? '\xFF' : '\0';
    out += number.negative() ? EncodedNumber::negative_head : EncodedNumber::positive_head;
    out += static_cast<char>((number.magnitude() + EncodedNumber::magnitude_offset) ^ flip);
    for (int i = 0; i < number.digit_count(); i += 2) {
        const int low = i + 1 < number.digit_count() ? number.digit(i + 1) : 0;
        out += static_cast<char>((number.digit(i) << 4 | low) ^ flip);
    }
}

inline Decimal decode_number(std::string_view payload) {
    const EncodedNumber parts(payload);
    std::array<char, Decimal::digits_max> digits;
    std::size_t count = 0;
    for (const char pair : parts.pairs) {
        digits[count++] = static_cast<char>(parts.plain(pair) >> 4);
        digits[count++] = static_cast<char>(parts.plain(pair) & 0x0F);
    }
    const auto number = Decimal::from_digits(parts.negative, parts.magnitude, {digits.data(), count});
    if (!number) fail_damaged();
    return *number;
}

// The order of two numbers by their payloads.
inline std::strong_ordering compare_encoded_numbers(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) fail_damaged();
    const int order = std::memcmp(a.data(), b.data(), std::min(a.size(), b.size()));
    if (order != 0) return order <=> 0;
    return a[0] == EncodedNumber::negative_head ? b.size() <=> a.size() : a.size() <=> b.size();
}

// Whether the bytes are a number, and the one encoding of it.
inline bool valid_encoded_number(std::string_view payload) {
    if (payload == std::string_view(&EncodedNumber::zero_head, 1)) return true;
    if (payload.size() <= EncodedNumber::head_bytes || payload.size() > EncodedNumber::bytes_max) return false;
    if (payload[0] != EncodedNumber::positive_head && payload[0] != EncodedNumber::negative_head) return false;
    const EncodedNumber parts(payload);
    const bool digits = std::all_of(parts.pairs.begin(), parts.pairs.end(), [&](char pair) {
        return parts.plain(pair) >> 4 <= 9 && (parts.plain(pair) & 0x0F) <= 9;
    });
    return digits && parts.plain(parts.pairs.front()) >> 4 != 0 && parts.plain(parts.pairs.back()) != 0;
}

}  // namespace minamo::storage
