// Random numbers, values and items for tests: from a seed, small, and full of what goes wrong (empty texts, 00 and FF
// bytes, equal prefixes, numbers at the ends of their range, nesting).
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "storage/value.hpp"

namespace minamo::test {

class Draw {
public:
    explicit Draw(std::uint32_t seed) : engine_(seed) {}

    int number(int low, int high) { return low + static_cast<int>(engine_() % static_cast<unsigned>(high - low + 1)); }
    bool one_in(int n) { return number(1, n) == 1; }

    // A text that Decimal::parse takes or refuses as not to be stored: always a number.
    std::string number_text(int digits_max, int exponent_low, int exponent_high) {
        std::string text = one_in(2) ? "-" : one_in(8) ? "+" : "";
        const int digits = number(1, digits_max);
        const int point = number(0, digits);
        for (int i = 0; i < digits; ++i) {
            if (i == point && one_in(2)) text += '.';
            text += one_in(3) ? '0' : static_cast<char>('0' + number(0, 9));
        }
        if (text.find('.') == text.npos && one_in(8)) text += '.';
        if (one_in(3)) return text;
        return text + (one_in(2) ? "e" : "E") + std::to_string(number(exponent_low, exponent_high));
    }

    storage::Decimal decimal() {
        for (;;) {
            const auto decimal =
                storage::Decimal::parse(one_in(2) ? number_text(4, -3, 3) : number_text(38, -130, 100));
            if (decimal) return *decimal;
        }
    }

    // Numbers to compare in pairs: the ends of the range, and many that agree in all digits but some more.
    std::vector<storage::Decimal> near_decimals(std::size_t count) {
        std::vector<storage::Decimal> values;
        for (const auto text :
             {"0", "9.9e125", "-9.9e125", "1e-130", "-1e-130", "-12", "-12.5", "-12.34", "12", "12.34"}) {
            values.push_back(*storage::Decimal::parse(text));
        }
        while (values.size() < count) {
            values.push_back(decimal());
            const auto more = storage::Decimal::parse(values.back().negative() ? "-1e-9" : "1e-9");
            if (const auto longer = add(values.back(), *more)) values.push_back(*longer);
        }
        return values;
    }

    // Bytes of a small alphabet, so that equal beginnings are frequent.
    std::string bytes(int length_max) {
        static constexpr char alphabet[] = {'\0', '\1', 'a', 'b', '\x7F', '\x80', '\xFE', '\xFF'};
        std::string text;
        for (int left = number(0, length_max); left > 0; --left) text += alphabet[number(0, 7)];
        return text;
    }

    storage::AttributeValue value(int levels) {
        using namespace storage;
        switch (number(0, levels > 1 ? 11 : 7)) {
            case 0:
                return {bytes(one_in(20) ? 300 : 6)};
            case 1:
                return {decimal()};
            case 2:
                return {Binary{bytes(6)}};
            case 3:
                return {one_in(2)};
            case 4:
                return {Null{}};
            case 5:
                return {string_set()};
            case 6:
                return {number_set()};
            case 7:
                return {binary_set()};
            case 8:
            case 9:
                return {list(levels - 1)};
            default:
                return {map(levels - 1)};
        }
    }

    storage::List list(int levels) {
        storage::List list;
        for (int left = number(0, 4); left > 0; --left) list.push_back(value(levels));
        return list;
    }

    storage::Map map(int levels) {
        storage::Map map;
        for (int left = number(0, 4); left > 0; --left) map.set(bytes(3), value(levels));
        return map;
    }

    storage::Item item() { return map(4); }

private:
    storage::StringSet string_set() {
        for (;;) {
            storage::StringSet set;
            for (int left = number(1, 4); left > 0; --left) set.members.push_back(bytes(5));
            if (normalize(set)) return set;
        }
    }
    storage::NumberSet number_set() {
        for (;;) {
            storage::NumberSet set;
            for (int left = number(1, 4); left > 0; --left) set.members.push_back(decimal());
            if (normalize(set)) return set;
        }
    }
    storage::BinarySet binary_set() { return {string_set().members}; }

    std::mt19937 engine_;
};

}  // namespace minamo::test
