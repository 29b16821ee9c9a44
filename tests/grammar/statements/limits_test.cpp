// How deep and how long statements may be, and that no bytes whatever do harm.
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>

#include "tests/grammar/outcome.hpp"
#include "tests/grammar/statements/make_statements.hpp"
#include "tests/grammar/statements/tree_text.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {
namespace {

constexpr int statement_length_max = 8192;
const std::string too_deep = "! The statement is nested more than 256 levels deep.";
const std::string too_long = "! The statement chains more than 1024 operators.";

bool parses(const std::string& text) {
    return parse_statement(text).has_value();
}

// Without the position.
std::string fault(const std::string& text) {
    const std::string outcome = statement_outcome(text);
    return outcome.substr(0, outcome.rfind(" @"));
}

}  // namespace

TEST_CASE("Nesting: 256 levels are the most", "[grammar][statements]") {
    struct Row {
        std::string_view open;
        std::string_view middle;
        std::string_view close;
    };
    for (const Row& row : std::initializer_list<Row>{{"(", "a", ")"},
                                                     {"[", "a", "]"},
                                                     {"{'k': ", "a", "}"},
                                                     {"<<", "a", ">>"},
                                                     {"f(", "a", ")"},
                                                     {"a[", "0", "]"},
                                                     {"NOT ", "a", ""},
                                                     {"- ", "a", ""},
                                                     {"CASE ", "a", " WHEN b THEN c END"},
                                                     {"cast(", "a", " AS INT)"}}) {
        INFO(row.open);
        CHECK(parses(repeat(row.open, 256) + std::string(row.middle) + repeat(row.close, 256)));
        CHECK(fault(repeat(row.open, 257) + std::string(row.middle) + repeat(row.close, 257)) == too_deep);
        CHECK(fault(repeat(row.open, 8192 / static_cast<int>(row.open.size()))) == too_deep);
    }
}

TEST_CASE("Nesting: the right side of an operator is a level", "[grammar][statements]") {
    for (const std::string_view open : {"a = (", "a AND (", "a OR [", "a + f("}) {
        INFO(open);
        const std::string_view close = open.ends_with('[') ? "]" : ")";
        CHECK(parses(repeat(open, 128) + "a" + repeat(close, 128)));
        CHECK(fault(repeat(open, 129) + "a" + repeat(close, 129)) == too_deep);
    }
    CHECK(fault(repeat("a OR b AND c = d < e + f * (", 256) + "a" + repeat(")", 256)) == too_deep);
}

TEST_CASE("Nesting: sources count", "[grammar][statements]") {
    CHECK(parses("SELECT * FROM " + repeat("(", 200) + "t" + repeat(")", 200)));
    CHECK(fault("SELECT * FROM " + repeat("(", 300) + "t" + repeat(")", 300)) == too_deep);
    CHECK(fault("SELECT * FROM t" + repeat(" JOIN (u)", 300)) == too_deep);
    CHECK(fault("SELECT * FROM " + repeat("(SELECT * FROM ", 300)) == too_deep);
    CHECK(fault(repeat("FROM ", 300) + "t") == too_deep);
    CHECK(fault(repeat("SET a = ", 300) + "1") == too_deep);
}

TEST_CASE("Chains: AND and OR are as long as a statement", "[grammar][statements]") {
    const std::string ands = repeat("a", statement_length_max / 6, " AND ");
    const std::string ors = repeat("a=1 AND b", statement_length_max / 13, " OR ");
    CHECK(parses(ands));
    CHECK(parses(ors));
    CHECK(parses("SELECT * FROM t WHERE " + ors));
    CHECK(std::get<Expression>(parse_statement(ands)->node).parts.size() == statement_length_max / 6);
}

TEST_CASE("Chains: 1,024 operators of other kinds are the most", "[grammar][statements]") {
    for (const std::string_view sign : {"+", "-", "||", "=", "<", " IS NULL OR a =", " UNION "}) {
        INFO(sign);
        if (sign.find("OR") != std::string_view::npos) {
            CHECK(parses(repeat("a", 300, sign)));
            continue;
        }
        CHECK(parses(repeat("a", 1025, sign)));
        CHECK(fault(repeat("a", 1026, sign)) == too_long);
        CHECK(fault(repeat("a", statement_length_max / 2, sign)) == too_long);
    }
    CHECK(fault("a" + repeat(" IS NULL", 1025)) == too_long);
    CHECK(fault(repeat("a", 2000, " AND b OR ")).starts_with("(or (and"));
}

TEST_CASE("Chains: what is flat has no limit", "[grammar][statements]") {
    CHECK(parses("a" + repeat(".b", statement_length_max / 2)));
    CHECK(parses("a" + repeat("[0]", statement_length_max / 3)));
    CHECK(parses("[" + repeat("1", statement_length_max / 2, ",") + "]"));
    CHECK(parses("SELECT * FROM " + repeat("t", statement_length_max / 2, ",")));
    CHECK(parses("UPDATE t SET " + repeat("a=1", statement_length_max / 4, ",")));
}

TEST_CASE("Ion literals: what nests too deep is no token", "[grammar][statements]") {
    CHECK(parses("`" + repeat("[", 128) + repeat("]", 128) + "`"));
    CHECK(statement_outcome("`" + repeat("[", 129) + repeat("]", 129) + "`") == "!  @1:1");
    CHECK(statement_outcome("`" + repeat("{a:(", 4000) + "`") == "!  @1:1");
}

TEST_CASE("Robustness: random bytes do no harm", "[grammar][statements]") {
    const int rounds = is_sanitized ? 2000 : 20000;
    std::mt19937 random(7);
    const std::string_view likely = "abAB01'\"`?.,:;()[]{}<>=!|+-*/%@ \n\t\\";
    for (int i = 0; i < rounds; ++i) {
        std::string text(random() % 60, ' ');
        for (char& c : text) c = random() % 4 == 0 ? static_cast<char>(random()) : likely[random() % likely.size()];
        const ParsedStatement parsed = parse_statement(text);
        if (!parsed) CHECK(parsed.error().at.line <= text.size() + 1);
    }
}

TEST_CASE("Robustness: every beginning of a statement does no harm", "[grammar][statements]") {
    for (const std::string& statement : make_statements(11, is_sanitized ? 100 : 500)) {
        for (std::size_t length = 0; length < statement.size(); ++length) {
            const ParsedStatement parsed = parse_statement(std::string_view(statement).substr(0, length));
            if (!parsed) CHECK(parsed.error().at.line <= statement.size() + 1);
        }
    }
}

}  // namespace minamo::grammar
