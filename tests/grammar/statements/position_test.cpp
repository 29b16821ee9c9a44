// Where the parts of trees stand: faults of their meaning are told with these positions.
#include <initializer_list>
#include <string>
#include <variant>

#include "tests/grammar/statements/tree_text.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {
namespace {

Expression expression(std::string_view text) {
    ParsedStatement parsed = parse_statement(text);
    REQUIRE(parsed.has_value());
    REQUIRE(std::holds_alternative<Expression>(parsed->node));
    return std::get<Expression>(std::move(parsed->node));
}

}  // namespace

TEST_CASE("Positions: leaves have that of their token, quotes and all", "[grammar][statements]") {
    for (const StatementRow& row : std::initializer_list<StatementRow>{
             {"a", "1:1:1"},
             {" \"v\"", "1:2:3"},
             {"'it''s'", "1:1:7"},
             {"'\xC3\xA9'", "1:1:3"},
             {"\n\t12.5", "2:2:4"},
             {"- 1", "1:3:1"},
             {"?", "1:1:1"},
             {"`[1]`", "1:1:5"},
             {"missing", "1:1:7"},
             {"DATE '2020-01-01'", "1:6:12"},
         }) {
        INFO(row.text);
        CHECK(at_text(expression(row.text).at) == row.expected);
    }
}

TEST_CASE("Positions: what is composed has that of its first token or of its operator", "[grammar][statements]") {
    for (const StatementRow& row : std::initializer_list<StatementRow>{
             {"begins_with(a, 'b')", "1:1:11"},
             {"count(*)", "1:1:5"},
             {"a + b", "1:3:1"},
             {"a = b + c", "1:3:1"},
             {"a AND b", "1:3:3"},
             {"a AND b AND c", "1:9:3"},
             {"a NOT IN (1)", "1:3:3"},
             {"a IS NOT NULL", "1:3:2"},
             {"a BETWEEN 1 AND 2", "1:3:7"},
             {"NOT a", "1:1:3"},
             {"- a", "1:1:1"},
             {"cast(a AS INT)", "1:5:1"},
             {"[1]", "1:1:1"},
             {"{'a': 1}", "1:1:1"},
             {"<<1>>", "1:1:2"},
             {"(1, 2)", "1:1:1"},
             {"bag(1)", "1:1:3"},
             {"a.b[0]", "1:1:1"},
             {"(a).b", "1:2:1"},
             {"@a.b", "1:2:1"},
             {"CASE a WHEN 1 THEN 2 END", "1:1:4"},
         }) {
        INFO(row.text);
        CHECK(at_text(expression(row.text).at) == row.expected);
    }
}

TEST_CASE("Positions: steps of paths have their own", "[grammar][statements]") {
    const Expression path = expression("a.\"b\"[-1].*[*]['k'][c + 1]");
    REQUIRE(path.parts.size() == 7);
    const char* const expected[] = {"1:1:1", "1:3:3", "1:8:1", "1:11:1", "1:13:1", "1:16:3", "1:23:1"};
    for (std::size_t i = 0; i < path.parts.size(); ++i) CHECK(at_text(path.parts[i].at) == expected[i]);
}

TEST_CASE("Positions: statements have that of their first word", "[grammar][statements]") {
    CHECK(at_text(std::get<Select>(parse_statement(" (SELECT a FROM t)")->node).at) == "1:3:6");
    CHECK(at_text(std::get<Manipulation>(parse_statement("\nUPDATE t SET a = 1")->node).at) == "2:1:6");
    CHECK(at_text(std::get<Manipulation>(parse_statement("FROM t SET a = 1")->node).at) == "1:1:4");
    CHECK(at_text(std::get<Manipulation>(parse_statement("DELETE FROM t")->node).at) == "1:1:6");
    CHECK(at_text(std::get<Manipulation>(parse_statement("INSERT INTO t VALUE {}")->node).at) == "1:1:6");
}

TEST_CASE("Parameters: they are counted in text order", "[grammar][statements]") {
    const ParsedStatement parsed = parse_statement("UPDATE t SET a = ?, b = f(?, [?]) WHERE c = ? AND ? = '?'");
    REQUIRE(parsed.has_value());
    CHECK(parsed->parameters == 5);
    CHECK(tree_text(*parsed) == "FROM t; SET a = ?0; SET b = f(?1, [?2]); WHERE (and (= c ?3) (= ?4 '?'))");
}

}  // namespace minamo::grammar
