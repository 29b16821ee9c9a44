// Expressions: trees.
#include "tests/grammar/statements/check_statements.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {

// clang-format off
TEST_CASE("Expressions: what stands between operators", "[grammar][statements]") {
    check_statements({
        {"foo", "foo"},
        {R"("foo")", R"("foo")"},
        {"1", "1"},
        {"-1", "-1"},
        {"- -1", "1"},
        {"+1", "1"},
        {"- - - 1.50", "-1.50"},
        {"-(1)", "-1"},
        {"- a", "(- a)"},
        {"'it''s'", "'it''s'"},
        {"true", "true"},
        {"FALSE", "false"},
        {"Null", "null"},
        {"MISSING", "missing"},
        {"?", "?0"},
        {"[]", "[]"},
        {"[1, a, ?]", "[1, a, ?0]"},
        {"(1, 2)", "[1, 2]"},
        {"((1))", "1"},
        {"{}", "{}"},
        {"{'a': 1, b: [2]}", "{'a': 1, b: [2]}"},
        {"<<>>", "<<>>"},
        {"<<1, 2>>", "<<1, 2>>"},
        {"bag(1)", "<<1>>"},
        {"list(1, 2)", "[1, 2]"},
        {"`5`", "`INT`"},
        {"@a.b", "a.b"},
        {"DATE '2020-02-29'", "DATE '2020-02-29'"},
        {"TIME WITH TIME ZONE '12:00:00.5+01:00'", "TIME '12:00:00.5+01:00'"},
        {"TIME (3) '12:00:00'", "TIME '12:00:00'"},
        {"VALUES (1, 2), (3)", "<<[1, 2], [3]>>"},
    });
}

TEST_CASE("Expressions: paths", "[grammar][statements]") {
    check_statements({
        {"a.b", "a.b"},
        {R"(a."b".c)", R"(a."b".c)"},
        {"a[0]", "a[0]"},
        {"a[b]", "a[b]"},
        {"a['b']", "a['b']"},
        {R"(a["b"])", R"(a["b"])"},
        {"a[?]", "a[?0]"},
        {"a[*].b", "a[*].b"},
        {"a.*", "a.*"},
        {"a.*.b[1 + 1]", "a.*.b[(+ 1 1)]"},
        {"(a.b).c", "a.b.c"},
        {"f(a).b", "f(a).b"},
        {"[1][0]", "[1][0]"},
        {"?.a", "?0.a"},
    });
}

TEST_CASE("Expressions: calls", "[grammar][statements]") {
    check_statements({
        {"f()", "f()"},
        {"f(a, b)", "f(a, b)"},
        {"SIZE(a)", "size(a)"},
        {R"("F"(a))", "f(a)"},
        {"Begins_With(a, 'b')", "begins_with(a, 'b')"},
        {"exists(SELECT * FROM t)", "exists((SELECT * FROM t))"},
        {"count(*)", "count!()"},
        {"count(DISTINCT a)", "count!(a)"},
        {"Max(a)", "max!(a)"},
        {"coalesce(a, b)", "coalesce(a, b)"},
        {"nullif(a, b)", "nullif(a, b)"},
        {"cast(a AS INT)", "(cast a)"},
        {"can_cast(a AS DECIMAL(1, 2))", "(can_cast a)"},
        {"substring(a FROM 1 FOR 2)", "substring(a, 1, 2)"},
        {"substring(a, 1)", "substring(a, 1)"},
        {"trim(both 'x' FROM a)", "trim('both', 'x', a)"},
        {"trim(from a)", "trim(a)"},
        {"extract(year FROM a)", "extract('year', a)"},
        {"date_add(day, 1, a)", "date_add('day', 1, a)"},
        {"CASE WHEN a THEN b END", "(case-when a b)"},
        {"CASE a WHEN 1 THEN b ELSE c END", "(case a 1 b c)"},
    });
}

TEST_CASE("Expressions: precedence", "[grammar][statements]") {
    check_statements({
        {"a = 1 AND b = 2 OR c = 3", "(or (and (= a 1) (= b 2)) (= c 3))"},
        {"a OR b AND c", "(or a (and b c))"},
        {"a AND b AND c", "(and a b c)"},
        {"a AND (b AND c)", "(and a (and b c))"},
        {"(a AND b) AND c", "(and (and a b) c)"},
        {"a OR b OR c AND d", "(or a b (and c d))"},
        {"NOT a = 1", "(not (= a 1))"},
        {"NOT a AND b", "(and (not a) b)"},
        {"NOT NOT a", "(not (not a))"},
        {"NOT a OR b", "(or (not a) b)"},
        {"a = NOT b = c", "(= a (not (= b c)))"},
        {"a + NOT b + c", "(+ a (not (+ b c)))"},
        {"- NOT b AND c", "(and (- (not b)) c)"},
        {"a < b = c", "(= (< a b) c)"},
        {"a = b < c", "(= a (< b c))"},
        {"a = 1 = 2", "(= (= a 1) 2)"},
        {"a = b IS NULL", "(is NULL (= a b))"},
        {"a != b", "(<> a b)"},
        {"a <> b", "(<> a b)"},
        {"a || b - c", "(- (|| a b) c)"},
        {"a - b - c", "(- (- a b) c)"},
        {"a - (b - c)", "(- a (- b c))"},
        {"a % b * c / d", "(/ (* (% a b) c) d)"},
        {"a + b * c", "(+ a (* b c))"},
        {"- a + b", "(+ (- a) b)"},
        {"a IN (1, 2)", "(in a [1, 2])"},
        {"a IN ((1))", "(in a [1])"},
        {"a IN (1) = true", "(= (in a [1]) true)"},
        {"a IN [1]", "(in a [1])"},
        {"a IN (SELECT b FROM t)", "(in a (SELECT b FROM t))"},
        {"a IN (VALUES (1))", "(in a <<[1]>>)"},
        {"a IN ?", "(in a ?0)"},
        {"a NOT IN (1)", "(not (in a [1]))"},
        {"a IN (1) + 2", "(+ (in a [1]) 2)"},
        {"a BETWEEN 1 AND 2 AND b = 1", "(and (between a 1 2) (= b 1))"},
        {"a NOT BETWEEN 1 AND 2", "(not (between a 1 2))"},
        {"a BETWEEN 1 + 1 AND 2 + 2 = b", "(= (between a (+ 1 1) (+ 2 2)) b)"},
        {"a BETWEEN b AND c BETWEEN d AND e", "(between (between a b c) d e)"},
        {"a BETWEEN NOT b AND c", "(between a (not b) c)"},
        {"a LIKE 'x'", "(like a 'x')"},
        {"a NOT LIKE 'x' ESCAPE '!'", "(not (like a 'x' '!'))"},
        {"a LIKE b || c ESCAPE d LIKE e", "(like (like a (|| b c) d) e)"},
        {"a IS NULL", "(is NULL a)"},
        {"a IS NOT MISSING", "(not (is MISSING a))"},
        {"a IS INT IS NULL", "(is NULL (is INTEGER a))"},
        {"a IS DOUBLE PRECISION", "(is DOUBLE PRECISION a)"},
        {"a IS CHARACTER VARYING(5)", "(is CHARACTER VARYING a)"},
        {"a IS VARCHAR", "(is CHARACTER VARYING a)"},
        {"a IS TIME WITH TIME ZONE", "(is TIME WITH TIME ZONE a)"},
        {"a IS DECIMAL(1, 2) = b", "(= (is DECIMAL a) b)"},
        {"a + b IS INT", "(is INTEGER (+ a b))"},
        {"a UNION b OR c", "(union a (or b c))"},
        {"a EXCEPT b UNION ALL c INTERSECT d", "(intersect (union_all (except a b) c) d)"},
    });
}

// clang-format on

}  // namespace minamo::grammar
