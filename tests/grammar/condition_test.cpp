// Trees of conditions.
#include <memory>
#include <variant>

#include "tests/grammar/outcome.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {
namespace {

template <class Node>
const Node& node(const Condition& condition) {
    REQUIRE(std::holds_alternative<Node>(condition.node));
    return std::get<Node>(condition.node);
}

const Path& path(const Operand& operand) {
    REQUIRE(std::holds_alternative<Path>(operand));
    return std::get<Path>(operand);
}

std::uint16_t value_slot(const Operand& operand) {
    REQUIRE(std::holds_alternative<ValueSlot>(operand));
    return std::get<ValueSlot>(operand).slot;
}

const Function& function(const Operand& operand) {
    REQUIRE(std::holds_alternative<std::unique_ptr<const Function>>(operand));
    return *std::get<std::unique_ptr<const Function>>(operand);
}

}  // namespace

TEST_CASE("Condition: every form parses", "[grammar][condition]") {
    const OutcomeRow rows[] = {
        {"a = :v", "a = :v"},
        {"a<>:v", "a <> :v"},
        {"a<:v", "a < :v"},
        {"a<=:v", "a <= :v"},
        {"a>:v", "a > :v"},
        {"a>=:v", "a >= :v"},
        {":v = a", ":v = a"},
        {":v = :v", ":v = :v"},
        {"a = b", "a = b"},
        {"a between :l and :h", "a BETWEEN :l AND :h"},
        {":v BETWEEN a AND b", ":v BETWEEN a AND b"},
        {"a BETWEEN (:l) AND (:h)", "a BETWEEN :l AND :h"},
        {"a IN (:v)", "a IN (:v)"},
        {"a in(:v,b , #c)", "a IN (:v, b, #c)"},
        {"a IN ((:v))", "a IN (:v)"},
        {"a IN ((:v), (:w))", "a IN (:v, :w)"},
        {"(a) IN (:v)", "a IN (:v)"},
        {"attribute_exists(a)", "attribute_exists(a)"},
        {"attribute_not_exists ( a . b )", "attribute_not_exists(a.b)"},
        {"attribute_type(a, :t)", "attribute_type(a, :t)"},
        {"begins_with(a, :p)", "begins_with(a, :p)"},
        {"contains(a, :v)", "contains(a, :v)"},
        {"contains((a), (:v))", "contains(a, :v)"},
        {"size(a) > :n", "size(a) > :n"},
        {"size((a)) = :v", "size(a) = :v"},
        {"(size(a)) = :v", "size(a) = :v"},
        {":n < size(a)", ":n < size(a)"},
        {"size(a) = size(b)", "size(a) = size(b)"},
        {"size(a) BETWEEN :l AND :h", "size(a) BETWEEN :l AND :h"},
        {"size(a) IN (:v, size(b))", "size(a) IN (:v, size(b))"},
        {"a BETWEEN size(b) AND size(c)", "a BETWEEN size(b) AND size(c)"},
        {"NOT a = :v", "NOT a = :v"},
        {"not not a = :v", "NOT NOT a = :v"},
        {"NOT contains(a, :v)", "NOT contains(a, :v)"},
        {"(a) = :v", "a = :v"},
        {"a = (:v)", "a = :v"},
        {"((a) = :v)", "a = :v"},
        {"((a) = :v) AND b = :w", "a = :v AND b = :w"},
        {"(contains(a, :v))", "contains(a, :v)"},
        {"#a = :v", "#a = :v"},
        {"#a.b[0].#c[12][3] = :v", "#a.b[0].#c[12][3] = :v"},
        {"a [ 0 ] . b = :v", "a[0].b = :v"},
        {"a[2147483647] = :v", "a[2147483647] = :v"},
        {"#0=:0", "#0 = :0"},
    };
    for (const OutcomeRow& row : rows) {
        INFO(row.text);
        CHECK(condition(row.text) == row.expected);
    }
}

TEST_CASE("Condition: NOT binds tighter than AND, AND tighter than OR", "[grammar][condition]") {
    const OutcomeRow rows[] = {
        {"a=:v OR b=:v AND c=:v", "a = :v OR b = :v AND c = :v"},
        {"(a=:v OR b=:v) AND c=:v", "(a = :v OR b = :v) AND c = :v"},
        {"a=:v OR (b=:v AND c=:v)", "a = :v OR b = :v AND c = :v"},
        {"(a=:v AND b=:v) OR c=:v", "a = :v AND b = :v OR c = :v"},
        {"a=:v AND (b=:v OR c=:v)", "a = :v AND (b = :v OR c = :v)"},
        {"NOT a=:v AND b=:v", "NOT a = :v AND b = :v"},
        {"NOT (a=:v AND b=:v)", "NOT (a = :v AND b = :v)"},
        {"NOT (a=:v OR b=:v)", "NOT (a = :v OR b = :v)"},
        {"NOT (a=:v)", "NOT a = :v"},
        {"NOT (NOT a=:v)", "NOT NOT a = :v"},
        {"(NOT a=:v) AND b=:v", "NOT a = :v AND b = :v"},
        {"a=:v OR NOT b=:v AND c=:v", "a = :v OR NOT b = :v AND c = :v"},
        {"a=:v AND (b=:v AND c=:v)", "a = :v AND (b = :v AND c = :v)"},
        {"(a=:v AND b=:v) AND c=:v", "(a = :v AND b = :v) AND c = :v"},
        {"(a=:v OR b=:v) OR c=:v", "(a = :v OR b = :v) OR c = :v"},
        {"((a=:v) AND (b=:v))", "a = :v AND b = :v"},
        {"((a=:v) OR b=:v)", "a = :v OR b = :v"},
        {"a BETWEEN :l AND :h AND b=:v", "a BETWEEN :l AND :h AND b = :v"},
        {"NOT a BETWEEN :l AND :h OR b=:v", "NOT a BETWEEN :l AND :h OR b = :v"},
    };
    for (const OutcomeRow& row : rows) {
        INFO(row.text);
        CHECK(condition(row.text) == row.expected);
    }
}

TEST_CASE("Condition: precedence shapes the tree", "[grammar][condition]") {
    const auto tree = parse_condition("NOT a = :v AND b = :v OR c = :v OR d = :v");
    REQUIRE(tree);
    const auto& either = node<Disjunction>(tree->root);
    REQUIRE(either.conditions.size() == 3);
    const auto& both = node<Conjunction>(either.conditions[0]);
    REQUIRE(both.conditions.size() == 2);
    const auto& negated = node<Negation>(both.conditions[0]);
    CHECK(path(node<Comparison>(*negated.condition).left) == Path{{"a"}});
    CHECK(path(node<Comparison>(both.conditions[1]).left) == Path{{"b"}});
    CHECK(path(node<Comparison>(either.conditions[1]).left) == Path{{"c"}});
    CHECK(path(node<Comparison>(either.conditions[2]).left) == Path{{"d"}});
}

TEST_CASE("Condition: conditions joined by one word are one node", "[grammar][condition]") {
    const auto flat = parse_condition("a = :v AND b = :v AND c = :v");
    REQUIRE(flat);
    CHECK(node<Conjunction>(flat->root).conditions.size() == 3);
    const auto nested = parse_condition("a = :v AND (b = :v AND c = :v)");
    REQUIRE(nested);
    const auto& outer = node<Conjunction>(nested->root);
    REQUIRE(outer.conditions.size() == 2);
    CHECK(node<Conjunction>(outer.conditions[1]).conditions.size() == 2);
}

TEST_CASE("Condition: a lone condition is not wrapped", "[grammar][condition]") {
    const auto tree = parse_condition("(a = :v)");
    REQUIRE(tree);
    CHECK(node<Comparison>(tree->root).comparator == Comparator::eq);
}

TEST_CASE("Condition: every comparator has its own node value", "[grammar][condition]") {
    const std::pair<std::string_view, Comparator> rows[] = {
        {"a = :v", Comparator::eq},  {"a <> :v", Comparator::ne}, {"a < :v", Comparator::lt},
        {"a <= :v", Comparator::le}, {"a > :v", Comparator::gt},  {"a >= :v", Comparator::ge},
    };
    for (const auto& [text, comparator] : rows) {
        INFO(text);
        const auto tree = parse_condition(text);
        REQUIRE(tree);
        CHECK(node<Comparison>(tree->root).comparator == comparator);
    }
}

TEST_CASE("Condition: operands keep their places", "[grammar][condition]") {
    const auto between = parse_condition(":a BETWEEN :b AND :c");
    REQUIRE(between);
    const auto& range = node<Between>(between->root);
    CHECK(value_slot(range.operand) == 0);
    CHECK(value_slot(range.low) == 1);
    CHECK(value_slot(range.high) == 2);

    const auto in = parse_condition(":a IN (:b, size(:c), :d)");
    REQUIRE(in);
    const auto& list = node<In>(in->root);
    CHECK(value_slot(list.operand) == 0);
    REQUIRE(list.candidates.size() == 3);
    CHECK(value_slot(list.candidates[0]) == 1);
    CHECK(function(list.candidates[1]).name == FunctionName::size);
    CHECK(value_slot(function(list.candidates[1]).arguments.at(0)) == 2);
    CHECK(value_slot(list.candidates[2]) == 3);
}

TEST_CASE("Condition: functions keep all their arguments", "[grammar][condition]") {
    const auto tree = parse_condition("contains(a, :x, size(b, :y), :z)");
    REQUIRE(tree);
    const auto& call = node<Function>(tree->root);
    CHECK(call.name == FunctionName::contains);
    REQUIRE(call.arguments.size() == 4);
    CHECK(path(call.arguments[0]) == Path{{"a"}});
    CHECK(value_slot(call.arguments[1]) == 0);
    CHECK(function(call.arguments[2]).arguments.size() == 2);
    CHECK(value_slot(call.arguments[3]) == 2);
}

TEST_CASE("Condition: what binding refuses still parses", "[grammar][condition]") {
    for (const std::string_view text :
         {"size(size(a)) = :v", "size(a, b) = :undefined", "size(:v) = :v", "attribute_exists(:v)",
          "attribute_exists(size(a))", "begins_with(a)", "attribute_type(a, b)", "a = a", "a BETWEEN :v AND :v"}) {
        CHECK(condition(text) == text);
    }
}

TEST_CASE("Condition: a placeholder has one slot however often it is written", "[grammar][condition]") {
    const auto tree = parse_condition("#b = :y AND #a.#b = :x OR size(#a) IN (:y, :x, :z)");
    REQUIRE(tree);
    CHECK(tree->placeholders.names == std::vector<std::string>{"#b", "#a"});
    CHECK(tree->placeholders.values == std::vector<std::string>{":y", ":x", ":z"});
    const auto& either = node<Disjunction>(tree->root);
    const auto& second = node<Comparison>(node<Conjunction>(either.conditions[0]).conditions[1]);
    CHECK(path(second.left) == Path{{NameSlot{1}, NameSlot{0}}});
    CHECK(value_slot(second.right) == 1);
}

TEST_CASE("Condition: groups that are looked at twice give each slot once", "[grammar][condition]") {
    const auto tree = parse_condition("((#a) = (:v) AND ((#b) = :w OR (contains(#a, :v))))");
    REQUIRE(tree);
    CHECK(tree->placeholders.names == std::vector<std::string>{"#a", "#b"});
    CHECK(tree->placeholders.values == std::vector<std::string>{":v", ":w"});
    CHECK(print(*tree) == "#a = :v AND (#b = :w OR contains(#a, :v))");
}

TEST_CASE("Condition: placeholders are case-sensitive", "[grammar][condition]") {
    const auto tree = parse_condition("#a = :v AND #A = :V");
    REQUIRE(tree);
    CHECK(tree->placeholders.names == std::vector<std::string>{"#a", "#A"});
    CHECK(tree->placeholders.values == std::vector<std::string>{":v", ":V"});
}

TEST_CASE("Condition: a path keeps the order of its steps", "[grammar][condition]") {
    const auto tree = parse_condition("a.#n[7].b = :v");
    REQUIRE(tree);
    CHECK(path(node<Comparison>(tree->root).left) == Path{{"a", NameSlot{0}, ListIndex{7}, "b"}});
}

}  // namespace minamo::grammar
