// Groups that hold nothing but a group, and groups that nest too deep.
#include "tests/grammar/outcome.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {
namespace {

const std::string redundant = "! The expression has redundant parentheses;";

}  // namespace

TEST_CASE("Parentheses: a group of one group is redundant in a condition", "[grammar][parentheses]") {
    for (const std::string_view text : {
             "((a = :v))",
             "((a)) = :v",
             "a = ((:v))",
             "NOT ((a = :v))",
             "((NOT a = :v))",
             "((a = :v AND b = :v))",
             "a = :v AND ((b = :v))",
             "((a = :v)) OR b = :v",
             "(((a) = :v))",
             "(a = :v AND ((b = :v)))",
             "((size(a))) = :v",
             "a BETWEEN ((:l)) AND :h",
             "a BETWEEN :l AND ((:h))",
             "a IN (((:v)))",
             "a IN (:v, ((:w)))",
             "size(((a))) = :v",
             "contains(a, ((:v)))",
             "((contains(a, :v)))",
             "( ( a = :v ) )",
             "((a IN (:v)))",
             "a = :v AND (((((b = :v)))))",
         }) {
        INFO(text);
        CHECK(condition(text) == redundant);
    }
}

TEST_CASE("Parentheses: a group of one group is redundant in an update", "[grammar][parentheses]") {
    for (const std::string_view text :
         {"SET a = ((b))", "SET a = ((b + :v))", "SET a = ((b)) + :v", "SET a = b + ((:v))",
          "SET a = if_not_exists(a, ((:v)))", "SET a = (((b) + :v))", "SET a = :v, b = ((c))"}) {
        INFO(text);
        CHECK(update(text) == redundant);
    }
}

TEST_CASE("Parentheses: those of a list or a call are no group", "[grammar][parentheses]") {
    for (const std::string_view text : {
             "((a=:v) AND (b=:v))",
             "((a) = :v)",
             "((a=:v) OR b=:v)",
             "(a=:v OR (b=:v))",
             "a IN ((:v))",
             "size((a)) = :v",
             "(size((a))) = :v",
             "(contains((a), (:v)))",
             "((a) IN ((:v)))",
             "((a) = (:v))",
             "((a) BETWEEN (:l) AND (:h))",
             "(NOT (a = :v))",
             "(NOT (NOT (a = :v)))",
             "contains((size((a))), :v)",
         }) {
        INFO(text);
        CHECK(condition(text).front() != '!');
    }
    for (const std::string_view text : {"SET a = ((b) + (:v))", "SET a = (if_not_exists((a), (:v)))", "SET a = (b)"}) {
        INFO(text);
        CHECK(update(text).front() != '!');
    }
}

TEST_CASE("Parentheses: syntax comes before redundancy", "[grammar][parentheses]") {
    CHECK(condition("((a = :v)) b") == syntax("b", ") b"));
    CHECK(condition("((a = :v)") == syntax("<EOF>", ")"));
    CHECK(condition("a = :v AND ((b))") == syntax("<EOF>", ")"));
    CHECK(update("SET a = ((b)) c") == syntax("c", ") c"));
}

TEST_CASE("Parentheses: as many groups as operators allow", "[grammar][parentheses]") {
    const std::string nested = repeat("(NOT ", 299) + "a = :v" + repeat(")", 299);
    CHECK(condition(nested) == repeat("NOT ", 299) + "a = :v");
    const std::string side_by_side = repeat("((a)=(b))", 150, " OR ");
    CHECK(condition(side_by_side) == repeat("a = b", 150, " OR "));
}

TEST_CASE("Parentheses: no text may have more than 400 open at once", "[grammar][parentheses]") {
    const auto nots = [](int depth) { return repeat("(NOT ", depth) + "a=:v" + repeat(")", depth); };
    const auto groups = [](int depth) { return repeat("(", depth) + "a=:v" + repeat(")", depth); };
    const std::string too_many = "! The expression contains too many operators; operator count: 301";
    CHECK(condition(nots(400)) == too_many);
    CHECK(condition(nots(401)) == too_many);
    CHECK(condition(groups(400)) == redundant);
    CHECK(condition(groups(401)) == redundant);
    CHECK(condition(repeat("(", 400)) == syntax("<EOF>", "("));
    CHECK(condition(repeat("(", 401)) == syntax("<EOF>", "("));
    CHECK(condition(repeat("(", 4096)) == syntax("<EOF>", "("));
    CHECK(update("SET a = " + repeat("(", 401) + "b" + repeat(")", 401)) == redundant);
    CHECK(condition(repeat("(a=:v) AND ", 200) + "a=:v") == too_many);
}

}  // namespace minamo::grammar
