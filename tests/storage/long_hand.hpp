// Decimals as a schoolchild has them: a sign and digits in columns, from 10^200 down to 10^-200. Slow, and with nothing
// in common with storage/decimal.cpp: the model that it is tested against.
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "storage/decimal.hpp"

namespace minamo::test {

struct LongHand {
    static constexpr int highest = 200;
    static constexpr std::size_t columns = 401;

    bool negative = false;
    std::string digits = std::string(columns, '0');

    // A text that is known to be a number, with few enough digits and a small exponent.
    static LongHand read(std::string text) {
        LongHand number;
        number.negative = text.front() == '-';
        if (text.front() == '-' || text.front() == '+') text.erase(0, 1);
        const auto e = text.find_first_of("eE");
        const int exponent = e == text.npos ? 0 : std::stoi(text.substr(e + 1));
        if (e != text.npos) text.resize(e);
        auto point = text.find('.');
        if (point == text.npos)
            point = text.size();
        else
            text.erase(point, 1);
        const int first = highest - (static_cast<int>(point) - 1 + exponent);
        for (std::size_t i = 0; i < text.size(); ++i) {
            const int column = first + static_cast<int>(i);
            if (text[i] != '0') number.digits.at(static_cast<std::size_t>(column)) = text[i];
        }
        if (number.zero()) number.negative = false;
        return number;
    }

    bool zero() const { return digits.find_first_not_of('0') == digits.npos; }

    std::string plain() const {
        if (zero()) return "0";
        const std::size_t ones = highest;
        const std::size_t first = std::min(digits.find_first_not_of('0'), ones);
        const std::size_t last = std::max(digits.find_last_not_of('0'), ones);
        std::string text = digits.substr(first, ones - first + 1);
        if (last > ones) text += "." + digits.substr(ones + 1, last - ones);
        return (negative ? "-" : "") + text;
    }

    // What the service would say of it.
    std::optional<storage::NumberFault> fault() const {
        if (zero()) return std::nullopt;
        const std::size_t first = digits.find_first_not_of('0');
        if (digits.find_last_not_of('0') - first + 1 > 38) return storage::NumberFault::too_precise;
        const int magnitude = highest - static_cast<int>(first);
        if (magnitude > 125) return storage::NumberFault::overflow;
        if (magnitude < -130) return storage::NumberFault::underflow;
        return std::nullopt;
    }

    // Base-100 digits, in pairs of columns aligned on the point, from the first to the last that is not 00.
    std::size_t size_bytes() const {
        if (zero()) return 1;
        const std::string padded = "0" + digits;  // 10^201 and 10^200 are a pair, 10^1 and 10^0, 10^-1 and 10^-2
        std::size_t first = padded.size();
        std::size_t last = 0;
        for (std::size_t i = 0; i + 1 < padded.size(); i += 2) {
            if (padded[i] == '0' && padded[i + 1] == '0') continue;
            first = std::min(first, i / 2);
            last = i / 2;
        }
        return 1 + (last - first + 1) + (negative ? 1 : 0);
    }

    bool less(const LongHand& other) const {
        if (negative != other.negative) return negative;
        return negative ? other.digits < digits : digits < other.digits;
    }

    static LongHand sum(const LongHand& a, const LongHand& b) {
        if (a.negative != b.negative) {
            const bool a_is_larger = a.digits >= b.digits;
            return a_is_larger ? difference(a, b) : difference(b, a);
        }
        LongHand result;
        result.negative = a.negative;
        int carry = 0;
        for (std::size_t i = columns; i-- > 0;) {
            const int column = (a.digits[i] - '0') + (b.digits[i] - '0') + carry;
            result.digits[i] = static_cast<char>('0' + column % 10);
            carry = column / 10;
        }
        return result;
    }

    LongHand opposite() const {
        LongHand result = *this;
        result.negative = !negative && !zero();
        return result;
    }

private:
    // Of absolute values, the first the larger; with the sign of the first.
    static LongHand difference(const LongHand& a, const LongHand& b) {
        LongHand result;
        int borrow = 0;
        for (std::size_t i = columns; i-- > 0;) {
            int column = (a.digits[i] - '0') - (b.digits[i] - '0') - borrow;
            borrow = column < 0 ? 1 : 0;
            if (borrow) column += 10;
            result.digits[i] = static_cast<char>('0' + column);
        }
        result.negative = a.negative && !result.zero();
        return result;
    }
};

}  // namespace minamo::test
