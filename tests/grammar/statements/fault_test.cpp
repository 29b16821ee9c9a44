// The texts of faults in expressions, paths and the frame of statements, by the place of the grammar.
#include "tests/grammar/statements/check_statements.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {

// clang-format off
TEST_CASE("Faults: a term is wanted", "[grammar][statements]") {
    check_statements({
        {";", "! Unexpected term @1:1"},
        {"--c", "! Unexpected term @1:4"},
        {";SELECT * FROM t", "! Unexpected term @1:1"},
        {"SELECT", "! Unexpected term @1:7"},
        {"SELECT * FROM", "! Unexpected term @1:14"},
        {"SELECT * FROM t WHERE", "! Unexpected term @1:22"},
        {"SELECT * FROM t WHERE NOT", "! Unexpected term @1:26"},
        {"SELECT * FROM t WHERE (", "! Unexpected term @1:24"},
        {"a = ;", "! Unexpected term @1:5"},
        {"a = )", "! Unexpected term @1:5"},
        {"a = ,", "! Unexpected term @1:5"},
        {"a = :v", "! Unexpected term @1:5"},
        {"a = .b", "! Unexpected term @1:5"},
        {"a IN ()", "! Unexpected term @1:7"},
        {"a IN (1,)", "! Unexpected term @1:9"},
        {"[1,]", "! Unexpected term @1:4"},
        {"{'a':1,}", "! Unexpected term @1:8"},
        {"{'a':}", "! Unexpected term @1:6"},
        {"<<1,>>", "! Unexpected term @1:5"},
        {"f(", "! Unexpected term @1:3"},
        {"f(a,)", "! Unexpected term @1:5"},
        {"a[", "! Unexpected term @1:3"},
        {"a[]", "! Unexpected term @1:3"},
        {"()", "! Unexpected term @1:2"},
        {"SELECT * FROM t ORDER BY", "! Unexpected term @1:25"},
        {"SELECT * FROM t LIMIT", "! Unexpected term @1:22"},
        {"INSERT INTO t", "! Unexpected term @1:14"},
        {"INSERT INTO t VALUE", "! Unexpected term @1:20"},
        {"INSERT INTO t AS x VALUE {'a':1}", "! Unexpected term @1:15"},
        {"UPDATE t SET b =", "! Unexpected term @1:17"},
        {"UPDATE t SET b = 1 RETURNING ALL OLD", "! Unexpected term @1:37"},
        {"DELETE FROM t WHERE", "! Unexpected term @1:20"},
        {"FROM", "! Unexpected term @1:5"},
        {"FROM t WHERE", "! Unexpected term @1:13"},
        {"SELECT VALUE * FROM t", "! Unexpected term @1:14"},
        {"SELECT * FROM t WHERE a = * 1", "! Unexpected term @1:27"},
        {"SELECT * FROM t WHERE a BETWEEN", "! Missing right-hand side expression of infix operator @1:25"},
        {"SELECT (*) FROM t", "! Unexpected term @1:9"},
        {"CASE WHEN", "! Unexpected term @1:10"},
        {"exists(", "! Unexpected term @1:8"},
        {"a is time(", "! Unexpected term @1:11"},
        {"EXEC f;", "! Unexpected term @1:7"},
    });
}

TEST_CASE("Faults: an operator has no right side", "[grammar][statements]") {
    check_statements({
        {"a =", "! Missing right-hand side expression of infix operator @1:3"},
        {"a = 1 AND", "! Missing right-hand side expression of infix operator @1:7"},
        {"a OR", "! Missing right-hand side expression of infix operator @1:3"},
        {"a IN", "! Missing right-hand side expression of infix operator @1:3"},
        {"a NOT IN", "! Missing right-hand side expression of infix operator @1:3"},
        {"a BETWEEN", "! Missing right-hand side expression of infix operator @1:3"},
        {"a LIKE", "! Missing right-hand side expression of infix operator @1:3"},
        {"a +", "! Missing right-hand side expression of infix operator @1:3"},
        {"(a *", "! Missing right-hand side expression of infix operator @1:4"},
        {"SELECT * FROM t WHERE a <>", "! Missing right-hand side expression of infix operator @1:25"},
        {"a AND b AND", "! Missing right-hand side expression of infix operator @1:9"},
    });
}

TEST_CASE("Faults: an operator stands where a term should", "[grammar][statements]") {
    check_statements({
        {"SELECT * FROM t WHERE = 1", "! Unexpected operator @1:23"},
        {"a == 1", "! Unexpected operator @1:4"},
        {"a = = 1", "! Unexpected operator @1:5"},
        {"SELECT * FROM t WHERE AND a", "! Unexpected operator @1:23"},
        {"a AND OR b", "! Unexpected operator @1:7"},
        {"SELECT * FROM t WHERE IS NULL", "! Unexpected operator @1:23"},
        {"a = % 1", "! Unexpected operator @1:5"},
        {"UNION", "! Unexpected operator @1:1"},
        {"/ 1", "! Unexpected operator @1:1"},
        {"NOT IN (1)", "! Unexpected operator @1:1"},
    });
}

TEST_CASE("Faults: a keyword stands where a term should", "[grammar][statements]") {
    check_statements({
        {"SELECT * FROM t WHERE ORDER BY a", "! Unexpected keyword @1:23"},
        {"SELECT * FROM table", "! Unexpected keyword @1:15"},
        {"SELECT * FROM my-table", "! Unexpected keyword @1:18"},
        {"DELETE FROM my-table", "! Unexpected keyword @1:16"},
        {"INSERT", "! Unexpected keyword @1:1"},
        {"INSERT t VALUE {'a':1}", "! Unexpected keyword @1:1"},
        {"EXISTS SELECT * FROM t", "! Unexpected keyword @1:1"},
        {"BEGIN", "! Unexpected keyword @1:1"},
        {"COMMIT", "! Unexpected keyword @1:1"},
        {"ALTER TABLE t", "! Unexpected keyword @1:1"},
        {"GRANT", "! Unexpected keyword @1:1"},
        {"WITH", "! Unexpected keyword @1:1"},
        {"DESCRIBE t", "! Unexpected keyword @1:1"},
        {"f(DISTINCT a)", "! Unexpected keyword @1:3"},
        {"SELECT ALL DISTINCT a FROM t", "! Unexpected keyword @1:12"},
        {"size = 1", "! Unexpected keyword @1:1"},
        {"case end", "! Unexpected keyword @1:6"},
    });
}

TEST_CASE("Faults: something is left over", "[grammar][statements]") {
    check_statements({
        {"a = 1)", "! Unexpected token after expression @1:6"},
        {"a 1", "! Unexpected token after expression @1:3"},
        {"a = 1 b = 2", "! Unexpected token after expression @1:7"},
        {"SELECT * FROM t WHERE a WHERE b", "! Unexpected token after expression @1:25"},
        {"a NOT 1", "! Unexpected token after expression @1:3"},
        {"1.2.3", "! Unexpected token after expression @1:4"},
        {"0x1F", "! Unexpected token after expression @1:2"},
        {"1x", "! Unexpected token after expression @1:2"},
        {"a.1", "! Unexpected token after expression @1:2"},
        {"'x' 'y'", "! Unexpected token after expression @1:5"},
        {"N'x'", "! Unexpected token after expression @1:2"},
        {"X'0F'", "! Unexpected token after expression @1:2"},
        {"missing(a)", "! Unexpected token after expression @1:8"},
        {"a@b", "! Unexpected token after expression @1:2"},
        {"SELECT * FROM t foo bar", "! Unexpected token after expression @1:21"},
        {"SELECT * FROM t ORDER BY a WHERE b = 1", "! Unexpected token after expression @1:28"},
        {"SELECT * FROM t RETURNING ALL OLD *", "! Unexpected token after expression @1:17"},
        {"INSERT INTO t VALUE {'a':1} IF NOT EXISTS", "! Unexpected token after expression @1:29"},
        {"INSERT INTO t VALUE {'a':1}, {'a':2}", "! Unexpected token after expression @1:28"},
        {"INSERT INTO t (a) VALUES (1)", "! Unexpected token after expression @1:19"},
        {"UPDATE t REMOVE b, c", "! Unexpected token after expression @1:18"},
        {"UPDATE t SET b = 1 c = 2", "! Unexpected token after expression @1:20"},
        {"UPDATE t SET b = 1 ORDER BY c", "! Unexpected token after expression @1:20"},
        {"UPDATE t SET b = 1 LIMIT 1", "! Unexpected token after expression @1:20"},
        {"DELETE FROM t ORDER BY a", "! Unexpected token after expression @1:15"},
        {"DELETE FROM t LIMIT 1", "! Unexpected token after expression @1:15"},
        {"DELETE FROM t, u", "! Unexpected token after expression @1:14"},
        {"DELETE FROM t SET a = 1", "! Unexpected token after expression @1:15"},
        {"UPDATE t SET b = 1 RETURNING ALL NEW * x", "! Unexpected token after expression @1:40"},
        {"FROM t SET b = 1 WHERE a = 1", "! Unexpected token after expression @1:18"},
        {"foo bar", "! Unexpected token after expression @1:5"},
        {"UPSERT INTO t VALUE {'a':1}", "! Unexpected token after expression @1:8"},
        {"REPLACE INTO t VALUE {'a':1}", "! Unexpected token after expression @1:9"},
        {"MERGE INTO t", "! Unexpected token after expression @1:7"},
        {"TRUNCATE t", "! Unexpected token after expression @1:10"},
        {"SHOW TABLES", "! Unexpected token after expression @1:6"},
        {"EXPLAIN a", "! Unexpected token after expression @1:9"},
        {"@f(a)", "! Unexpected token after expression @1:3"},
        {"SELECT * FROM t ORDER BY a DESC ASC", "! Unexpected token after expression @1:33"},
        {"SELECT * FROM t OFFSET 1 LIMIT 1", "! Unexpected token after expression @1:26"},
        {"a is null.b", "! Unexpected token after expression @1:10"},
        {"SET a = 1 WHERE b = 1", "! Unexpected token after expression @1:11"},
    });
}

TEST_CASE("Faults: what comes behind a semicolon", "[grammar][statements]") {
    check_statements({
        {"SELECT * FROM t; SELECT * FROM t", "! Unexpected token after semicolon. (Only one query is allowed.) @1:18"},
        {"SELECT * FROM t;;", "! Unexpected token after semicolon. (Only one query is allowed.) @1:17"},
        {"a; -- c\nb", "! Unexpected token after semicolon. (Only one query is allowed.) @2:1"},
    });
}

TEST_CASE("Faults: no operation is in a manipulation", "[grammar][statements]") {
    check_statements({
        {"FROM t", "! Expected data manipulation @1:7"},
        {"FROM t WHERE a = 1", "! Expected data manipulation @1:19"},
        {"SLECT * FROM t", "! Expected data manipulation @1:15"},
        {"SELECTT * FROM t", "! Expected data manipulation @1:17"},
        {"UPDATE t", "! Expected data manipulation @1:9"},
        {"UPDATE t WHERE a = 1", "! Expected data manipulation @1:10"},
        {"UPDATE t WHERE a = 1 SET b = 1", "! Expected data manipulation @1:10"},
        {"UPDATE t ADD b 1", "! Expected data manipulation @1:10"},
        {"UPDATE t DELETE b", "! Expected data manipulation @1:10"},
        {"UPDATE t, u SET b = 1", "! Expected data manipulation @1:9"},
        {"UPDATE my-table SET b = 1", "! Expected data manipulation @1:10"},
        {"SELECT VALUE FROM t", "! Expected data manipulation @1:20"},
        {"FROM t DELETE", "! Expected data manipulation @1:8"},
        {"UPDATE t RETURNING ALL OLD *", "! Expected data manipulation @1:10"},
    });
}

TEST_CASE("Faults: a simple path is wanted", "[grammar][statements]") {
    check_statements({
        {"INSERT INTO", "! Expected identifier for simple path @1:12"},
        {"INSERT INTO 't' VALUE {'a':1}", "! Expected identifier for simple path @1:13"},
        {"UPDATE", "! Expected identifier for simple path @1:7"},
        {"UPDATE 't' SET a = 1", "! Expected identifier for simple path @1:8"},
        {"UPDATE (t) SET a = 1", "! Expected identifier for simple path @1:8"},
        {"DELETE FROM", "! Expected identifier for simple path @1:12"},
        {"DELETE FROM ;", "! Expected identifier for simple path @1:13"},
        {"DELETE FROM WHERE a = 1", "! Expected identifier for simple path @1:13"},
        {"UPDATE t SET", "! Expected identifier for simple path @1:13"},
        {"UPDATE t SET ,b = 1", "! Expected identifier for simple path @1:14"},
        {"UPDATE t SET b = 1,", "! Expected identifier for simple path @1:20"},
        {"UPDATE t SET b = 1, WHERE c = 1", "! Expected identifier for simple path @1:21"},
        {"UPDATE t SET 'b' = 1", "! Expected identifier for simple path @1:14"},
        {"UPDATE t SET (b) = 1", "! Expected identifier for simple path @1:14"},
        {"UPDATE t SET 1 = 1", "! Expected identifier for simple path @1:14"},
        {"UPDATE t SET @a = 1", "! Expected identifier for simple path @1:14"},
        {"UPDATE t SET size = 1", "! Expected identifier for simple path @1:14"},
        {"UPDATE t REMOVE", "! Expected identifier for simple path @1:16"},
        {"UPDATE t REMOVE 'b'", "! Expected identifier for simple path @1:17"},
        {"UPDATE t SET l[?] = 1", "! Invalid path component for simple path @1:16"},
        {"UPDATE t SET l[1+1] = 1", "! Invalid path component for simple path @1:16"},
        {"UPDATE t SET l[*] = 1", "! Invalid path component for simple path @1:16"},
        {"UPDATE t SET l[a.b] = 1", "! Invalid path component for simple path @1:16"},
        {"UPDATE t SET l[@a] = 1", "! Invalid path component for simple path @1:16"},
        {"UPDATE t SET l[f(a)] = 1", "! Invalid path component for simple path @1:16"},
        {"UPDATE t SET l[[0]] = 1", "! Invalid path component for simple path @1:16"},
        {"UPDATE t REMOVE l[?]", "! Invalid path component for simple path @1:19"},
        {"UPDATE t SET l.* = 1", "! Invalid path dot component for simple path @1:16"},
        {"INSERT INTO t.* VALUE {'a':1}", "! Invalid path dot component for simple path @1:15"},
        {"UPDATE t SET b", "! Expected '=' @1:15"},
        {"UPDATE t SET b 1", "! Expected '=' @1:16"},
        {"UPDATE t SET b <> 1", "! Expected '=' @1:16"},
        {"UPDATE t SET b += 1", "! Expected '=' @1:16"},
        {"UPDATE t SET f(b) = 1", "! Expected '=' @1:15"},
    });
}

TEST_CASE("Faults: FROM is wanted", "[grammar][statements]") {
    check_statements({
        {"SELECT *", "! Expected FROM after SELECT list @1:9"},
        {"SELECT * FORM t", "! Expected FROM after SELECT list @1:10"},
        {"SELECT * WHERE a = 1", "! Expected FROM after SELECT list @1:10"},
        {"SELECT a b c FROM t", "! Expected FROM after SELECT list @1:12"},
        {"SELECT TOP 1 a FROM t", "! Expected FROM after SELECT list @1:12"},
        {"SELECT * AS x FROM t", "! Expected FROM after SELECT list @1:10"},
        {"SELECT m.1 FROM t", "! Expected FROM after SELECT list @1:9"},
        {"SELECT VALUE a, b FROM t", "! Expected FROM after SELECT list @1:15"},
        {"DELETE", "! Expected FROM after DELETE @1:7"},
        {"DELETE t", "! Expected FROM after DELETE @1:8"},
        {"DELETE * FROM t", "! Expected FROM after DELETE @1:8"},
        {"DELETE a FROM t", "! Expected FROM after DELETE @1:8"},
    });
}

TEST_CASE("Faults: stars of a select list", "[grammar][statements]") {
    check_statements({
        {"SELECT *, a FROM t",
         "! Other expressions may not be present in the select list when '*' is used without dot notation. @1:8"},
        {"SELECT a, * FROM t",
         "! Other expressions may not be present in the select list when '*' is used without dot notation. @1:11"},
        {"SELECT *, * FROM t",
         "! Other expressions may not be present in the select list when '*' is used without dot notation. @1:8"},
        {"SELECT m[*] FROM t", "! Invalid use of * in select list @1:10"},
        {"SELECT m[*].a FROM t", "! Invalid use of * in select list @1:10"},
        {"SELECT a.*.b FROM t", "! Invalid use of * in select list @1:10"},
        {"SELECT a.*[*] FROM t", "! Invalid use of * in select list @1:12"},
        {"SELECT a[1].* FROM t", "! Cannot use [] and * together in SELECT list expression @1:9"},
        {"SELECT a[b.*] FROM t", "! Cannot use [] and * together in SELECT list expression @1:9"},
        {"SELECT (a[1].*) FROM t", "! Cannot use [] and * together in SELECT list expression @1:10"},
        {"SELECT a[(SELECT b FROM t LIMIT c[*])] FROM t", "! Invalid use of * in select list @1:35"},
        {"SELECT m[*]", "! Invalid use of * in select list @1:10"},
    });
}

TEST_CASE("Faults: words of statements in a select list", "[grammar][statements]") {
    check_statements({
        {"SELECT FROM t",
         "! Expected identifier or an expression but found unexpected keyword 'from' in a select list. @1:8"},
        {"SELECT a, FROM t",
         "! Expected identifier or an expression but found unexpected keyword 'from' in a select list. @1:11"},
        {"SELECT ALL FROM t",
         "! Expected identifier or an expression but found unexpected keyword 'from' in a select list. @1:12"},
        {"SELECT WHERE a = 1",
         "! Expected identifier or an expression but found unexpected keyword 'where' in a select list. @1:8"},
        {"SELECT SET a = 1",
         "! Expected identifier or an expression but found unexpected keyword 'set' in a select list. @1:8"},
        {"SELECT REMOVE a",
         "! Expected identifier or an expression but found unexpected keyword 'remove' in a select list. @1:8"},
        {"SELECT SELECT a FROM t",
         "! Expected identifier or an expression but found unexpected keyword 'select' in a select list. @1:8"},
        {"SELECT UPDATE t",
         "! Expected identifier or an expression but found unexpected keyword 'update' in a select list. @1:8"},
        {"SELECT DELETE FROM t",
         "! Expected identifier or an expression but found unexpected keyword 'delete' in a select list. @1:8"},
        {"SELECT INSERT INTO t VALUE 1",
         "! Expected identifier or an expression but found unexpected keyword 'insert_into' in a select list. @1:8"},
    });
}

TEST_CASE("Faults: steps of a path", "[grammar][statements]") {
    check_statements({
        {"a.", "! Invalid path dot component @1:3"},
        {"a..b", "! Invalid path dot component @1:3"},
        {"a.'b'", "! Invalid path dot component @1:3"},
        {"a.[1]", "! Invalid path dot component @1:3"},
        {"a.?", "! Invalid path dot component @1:3"},
        {"a.date", "! Invalid path dot component @1:3"},
        {"a.INNER", "! Invalid path dot component @1:3"},
        {"a.@b", "! Invalid path dot component @1:3"},
        {"a.()", "! Invalid path dot component @1:3"},
        {"UPDATE t SET a. = 1", "! Invalid path dot component @1:17"},
        {"a[1", "! Expected RIGHT_BRACKET @1:4"},
        {"a[* 1]", "! Expected RIGHT_BRACKET @1:5"},
    });
}

TEST_CASE("Faults: something is not closed", "[grammar][statements]") {
    check_statements({
        {"(a = 1", "! Expected RIGHT_PAREN @1:7"},
        {"a IN (1", "! Expected RIGHT_PAREN @1:8"},
        {"(a b)", "! Expected RIGHT_PAREN @1:4"},
        {"EXISTS(SELECT * FROM t", "! Expected RIGHT_PAREN @1:23"},
        {"[1", "! Expected RIGHT_BRACKET @1:3"},
        {"[1 2]", "! Expected RIGHT_BRACKET @1:4"},
        {"a[0 = 1", "! Expected RIGHT_BRACKET @1:8"},
        {"{'a':1", "! Expected RIGHT_CURLY @1:7"},
        {"{'a':1 'b':2}", "! Expected RIGHT_CURLY @1:8"},
        {"<<1", "! Expected RIGHT_DOUBLE_ANGLE_BRACKET @1:4"},
        {"<<1 2>>", "! Expected RIGHT_DOUBLE_ANGLE_BRACKET @1:5"},
        {"{'a'}", "! Expected COLON @1:5"},
        {"{'a' 1}", "! Expected COLON @1:6"},
        {"f(a b)", "! Expected RIGHT_PAREN @1:5"},
        {"(1;)", "! Expected RIGHT_PAREN @1:3"},
    });
}

TEST_CASE("Faults: BETWEEN, LIKE, IS", "[grammar][statements]") {
    check_statements({
        {"a BETWEEN 1", "! Expected AND keyword @1:12"},
        {"a BETWEEN 1 OR 2", "! Expected AND keyword @1:13"},
        {"a BETWEEN b = 1 AND 2", "! Expected AND keyword @1:13"},
        {"a BETWEEN 1 AND", "! Expected expression after AND @1:13"},
        {"a BETWEEN 1 AND ;", "! Expected expression after AND @1:13"},
        {"a BETWEEN 1 AND )", "! Unexpected term @1:17"},
        {"a BETWEEN 1 AND ; 'x'", "! Unexpected term @1:17"},
        {"a LIKE 'x' ESCAPE ; 1", "! Unexpected term @1:19"},
        {"a LIKE 'x' ESCAPE", "! Expected expression after ESCAPE @1:12"},
        {"a IS", "! Expected type name @1:5"},
        {"a IS NOT", "! Expected type name @1:9"},
        {"a IS FOO", "! Expected type name @1:6"},
        {"a IS 'x'", "! Expected type name @1:6"},
        {"a IS UNKNOWN", "! Expected type name @1:6"},
        {"a IS DOUBLE", "! Expected type name @1:6"},
        {"a IS VARCHAR(1,2)", "! is type argument character_varying must have arity of 0..1 @1:13"},
        {"a IS NOT VARCHAR(1,2)", "! is_not type argument character_varying must have arity of 0..1 @1:17"},
        {"a IS INT(1)", "! is type argument integer must have arity of 0..0 @1:9"},
        {"a IS DECIMAL(1,2,3)", "! is type argument decimal must have arity of 0..2 @1:13"},
        {"a IS VARCHAR('x')", "! Type parameter must be an unsigned integer literal @1:6"},
        {"a IS VARCHAR(-1)", "! Type parameter must be an unsigned integer literal @1:6"},
        {"a IS VARCHAR(1.5)", "! Type parameter must be an unsigned integer literal @1:6"},
        {"a IS VARCHAR(?)", "! Type parameter must be an unsigned integer literal @1:6"},
        {"a IS VARCHAR(2147483648)", "! Type parameter exceeded maximum value @1:14"},
        {"a IS VARCHAR(", "! Unexpected term @1:14"},
        {"a IS VARCHAR()", "! Unexpected term @1:14"},
        {"a IS TIME(10)", "! Expected integer value between 0 and 9 for precision @1:11"},
        {"a IS TIME WITH ZONE", "! Expected TIME keyword @1:16"},
        {"a IS TIME WITH TIME", "! Expected ZONE keyword @1:20"},
        {"a IS TIME ORDER", "! Expected WITH keyword @1:11"},
        {"a IS TIME(?)", "! Type parameter must be an unsigned integer literal @1:6"},
        {"a IS TIME(?) ORDER", "! Expected WITH keyword @1:14"},
        {"a IS TIME(10) ORDER", "! Expected integer value between 0 and 9 for precision @1:11"},
        {"a IS TIME(1, 2)", "! is type argument time must have arity of 0..1 @1:10"},
    });
}

// clang-format on

}  // namespace minamo::grammar
