// Tokens, seen through what they parse to.
#include "tests/grammar/statements/check_statements.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {

// clang-format off
TEST_CASE("Tokens: blanks and comments", "[grammar][statements]") {
    check_statements({
        {"a\t=\r\n1", "(= a 1)"},
        {"a\v=\f1", "(= a 1)"},
        {"a -- = 2\n= 1", "(= a 1)"},
        {"a /* b /* c */ = 1", "(= a 1)"},
        {"a = 1 -- c", "(= a 1)"},
        {"a /**/ = /* ' */ 1", "(= a 1)"},
        {"a --\r= 1", "(= a 1)"},
    });
}

TEST_CASE("Tokens: faults of tokens", "[grammar][statements]") {
    check_statements({
        {"a = 1 /* c", "!  @1:7"},
        {"/*/", "!  @1:1"},
        {"a = 'b", "!  @1:5"},
        {R"(a = "b)", "!  @1:5"},
        {"a = `5", "!  @1:5"},
        {"a # b", "!  @1:3"},
        {"a & b", "!  @1:3"},
        {"a ^ b", "!  @1:3"},
        {"a ~ b", "!  @1:3"},
        {R"(a \ b)", "!  @1:3"},
        {"a | b", "!  @1:3"},
        {"a ! b", "!  @1:3"},
        {"é", "!  @1:1"},
        {"a b", "!  @1:2"},
        {"a b", "!  @1:2"},
        {"﻿a", "!  @1:1"},
        {"1e", "!  @1:1"},
        {"1e+", "!  @1:1"},
        {"1..2", "!  @1:1"},
        {".5e", "!  @1:1"},
        {"1ex", "!  @1:1"},
        {"1e2147483648", "!  @1:1"},
        {"1.5e-2147483647", "!  @1:1"},
        {"``", "!  @1:1"},
        {"`5 6`", "!  @1:1"},
        {"`[1`", "!  @1:1"},
        {"`{a:1 b:2}`", "!  @1:1"},
        {"`null.foo`", "!  @1:1"},
        {"`01`", "!  @1:1"},
        {R"(`"a`)", "!  @1:1"},
        {"`{{YQ=}}`", "!  @1:1"},
        {") ~", "!  @1:3"},
    });
}

TEST_CASE("Tokens: names", "[grammar][statements]") {
    check_statements({
        {"_a$1", "_a$1"},
        {"$1", "$1"},
        {"aBc", "aBc"},
        {R"("a""b")", R"("a""b")"},
        {R"("é-. x")", R"("é-. x")"},
        {R"("SELECT")", R"("SELECT")"},
        {R"("")", R"("")"},
        {"count_", "count_"},
        {"name", "name"},
        {"data", "data"},
    });
}

TEST_CASE("Tokens: strings", "[grammar][statements]") {
    check_statements({
        {"'a\nb'", "'a\nb'"},
        {R"('a\b')", R"('a\b')"},
        {"''", "''"},
        {"'it''s'", "'it''s'"},
        {"''''", "''''"},
        {"'é'", "'é'"},
    });
}

TEST_CASE("Tokens: numbers", "[grammar][statements]") {
    check_statements({
        {"007", "007"},
        {"1.5", "1.5"},
        {".5", ".5"},
        {"5.", "5."},
        {"1E+3", "1E+3"},
        {"1.e-3", "1.e-3"},
        {"1e2147483647", "1e2147483647"},
        {"1e-2147483647", "1e-2147483647"},
        {"99999999999999999999999999999999999999999999", "99999999999999999999999999999999999999999999"},
        {".5.5", "! Unexpected token after expression @1:3"},
        {"1.5.5", "! Unexpected token after expression @1:4"},
        {"1e5.", "! Invalid path dot component @1:5"},
        {"5.a", "! Unexpected token after expression @1:3"},
        {"1_000", "! Unexpected token after expression @1:2"},
        {"0x1F", "! Unexpected token after expression @1:2"},
    });
}

TEST_CASE("Tokens: signs", "[grammar][statements]") {
    check_statements({
        {"a<=b", "(<= a b)"},
        {"a<>b", "(<> a b)"},
        {"a!=b", "(<> a b)"},
        {"a||b", "(|| a b)"},
        {"a<-1", "(< a -1)"},
        {"a<--1\n2", "(< a 2)"},
        {"<<1>>", "<<1>>"},
        {"< < 1 > >", "! Unexpected operator @1:1"},
        {"a<<b", "! Unexpected token after expression @1:2"},
        {"?1", "! Unexpected token after expression @1:2"},
        {"a?b", "! Unexpected token after expression @1:2"},
        {":v", "! Unexpected term @1:1"},
        {"@ a", "a"},
        {";", "! Unexpected term @1:1"},
    });
}

TEST_CASE("Tokens: words that are one", "[grammar][statements]") {
    check_statements({
        {"a IS /* c */ NOT NULL", "(not (is NULL a))"},
        {"a NOT\nIN (1)", "(not (in a [1]))"},
        {"a is not_null", "! Expected type name @1:6"},
        {"INSERT\n INTO t VALUE 1", "INSERT t VALUE 1"},
        {"SELECT * FROM t LEFT  OUTER  JOIN u ON a", "SELECT * FROM joined"},
        {"SELECT * FROM t FULL CROSS JOIN u", "SELECT * FROM joined"},
        {"UPDATE t SET a = 1 RETURNING ALL\tOLD *", "FROM t; SET a = 1; RETURNING ALL OLD *"},
        {"a UNION ALL b", "(union_all a b)"},
        {"a EXCEPT ALL b", "(except_all a b)"},
        {R"("NOT" IN (1))", R"((in "NOT" [1]))"},
    });
}

TEST_CASE("Tokens: positions", "[grammar][statements]") {
    check_statements({
        {"a =\n )", "! Unexpected term @2:2"},
        {"a =\r\n )", "! Unexpected term @2:2"},
        {"a =\r )", "! Unexpected term @2:2"},
        {"a =\n\r )", "! Unexpected term @3:2"},
        {"'é' )", "! Unexpected token after expression @1:5"},
        {R"("é" ))", "! Unexpected token after expression @1:5"},
        {"\t\t)", "! Unexpected term @1:3"},
        {"/* é\n */ )", "! Unexpected term @2:5"},
        {"'a\nb' )", "! Unexpected token after expression @2:4"},
        {"a = 1)", "! Unexpected token after expression @1:6"},
    });
}

TEST_CASE("Tokens: Ion literals", "[grammar][statements]") {
    check_statements({
        {"`5`", "`INT`"},
        {"`-5`", "`INT`"},
        {"`0x1F`", "`INT`"},
        {"`1_000`", "`INT`"},
        {"`1.5`", "`DECIMAL`"},
        {"`5.`", "`DECIMAL`"},
        {"`1d5`", "`DECIMAL`"},
        {"`1e5`", "`FLOAT`"},
        {"`nan`", "`FLOAT`"},
        {"`+inf`", "`FLOAT`"},
        {R"(`"a"`)", "`STRING`"},
        {"`'''a''' '''b'''`", "`STRING`"},
        {"`a`", "`SYMBOL`"},
        {"`'a b'`", "`SYMBOL`"},
        {"`$5`", "`SYMBOL`"},
        {"`true`", "`BOOL`"},
        {"`null`", "`NULL`"},
        {"`null.int`", "`INT`"},
        {"`null.struct`", "`STRUCT`"},
        {"`[1, 2,]`", "`LIST`"},
        {R"(`{a: 1, 'b': "`"}`)", "`STRUCT`"},
        {"`(a + 1)`", "`SEXP`"},
        {"`{{YQ==}}`", "`BLOB`"},
        {R"(`{{"a"}}`)", "`CLOB`"},
        {"`2020-01-01T00:00Z`", "`TIMESTAMP`"},
        {"`2020T`", "`TIMESTAMP`"},
        {"`a::5`", "`INT`"},
        {"`/* ` */ 5`", "`INT`"},
        {"`$ion_1_0 5`", "`INT`"},
    });
}

// clang-format on

}  // namespace minamo::grammar
