// Functions and reserved words out of place; the first in the text is reported.
#include "tests/grammar/outcome.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {
namespace {

std::string about(std::string_view reason, std::string_view function) {
    return std::string("! ").append(reason).append("; function: ").append(function);
}
std::string unknown(std::string_view function) {
    return about("Invalid function name", function);
}
std::string misused(std::string_view function) {
    return about("The function is not allowed to be used this way in an expression", function);
}
std::string not_in_condition(std::string_view function) {
    return about("The function is not allowed in a condition expression", function);
}
std::string not_in_update(std::string_view function) {
    return about("The function is not allowed in an update expression", function);
}
std::string reserved(std::string_view word) {
    return std::string("! Attribute name is a reserved keyword; reserved keyword: ").append(word);
}

}  // namespace

TEST_CASE("Names: functions that don't exist in a condition", "[grammar][names]") {
    CHECK(condition("foo(a)") == unknown("foo"));
    CHECK(condition("foo(a) = :v") == unknown("foo"));
    CHECK(condition("a = foo(b)") == unknown("foo"));
    CHECK(condition("a IN (foo(b))") == unknown("foo"));
    CHECK(condition("size(foo(a)) = :v") == unknown("foo"));
    CHECK(condition("NOT (foo (a))") == unknown("foo"));
    CHECK(condition("SIZE(a) = :v") == unknown("SIZE"));
    CHECK(condition("Contains(a, :v)") == unknown("Contains"));
    CHECK(condition("attribute_Exists(a)") == unknown("attribute_Exists"));
    CHECK(condition("status(a)") == unknown("status"));
    CHECK(condition("(foo)(a) = :v") == syntax("(", ")(a"));
}

TEST_CASE("Names: functions that don't exist in an update", "[grammar][names]") {
    CHECK(update("SET a = foo(b)") == unknown("foo"));
    CHECK(update("SET a = b + foo(b)") == unknown("foo"));
    CHECK(update("SET a = if_not_exists(a, foo(b))") == unknown("foo"));
    CHECK(update("SET a = List_Append(a, :v)") == unknown("List_Append"));
    CHECK(update("SET a = count(b)") == unknown("count"));
}

TEST_CASE("Names: functions of updates in a condition", "[grammar][names]") {
    CHECK(condition("if_not_exists(a, :v)") == not_in_condition("if_not_exists"));
    CHECK(condition("if_not_exists(a, :v) = :v") == not_in_condition("if_not_exists"));
    CHECK(condition("list_append(a, :v) = :v") == not_in_condition("list_append"));
    CHECK(condition("a = list_append(a, :v)") == not_in_condition("list_append"));
    CHECK(condition("size(if_not_exists(a, :v)) = :v") == not_in_condition("if_not_exists"));
}

TEST_CASE("Names: functions of conditions in an update", "[grammar][names]") {
    for (const std::string_view function :
         {"attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size"}) {
        INFO(function);
        const std::string call = std::string(function) + "(b)";
        CHECK(update("SET a = " + call) == not_in_update(function));
        CHECK(update("SET a = :v - " + call) == not_in_update(function));
        CHECK(update("SET a = if_not_exists(a, " + call + ")") == not_in_update(function));
        CHECK(update("SET a = list_append(" + call + ", a)") == not_in_update(function));
    }
}

TEST_CASE("Names: tests are no operands", "[grammar][names]") {
    for (const std::string_view function :
         {"attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains"}) {
        INFO(function);
        const std::string call = std::string(function) + "(a, :v)";
        CHECK(condition(call + " = :v") == misused(function));
        CHECK(condition("(" + call + ") = :v") == misused(function));
        CHECK(condition(":v < " + call) == misused(function));
        CHECK(condition(call + " BETWEEN :l AND :h") == misused(function));
        CHECK(condition("a BETWEEN :l AND " + call) == misused(function));
        CHECK(condition("a IN (:v, " + call + ")") == misused(function));
        CHECK(condition(call + " IN (:v)") == misused(function));
        CHECK(condition("size(" + call + ") = :v") == misused(function));
        CHECK(condition("contains(" + call + ", :v)") == misused(function));
        CHECK(condition("NOT " + call + " = :v") == misused(function));
    }
}

TEST_CASE("Names: size is no condition", "[grammar][names]") {
    CHECK(condition("size(a)") == misused("size"));
    CHECK(condition("(size(a))") == misused("size"));
    CHECK(condition("NOT size(a)") == misused("size"));
    CHECK(condition("a = :v AND size(a)") == misused("size"));
    CHECK(condition("size(a) OR a = :v") == misused("size"));
    CHECK(condition("size(a) = :v AND (size(b))") == misused("size"));
}

TEST_CASE("Names: size is an operand of anything", "[grammar][names]") {
    CHECK(condition("contains(a, size(b))") == "contains(a, size(b))");
    CHECK(condition("size(size(a)) = :v") == "size(size(a)) = :v");
}

TEST_CASE("Names: list_append is no argument", "[grammar][names]") {
    for (const std::string_view text : {
             "SET a = list_append(list_append(a, :v), :v)",
             "SET a = list_append(a, list_append(a, :v))",
             "SET a = list_append((list_append(a, :v)), :v)",
             "SET a = if_not_exists(a, list_append(a, :v))",
             "SET a = list_append(if_not_exists(a, list_append(b, :v)), :v)",
             "SET a = :v, b = list_append(if_not_exists(b, (:e)), (list_append(b, :v)))",
         }) {
        INFO(text);
        CHECK(update(text) == misused("list_append"));
    }
    const std::string_view after = "SET a = list_append((a), (:v)), b = list_append(b, :v)";
    CHECK(update(after) == "SET a = list_append(a, :v), b = list_append(b, :v)");
    CHECK(update("SET a = (list_append(a, :v))") == "SET a = list_append(a, :v)");
}

TEST_CASE("Names: reserved words are no path elements", "[grammar][names]") {
    CHECK(condition("status = :v") == reserved("status"));
    CHECK(condition("STATUS = :v") == reserved("STATUS"));
    CHECK(condition("StaTus = :v") == reserved("StaTus"));
    CHECK(condition("a.name = :v") == reserved("name"));
    CHECK(condition("a[0].b.Year = :v") == reserved("Year"));
    CHECK(condition(":v = data") == reserved("data"));
    CHECK(condition("attribute_exists(count)") == reserved("count"));
    CHECK(condition("a IN (:v, value)") == reserved("value"));
    CHECK(condition("a BETWEEN :l AND date") == reserved("date"));
    CHECK(condition("(hash) = :v") == reserved("hash"));
    CHECK(update("SET name = :v") == reserved("name"));
    CHECK(update("SET a = name") == reserved("name"));
    CHECK(update("SET a = if_not_exists(time, :v)") == reserved("time"));
    CHECK(update("REMOVE a, b.items") == reserved("items"));
    CHECK(update("ADD counter :v") == reserved("counter"));
    CHECK(update("DELETE a.Values :v") == reserved("Values"));
    CHECK(projection("a, name") == reserved("name"));
    CHECK(projection("a.b[1].type") == reserved("type"));
}

TEST_CASE("Names: words close to reserved words are free", "[grammar][names]") {
    for (const std::string_view text : {"status_", "namez", "a.statuses", "x_data", "name1"}) {
        CHECK(projection(text) == text);
    }
}

TEST_CASE("Names: placeholders hide reserved words", "[grammar][names]") {
    CHECK(condition("#status = :name") == "#status = :name");
    CHECK(projection("#name.#type") == "#name.#type");
}

TEST_CASE("Names: function names are names of attributes", "[grammar][names]") {
    for (const std::string_view function : {"attribute_exists", "attribute_not_exists", "attribute_type", "begins_with",
                                            "contains", "if_not_exists", "list_append"}) {
        INFO(function);
        const std::string name(function);
        CHECK(condition(name + " = :v") == name + " = :v");
        CHECK(condition("a." + name + " = :v") == "a." + name + " = :v");
        CHECK(update("SET " + name + " = " + name) == "SET " + name + " = " + name);
        CHECK(projection(name + ", a." + name + "[0]") == name + ", a." + name + "[0]");
    }
    CHECK(condition("contains(contains, :v)") == "contains(contains, :v)");
}

TEST_CASE("Names: size is a function though it is reserved", "[grammar][names]") {
    CHECK(condition("size(size) = :v") == reserved("size"));
    CHECK(condition("size(#size) = :v") == "size(#size) = :v");
}

TEST_CASE("Names: size is reserved in any case", "[grammar][names]") {
    CHECK(condition("size = :v") == reserved("size"));
    CHECK(projection("a.size") == reserved("size"));
    CHECK(condition("SIZE = :v") == reserved("SIZE"));
    CHECK(condition("Size = :v") == reserved("Size"));
}

TEST_CASE("Names: the first fault of the text wins", "[grammar][names]") {
    CHECK(condition("name = :v AND foo(a)") == reserved("name"));
    CHECK(condition("foo(a) AND name = :v") == unknown("foo"));
    CHECK(condition("foo(name)") == unknown("foo"));
    CHECK(condition("size(name)") == misused("size"));
    CHECK(condition("size(foo(a))") == misused("size"));
    CHECK(condition("size(name) = foo(a)") == reserved("name"));
    CHECK(condition("if_not_exists(name, foo(a))") == not_in_condition("if_not_exists"));
    CHECK(condition("contains(name, :v) = :v") == misused("contains"));
    CHECK(condition("a = :v OR size(a) OR foo(b) OR name = :v") == misused("size"));
    CHECK(update("SET name = foo(a)") == reserved("name"));
    CHECK(update("SET a = foo(name)") == unknown("foo"));
    CHECK(update("SET a = size(name)") == not_in_update("size"));
    CHECK(update("SET a = list_append(list_append(name, :v), foo(a))") == misused("list_append"));
    CHECK(update("REMOVE name SET a = foo(b)") == reserved("name"));
    CHECK(projection("a.status, name") == reserved("status"));
}

TEST_CASE("Names: syntax comes first", "[grammar][names]") {
    CHECK(condition("foo(a) b") == syntax("b", ") b"));
    CHECK(condition("name =") == syntax("<EOF>", "="));
}

TEST_CASE("Names: redundant parentheses come first", "[grammar][names]") {
    CHECK(condition("name = :v AND ((a = :v))") == "! The expression has redundant parentheses;");
    CHECK(update("SET name = ((b))") == "! The expression has redundant parentheses;");
}

TEST_CASE("Names: limits come after", "[grammar][names]") {
    CHECK(condition("name[99999999999] = :v") == reserved("name"));
    CHECK(condition("a" + repeat(".a", 40) + " = name") == reserved("name"));
    CHECK(condition("a IN (" + repeat(":v", 101, ",") + ") AND foo(a)") == unknown("foo"));
}

TEST_CASE("Names: repeated sections come after", "[grammar][names]") {
    CHECK(update("SET a = :v SET b = name") == reserved("name"));
    CHECK(update("SET a = :v SET b = size(c)") == not_in_update("size"));
}

}  // namespace minamo::grammar
