// SELECT: trees.
#include "tests/grammar/statements/check_statements.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {

// clang-format off
TEST_CASE("SELECT: lists and sources", "[grammar][statements]") {
    check_statements({
        {"SELECT * FROM t", "SELECT * FROM t"},
        {"select all * from t;", "SELECT * FROM t"},
        {R"(SELECT a FROM "my-t" -- c)", R"(SELECT a FROM "my-t")"},
        {R"(SELECT a, b.c, "d"[0] FROM t.i)", R"(SELECT a, b.c, "d"[0] FROM t.i)"},
        {"SELECT a x, b AS y FROM t", "SELECT a AS, b AS FROM t"},
        {"SELECT a.*, f(b).* FROM t", "SELECT a.*, f(b).* FROM t"},
        {"SELECT (a).b FROM t", "SELECT a.b FROM t"},
        {"SELECT DISTINCT a FROM t", "SELECT DISTINCT a FROM t"},
        {"SELECT VALUE a FROM t", "SELECT VALUE a FROM t"},
        {"PIVOT a AT b FROM t", "PIVOT a AT b FROM t"},
        {R"(SELECT * FROM t."i")", R"(SELECT * FROM t."i")"},
        {"SELECT * FROM t['i']", "SELECT * FROM t['i']"},
        {"SELECT * FROM (t)", "SELECT * FROM t"},
        {"SELECT * FROM (t.i)", "SELECT * FROM t.i"},
        {"SELECT * FROM t AS x AT y BY z", "SELECT * FROM t AS"},
        {"SELECT * FROM t x", "SELECT * FROM t AS"},
        {"SELECT * FROM t, u", "SELECT * FROM joined"},
        {"SELECT * FROM t JOIN u ON a = b", "SELECT * FROM joined"},
        {"SELECT * FROM t LEFT OUTER JOIN u ON a CROSS JOIN v", "SELECT * FROM joined"},
        {"SELECT * FROM t JOIN (u) JOIN v ON a ON b", "SELECT * FROM joined"},
        {"SELECT * FROM (t, u)", "SELECT * FROM joined"},
        {"SELECT * FROM UNPIVOT t", "SELECT * FROM UNPIVOT t"},
        {"SELECT * FROM ?", "SELECT * FROM ?0"},
        {"SELECT * FROM (SELECT a FROM t) AS x", "SELECT * FROM (SELECT a FROM t) AS"},
        {"SELECT * FROM (1, 2)", "SELECT * FROM [1, 2]"},
        {"SELECT * FROM my - x.y", "SELECT * FROM (- my x.y)"},
    });
}

TEST_CASE("SELECT: clauses", "[grammar][statements]") {
    check_statements({
        {"SELECT * FROM t WHERE a = 1", "SELECT * FROM t WHERE (= a 1)"},
        {"SELECT * FROM t LET a AS b WHERE c", "SELECT * FROM t WHERE c"},
        {"SELECT * FROM t GROUP BY a AS b, c GROUP AS g", "SELECT * FROM t GROUP"},
        {"SELECT * FROM t GROUP PARTIAL BY a HAVING b", "SELECT * FROM t GROUP HAVING b"},
        {"SELECT * FROM t ORDER BY a", "SELECT * FROM t ORDER BY a"},
        {R"(SELECT * FROM t ORDER BY a DESC, "b" ASC NULLS LAST)", R"(SELECT * FROM t ORDER BY a DESC, "b")"},
        {"SELECT * FROM t LIMIT 1 OFFSET ?", "SELECT * FROM t LIMIT 1 OFFSET ?0"},
        {"SELECT * FROM t WHERE a ORDER BY b LIMIT 1", "SELECT * FROM t WHERE a ORDER BY b LIMIT 1"},
        {"(SELECT * FROM t)", "SELECT * FROM t"},
        {"((SELECT * FROM t WHERE a = ?));", "SELECT * FROM t WHERE (= a ?0)"},
        {"EXISTS(SELECT * FROM t WHERE a = ? AND b = ?)", "exists((SELECT * FROM t WHERE (and (= a ?0) (= b ?1))))"},
        {"SELECT a FROM t WHERE b UNION SELECT c FROM u WHERE d",
         "(union (SELECT a FROM t WHERE b) (SELECT c FROM u WHERE d))"},
        {"SELECT a FROM t UNION b", "(union (SELECT a FROM t) b)"},
        {"SELECT a FROM t ORDER BY b UNION c", "SELECT a FROM t ORDER BY (union b c)"},
        {"SELECT * FROM (t) + 1", "(+ (SELECT * FROM t) 1)"},
        {"SELECT * FROM (1) + 1", "SELECT * FROM (+ 1 1)"},
    });
}

// clang-format on

}  // namespace minamo::grammar
