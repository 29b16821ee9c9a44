// The texts of faults in clauses, in functions with a grammar of their own and in commands.
#include "tests/grammar/statements/check_statements.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {

// clang-format off
TEST_CASE("Faults: RETURNING", "[grammar][statements]") {
    check_statements({
        {"UPDATE t SET b = 1 RETURNING",
         "! Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element. @1:29"},
        {"UPDATE t SET b = 1 RETURNING *",
         "! Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element. @1:30"},
        {"UPDATE t SET b = 1 RETURNING ALL",
         "! Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element. @1:30"},
        {"UPDATE t SET b = 1 RETURNING UPDATED NEW *",
         "! Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element. @1:30"},
        {"UPDATE t SET b = 1 RETURNING ALL *",
         "! Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element. @1:30"},
        {"UPDATE t SET b = 1 RETURNING ALL OLD *,",
         "! Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element. @1:40"},
        {"UPDATE t SET b = 1 RETURNING ALL OLD a, b",
         "! Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element. @1:41"},
        {"UPDATE t SET b = 1 RETURNING ALL OLD a + 1", "! Unsupported syntax in RETURNING columns. @1:38"},
        {"UPDATE t SET b = 1 RETURNING ALL OLD f(a)", "! Unsupported syntax in RETURNING columns. @1:38"},
        {"UPDATE t SET b = 1 RETURNING ALL OLD ?", "! Unsupported syntax in RETURNING columns. @1:38"},
        {"UPDATE t SET b = 1 RETURNING ALL OLD a.b.c", "! More than two paths in RETURNING columns. @1:41"},
        {"UPDATE t SET b = 1 RETURNING ALL OLD a[0][1]", "! More than two paths in RETURNING columns. @1:42"},
        {"UPDATE t INSERT INTO u VALUE 1 RETURNING ALL OLD * SET a = 1", "! Unprocessed components remaining @0:0"},
    });
}

TEST_CASE("Faults: a statement stands inside of another", "[grammar][statements]") {
    check_statements({
        {"UPDATE t SET b = SET c = 1", "! Keyword set only expected at the top level in the query @1:18"},
        {"UPDATE t SET b = (REMOVE c)", "! Keyword remove only expected at the top level in the query @1:19"},
        {"UPDATE t SET b = DELETE FROM t", "! Keyword delete only expected at the top level in the query @1:18"},
        {"SELECT * FROM t WHERE (INSERT INTO t VALUE 1)",
         "! Keyword insert_into only expected at the top level in the query @1:24"},
        {"UPDATE t SET b = CREATE TABLE t", "! Keyword create only expected at the top level in the query @1:18"},
        {"UPDATE t SET b = UPDATE t SET c = 1", "! Keyword null only expected at the top level in the query @0:0"},
        {"UPDATE t SET b = FROM t SET c = 1", "! Keyword null only expected at the top level in the query @0:0"},
        {"DELETE FROM t + 1", "! Keyword delete only expected at the top level in the query @1:1"},
        {"SET b = SET c = 1 )", "! Unexpected token after expression @1:19"},
        {"UPDATE t SET b = EXEC f", "! Keyword f only expected at the top level in the query @1:23"},
    });
}

TEST_CASE("Faults: ON CONFLICT", "[grammar][statements]") {
    check_statements({
        {"INSERT INTO t VALUE {'a':1} ON CONFLICT", "! invalid ON CONFLICT syntax @1:40"},
        {"INSERT INTO t VALUE {'a':1} ON CONFLICT DO NOTHING", "! invalid ON CONFLICT syntax @1:41"},
        {"INSERT INTO t VALUE {'a':1} ON CONFLICT (a) DO NOTHING", "! invalid ON CONFLICT syntax @1:41"},
        {"INSERT INTO t VALUE {'a':1} ON CONFLICT WHERE a DO", "! invalid ON CONFLICT syntax @1:41"},
        {"INSERT INTO t VALUE {'a':1} ON CONFLICT WHERE a", "! invalid ON CONFLICT syntax @1:41"},
    });
}

TEST_CASE("Faults: @ and VALUES", "[grammar][statements]") {
    check_statements({
        {"@1", "! Identifier must follow @-operator @1:1"},
        {"@'a'", "! Identifier must follow @-operator @1:1"},
        {"@", "! Identifier must follow @-operator @1:1"},
        {"@@a", "! Identifier must follow @-operator @1:1"},
        {"VALUES {'a':1}", "! Expected LEFT_PAREN for row value constructor @1:8"},
        {"VALUES", "! Expected LEFT_PAREN for row value constructor @1:7"},
        {"VALUES (1),", "! Expected LEFT_PAREN for row value constructor @1:12"},
        {"INSERT INTO t VALUES {'a':1}", "! Expected LEFT_PAREN for row value constructor @1:22"},
    });
}

TEST_CASE("Faults: clauses of SELECT", "[grammar][statements]") {
    check_statements({
        {"SELECT * FROM t GROUP a", "! Expected BY @1:23"},
        {"SELECT * FROM t ORDER a", "! Expected BY @1:23"},
        {"SELECT * FROM t GROUP BY 1", "! Literals (including ordinals) not supported in GROUP BY @1:26"},
        {"SELECT * FROM t GROUP BY a, 'b'", "! Literals (including ordinals) not supported in GROUP BY @1:29"},
        {"SELECT * FROM t GROUP BY a GROUP", "! Expected AS keyword @1:33"},
        {"SELECT * FROM t GROUP BY a GROUP AS 1", "! Expected identifier for GROUP name @1:37"},
        {"SELECT * FROM t AS", "! Expected identifier for AS-alias @1:19"},
        {"SELECT * FROM t AT", "! Expected identifier for AT-alias @1:19"},
        {"SELECT * FROM t BY", "! Expected identifier for BY-alias @1:19"},
        {"SELECT a AS 1 FROM t", "! Expected identifier for AS-alias @1:13"},
        {"SELECT * FROM t JOIN u", "! Expected 'ON' @1:23"},
        {"SELECT * FROM t JOIN u WHERE a", "! Expected 'ON' @1:24"},
        {"SELECT * FROM t CROSS JOIN u ON a", "! Unexpected token after expression @1:30"},
        {"SELECT * FROM t NATURAL JOIN u", "! Unexpected token after expression @1:17"},
        {"SELECT * FROM t LET a", "! Expected AS following LET expr @1:22"},
        {"SELECT * FROM t LET a AS", "! Expected identifier for AS-alias @1:25"},
        {"SELECT * FROM t ORDER BY a NULLS", "! Expected FIRST OR LAST after NULLS @1:33"},
        {"PIVOT a FROM t", "! Expected AT keyword @1:9"},
    });
}

TEST_CASE("Faults: functions with words of their own", "[grammar][statements]") {
    check_statements({
        {"max(a,b)", "! Aggregate functions are always unary @1:5"},
        {"sum()", "! Aggregate functions are always unary @1:5"},
        {"f(*)", "! f(*) is not allowed @1:3"},
        {"sum(*)", "! sum(*) is not allowed @1:5"},
        {"count(distinct *)", "! COUNT(DISTINCT *) is not supported @1:7"},
        {"count(* a)", "! Expected RIGHT_PAREN @1:9"},
        {R"("count"(*))", "! only COUNT can be used with a wildcard @1:1"},
        {"cast(a)", "! Expected AS @1:7"},
        {"cast a", "! Missing left parenthesis after cast @1:6"},
        {"cast(a AS foo)", "! Expected type name @1:11"},
        {"cast(a AS INT(1))", "! cast type argument integer must have arity of 0..0 @1:14"},
        {"can_cast(a AS DECIMAL(1,2,3))", "! can_cast type argument decimal must have arity of 0..2 @1:22"},
        {"coalesce a", "! Missing left parenthesis after coalesce @1:10"},
        {"nullif(a)", "! Expected COMMA @1:9"},
        {"nullif a", "! Missing left parenthesis after nullif @1:8"},
        {"substring(a)", "! Expected KEYWORD 'from' OR COMMA @1:12"},
        {"substring a", "! Expected LEFT_PAREN @1:11"},
        {"substring(a FROM 1", "! Expected ATOM @1:19"},
        {"trim(both a)", "! Expected FROM keyword @1:12"},
        {"trim a", "! Expected LEFT_PAREN @1:6"},
        {"extract(a FROM b)",
         "! Expected one of: [year, month, day, hour, minute, second, timezone_hour, timezone_minute] @1:9"},
        {"extract(year b)", "! Expected FROM keyword @1:14"},
        {"extract a", "! Expected LEFT_PAREN @1:9"},
        {"date_add(year 1, a)", "! Expected COMMA @1:15"},
        {"date_diff(foo, a, b)",
         "! Expected one of: [year, month, day, hour, minute, second, timezone_hour, timezone_minute] @1:11"},
        {"CASE WHEN a THEN 1", "! Expected END keyword @1:19"},
        {"CASE WHEN a 1", "! Expected THEN keyword @1:13"},
        {"CASE(a)", "! Expected a WHEN clause in CASE @1:8"},
        {"CASE a ELSE b END", "! Expected a WHEN clause in CASE @1:8"},
        {"CASE WHEN a THEN b ELSE c", "! Expected END keyword @1:26"},
        {"DATE a", "! Expected date string followed by the keyword DATE, found SYMBOL @1:6"},
        {"DATE 1", "! Expected date string followed by the keyword DATE, found INT @1:6"},
        {"DATE ?", "! Expected date string followed by the keyword DATE, found INT @1:6"},
        {"DATE null", "! Expected date string followed by the keyword DATE, found NULL @1:6"},
        {"DATE '2020-1-1'", "! Expected DATE string to be of the format yyyy-MM-dd @1:6"},
        {"DATE '2020-13-01'",
         "! Text '2020-13-01' could not be parsed: Invalid value for MonthOfYear (valid values 1 - 12): 13 @1:6"},
        {"DATE '2020-01-32'",
         "! Text '2020-01-32' could not be parsed: Invalid value for DayOfMonth (valid values 1 - 28/31): 32 @1:6"},
        {"DATE '2020-02-30'", "! Text '2020-02-30' could not be parsed: Invalid date 'FEBRUARY 30' @1:6"},
        {"DATE '2021-02-29'",
         "! Text '2021-02-29' could not be parsed: Invalid date 'February 29' as '2021' is not a leap year @1:6"},
        {"TIME a", "! Expected time string followed by the keyword TIME OR TIME WITH TIME ZONE, found SYMBOL @1:6"},
        {"TIME 1", "! Expected time string followed by the keyword TIME OR TIME WITH TIME ZONE, found INT @1:6"},
        {"TIME '12'",
         R"(! Invalid format for time string. Expected format is "TIME [(p)] [WITH TIME ZONE] HH:MM:SS[.ddddd...][+|-HH:MM]" @1:6)"},
        {"TIME '24:00:00'",
         "! Text '24:00:00' could not be parsed: Invalid value for HourOfDay (valid values 0 - 23): 24 @1:6"},
        {"TIME '12:60:00'",
         "! Text '12:60:00' could not be parsed: Invalid value for MinuteOfHour (valid values 0 - 59): 60 @1:6"},
        {"TIME (10) '12:00:00'", "! Expected integer value between 0 and 9 for precision @1:7"},
        {"TIME (3 '12:00:00'", "! Expected RIGHT_PAREN @1:9"},
        {"TIME WITH ZONE '12:00:00'", "! Expected TIME keyword @1:11"},
        {"TIME ORDER", "! Expected WITH keyword @1:6"},
    });
}

TEST_CASE("Faults: commands", "[grammar][statements]") {
    check_statements({
        {"CREATE", "! Unexpected token following CREATE @1:7"},
        {"CREATE VIEW v", "! Unexpected token following CREATE @1:8"},
        {"CREATE TABLE", "! Expected identifier! @1:13"},
        {"CREATE TABLE 't'", "! Expected identifier! @1:14"},
        {"CREATE TABLE t (a INT)", "! Unexpected tokens after CREATE statement! @1:16"},
        {"CREATE INDEX", "! Expected ON @1:13"},
        {"CREATE INDEX ON", "! Index target must be an identifier @1:16"},
        {"CREATE INDEX ON t", "! Expected parenthesis for keys @1:18"},
        {"CREATE INDEX ON t (1)", "! Expected identifier for simple path @1:20"},
        {"CREATE INDEX ON t (a", "! Expected RIGHT_PAREN @1:21"},
        {"(CREATE TABLE t)", "! Unexpected tokens after CREATE statement! @1:16"},
        {"DROP", "! Unexpected token following DROP @1:5"},
        {"DROP TABLE", "! Expected identifier! @1:11"},
        {"DROP TABLE t u", "! Unexpected tokens after DROP statement! @1:14"},
        {"DROP INDEX i", "! Expected ON @1:13"},
        {"DROP INDEX i ON", "! Table target must be an identifier @1:16"},
        {"EXEC", "! No stored procedure provided @1:5"},
        {"EXEC f(1)", "! Unexpected LEFT_PAREN found following stored procedure call @1:7"},
        {"EXEC f EXEC g", "! EXEC call found at unexpected location @1:8"},
    });
}

// clang-format on

}  // namespace minamo::grammar
