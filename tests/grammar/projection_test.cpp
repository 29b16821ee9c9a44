// Trees of projections.
#include "tests/grammar/outcome.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {

TEST_CASE("Projection: lists of paths parse", "[grammar][projection]") {
    const OutcomeRow rows[] = {
        {"a", "a"},
        {"a,b", "a, b"},
        {" a , b . c ", "a, b.c"},
        {"#a", "#a"},
        {"a.#b[0][1].c, #d", "a.#b[0][1].c, #d"},
        {"a[0], a[1]", "a[0], a[1]"},
        {"begins_with, contains, if_not_exists", "begins_with, contains, if_not_exists"},
        {"a\n,\tb", "a, b"},
    };
    for (const OutcomeRow& row : rows) {
        INFO(row.text);
        CHECK(projection(row.text) == row.expected);
    }
}

TEST_CASE("Projection: paths that overlap parse, binding refuses them", "[grammar][projection]") {
    CHECK(projection("a, a") == "a, a");
    CHECK(projection("a.b, a, #x, #x") == "a.b, a, #x, #x");
}

TEST_CASE("Projection: what is no list of paths is a syntax error", "[grammar][projection]") {
    const SyntaxRow rows[] = {
        {",", ",", ","},
        {"a,", "<EOF>", ","},
        {"a,,b", ",", ",,b"},
        {",a", ",", ",a"},
        {"a b", "b", "a b"},
        {":v", ":v", ":v"},
        {"a, :v", ":v", ", :v"},
        {"(a)", "(", "(a"},
        {"size(a)", "(", "size(a"},
        {"a = :v", "=", "a = :v"},
        {"a AND b", "AND", "a AND b"},
        {"a.", "<EOF>", "."},
        {"a..b", ".", "..b"},
        {".a", ".", ".a"},
        {"[0]", "[", "[0"},
        {"a[", "<EOF>", "["},
        {"a[]", "]", "[]"},
        {"a[b]", "b", "[b]"},
        {"a[:v]", ":v", "[:v]"},
        {"a[-1]", "-", "[-1"},
        {"a[0", "<EOF>", "0"},
        {"a[01]", "1", "01]"},
        {"a[0]b", "b", "]b"},
        {"a.[0]", "[", ".[0"},
        {"a.0", "0", ".0"},
        {"a.:v", ":v", ".:v"},
        {"a-b", "-", "a-b"},
        {"1a", "1", "1a"},
        {"_a", "_", "_a"},
        {"a, _b", "_", ", _b"},
        {"*", "*", "*"},
        {"#", "#", "#"},
        {"# a", "#", "# a"},
        {"and", "and", "and"},
        {"a.set", "set", ".set"},
        {"a, Remove", "Remove", ", Remove"},
        {"\xC3\xA9", "\xC3\xA9", "\xC3\xA9"},
    };
    for (const SyntaxRow& row : rows) {
        INFO(row.text);
        CHECK(projection(row.text) == syntax(row.token, row.near));
    }
}

TEST_CASE("Projection: placeholders have slots in the order of the text", "[grammar][projection]") {
    const auto tree = parse_projection("#b.#a, a, #b[3], #c");
    REQUIRE(tree);
    CHECK(tree->placeholders.names == std::vector<std::string>{"#b", "#a", "#c"});
    CHECK(tree->placeholders.values.empty());
    REQUIRE(tree->paths.size() == 4);
    CHECK(tree->paths[0] == Path{{NameSlot{0}, NameSlot{1}}});
    CHECK(tree->paths[1] == Path{{"a"}});
    CHECK(tree->paths[2] == Path{{NameSlot{0}, ListIndex{3}}});
    CHECK(tree->paths[3] == Path{{NameSlot{2}}});
}

}  // namespace minamo::grammar
