// Decimal: texts, faults, sizes, order and sums, by tables and against long-hand arithmetic.
#include "storage/decimal.hpp"

#include <limits>
#include <ostream>

#include "tests/storage/long_hand.hpp"
#include "tests/storage/random_values.hpp"
#include "tests/support.hpp"

namespace minamo::storage {

// For Catch's messages.
std::ostream& operator<<(std::ostream& out, const Decimal& number) {
    return out << number.to_string();
}

namespace {

using test::Draw;
using test::LongHand;

Decimal number(std::string_view text) {
    const auto parsed = Decimal::parse(text);
    REQUIRE(parsed);
    return *parsed;
}

// The canonical text, or the name of the fault.
std::string outcome(const tl::expected<Decimal, NumberFault>& result) {
    if (result) return result->to_string();
    switch (result.error()) {
        case NumberFault::not_a_number:
            return "not a number";
        case NumberFault::too_precise:
            return "too precise";
        case NumberFault::overflow:
            return "overflow";
        case NumberFault::underflow:
            return "underflow";
    }
    return "?";
}

std::string zeros(std::size_t n) {
    return std::string(n, '0');
}
const std::string nines = std::string(38, '9');

TEST_CASE("Decimal: a number prints in plain notation", "[decimal]") {
    const std::pair<std::string, std::string> rows[] = {
        {"0", "0"},
        {"1", "1"},
        {"-1", "-1"},
        {"+1", "1"},
        {"007", "7"},
        {"10", "10"},
        {"5.", "5"},
        {".5", "0.5"},
        {"-.5", "-0.5"},
        {"+.5e1", "5"},
        {"1.0", "1"},
        {"1.50", "1.5"},
        {"100.00", "100"},
        {"1e5", "100000"},
        {"1E5", "100000"},
        {"1e+5", "100000"},
        {"1e05", "100000"},
        {"1E-5", "0.00001"},
        {"12.5e1", "125"},
        {"12.5e2", "1250"},
        {"12.5e-1", "1.25"},
        {"12.5e-2", "0.125"},
        {"-0.00120", "-0.0012"},
        {"0.1e1", "1"},
        {"000.0010e3", "1"},
        {"1e125", "1" + zeros(125)},
        {"1E-130", "0." + zeros(129) + "1"},
        {"-1E-130", "-0." + zeros(129) + "1"},
        {nines, nines},
        {"9." + nines.substr(1) + "E125", nines + zeros(88)},
        {"1." + nines.substr(1) + "E-130", "0." + zeros(129) + "1" + nines.substr(1)},
        {"1234567890123456789012345678901234567800", "1234567890123456789012345678901234567800"},
        {"12345678901234567890.123456789012345678", "12345678901234567890.123456789012345678"},
        {"1e0000000000000000000000000005", "100000"},
        {"1e-0000000000000000000000000005", "0.00001"},
    };
    for (const auto& [text, plain] : rows) {
        CAPTURE(text);
        CHECK(outcome(Decimal::parse(text)) == plain);
        CHECK(outcome(Decimal::parse(plain)) == plain);
    }
}

TEST_CASE("Decimal: every zero is the one zero", "[decimal]") {
    for (const std::string text : {"0", "-0", "+0", "0.0", ".0", "0.", "-0.000", "0e999", "0e-999", "0E999999999999",
                                   "-0.0e-99999999999999999999", "0000000000000000000000000000000000000000000000"}) {
        CAPTURE(text);
        CHECK(outcome(Decimal::parse(text)) == "0");
        CHECK(number(text) == Decimal());
        CHECK_FALSE(number(text).negative());
        CHECK(number(text).digit_count() == 0);
        CHECK(number(text).magnitude() == 0);
    }
}

void check_not_numbers(std::initializer_list<std::string> texts) {
    for (const std::string& text : texts) {
        CAPTURE(text);
        CHECK(outcome(Decimal::parse(text)) == "not a number");
    }
}

// clang-format off
TEST_CASE("Decimal: what is not a number is refused", "[decimal]") {
    check_not_numbers({"", " ", "+", "-", ".", "+.", "-.", "e", "e5", ".e5", "+e5", "1e", "1e+", "1e-", "1E", "1e1."});
    check_not_numbers({"1e1.5", "1e 5", " 1", "1 ", "1 2", "\t1", "1\n", "1\t", "--1", "++1", "+-1", "-+1", "1-"});
    check_not_numbers({"1+", "1..2", "1.2.3", "..1", "1e5e5", "1e--5", "1e++5", "1_000", "1,5", "1,000", "0x10"});
    check_not_numbers({"0b1", "1f", "1d", "1L", "NaN", "nan", "Infinity", "-Infinity", "inf", "abc", "a1", "1a"});
    check_not_numbers({"1e5a", "\"1\"", "'1'", "$1", "1%", "1/2", "(1)", "\xFF", "1\xFF"});
    check_not_numbers({std::string(1, '\0'), std::string("1\0", 2)});
}

TEST_CASE("Decimal: digits of other scripts are refused", "[decimal]") {
    check_not_numbers({"٣", "１", "१", "1٣", "1e٣", "−1", "½", "∞", "²"});
}

TEST_CASE("Decimal: an exponent beyond 32 bits is not a number", "[decimal]") {
    check_not_numbers({"1e999999999999", "1e-999999999999", "1e2147483648", "1e-2147483648", "1e18446744073709551617",
                       "-1.5E+99999999999999999999999999", "1e9223372036854775807", "1e-9223372036854775808"});
}
// clang-format on

TEST_CASE("Decimal: what the service does not store is refused with its reason", "[decimal]") {
    const std::pair<std::string, std::string> rows[] = {
        {nines + "9", "too precise"},
        {"-" + nines + "9", "too precise"},
        {"1" + zeros(37) + "1", "too precise"},
        {"0." + nines + "9", "too precise"},
        {"1." + zeros(37) + "1", "too precise"},
        {nines + "900000", "too precise"},
        {"000" + nines + "1", "too precise"},
        {"1e126", "overflow"},
        {"-1e126", "overflow"},
        {"10e125", "overflow"},
        {"1" + zeros(126), "overflow"},
        {"9." + nines.substr(1) + "E126", "overflow"},
        {"1e2147483646", "overflow"},
        {"1e2147483647", "underflow"},
        {"1e999", "overflow"},
        {"1e-131", "underflow"},
        {"-1e-131", "underflow"},
        {"0.1e-130", "underflow"},
        {"9.9e-131", "underflow"},
        {"0." + zeros(130) + "1", "underflow"},
        {"1e-2147483647", "underflow"},
        {"1e-999", "underflow"},
        // Both: precision is named first.
        {nines + "9e500", "too precise"},
        {nines + "9e-500", "too precise"},
        {nines + "9e2147483647", "too precise"},
    };
    for (const auto& [text, fault] : rows) {
        CAPTURE(text);
        CHECK(outcome(Decimal::parse(text)) == fault);
    }
}

TEST_CASE("Decimal: digits and exponent balance over any length of text", "[decimal]") {
    const std::size_t long_length = 1'000'000;
    const std::string exponent = std::to_string(long_length);
    CHECK(outcome(Decimal::parse("1" + zeros(long_length) + "e-" + exponent)) == "1");
    CHECK(outcome(Decimal::parse("0." + zeros(long_length - 1) + "7e" + exponent)) == "7");
    CHECK(outcome(Decimal::parse(zeros(long_length) + "12")) == "12");
    CHECK(outcome(Decimal::parse("1.5" + zeros(long_length))) == "1.5");
    CHECK(outcome(Decimal::parse("1" + zeros(long_length))) == "overflow");
    CHECK(outcome(Decimal::parse("0." + zeros(long_length) + "1")) == "underflow");
    CHECK(outcome(Decimal::parse("1" + zeros(long_length) + "1")) == "too precise");
    CHECK(outcome(Decimal::parse("1" + zeros(long_length) + "x")) == "not a number");
    CHECK(outcome(Decimal::parse("1e" + zeros(long_length) + "2")) == "100");
    CHECK(outcome(Decimal::parse("1e" + std::string(long_length, '9'))) == "not a number");
}

TEST_CASE("Decimal: an integer is itself", "[decimal]") {
    for (const std::int64_t n : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{10},
                                 std::int64_t{-1200}, std::int64_t{1'000'000'007},
                                 std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
        CHECK(Decimal(n).to_string() == std::to_string(n));
        CHECK(Decimal(n) == number(std::to_string(n)));
    }
}

TEST_CASE("Decimal: parts make a number", "[decimal]") {
    using namespace std::string_view_literals;
    CHECK(outcome(Decimal::from_digits(false, 2, "\1\2"sv)) == "120");
    CHECK(outcome(Decimal::from_digits(true, -1, "\1\2\0\0"sv)) == "-0.12");
    CHECK(outcome(Decimal::from_digits(true, 3, "\0\0\5"sv)) == "-50");
    CHECK(outcome(Decimal::from_digits(true, 7, ""sv)) == "0");
    CHECK(outcome(Decimal::from_digits(true, 700, "\0\0\0"sv)) == "0");
    CHECK(outcome(Decimal::from_digits(false, 126, "\1"sv)) == "overflow");
    CHECK(outcome(Decimal::from_digits(false, 126, "\0\1"sv)) == "1" + zeros(125));
    CHECK(outcome(Decimal::from_digits(false, -131, "\1"sv)) == "underflow");
    CHECK(outcome(Decimal::from_digits(false, 0, std::string(39, '\1'))) == "too precise");
    CHECK(outcome(Decimal::from_digits(false, 37, std::string(38, '\1'))) == std::string(38, '1'));
    CHECK(outcome(Decimal::from_digits(false, 37, std::string(38, '\1') + std::string(9, '\0'))) ==
          std::string(38, '1'));
}

TEST_CASE("Decimal: its parts are those of the text", "[decimal]") {
    const Decimal value = number("-120.50");
    CHECK(value.negative());
    CHECK(value.magnitude() == 2);
    REQUIRE(value.digit_count() == 4);
    CHECK(value.digit(0) == 1);
    CHECK(value.digit(1) == 2);
    CHECK(value.digit(2) == 0);
    CHECK(value.digit(3) == 5);
}

TEST_CASE("Decimal: its size counts pairs of digits aligned on the point", "[decimal]") {
    const std::pair<std::string, std::size_t> rows[] = {
        {"0", 1},      {"1", 2},       {"9", 2},          {"10", 2},         {"12", 2},          {"99", 2},
        {"100", 2},    {"101", 3},     {"120", 3},        {"1200", 2},       {"1000", 2},        {"123", 3},
        {"1234", 3},   {"12345", 4},   {"10001", 4},      {"1.2", 3},        {"0.1", 2},         {"0.12", 2},
        {"0.012", 3},  {"0.001", 2},   {"0.0012", 2},     {"123.456", 5},    {"-1", 3},          {"-0.12", 3},
        {"-120", 4},   {nines, 20},    {"-" + nines, 21}, {"1e125", 2},      {"1e124", 2},       {"1e-130", 2},
        {"1e-129", 2}, {"12e-130", 2}, {"12e-129", 3},    {nines + "0", 21}, {"0." + nines, 20},
    };
    for (const auto& [text, size] : rows) {
        CAPTURE(text);
        CHECK(number(text).size_bytes() == size);
    }
}

TEST_CASE("Decimal: numbers have the order of their values", "[decimal]") {
    const std::string ascending[] = {
        "-9.99e125", "-1e125", "-1000", "-999.9",  "-100",    "-99",       "-10.01",    "-10",   "-9.9",     "-1.01",
        "-1",        "-0.9",   "-0.11", "-0.1",    "-1e-129", "-1.1e-130", "-1e-130",   "0",     "1e-130",   "1.1e-130",
        "1e-129",    "0.09",   "0.1",   "0.10001", "0.11",    "0.9",       "1",         "1.01",  "9.9",      "10",
        "10.01",     "99",     "100",   "999.9",   "1000",    nines,       nines + "0", "1e125", "9.99e125",
    };
    for (std::size_t i = 0; i < std::size(ascending); ++i) {
        for (std::size_t j = 0; j < std::size(ascending); ++j) {
            CAPTURE(ascending[i], ascending[j]);
            CHECK((number(ascending[i]) < number(ascending[j])) == (i < j));
            CHECK((number(ascending[i]) > number(ascending[j])) == (i > j));
            CHECK((number(ascending[i]) == number(ascending[j])) == (i == j));
        }
    }
}

TEST_CASE("Decimal: numbers that are written differently are equal", "[decimal]") {
    for (const auto& [a, b] : {std::pair("1", "1.0"), std::pair("100", "1e2"), std::pair("-0.5", "-5E-1"),
                               std::pair("0", "-0.00"), std::pair("0.001e3", "1"), std::pair("+12", "00012.")}) {
        CAPTURE(a, b);
        CHECK(number(a) == number(b));
        CHECK_FALSE(number(a) < number(b));
        CHECK_FALSE(number(a) > number(b));
    }
}

TEST_CASE("Decimal: sums are exact or refused", "[decimal]") {
    struct Row {
        std::string a;
        std::string b;
        std::string sum;
        std::string difference;
    };
    const std::string one_less = nines.substr(1) + "8";
    const Row rows[] = {
        {"0", "0", "0", "0"},
        {"0", "5", "5", "-5"},
        {"5", "0", "5", "5"},
        {"0", "-5", "-5", "5"},
        {"1", "1", "2", "0"},
        {"-1", "-1", "-2", "0"},
        {"1", "-1", "0", "2"},
        {"-1", "1", "0", "-2"},
        {"1", "2", "3", "-1"},
        {"-1", "-2", "-3", "1"},
        {"0.1", "0.2", "0.3", "-0.1"},
        {"99", "1", "100", "98"},
        {"999.99", "0.01", "1000", "999.98"},
        {"100", "0.01", "100.01", "99.99"},
        {"5", "5", "10", "0"},
        {"1e10", "1e-10", "10000000000.0000000001", "9999999999.9999999999"},
        {"1e-130", "1e-130", "0." + zeros(129) + "2", "0"},
        {"1e-129", "1e-130", "0." + zeros(128) + "11", "0." + zeros(129) + "9"},
        {"1e37", "1", "1" + zeros(36) + "1", std::string(37, '9')},
        {"1e38", "1", "too precise", nines},
        {"1e39", "1", "too precise", "too precise"},
        {nines, "1", "1" + zeros(38), one_less},
        {nines, "2", "too precise", nines.substr(1) + "7"},
        {nines, "0.1", "too precise", "too precise"},
        {nines, nines, "too precise", "0"},
        {"1", "1e-40", "too precise", "too precise"},
        {"1e125", "1e-130", "too precise", "too precise"},
        {"-1e125", "1e-130", "too precise", "too precise"},
        {"9e125", "1e125", "overflow", "8" + zeros(125)},
        {"9e125", "9e125", "overflow", "0"},
        {"-9e125", "1e125", "-8" + zeros(125), "overflow"},
        {"5e125", "4.9e125", "99" + zeros(124), "1" + zeros(124)},
        {"1.1e-130", "1e-130", "0." + zeros(129) + "21", "underflow"},
        {"-1.1e-130", "1e-130", "underflow", "-0." + zeros(129) + "21"},
        {"1.0000001e-130", "1e-130", "0." + zeros(129) + "20000001", "underflow"},
    };
    for (const auto& [a, b, sum, difference] : rows) {
        CAPTURE(a, b);
        CHECK(outcome(add(number(a), number(b))) == sum);
        CHECK(outcome(add(number(b), number(a))) == sum);
        CHECK(outcome(subtract(number(a), number(b))) == difference);
    }
}

TEST_CASE("Decimal: random texts read as long hand reads them", "[decimal]") {
    Draw draw(1);
    for (int i = 0; i < 30'000; ++i) {
        const std::string text = draw.number_text(42, -150, 140);
        CAPTURE(text);
        const LongHand expected = LongHand::read(text);
        const auto parsed = Decimal::parse(text);
        if (const auto fault = expected.fault()) {
            if (parsed || parsed.error() != *fault) FAIL_CHECK(outcome(parsed));
            continue;
        }
        if (!parsed || parsed->to_string() != expected.plain()) FAIL_CHECK(outcome(parsed));
        if (parsed && parsed->size_bytes() != expected.size_bytes()) FAIL_CHECK(parsed->size_bytes());
    }
}

TEST_CASE("Decimal: random pairs add and compare as long hand does", "[decimal]") {
    Draw draw(2);
    for (int i = 0; i < 10'000; ++i) {
        const Decimal a = draw.decimal();
        const Decimal b = draw.one_in(10) ? a : draw.decimal();
        const LongHand long_a = LongHand::read(a.to_string());
        const LongHand long_b = LongHand::read(b.to_string());
        const LongHand sum = LongHand::sum(long_a, long_b);
        const LongHand difference = LongHand::sum(long_a, long_b.opposite());
        const auto agrees = [](const LongHand& expected, const tl::expected<Decimal, NumberFault>& got) {
            const auto fault = expected.fault();
            return fault ? !got && got.error() == *fault : got && got->to_string() == expected.plain();
        };
        CAPTURE(a, b);
        if (!agrees(sum, add(a, b))) FAIL_CHECK("sum " << outcome(add(a, b)));
        if (!agrees(difference, subtract(a, b))) FAIL_CHECK("difference " << outcome(subtract(a, b)));
        if ((a < b) != long_a.less(long_b) || (a > b) != long_b.less(long_a)) FAIL_CHECK("order");
    }
}

}  // namespace
}  // namespace minamo::storage
