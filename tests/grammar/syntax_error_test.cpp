// The token and the slice of the text that a syntax error names.
#include "tests/grammar/outcome.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {

TEST_CASE("Syntax error: conditions name the furthest token", "[grammar][syntax]") {
    const SyntaxRow rows[] = {
        {"a", "<EOF>", "a"},
        {"a = ", "<EOF>", "= "},
        {"a =\t\n", "<EOF>", "=\t\n"},
        {"= a", "=", "= a"},
        {"a = :v b", "b", ":v b"},
        {"a = :v b ", "b", ":v b"},
        {"a = :v   b  c", "b", ":v   b  c"},
        {"a == :v", "=", "== :v"},
        {"a = :v OR OR b = :v", "OR", "OR OR b"},
        {"a = :v or or b = :v", "or", "or or b"},
        {"a = :v AND", "<EOF>", "AND"},
        {"AND a = :v", "AND", "AND a"},
        {"a = :v AND OR b = :v", "OR", "AND OR b"},
        {"a != :v", "!", "a !="},
        {"a NOT IN (:v)", "NOT", "a NOT IN"},
        {"a IN ()", ")", "()"},
        {"a IN", "<EOF>", "IN"},
        {"a IN :v", ":v", "IN :v"},
        {"a IN (:v", "<EOF>", ":v"},
        {"a IN (:v,)", ")", ",)"},
        {"a IN (:v :w)", ":w", ":v :w)"},
        {"a IN (b = :v)", "=", "b = :v"},
        {"a.", "<EOF>", "."},
        {"!!!", "!", "!!"},
        {"!", "!", "!"},
        {"a BETWEEN", "<EOF>", "BETWEEN"},
        {"a BETWEEN :l", "<EOF>", ":l"},
        {"a BETWEEN :l OR :h", "OR", ":l OR :h"},
        {"a BETWEEN :l, :h", ",", ":l, :h"},
        {"a BETWEEN :l AND", "<EOF>", "AND"},
        {"a BETWEEN (:l AND :h)", "AND", ":l AND :h"},
        {"a NOT BETWEEN :l AND :h", "NOT", "a NOT BETWEEN"},
        {"NOT", "<EOF>", "NOT"},
        {"NOT a", "<EOF>", "a"},
        {"NOT NOT", "<EOF>", "NOT"},
        {"a = NOT :v", "NOT", "= NOT :v"},
        {"a = :v NOT", "NOT", ":v NOT"},
        {"()", ")", "()"},
        {"(", "<EOF>", "("},
        {")", ")", ")"},
        {"(a = :v", "<EOF>", ":v"},
        {"a = :v)", ")", ":v)"},
        {"(a = :v))", ")", "))"},
        {"((a = :v)", "<EOF>", ")"},
        {"(a)", "<EOF>", ")"},
        {"(a b", "b", "a b"},
        {"(a AND b = :v)", "AND", "a AND b"},
        {"((a) AND b = :v)", "AND", ") AND b"},
        {"(a = :v) = :v", "=", ") = :v"},
        {"(a = :v) IN (:v)", "IN", ") IN ("},
        {"a = (b = :v)", "=", "b = :v"},
        {"a = b = :v", "=", "b = :v"},
        {"a < b < :v", "<", "b < :v"},
        {":v", "<EOF>", ":v"},
        {"a = 1", "1", "= 1"},
        {"a = 'x'", "'", "= 'x"},
        {"a = \"x\"", "\"", "= \"x"},
        {"a = :v;", ";", ":v;"},
        {"a = :v && b = :w", "&", ":v &&"},
        {"a = :v || b = :w", "|", ":v ||"},
        {"a + :v = :w", "+", "a + :v"},
        {"a = b + :v", "+", "b + :v"},
        {"a = *", "*", "= *"},
        {"a / b = :v", "/", "a / b"},
        {"foo()", ")", "()"},
        {"size() = :v", ")", "() ="},
        {"contains(a,)", ")", ",)"},
        {"contains(,a)", ",", "(,a"},
        {"contains(a :v)", ":v", "a :v)"},
        {"contains(a, :v", "<EOF>", ":v"},
        {"contains(a = :v)", "=", "a = :v"},
        {"contains(a AND b)", "AND", "a AND b"},
        {"contains(NOT a)", "NOT", "(NOT a"},
        {"contains a, :v", "a", "contains a,"},
        {"contains", "<EOF>", "contains"},
        {"#f(a)", "(", "#f(a"},
        {"a.b(c) = :v", "(", "b(c"},
        {"a[0](c) = :v", "(", "](c"},
        {":v(a)", "(", ":v(a"},
        {"size(a)(b) = :v", "(", ")(b"},
        {"size(a).b = :v", ".", ").b"},
        {"size(a)[0] = :v", "[", ")[0"},
        {":v.a = :w", ".", ":v.a"},
        {"(a).b = :v", ".", ").b"},
        {"a[01] = :v", "1", "01]"},
        {"a[1", "<EOF>", "1"},
        {"a[x] = :v", "x", "[x]"},
        {"a[1.5] = :v", ".", "1.5"},
        {"a[[0]] = :v", "[", "[[0"},
        {"SET a = :v", "SET", "SET a"},
        {"a = set", "set", "= set"},
        {"add = :v", "add", "add ="},
        {"a.In = :v", "In", ".In ="},
        {"_a = :v", "_", "_a"},
        {"a-b = :v", "-", "a-b"},
        {"$a = :v", "$", "$a"},
        {"9a = :v", "9", "9a"},
        {"a = : v", ":", "= : v"},
        {"# = :v", "#", "# ="},
        {"caf\xC3\xA9 = :v", "\xC3\xA9", "caf\xC3\xA9 ="},
        {"a = \xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "= \xF0\x9F\x98\x80"},
    };
    for (const SyntaxRow& row : rows) {
        INFO(row.text);
        CHECK(condition(row.text) == syntax(row.token, row.near));
    }
}

TEST_CASE("Syntax error: text without a token ends before it begins", "[grammar][syntax]") {
    for (const std::string_view text : {" ", "\t", " \r\n "}) {
        CHECK(condition(text) == syntax("<EOF>", ""));
        CHECK(update(text) == syntax("<EOF>", ""));
        CHECK(projection(text) == syntax("<EOF>", ""));
    }
}

TEST_CASE("Syntax error: an empty text has a reason of its own", "[grammar][syntax]") {
    CHECK(condition("") == "! The expression can not be empty;");
    CHECK(update("") == "! The expression can not be empty;");
    CHECK(projection("") == "! The expression can not be empty;");
}

TEST_CASE("Syntax error: blanks before the first token are not part of the slice", "[grammar][syntax]") {
    CHECK(condition("   = a") == syntax("=", "= a"));
    CHECK(condition("   a   ") == syntax("<EOF>", "a   "));
    CHECK(projection("  ,  ") == syntax(",", ","));
}

TEST_CASE("Syntax error: a bad start is found behind many good conditions", "[grammar][syntax]") {
    const std::string good = repeat("a = :v", 100, " AND ");
    CHECK(condition(good + " AND b") == syntax("<EOF>", "b"));
    CHECK(condition(good + " b") == syntax("b", ":v b"));
    CHECK(condition("(" + good) == syntax("<EOF>", ":v"));
}

}  // namespace minamo::grammar
