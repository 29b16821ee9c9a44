// DynamoDB's number: a decimal of up to 38 significant digits, never a double.
//
// Magnitudes run from 1E-130 to 9.99...E+125, and zero. Source: developer guide, "Data types: Number".
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace minamo::storage {

// Why a text or a result is not a number that DynamoDB stores.
enum class NumberFault : std::uint8_t { not_a_number, too_precise, overflow, underflow };

// Always canonical: no leading or trailing zero digits; zero has no digits and no sign.
class Decimal {
public:
    static constexpr int digits_max = 38;
    static constexpr int magnitude_max = 125;  // power of ten of the first digit
    static constexpr int magnitude_min = -130;

    Decimal() = default;  // zero
    explicit Decimal(std::int64_t number);

    // [+-]? (digits [. digits*] | . digits) ([eE] [+-]? digits)?    with ASCII digits only
    // Zero with any exponent is zero; otherwise an exponent beyond 32 bits is not_a_number, as the service has it.
    // A text that is both too precise and out of range is too_precise; one of 2^31 digits before the point underflow.
    // Takes no memory, however long the text.
    static tl::expected<Decimal, NumberFault> parse(std::string_view text);

    // From parts: `magnitude` is the power of ten of the first digit; `digits` most significant first, each a byte of
    // value 0-9 (not a character); strips zeros at both ends. Never not_a_number. Used by codecs.
    static tl::expected<Decimal, NumberFault> from_digits(bool negative, int magnitude, std::string_view digits);

    bool is_zero() const { return count_ == 0; }
    bool negative() const { return negative_; }
    int magnitude() const { return magnitude_; }  // power of ten of the first digit; 0 for zero
    int digit_count() const { return count_; }
    std::uint8_t digit(int i) const { return digits_[static_cast<std::size_t>(i)]; }

    // Plain notation, never an exponent: 100000, 0.00001, -1.5.
    std::string to_string() const;
    void append_to(std::string& out) const;

    // DynamoDB's size: 1 + pairs of digits aligned on the decimal point + 1 if negative (facts: numbers and sizes).
    std::size_t size_bytes() const;

    std::strong_ordering operator<=>(const Decimal& other) const;
    bool operator==(const Decimal& other) const;

private:
    bool negative_ = false;
    std::uint8_t count_ = 0;
    std::int16_t magnitude_ = 0;
    std::array<std::uint8_t, digits_max> digits_{};
};

// The size of a number by its parts, for codecs: what Decimal::size_bytes() returns.
std::size_t number_size_bytes(bool negative, int magnitude, int digit_count);

// Exact sums; too_precise, overflow or underflow where the exact result does not fit.
tl::expected<Decimal, NumberFault> add(const Decimal& a, const Decimal& b);
tl::expected<Decimal, NumberFault> subtract(const Decimal& a, const Decimal& b);

}  // namespace minamo::storage
