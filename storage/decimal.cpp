// Decimal: digits and the power of ten of the first one. Whatever makes a number, a text, a codec or a sum, ends in
// Decimal::from_digits or the parser's own scan, and both ask `fault_of` whether the service would store it.
#include "storage/decimal.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <optional>

namespace minamo::storage {
namespace {

// The one place that knows which fault is named when several apply: precision before range. (Implementations of the
// service differ here.) `significant`: digits without zeros at either end.
std::optional<NumberFault> fault_of(std::size_t significant, std::int64_t magnitude) {
    if (significant > Decimal::digits_max) return NumberFault::too_precise;
    if (magnitude > Decimal::magnitude_max) return NumberFault::overflow;
    if (magnitude < Decimal::magnitude_min) return NumberFault::underflow;
    return std::nullopt;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The mantissa of a text as it goes by: the first 38 significant digits are kept, of the rest only whether there is one
// that is not zero. So a text of any length needs no memory.
struct Mantissa {
    std::array<char, Decimal::digits_max> digits{};
    std::size_t significant = 0;  // up to the last digit that is not zero, from the first such
    std::size_t since_first = 0;  // all digits from the first that is not zero
    std::int64_t magnitude = 0;   // power of ten of the first digit that is not zero, without the exponent
    std::size_t read = 0;         // all digits

    // `place`: the digit's power of ten in the fraction (-1, -2, ...); integer digits shift the magnitude afterwards.
    void take(char digit, std::int64_t place) {
        ++read;
        if (since_first == 0) {
            if (digit == '0') return;
            magnitude = place;
        }
        if (since_first < digits.size()) digits[since_first] = static_cast<char>(digit - '0');
        ++since_first;
        if (digit != '0') significant = since_first;
    }
};

// Reads a mantissa and returns what follows it. Integer digits are all taken at place 0; how many there were since the
// first that is not zero gives the magnitude.
std::string_view read_mantissa(std::string_view text, Mantissa& mantissa) {
    std::size_t at = 0;
    while (at < text.size() && is_digit(text[at])) mantissa.take(text[at++], 0);
    if (mantissa.since_first > 0) mantissa.magnitude = static_cast<std::int64_t>(mantissa.since_first) - 1;
    if (at < text.size() && text[at] == '.') {
        ++at;
        for (std::int64_t place = -1; at < text.size() && is_digit(text[at]); --place) mantissa.take(text[at++], place);
    }
    return text.substr(at);
}

// The power of ten that a text ends with: "" (0), "e5", "E-005". Nothing where it is malformed. A value beyond the
// limit is kept as one past it, so that no exponent, however long, overflows.
constexpr std::int64_t exponent_max = std::numeric_limits<std::int32_t>::max();

std::optional<std::int64_t> read_exponent(std::string_view text) {
    if (text.empty()) return 0;
    if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
    text.remove_prefix(1);
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    std::int64_t exponent = 0;
    for (const char c : text) exponent = std::min(exponent * 10 + (c - '0'), exponent_max + 1);
    return negative ? -exponent : exponent;
}

// The digit of a number at a power of ten.
int digit_at(const Decimal& number, int power) {
    const int i = number.magnitude() - power;
    return i >= 0 && i < number.digit_count() ? number.digit(i) : 0;
}

int lowest_power(const Decimal& number) {
    return number.magnitude() - number.digit_count() + 1;
}

std::strong_ordering compare_absolute(const Decimal& a, const Decimal& b) {
    if (a.is_zero() || b.is_zero()) return !a.is_zero() <=> !b.is_zero();
    if (a.magnitude() != b.magnitude()) return a.magnitude() <=> b.magnitude();
    const int common = std::min(a.digit_count(), b.digit_count());
    for (int i = 0; i < common; ++i) {
        if (a.digit(i) != b.digit(i)) return a.digit(i) <=> b.digit(i);
    }
    return a.digit_count() <=> b.digit_count();
}

// a + sign * b of absolute values, where a >= b if sign is -1: digit by digit from the lowest power on, one digit more
// than either has for the last carry. `negative` is the sign of the result.
tl::expected<Decimal, NumberFault> add_absolute(const Decimal& a, const Decimal& b, int sign, bool negative) {
    constexpr int powers = Decimal::magnitude_max - Decimal::magnitude_min + Decimal::digits_max + 1;
    std::array<char, powers> digits;
    const int low = std::min(lowest_power(a), lowest_power(b));
    const int high = std::max(a.magnitude(), b.magnitude()) + 1;
    int carry = 0;
    for (int power = low; power <= high; ++power) {
        const int sum = digit_at(a, power) + sign * digit_at(b, power) + carry;
        carry = sum < 0 ? -1 : sum / 10;
        digits[static_cast<std::size_t>(high - power)] = static_cast<char>(sum - carry * 10);
    }
    return Decimal::from_digits(negative, high, {digits.data(), static_cast<std::size_t>(high - low + 1)});
}

tl::expected<Decimal, NumberFault> add_signed(const Decimal& a, const Decimal& b, bool b_negative) {
    if (a.negative() == b_negative) return add_absolute(a, b, +1, b_negative);
    const auto order = compare_absolute(a, b);
    if (order == 0) return Decimal();
    return order > 0 ? add_absolute(a, b, -1, a.negative()) : add_absolute(b, a, -1, b_negative);
}

}  // namespace

Decimal::Decimal(std::int64_t number) : negative_(number < 0) {
    std::uint64_t rest = negative_ ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    if (rest == 0) return;
    for (; rest % 10 == 0; rest /= 10) ++magnitude_;
    std::array<std::uint8_t, 20> backwards{};
    for (; rest != 0; rest /= 10) backwards[count_++] = static_cast<std::uint8_t>(rest % 10);
    std::reverse_copy(backwards.begin(), backwards.begin() + count_, digits_.begin());
    magnitude_ = static_cast<std::int16_t>(magnitude_ + count_ - 1);
}

tl::expected<Decimal, NumberFault> Decimal::parse(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    Mantissa mantissa;
    const auto exponent = read_exponent(read_mantissa(text, mantissa));
    if (mantissa.read == 0 || !exponent) return tl::unexpected(NumberFault::not_a_number);
    if (mantissa.significant == 0) return Decimal();
    if (std::abs(*exponent) > exponent_max) return tl::unexpected(NumberFault::not_a_number);
    const std::int64_t magnitude = mantissa.magnitude + *exponent;
    if (const auto fault = fault_of(mantissa.significant, magnitude)) {
        // The service counts the digits before the point in 32 bits, where the largest count wraps to a negative one.
        const bool wraps = *fault == NumberFault::overflow && magnitude >= exponent_max;
        return tl::unexpected(wraps ? NumberFault::underflow : *fault);
    }
    return from_digits(negative, static_cast<int>(magnitude), {mantissa.digits.data(), mantissa.significant});
}

tl::expected<Decimal, NumberFault> Decimal::from_digits(bool negative, int magnitude, std::string_view digits) {
    while (!digits.empty() && digits.front() == 0) {
        digits.remove_prefix(1);
        --magnitude;
    }
    while (!digits.empty() && digits.back() == 0) digits.remove_suffix(1);
    if (digits.empty()) return Decimal();
    if (const auto fault = fault_of(digits.size(), magnitude)) return tl::unexpected(*fault);
    Decimal number;
    number.negative_ = negative;
    number.count_ = static_cast<std::uint8_t>(digits.size());
    number.magnitude_ = static_cast<std::int16_t>(magnitude);
    std::memcpy(number.digits_.data(), digits.data(), digits.size());
    return number;
}

std::string Decimal::to_string() const {
    std::string out;
    append_to(out);
    return out;
}

void Decimal::append_to(std::string& out) const {
    if (is_zero()) {
        out += '0';
        return;
    }
    if (negative_) out += '-';
    if (magnitude_ < 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-magnitude_ - 1), '0');
    }
    for (int i = 0; i < count_; ++i) {
        if (i > 0 && i == magnitude_ + 1) out += '.';
        out += static_cast<char>('0' + digit(i));
    }
    const int zeros = magnitude_ - count_ + 1;
    if (zeros > 0) out.append(static_cast<std::size_t>(zeros), '0');
}

std::size_t Decimal::size_bytes() const {
    return number_size_bytes(negative_, magnitude_, count_);
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
    if (negative_ != other.negative_) return other.negative_ <=> negative_;
    return negative_ ? compare_absolute(other, *this) : compare_absolute(*this, other);
}

bool Decimal::operator==(const Decimal& other) const {
    return negative_ == other.negative_ && magnitude_ == other.magnitude_ && count_ == other.count_ &&
           std::memcmp(digits_.data(), other.digits_.data(), count_) == 0;
}

std::size_t number_size_bytes(bool negative, int magnitude, int digit_count) {
    if (digit_count == 0) return 1;
    const auto pair_of = [](int power) { return power >> 1; };  // floor(power / 2)
    const int pairs = pair_of(magnitude) - pair_of(magnitude - digit_count + 1) + 1;
    const int bytes = 1 + pairs + (negative ? 1 : 0);
    return static_cast<std::size_t>(bytes);
}

tl::expected<Decimal, NumberFault> add(const Decimal& a, const Decimal& b) {
    if (a.is_zero()) return b;
    if (b.is_zero()) return a;
    return add_signed(a, b, b.negative());
}

tl::expected<Decimal, NumberFault> subtract(const Decimal& a, const Decimal& b) {
    if (b.is_zero()) return a;
    return add_signed(a, b, !b.negative());
}

}  // namespace minamo::storage
