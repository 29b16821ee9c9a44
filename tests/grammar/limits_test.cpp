// The sizes at which expressions end, on both sides of each border.
#include "tests/grammar/outcome.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {
namespace {

const std::string too_many_operators = "! The expression contains too many operators; operator count: 301";

bool parses(const std::string& outcome) {
    return outcome.front() != '!';
}

std::string too_large(int bytes) {
    return "! Expression size has exceeded the maximum allowed size; expression size: " + std::to_string(bytes);
}

// `text` with blanks up to `bytes`.
std::string padded(std::string text, std::size_t bytes) {
    text.resize(bytes, ' ');
    return text;
}

}  // namespace

TEST_CASE("Limits: a text has 4096 bytes at most", "[grammar][limits]") {
    CHECK(condition(padded("a = :v", 4096)) == "a = :v");
    CHECK(condition(padded("a = :v", 4097)) == too_large(4097));
    CHECK(update(padded("REMOVE a", 4096)) == "REMOVE a");
    CHECK(update(padded("REMOVE a", 4097)) == too_large(4097));
    CHECK(projection(padded("a", 4096)) == "a");
    CHECK(projection(padded("a", 5000)) == too_large(5000));
}

TEST_CASE("Limits: size is counted in bytes of UTF-8", "[grammar][limits]") {
    CHECK(condition(repeat("\xC3\xA9", 2049)) == too_large(4098));
    CHECK(condition(repeat("\xC3\xA9", 2048)) == syntax("\xC3\xA9", "\xC3\xA9\xC3\xA9"));
}

TEST_CASE("Limits: size comes before syntax", "[grammar][limits]") {
    CHECK(condition(repeat("(", 4097)) == too_large(4097));
    CHECK(condition(repeat(" ", 4097)) == too_large(4097));
    CHECK(update(repeat("!", 9999)) == too_large(9999));
}

TEST_CASE("Limits: a condition has 300 operators at most", "[grammar][limits]") {
    const std::string at_299 = repeat("a=:v", 150, " OR ");
    CHECK(parses(condition(at_299)));
    CHECK(parses(condition("NOT " + at_299)));
    CHECK(condition("NOT NOT " + at_299) == too_many_operators);
    CHECK(condition(at_299 + " OR a=:v") == too_many_operators);
    CHECK(condition(repeat("a=:v", 200, " AND ")) == too_many_operators);
}

TEST_CASE("Limits: each operator counts once", "[grammar][limits]") {
    const std::string at_299 = repeat("a=:v", 150, " OR ");
    struct Row {
        std::string_view condition;  // joined to 297 operators by one OR
        int operators;
    };
    const Row rows[] = {
        {"a=:v", 1},
        {"a<>:v", 1},
        {"a<:v", 1},
        {"a<=:v", 1},
        {"a>:v", 1},
        {"a>=:v", 1},
        {"NOT a=:v", 2},
        {"a BETWEEN :v AND :w", 1},
        {"a IN (:v,:w,b)", 1},
        {"attribute_exists(a)", 1},
        {"contains(a, :v)", 1},
        {"size(a)=:v", 2},
        {"size(a)=size(b)", 3},
        {"NOT contains(a, size(b))", 3},
        {"a BETWEEN :v AND :w AND b=:v", 3},
    };
    for (const Row& row : rows) {
        INFO(row.condition);
        // 149 comparisons and 148 ORs, and one OR more.
        const std::string before = repeat("a=:v", 149, " OR ") + " OR ";
        const int spare = 300 - 298 - row.operators;
        if (spare >= 0)
            CHECK(parses(condition(before + repeat("NOT ", spare) + "(" + std::string(row.condition) + ")")));
        const int over = spare >= 0 ? spare + 1 : 0;
        CHECK(condition(before + repeat("NOT ", over) + "(" + std::string(row.condition) + ")") == too_many_operators);
    }
}

TEST_CASE("Limits: an update has 300 operators at most", "[grammar][limits]") {
    const std::string sums = "SET " + repeat("a=b+:v", 300, ",");
    CHECK(parses(update(sums)));
    CHECK(update(sums + ",a=b-:v") == too_many_operators);
    CHECK(update(sums + ",a=list_append(a,:v)") == too_many_operators);
}

TEST_CASE("Limits: assignments are not operators", "[grammar][limits]") {
    CHECK(parses(update("SET " + repeat("a=:v", 800, ","))));
    CHECK(parses(update("REMOVE " + repeat("a", 800, ","))));
    CHECK(parses(update("ADD " + repeat("a :v", 800, ","))));
}

TEST_CASE("Limits: a path has 32 elements at most", "[grammar][limits]") {
    const auto levels = [](int count) {
        return "! The document path has too many nesting levels; nesting levels: " + std::to_string(count);
    };
    const std::string at_32 = "a" + repeat(".b", 31);
    CHECK(condition(at_32 + " = :v") == at_32 + " = :v");
    CHECK(condition(at_32 + ".c = :v") == levels(33));
    CHECK(condition(at_32 + "[0] = :v") == levels(33));
    CHECK(condition("#a" + repeat("[0]", 31) + " = :v") == "#a" + repeat("[0]", 31) + " = :v");
    CHECK(condition("#a" + repeat("[0]", 32) + " = :v") == levels(33));
    CHECK(condition(":v = a" + repeat(".#b[1]", 16)) == levels(33));
    CHECK(condition("size(" + at_32 + ".c) = :v") == levels(33));
    CHECK(condition("a" + repeat(".b", 49) + " = :v") == levels(50));
    CHECK(condition("b.c = :v AND " + at_32 + ".c = " + at_32 + ".c.d") == levels(33));
    CHECK(update("SET " + at_32 + ".c = :v") == levels(33));
    CHECK(update("REMOVE " + at_32 + ", " + at_32 + ".c.d") == levels(34));
    CHECK(projection("b, " + at_32) == "b, " + at_32);
    CHECK(projection("b, " + at_32 + ".c") == levels(33));
    CHECK(projection(at_32 + ".c, b") == levels(33));
}

TEST_CASE("Limits: paths side by side don't add up", "[grammar][limits]") {
    CHECK(parses(projection(repeat("a.b.c", 20, ", "))));
    CHECK(parses(projection(repeat("a[0][1]", 20, ", "))));
    CHECK(parses(condition(repeat("a.b[0] = :v", 20, " AND "))));
    CHECK(parses(update("ADD " + repeat("a.b[0] :v", 20, ", "))));
}

TEST_CASE("Limits: IN has 100 operands at most", "[grammar][limits]") {
    const auto in = [](int count) { return "a IN (" + repeat(":v", count, ", ") + ")"; };
    const auto operands = [](int count) {
        return "! The IN operator is provided with too many operands; number of operands: " + std::to_string(count);
    };
    CHECK(condition(in(100)) == in(100));
    CHECK(condition(in(101)) == operands(101));
    CHECK(condition(in(250)) == operands(250));
    CHECK(condition("b IN (:v) OR " + in(101)) == operands(101));
    CHECK(parses(condition(in(100) + " OR " + in(100))));
    CHECK(condition("a IN (" + repeat("(:v)", 101, ",") + ")") == operands(101));
    CHECK(parses(condition("a IN (" + repeat("size(b, c)", 100, ",") + ")")));
}

TEST_CASE("Limits: a list index fits 31 bits", "[grammar][limits]") {
    const auto out_of_range = [](std::string_view index) {
        return std::string("! List index is not within the allowable range; index: [").append(index).append("]");
    };
    CHECK(projection("a[0]") == "a[0]");
    CHECK(projection("a[2147483647]") == "a[2147483647]");
    CHECK(projection("a[2147483648]") == out_of_range("2147483648"));
    CHECK(projection("a[4294967296]") == out_of_range("4294967296"));
    CHECK(projection("a[99999999999]") == out_of_range("99999999999"));
    CHECK(projection("a[0], b.c[1][99999999999999999999999999]") == out_of_range("99999999999999999999999999"));
    CHECK(condition("a[99999999999] = :v") == out_of_range("99999999999"));
    CHECK(update("SET a[ 99999999999 ] = :v") == out_of_range("99999999999"));
    CHECK(update("REMOVE a[3000000000], a[4000000000]") == out_of_range("3000000000"));
}

TEST_CASE("Limits: operators come before depth, depth before IN, IN before indexes", "[grammar][limits]") {
    const std::string deep = "a" + repeat(".b", 32);
    const std::string many = "a IN (" + repeat(":v", 101, ",") + ")";
    const std::string far = "a[99999999999] = :v";
    CHECK(condition(far + " OR " + many + " OR " + deep + " = :v OR " + repeat("a=:v", 150, " OR ")) ==
          too_many_operators);
    CHECK(condition(far + " OR " + many + " OR " + deep + " = :v") ==
          "! The document path has too many nesting levels; nesting levels: 33");
    CHECK(condition(far + " OR " + many) ==
          "! The IN operator is provided with too many operands; number of operands: 101");
}

TEST_CASE("Limits: they come before repeated sections", "[grammar][limits]") {
    CHECK(update("REMOVE a REMOVE b[99999999999]") ==
          "! List index is not within the allowable range; index: [99999999999]");
}

}  // namespace minamo::grammar
