// INSERT, UPDATE, DELETE and commands: trees.
#include "tests/grammar/statements/check_statements.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {

// clang-format off
TEST_CASE("INSERT: what parses", "[grammar][statements]") {
    check_statements({
        {"INSERT INTO t VALUE {'a': ?, 'b': [1, {'c': null}]}", "INSERT t VALUE {'a': ?0, 'b': [1, {'c': null}]}"},
        {R"(insert into "t" value {'a': 1};)", R"(INSERT "t" VALUE {'a': 1})"},
        {"INSERT INTO t.i VALUE {}", "INSERT t.i VALUE {}"},
        {"INSERT INTO t VALUE ?", "INSERT t VALUE ?0"},
        {"INSERT INTO t VALUE {} AT 1", "INSERT t VALUE {} AT 1"},
        {"INSERT INTO t VALUE {} ON CONFLICT WHERE a DO NOTHING", "INSERT t VALUE {} ON CONFLICT"},
        {"INSERT INTO t VALUE {} RETURNING ALL OLD *", "INSERT t VALUE {}; RETURNING ALL OLD *"},
        {"INSERT INTO t VALUES (1, 2)", "INSERT t <<[1, 2]>>"},
        {"INSERT INTO t <<1>>", "INSERT t <<1>>"},
        {"INSERT INTO t SELECT * FROM u", "INSERT t (SELECT * FROM u)"},
        {"(INSERT INTO t VALUE {})", "INSERT t VALUE {}"},
    });
}

TEST_CASE("UPDATE: what parses", "[grammar][statements]") {
    check_statements({
        {"UPDATE t SET a = 1 WHERE b = 2", "FROM t; SET a = 1; WHERE (= b 2)"},
        {R"(UPDATE t SET a = 1, b.c[0]."d"['e'] = a + 1 WHERE b = 2)",
         R"(FROM t; SET a = 1; SET b.c[0]."d"['e'] = (+ a 1); WHERE (= b 2))"},
        {"UPDATE t SET a = 1 REMOVE b SET c = 2 REMOVE d.e WHERE f = ?",
         "FROM t; SET a = 1; REMOVE b; SET c = 2; REMOVE d.e; WHERE (= f ?0)"},
        {"UPDATE t REMOVE a WHERE b = 2 RETURNING MODIFIED NEW *",
         "FROM t; REMOVE a; WHERE (= b 2); RETURNING MODIFIED NEW *"},
        {R"(UPDATE "t"."i" x SET a = 1)", R"(FROM "t"."i" AS; SET a = 1)"},
        {"UPDATE t SET a[-1] = 1", "FROM t; SET a[-1] = 1"},
        {"UPDATE t SET a = b = c", "FROM t; SET a = (= b c)"},
        {"UPDATE t SET a = list_append(if_not_exists(b, []), [?])",
         "FROM t; SET a = list_append(if_not_exists(b, []), [?0])"},
        {"UPDATE t SET a = 1 RETURNING ALL OLD *, ALL NEW a.b",
         "FROM t; SET a = 1; RETURNING ALL OLD *; RETURNING ALL NEW a.b"},
        {"UPDATE t SET a = 1 INSERT INTO u VALUE 1", "FROM t; SET a = 1; INSERT u VALUE 1"},
        {"UPDATE t INSERT INTO u VALUE 1 RETURNING ALL OLD *", "FROM t; INSERT u VALUE 1"},
    });
}

TEST_CASE("FROM: it means UPDATE", "[grammar][statements]") {
    check_statements({
        {"FROM t WHERE a = 1 SET b = 1", "FROM t; SET b = 1; WHERE (= a 1)"},
        {"FROM t SET b = 1", "FROM t; SET b = 1"},
        {"FROM t WHERE a = 1 REMOVE b SET c = 1 RETURNING ALL NEW *",
         "FROM t; REMOVE b; SET c = 1; WHERE (= a 1); RETURNING ALL NEW *"},
        {"FROM t AS x SET b = 1", "FROM t AS; SET b = 1"},
        {"FROM t, u SET b = 1", "FROM joined; SET b = 1"},
        {"FROM (t) SET b = 1", "FROM t; SET b = 1"},
        {"FROM t UNION u SET b = 1", "FROM (union t u); SET b = 1"},
        {"SET a = 1, b = 2", "SET a = 1; SET b = 2"},
        {"REMOVE a", "REMOVE a"},
    });
}

TEST_CASE("DELETE: what parses", "[grammar][statements]") {
    check_statements({
        {"DELETE FROM t", "FROM t; DELETE"},
        {"DELETE FROM t WHERE a = ? AND b = ?", "FROM t; DELETE; WHERE (and (= a ?0) (= b ?1))"},
        {R"(DELETE FROM "t"."i" WHERE a = 1 RETURNING ALL OLD *)",
         R"(FROM "t"."i"; DELETE; WHERE (= a 1); RETURNING ALL OLD *)"},
        {"DELETE FROM t AS x", "FROM t AS; DELETE"},
        {"DELETE FROM t RETURNING MODIFIED OLD a", "FROM t; DELETE; RETURNING MODIFIED OLD a"},
    });
}

TEST_CASE("Commands: their kinds", "[grammar][statements]") {
    check_statements({
        {"CREATE TABLE t", "CreateTable"},
        {"CREATE INDEX ON t (a, b.c);", "CreateIndex"},
        {"DROP TABLE t;", "DropTable"},
        {"DROP INDEX i ON t", "DropIndex"},
        {"EXEC f", "Exec"},
        {"EXEC f 1, ?", "Exec"},
        {"EXEC table", "Exec"},
    });
}

// clang-format on

}  // namespace minamo::grammar
