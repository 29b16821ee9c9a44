// Trees of updates.
#include <memory>
#include <variant>

#include "tests/grammar/outcome.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {
namespace {

template <class Action>
const Action& action(const UpdateExpression& tree, std::size_t position) {
    REQUIRE(position < tree.actions.size());
    REQUIRE(std::holds_alternative<Action>(tree.actions[position]));
    return std::get<Action>(tree.actions[position]);
}

// Null where the action sets no sum.
const Sum* sum_of(const UpdateExpression& tree, std::size_t position) {
    const auto* sum = std::get_if<std::unique_ptr<const Sum>>(&action<SetAction>(tree, position).value);
    return sum != nullptr ? sum->get() : nullptr;
}

}  // namespace

TEST_CASE("Update: every form parses", "[grammar][update]") {
    const OutcomeRow rows[] = {
        {"SET a = :v", "SET a = :v"},
        {"set a=:v", "SET a = :v"},
        {"SET a = b", "SET a = b"},
        {"SET a = (b)", "SET a = b"},
        {"SET a.#b[0] = :v", "SET a.#b[0] = :v"},
        {"SET a = :v, b = :w,c=d", "SET a = :v, b = :w, c = d"},
        {"SET a = a + :v", "SET a = a + :v"},
        {"SET a = a-:v", "SET a = a - :v"},
        {"SET a = :v + :w", "SET a = :v + :w"},
        {"SET a = (a + :v)", "SET a = a + :v"},
        {"SET a = (a) + (:v)", "SET a = a + :v"},
        {"SET a = ((a) + :v)", "SET a = a + :v"},
        {"SET a = ((a) - (:v))", "SET a = a - :v"},
        {"SET a = if_not_exists(a, :v)", "SET a = if_not_exists(a, :v)"},
        {"SET a = if_not_exists(a, :v) + :w", "SET a = if_not_exists(a, :v) + :w"},
        {"SET a = :w - if_not_exists(a, :v)", "SET a = :w - if_not_exists(a, :v)"},
        {"SET a = (if_not_exists(a, :v) + :w)", "SET a = if_not_exists(a, :v) + :w"},
        {"SET a = if_not_exists((a), (:v))", "SET a = if_not_exists(a, :v)"},
        {"SET a = if_not_exists(a, if_not_exists(b, :v))", "SET a = if_not_exists(a, if_not_exists(b, :v))"},
        {"SET a = list_append(a, :v)", "SET a = list_append(a, :v)"},
        {"SET a = list_append(if_not_exists(a, :e), :n)", "SET a = list_append(if_not_exists(a, :e), :n)"},
        {"REMOVE a", "REMOVE a"},
        {"remove a, b[1] ,#c", "REMOVE a, b[1], #c"},
        {"ADD a :v", "ADD a :v"},
        {"add a :v, b.c :w", "ADD a :v, b.c :w"},
        {"DELETE a :v", "DELETE a :v"},
        {"Delete a :v,#b :w", "DELETE a :v, #b :w"},
        {"SET a=:v REMOVE b ADD c :n DELETE d :s", "SET a = :v REMOVE b ADD c :n DELETE d :s"},
        {"DELETE d :s ADD c :n REMOVE b SET a=:v", "DELETE d :s ADD c :n REMOVE b SET a = :v"},
        {"REMOVE l[0] SET l[3]=:v", "REMOVE l[0] SET l[3] = :v"},
        {"SET begins_with = :v, contains = :w", "SET begins_with = :v, contains = :w"},
    };
    for (const OutcomeRow& row : rows) {
        INFO(row.text);
        CHECK(update(row.text) == row.expected);
    }
}

TEST_CASE("Update: actions stand in the order of the text", "[grammar][update]") {
    const auto tree = parse_update("DELETE d :s SET a = b - :n, c = :v REMOVE e, f ADD g :n");
    REQUIRE(tree);
    REQUIRE(tree->actions.size() == 6);
    CHECK(action<DeleteAction>(*tree, 0).path == Path{{"d"}});
    CHECK(std::get<ValueSlot>(action<DeleteAction>(*tree, 0).value) == ValueSlot{0});
    const auto& difference = action<SetAction>(*tree, 1);
    CHECK(difference.path == Path{{"a"}});
    const auto& value = *std::get<std::unique_ptr<const Sum>>(difference.value);
    CHECK(std::get<Path>(value.left) == Path{{"b"}});
    CHECK(value.arithmetic == Arithmetic::minus);
    CHECK(std::get<ValueSlot>(value.right) == ValueSlot{1});
    const auto& plain = action<SetAction>(*tree, 2);
    CHECK(plain.path == Path{{"c"}});
    CHECK(std::get<ValueSlot>(plain.value) == ValueSlot{2});
    CHECK(action<RemoveAction>(*tree, 3).path == Path{{"e"}});
    CHECK(action<RemoveAction>(*tree, 4).path == Path{{"f"}});
    CHECK(action<AddAction>(*tree, 5).path == Path{{"g"}});
    CHECK(std::get<ValueSlot>(action<AddAction>(*tree, 5).value) == ValueSlot{1});
}

TEST_CASE("Update: the sign of one value does not reach the next", "[grammar][update]") {
    const auto tree = parse_update("SET a = a + :v, b = :v, c = c - :v, d = (d)");
    REQUIRE(tree);
    CHECK(sum_of(*tree, 0)->arithmetic == Arithmetic::plus);
    CHECK(sum_of(*tree, 1) == nullptr);
    CHECK(sum_of(*tree, 2)->arithmetic == Arithmetic::minus);
    CHECK(sum_of(*tree, 3) == nullptr);
}

TEST_CASE("Update: a placeholder has one slot however often it is written", "[grammar][update]") {
    const auto tree = parse_update("SET #a = if_not_exists(#a, :z) + :n REMOVE #b.#a ADD #c :n");
    REQUIRE(tree);
    CHECK(tree->placeholders.names == std::vector<std::string>{"#a", "#b", "#c"});
    CHECK(tree->placeholders.values == std::vector<std::string>{":z", ":n"});
}

TEST_CASE("Update: what is no update is a syntax error", "[grammar][update]") {
    const SyntaxRow rows[] = {
        {"FOO a = :v", "FOO", "FOO a"},
        {"a = :v", "a", "a ="},
        {"SET", "<EOF>", "SET"},
        {"SET a", "<EOF>", "a"},
        {"SET a =", "<EOF>", "="},
        {"SET a = :v,", "<EOF>", ","},
        {"SET a = :v, REMOVE b", "REMOVE", ", REMOVE b"},
        {"SET a = :v b = :w", "b", ":v b ="},
        {"SET a = :v AND b = :w", "AND", ":v AND b"},
        {"SET (a) = :v", "(", "SET (a"},
        {"SET :a = :v", ":a", "SET :a ="},
        {"SET a + :v", "+", "a + :v"},
        {"SET a == :v", "=", "== :v"},
        {"SET a > :v", ">", "a > :v"},
        {"SET a = num + num + :v", "+", "num + :v"},
        {"SET a = (b + c) + :v", "+", ") + :v"},
        {"SET a = b + (c + :v)", "+", "c + :v"},
        {"SET a = b +", "<EOF>", "+"},
        {"SET a = + b", "+", "= + b"},
        {"SET a = -:v", "-", "= -:v"},
        {"SET a = b * :v", "*", "b * :v"},
        {"SET a = 1", "1", "= 1"},
        {"SET a = ()", ")", "()"},
        {"SET a = (b", "<EOF>", "b"},
        {"SET a = b)", ")", "b)"},
        {"SET a = if_not_exists()", ")", "()"},
        {"SET a = if_not_exists(a,)", ")", ",)"},
        {"SET a = if_not_exists(a :v)", ":v", "a :v)"},
        {"SET a = if_not_exists(a, b + :v)", "+", "b + :v"},
        {"SET f(a) = :v", "(", "f(a"},
        {"SET set = :v", "set", "SET set ="},
        {"REMOVE", "<EOF>", "REMOVE"},
        {"REMOVE :v", ":v", "REMOVE :v"},
        {"REMOVE (a)", "(", "REMOVE (a"},
        {"REMOVE a = :v", "=", "a = :v"},
        {"REMOVE a :v", ":v", "a :v"},
        {"REMOVE a b", "b", "a b"},
        {"REMOVE size(a)", "(", "size(a"},
        {"ADD a", "<EOF>", "a"},
        {"ADD a b", "b", "a b"},
        {"ADD a = :v", "=", "a = :v"},
        {"ADD a (:v)", "(", "a (:v"},
        {"ADD a :v b :w", "b", ":v b :w"},
        {"DELETE a", "<EOF>", "a"},
        {"DELETE a b", "b", "a b"},
        {"DELETE a, b :v", ",", "a, b"},
        {"SET a = :v ; REMOVE b", ";", ":v ; REMOVE"},
    };
    for (const SyntaxRow& row : rows) {
        INFO(row.text);
        CHECK(update(row.text) == syntax(row.token, row.near));
    }
}

TEST_CASE("Update: each section stands once", "[grammar][update]") {
    const OutcomeRow rows[] = {
        {"SET a=:v SET b=:v", "! The \"SET\" section can only be used once in an update expression;"},
        {"SET a=:v set b=:v", "! The \"SET\" section can only be used once in an update expression;"},
        {"REMOVE a remove b", "! The \"REMOVE\" section can only be used once in an update expression;"},
        {"ADD a :v ADD b :v", "! The \"ADD\" section can only be used once in an update expression;"},
        {"DELETE a :v DELETE b :v", "! The \"DELETE\" section can only be used once in an update expression;"},
        {"SET a=:v REMOVE b SET c=:v", "! The \"SET\" section can only be used once in an update expression;"},
        {"SET a=:v REMOVE b REMOVE c SET d=:v",
         "! The \"REMOVE\" section can only be used once in an update expression;"},
        {"SET a=:v REMOVE b ADD c :v SET d=:v REMOVE e",
         "! The \"SET\" section can only be used once in an update expression;"},
    };
    for (const OutcomeRow& row : rows) {
        INFO(row.text);
        CHECK(update(row.text) == row.expected);
    }
}

}  // namespace minamo::grammar
