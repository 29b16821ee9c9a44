// Static faults of updates.
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

constexpr const char* names = "{'#a':'a','#b':'b'}";
constexpr const char* values =
    "{':s':{'S':'1'},':n':{'N':'2'},':b':{'B':'AQ=='},':bool':{'BOOL':true},':null':{'NULL':true},':ss':{'SS':['a']},"
    "':ns':{'NS':['1']},':bs':{'BS':['AQ==']},':l':{'L':[]},':m':{'M':{}}}";

const std::string overlap =
    "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ";
const std::string conflict =
    "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: ";
const std::string undefined_name =
    "An expression attribute name used in the document path is not defined; attribute name: ";
const std::string undefined_value =
    "An expression attribute value used in expression is not defined; attribute value: ";
const std::string arity = "Incorrect number of operands for operator or function; operator or function: ";
const std::string wrong_type = "Incorrect operand type for operator or function; operator or function: ";
const std::string wrong_change = "Incorrect operand type for operator or function; operator: ";

struct UpdateCase {
    std::string text;
    std::string reason;
};

void check_updates(std::initializer_list<UpdateCase> cases) {
    for (const UpdateCase& each : cases) {
        INFO(each.text);
        Request request(names, values);
        const std::string prefix = each.reason.empty() ? "" : "Invalid UpdateExpression: ";
        CHECK(fault(request.update(each.text)) == prefix + each.reason);
    }
}

}  // namespace

TEST_CASE("Updates: paths that overlap are refused", "[prepare]") {
    check_updates({
        {"SET a = :s, a = :n", overlap + "[a], path two: [a]"},
        {"SET a.b = :s REMOVE a", overlap + "[a, b], path two: [a]"},
        {"REMOVE a SET a.b[1] = :s", overlap + "[a], path two: [a, b, [1]]"},
        {"ADD a :n DELETE #a :ss", overlap + "[a], path two: [a]"},
        {"SET a[1] = :s, a[1] = :n", overlap + "[a, [1]], path two: [a, [1]]"},
        {"SET #a.x = :s, a.x.y = :n", overlap + "[a, x], path two: [a, x, y]"},
        {"SET a = :s, b = :s REMOVE b.x, a.x", overlap + "[a], path two: [a, x]"},
        {"SET a = b, b = a", ""},
        {"SET a.b = :s, a.c = :s", ""},
        {"SET a[0] = :s REMOVE a[1]", ""},
        {"SET ab = :s, a = :s", ""},
    });
}

TEST_CASE("Updates: paths that conflict are refused", "[prepare]") {
    check_updates({
        {"SET m.x = :s, m[0] = :s", conflict + "[m, x], path two: [m, [0]]"},
        {"SET m[0].a = :s REMOVE m.x", conflict + "[m, [0], a], path two: [m, x]"},
        {"SET m.x.y = :s, m.x[2] = :s", conflict + "[m, x, y], path two: [m, x, [2]]"},
        {"SET m.x = :s, m[0] = :s, b = :s, b = :n", overlap + "[b], path two: [b]"},
        {"SET m[0] = :s, n.x = :s", ""},
    });
}

TEST_CASE("Updates: undefined placeholders are named before overlaps", "[prepare]") {
    check_updates({
        {"SET #c = :s", undefined_name + "#c"},
        {"SET a.#c = :s", undefined_name + "#c"},
        {"SET a = :c", undefined_value + ":c"},
        {"SET a = #c", undefined_name + "#c"},
        {"SET a = :n + :c", undefined_value + ":c"},
        {"SET a = if_not_exists(#c, :n)", undefined_name + "#c"},
        {"SET a = list_append(:l, :c)", undefined_value + ":c"},
        {"REMOVE #c", undefined_name + "#c"},
        {"ADD #c :c", undefined_name + "#c"},
        {"ADD a :c", undefined_value + ":c"},
        {"DELETE a :c", undefined_value + ":c"},
        {"SET #c = :s, #c = :n", undefined_name + "#c"},
        {"SET a = :s, a = :s, b = :c", undefined_value + ":c"},
        {"SET a = :s, a = if_not_exists(b, :c)", undefined_value + ":c"},
        {"SET b = :c, a.#d = :s", undefined_value + ":c"},
    });
}

TEST_CASE("Updates: functions check their operands", "[prepare]") {
    const std::string needs_path = "Operator or function requires a document path; operator or function: if_not_exists";
    check_updates({
        {"SET a = if_not_exists(a)", arity + "if_not_exists, number of operands: 1"},
        {"SET a = if_not_exists(a, b, :s)", arity + "if_not_exists, number of operands: 3"},
        {"SET a = list_append(a)", arity + "list_append, number of operands: 1"},
        {"SET a = list_append(a, b, :l)", arity + "list_append, number of operands: 3"},
        {"SET a = if_not_exists(:s, :s)", needs_path},
        {"SET a = if_not_exists(if_not_exists(a, :s), :s)", needs_path},
        {"SET a = list_append(:s, a)", wrong_type + "list_append, operand type: S"},
        {"SET a = list_append(a, :ss)", wrong_type + "list_append, operand type: SS"},
        {"SET a = list_append(:null, :m)", wrong_type + "list_append, operand type: NULL"},
        {"SET a = list_append(:undefined, :m)", undefined_value + ":undefined"},
        {"SET a = list_append(a, :m, :l)", arity + "list_append, number of operands: 3"},
        {"SET a = size(b)", "The function is not allowed in an update expression; function: size"},
        {"SET a = list_append(list_append(a, b), :l)",
         "The function is not allowed to be used this way in an expression; function: list_append"},
        {"SET a = list_append(if_not_exists(a, :s), :l)", ""},
        {"SET a = if_not_exists(b, if_not_exists(c, :s))", ""},
        {"SET a = list_append(a, a)", ""},
        {"SET a = a", ""},
    });
}

TEST_CASE("Updates: arithmetic takes numbers", "[prepare]") {
    check_updates({
        {"SET a = a + :s", wrong_type + "+, operand type: S"},
        {"SET a = :ss + a", wrong_type + "+, operand type: SS"},
        {"SET a = a - :null", wrong_type + "-, operand type: NULL"},
        {"SET a = :b - :bool", wrong_type + "-, operand type: B"},
        {"SET a = :n + :l", wrong_type + "+, operand type: L"},
        {"SET a = (:n - :m)", wrong_type + "-, operand type: M"},
        {"SET a = :s + :undefined", undefined_value + ":undefined"},
        // Only direct values are known.
        {"SET a = if_not_exists(a, :s) + :n", ""},
        {"SET a = list_append(a, b) + :n", ""},
        {"SET a = a + a", ""},
        {"SET a = :n - :n", ""},
    });
}

TEST_CASE("Updates: ADD takes numbers beside the sets that DELETE takes", "[prepare]") {
    check_updates({
        {"ADD a :s", wrong_change + "ADD, operand type: STRING"},
        {"ADD a :b", wrong_change + "ADD, operand type: BINARY"},
        {"ADD a :bool", wrong_change + "ADD, operand type: BOOLEAN"},
        {"ADD a :null", wrong_change + "ADD, operand type: NULL"},
        {"ADD a :l", wrong_change + "ADD, operand type: LIST"},
        {"ADD a :n, b :m", wrong_change + "ADD, operand type: MAP"},
        {"DELETE a :s", wrong_change + "DELETE, operand type: STRING"},
        {"DELETE a :n", wrong_change + "DELETE, operand type: NUMBER"},
        {"DELETE a :b", wrong_change + "DELETE, operand type: BINARY"},
        {"DELETE a :bool", wrong_change + "DELETE, operand type: BOOLEAN"},
        {"DELETE a :null", wrong_change + "DELETE, operand type: NULL"},
        {"DELETE a :l", wrong_change + "DELETE, operand type: LIST"},
        {"DELETE a :m", wrong_change + "DELETE, operand type: MAP"},
        {"ADD a :n, b :ss, c :ns, d :bs", ""},
        {"DELETE a :ss, b :ns, c :bs", ""},
    });
}

TEST_CASE("Updates: operands are checked in text order, those of SET last", "[prepare]") {
    check_updates({
        {"SET a = :n + :s, b = :undefined", undefined_value + ":undefined"},
        {"SET a = :n + :s ADD b :s", wrong_change + "ADD, operand type: STRING"},
        {"SET a = if_not_exists(b) DELETE b :n", wrong_change + "DELETE, operand type: NUMBER"},
        {"SET b = :undefined, a = :n + :s", undefined_value + ":undefined"},
        {"DELETE a :n ADD b :s", wrong_change + "DELETE, operand type: NUMBER"},
        {"ADD b :s DELETE a :n", wrong_change + "ADD, operand type: STRING"},
        {"REMOVE #c SET a = :n + :s", undefined_name + "#c"},
    });
}

TEST_CASE("Updates: targets come in text order", "[prepare]") {
    Request request(names, values);
    const auto bound = request.update("REMOVE d[2], #a SET b.#b = :s, e = c ADD f :n DELETE g :ss");
    REQUIRE(bound);
    const auto targets = target_paths(*bound);
    REQUIRE(targets.size() == 6);
    CHECK(targets[0] == ResolvedPath{{"d", 0, false}, {{}, 2, true}});
    CHECK(targets[1] == ResolvedPath{{"a", 0, false}});
    CHECK(targets[2] == ResolvedPath{{"b", 0, false}, {"b", 0, false}});
    CHECK(targets[3][0].name == "e");
    CHECK(targets[4][0].name == "f");
    CHECK(targets[5][0].name == "g");
}

}  // namespace minamo
