// Words of the language that stand unquoted where a name could: what each place says of them.
#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "tests/grammar/statements/all_keywords.hpp"
#include "tests/grammar/statements/tree_text.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

std::string lower(std::string_view word) {
    std::string out(word);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return out;
}

// What is said of the word where a term is wanted, with `=` behind it; nothing of those that begin a construct.
std::string text_of_operand(std::string_view word) {
    if (is_one_of(word, {"AND", "BETWEEN", "EXCEPT", "IN", "INTERSECT", "IS", "LIKE", "OR", "UNION", "NOT"})) {
        return word == "NOT" ? "" : "Unexpected operator";
    }
    if (is_one_of(word, {"AS", "ASC", "AT", "BY", "DESC", "FOR", "FIRST", "LAST"})) return "Unexpected term";
    if (is_one_of(word, {"CASE", "FROM", "PIVOT", "SELECT", "TRUE", "FALSE", "NULL", "MISSING", "CREATE", "DROP",
                         "DELETE", "SET", "REMOVE", "UPDATE", "EXEC"})) {
        return "";
    }
    if (word == "DATE") return "Expected date string followed by the keyword DATE, found SYMBOL";
    if (word == "TIME") {
        return "Expected time string followed by the keyword TIME OR TIME WITH TIME ZONE, found SYMBOL";
    }
    if (is_one_of(word, {"CAST", "COALESCE", "NULLIF", "CAN_CAST", "CAN_LOSSLESS_CAST"})) {
        return "Missing left parenthesis after " + lower(word);
    }
    if (is_one_of(word, {"DATE_ADD", "DATE_DIFF", "EXTRACT", "SUBSTRING", "TRIM"})) return "Expected LEFT_PAREN";
    if (word == "VALUES") return "Expected LEFT_PAREN for row value constructor";
    return "Unexpected keyword";
}

std::string reason(const std::string& text) {
    const ParsedStatement parsed = parse_statement(text);
    return parsed ? "" : parsed.error().reason;
}

}  // namespace

TEST_CASE("Keywords: there are 252 words", "[grammar][statements]") {
    CHECK(std::size(all_keywords) == 252);
    CHECK(std::ranges::is_sorted(all_keywords));
}

TEST_CASE("Keywords: as an operand each says what it is", "[grammar][statements]") {
    for (const std::string_view word : all_keywords) {
        const std::string expected = text_of_operand(word);
        if (expected.empty()) continue;
        INFO(word);
        CHECK(reason("SELECT * FROM t WHERE " + std::string(word) + " = 1") == expected);
        CHECK(reason("SELECT * FROM t WHERE " + lower(word) + " = 1") == expected);
        CHECK(reason("SELECT * FROM t ORDER BY " + lower(word)) == expected);
    }
}

TEST_CASE("Keywords: none is the name of a step or of a simple path", "[grammar][statements]") {
    for (const std::string_view word : all_keywords) {
        INFO(word);
        CHECK(reason("SELECT * FROM t WHERE a." + std::string(word) + " = 1") == "Invalid path dot component");
        CHECK(reason("UPDATE t SET " + std::string(word) + " = 1") == "Expected identifier for simple path");
        CHECK(reason("UPDATE t REMOVE " + std::string(word)) == "Expected identifier for simple path");
        CHECK(reason("DELETE FROM " + std::string(word)) == "Expected identifier for simple path");
    }
}

TEST_CASE("Keywords: quoted, each is a name", "[grammar][statements]") {
    for (const std::string_view word : all_keywords) {
        const std::string name = "\"" + std::string(word) + "\"";
        INFO(word);
        CHECK(statement_outcome(name) == name);
        std::string select = "SELECT ";
        select.append(name).append(" FROM t WHERE a.").append(name);
        CHECK(statement_outcome(select) == select);
    }
}

TEST_CASE("Keywords: few are functions", "[grammar][statements]") {
    for (const std::string_view word : all_keywords) {
        const bool function = is_one_of(
            word,
            {"AVG",    "BAG", "BIT_LENGTH", "CHARACTER_LENGTH", "CHAR_LENGTH", "COALESCE", "COUNT", "EXISTS", "LIST",
             "LOWER",  "MAX", "MIN",        "OCTET_LENGTH",     "SEXP",        "SIZE",     "SUM",   "TRIM",   "UPPER",
             "VALUES", "NOT"});
        INFO(word);
        if (function) {
            CHECK(reason(std::string(word) + "(a)").empty());
        } else if (text_of_operand(word) == "Unexpected keyword") {
            CHECK(reason(std::string(word) + "(a)") == "Unexpected keyword");
        }
    }
}

TEST_CASE("Keywords: few are types", "[grammar][statements]") {
    for (const std::string_view word : all_keywords) {
        const bool type = is_one_of(
            word, {"ANY",     "BAG",     "BLOB",   "BOOL",   "BOOLEAN", "CHAR",     "CHARACTER", "CLOB",      "DATE",
                   "DEC",     "DECIMAL", "FLOAT",  "INT",    "INTEGER", "LIST",     "MISSING",   "NULL",      "NUMERIC",
                   "REAL",    "SEXP",    "STRING", "STRUCT", "SYMBOL",  "SMALLINT", "TIME",      "TIMESTAMP", "TUPLE",
                   "VARCHAR", "INT2",    "INT4",   "INT8",   "BIGINT",  "INTEGER2", "INTEGER4",  "INTEGER8"});
        INFO(word);
        const std::string expected = type ? "" : "Expected type name";
        if (word == "NOT") continue;
        CHECK(reason("a IS " + std::string(word)) == expected);
        CHECK(reason("a IS NOT " + std::string(word)) == expected);
    }
}

}  // namespace minamo::grammar
