// Any text gets an answer, in bounded time and on a small stack.
#include <chrono>
#include <initializer_list>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/grammar/outcome.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {
namespace {

const std::vector<std::string_view> pieces = {
    "a",           "b",        "size",   "contains", "if_not_exists",
    "list_append", "foo",      "name",   "#n",       "#m",
    ":v",          ":w",       "0",      "17",       "=",
    "<>",          "<",        "<=",     ">",        ">=",
    "+",           "-",        "(",      ")",        "(",
    ")",           "[",        "]",      ".",        ",",
    "AND",         "OR",       "NOT",    "BETWEEN",  "IN",
    "SET",         "!",        "REMOVE", "ADD",      "DELETE",
    "_",           "\xC3\xA9",
};

// Texts that parse, to be damaged.
const std::vector<std::string_view> seeds = {
    "a = :v AND (b <> :w OR NOT contains(a.b[0], :v))",
    "size(a) BETWEEN :v AND (:w) AND #n IN (:v, (b), size(#m))",
    "((a) = :v OR (size(b)) > :w) AND NOT (attribute_exists(#n.a))",
    "SET a = if_not_exists(a, :v) + :w, #n[17].b = (b) REMOVE #m ADD b :v DELETE a :w",
    "SET a = list_append(if_not_exists(a, :v), :w), b = (b - :v)",
    "a, #n.b[0], b.#m",
};

// What parses prints to text that parses to the same tree; what doesn't parse has a reason.
template <class Tree>
void check_answer(const Parsed<Tree>& parsed, Parsed<Tree> (*parse)(std::string_view)) {
    if (!parsed) {
        CHECK_FALSE(parsed.error().reason.empty());
        return;
    }
    const std::string printed = print(*parsed);
    if (printed.size() > 4096) return;
    const auto again = parse(printed);
    INFO(printed);
    REQUIRE(again);
    CHECK(print(*again) == printed);
    CHECK(again->placeholders.names == parsed->placeholders.names);
    CHECK(again->placeholders.values == parsed->placeholders.values);
}

void check_all(std::string_view text) {
    INFO(text);
    check_answer(parse_condition(text), &parse_condition);
    check_answer(parse_update(text), &parse_update);
    check_answer(parse_projection(text), &parse_projection);
}

// `text` over and over, up to `bytes`.
std::string filled(std::string_view text, std::size_t bytes) {
    std::string result;
    while (result.size() + text.size() <= bytes) result.append(text);
    return result;
}

}  // namespace

TEST_CASE("Robustness: soup of tokens", "[grammar][robustness]") {
    std::mt19937 random(20250101);
    std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
    std::uniform_int_distribution<int> length(0, 40);
    for (int round = 0; round < 4000; ++round) {
        std::string text;
        for (int i = length(random); i > 0; --i) text.append(pieces[piece(random)]).append(i % 3 == 0 ? "" : " ");
        check_all(text);
    }
}

TEST_CASE("Robustness: good texts with a token lost, doubled or replaced", "[grammar][robustness]") {
    std::mt19937 random(20250102);
    std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
    for (const std::string_view seed : seeds) {
        for (int round = 0; round < 500; ++round) {
            std::string text(seed);
            std::uniform_int_distribution<std::size_t> place(0, text.size() - 1);
            const std::size_t at = place(random);
            if (round % 3 == 0) text.erase(at, 1);
            if (round % 3 == 1) text.insert(at, pieces[piece(random)]);
            if (round % 3 == 2) text.replace(at, 1, pieces[piece(random)]);
            check_all(text);
        }
    }
}

TEST_CASE("Robustness: bytes of any value", "[grammar][robustness]") {
    std::mt19937 random(20250103);
    std::uniform_int_distribution<int> byte(0, 255);
    std::uniform_int_distribution<int> length(1, 60);
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (int i = length(random); i > 0; --i) text.push_back(static_cast<char>(byte(random)));
        check_all(text);
    }
}

TEST_CASE("Robustness: nesting as deep as a text can be", "[grammar][robustness]") {
    for (const std::string_view piece :
         {"(",      ")",           "[",       "]",   "NOT ", "(NOT ", "NOT(",       "((",         "size(", "size((",
          "a(",     "a((",         "a[",      "a[0", "a.",   "(a",    "(a=:v AND ", "(a=:v OR (", "a=(",   "a IN (",
          "a IN((", "a BETWEEN (", "(a) = (", "()",  "())",  ",",     "-",          "+("}) {
        for (const std::size_t bytes : {400U, 1200U, 4096U}) {
            check_all(filled(piece, bytes));
            check_all("SET a = " + filled(piece, bytes - 8));
            check_all(filled(piece, bytes - 6) + "a = :v");
        }
    }
}

TEST_CASE("Robustness: balanced nesting around every border", "[grammar][robustness]") {
    struct Row {
        std::string_view open;
        std::string_view middle;
        std::string_view close;
    };
    const Row rows[] = {
        {"(", "a=:v", ")"},          {"(NOT ", "a=:v", ")"},        {"size(", "a", ")"},
        {"size((", "a", "))"},       {"(size(", "a", "))"},         {"contains(a,", ":v", ")"},
        {"(a=:v AND ", "b=:v", ")"}, {"((a)=:v AND ", "b=:v", ")"}, {"a=:v AND (", "b=:v", ")"},
        {"(", "a) = :v", ")"},       {"a IN (", ":v", ")"},         {"f((", "a", "))"},
    };
    for (const Row& row : rows) {
        for (const int depth : {1, 2, 100, 199, 200, 201, 299, 300, 301, 399, 400, 401}) {
            const std::string text = repeat(row.open, depth) + std::string(row.middle) + repeat(row.close, depth);
            check_all(text);
            check_all(text + " = :v");
            check_all("SET a = " + text);
            check_all("SET a = b + " + text);
        }
    }
}

TEST_CASE("Robustness: nested groups that could be operands take no exponential time", "[grammar][robustness]") {
    const auto begin = std::chrono::steady_clock::now();
    check_all(repeat("(", 400) + "a" + repeat(")", 400) + " = :v");
    check_all(repeat("(", 400) + "a = :v" + repeat(")", 400));
    check_all(repeat("((a) = :v AND ", 150) + "b = " + repeat(")", 150));
    check_all(repeat("(", 200) + repeat("size(", 199) + "a" + repeat(")", 199) + repeat(")", 200));
    check_all(repeat("(f(", 200) + "a" + repeat("))", 200) + " = ");
    check_all("SET a = " + repeat("(", 399) + "a + :v" + repeat(")", 399));
    check_all("SET a = " + repeat("(f(", 199) + "a + :v" + repeat("))", 199));
    const auto spent = std::chrono::steady_clock::now() - begin;
    CHECK(spent < std::chrono::seconds(5));
}

TEST_CASE("Robustness: as many placeholders as a text can hold", "[grammar][robustness]") {
    std::string text = "REMOVE ";
    int count = 0;
    for (; text.size() < 4090; ++count) text.append("#").append(std::to_string(count)).append(",");
    text.pop_back();
    const auto tree = parse_update(text);
    REQUIRE(tree);
    CHECK(tree->actions.size() == static_cast<std::size_t>(count));
    REQUIRE(tree->placeholders.names.size() == static_cast<std::size_t>(count));
    CHECK(tree->placeholders.names.back() == "#" + std::to_string(count - 1));
}

TEST_CASE("Robustness: parses on several threads don't touch each other", "[grammar][robustness]") {
    std::vector<std::string> printed(4);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < printed.size(); ++i) {
        threads.emplace_back([&printed, i] {
            const std::string text = "a" + std::to_string(i) + " = :v" + std::to_string(i);
            for (int round = 0; round < 200; ++round) printed[i] = condition(text);
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (std::size_t i = 0; i < printed.size(); ++i) {
        CHECK(printed[i] == "a" + std::to_string(i) + " = :v" + std::to_string(i));
    }
}

}  // namespace minamo::grammar
