// Static faults of conditions and projections, one message after another, then which comes first.
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

constexpr const char* names = "{'#a':'a','#ax':'a','#b':'b','#dot':'x.y'}";
constexpr const char* values =
    "{':s':{'S':'1'},':t':{'S':'2'},':n':{'N':'2'},':one':{'N':'1.0'},':b':{'B':'AQ=='},':b2':{'B':'AgI='},"
    "':bool':{'BOOL':true},':null':{'NULL':true},':ss':{'SS':['a']},':ns':{'NS':['1']},':bs':{'BS':['AQ==']},"
    "':l':{'L':[]},':m':{'M':{}},':type':{'S':'SS'},':zz':{'S':'ZZ'},':lower':{'S':'s'}}";

const std::string distinct =
    "The first operand must be distinct from the remaining operands for this operator or function; operator: ";
const std::string wrong_type = "Incorrect operand type for operator or function; operator or function: ";
const std::string arity = "Incorrect number of operands for operator or function; operator or function: ";
const std::string undefined_name =
    "An expression attribute name used in the document path is not defined; attribute name: ";
const std::string undefined_value =
    "An expression attribute value used in expression is not defined; attribute value: ";
const std::string needs_path = "Operator or function requires a document path; operator or function: ";

struct BindCase {
    std::string text;
    std::string reason;
};

void check_conditions(std::initializer_list<BindCase> cases) {
    for (const BindCase& each : cases) {
        INFO(each.text);
        Request request(names, values);
        const std::string prefix = each.reason.empty() ? "" : "Invalid ConditionExpression: ";
        CHECK(fault(request.condition(each.text)) == prefix + each.reason);
    }
}

}  // namespace

TEST_CASE("Conditions: undefined placeholders are named", "[prepare]") {
    check_conditions({
        {"#c = :s", undefined_name + "#c"},
        {"a.#c = :s", undefined_name + "#c"},
        {"a.#b[1].#c = :s", undefined_name + "#c"},
        {"a = :c", undefined_value + ":c"},
        {":c = a", undefined_value + ":c"},
        {"a BETWEEN :s AND :c", undefined_value + ":c"},
        {"a BETWEEN :d AND :c", undefined_value + ":d"},
        {"a IN (:s, :c)", undefined_value + ":c"},
        {"size(#c) = :n", undefined_name + "#c"},
        {"NOT attribute_exists(#c)", undefined_name + "#c"},
        {"begins_with(a, :c)", undefined_value + ":c"},
        {"#A = :s", undefined_name + "#A"},
        {"a = :S", undefined_value + ":S"},
    });
}

TEST_CASE("Conditions: wrong numbers of operands are named", "[prepare]") {
    check_conditions({
        {"attribute_exists(a, b)", arity + "attribute_exists, number of operands: 2"},
        {"attribute_not_exists(a, b, c)", arity + "attribute_not_exists, number of operands: 3"},
        {"attribute_type(a)", arity + "attribute_type, number of operands: 1"},
        {"begins_with(a)", arity + "begins_with, number of operands: 1"},
        {"begins_with(a, :s, :t)", arity + "begins_with, number of operands: 3"},
        {"contains(a)", arity + "contains, number of operands: 1"},
        {"size(a, b) = :n", arity + "size, number of operands: 2"},
        {"a = size(b, c)", arity + "size, number of operands: 2"},
    });
}

TEST_CASE("Conditions: a path beside itself is refused", "[prepare]") {
    check_conditions({
        {"a = a", distinct + "=, first operand: [a]"},
        {"a <> a", distinct + "<>, first operand: [a]"},
        {"a < a", distinct + "<, first operand: [a]"},
        {"a >= (a)", distinct + ">=, first operand: [a]"},
        {"a.b[0] = a.b[0]", distinct + "=, first operand: [a, b, [0]]"},
        {"#a = a", distinct + "=, first operand: [a]"},
        {"#a = #ax", distinct + "=, first operand: [a]"},
        {"#dot = #dot", distinct + "=, first operand: [x.y]"},
        {"a BETWEEN a AND :n", distinct + "BETWEEN, first operand: [a]"},
        {"a BETWEEN :n AND a", distinct + "BETWEEN, first operand: [a]"},
        {"a IN (b, a)", distinct + "IN, first operand: [a]"},
        {"contains(a, a)", distinct + "contains, first operand: [a]"},
        {"begins_with(a, #a)", distinct + "begins_with, first operand: [a]"},
        // Only the first operand is compared, and only paths.
        {"b BETWEEN c AND c", ""},
        {"a IN (b, b)", ""},
        {":s = :s", ""},
        {"a.b = a.c", ""},
        {"a[0] = a[1]", ""},
        {"#dot = x.y", ""},
        {"size(a) = a", ""},
    });
}

TEST_CASE("Conditions: ordering takes strings, numbers and binaries", "[prepare]") {
    for (const char* sign : {"<", "<=", ">", ">="}) {
        const std::string op(sign);
        check_conditions({
            {"a " + op + " :ss", wrong_type + op + ", operand type: SS"},
            {"a " + op + " :ns", wrong_type + op + ", operand type: NS"},
            {"a " + op + " :bs", wrong_type + op + ", operand type: BS"},
            {"a " + op + " :l", wrong_type + op + ", operand type: L"},
            {"a " + op + " :m", wrong_type + op + ", operand type: M"},
            {"a " + op + " :bool", wrong_type + op + ", operand type: BOOL"},
            {":null " + op + " a", wrong_type + op + ", operand type: NULL"},
            {"a " + op + " :s", ""},
            {":n " + op + " a", ""},
            {":b " + op + " :s", ""},
            {"size(a) " + op + " :s", ""},
        });
    }
    check_conditions({{"a = :ss", ""}, {"a <> :bool", ""}, {":m = a", ""}, {"a IN (:ss, :null, :s)", ""}});
}

TEST_CASE("Conditions: BETWEEN has rules of its own", "[prepare]") {
    const std::string same = "The BETWEEN operator requires same data type for lower and upper bounds; ";
    const std::string order = "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ";
    check_conditions({
        {"a BETWEEN :ss AND :s", wrong_type + "BETWEEN, operand type: SS"},
        {"a BETWEEN :s AND :m", wrong_type + "BETWEEN, operand type: M"},
        {":bool BETWEEN :s AND :t", wrong_type + "BETWEEN, operand type: BOOL"},
        {"a BETWEEN :n AND :s", same + "lower bound operand: AttributeValue: {N:2}, "
                                       "upper bound operand: AttributeValue: {S:1}"},
        {"a BETWEEN :n AND :one", order + "lower bound operand: AttributeValue: {N:2}, "
                                          "upper bound operand: AttributeValue: {N:1}"},
        {"a BETWEEN :t AND :s", order + "lower bound operand: AttributeValue: {S:2}, "
                                        "upper bound operand: AttributeValue: {S:1}"},
        {"a BETWEEN :b2 AND :b",
         order + "lower bound operand: AttributeValue: {B:java.nio.HeapByteBuffer[pos=0 lim=2 cap=2]}, "
                 "upper bound operand: AttributeValue: {B:java.nio.HeapByteBuffer[pos=0 lim=1 cap=1]}"},
        {"a BETWEEN :n AND :n", ""},
        {"a BETWEEN :one AND :n", ""},
        {"a BETWEEN :n AND b", ""},
        {"a BETWEEN size(b) AND :s", ""},
        {":n BETWEEN a AND b", ""},
    });
}

TEST_CASE("Conditions: functions check their operands", "[prepare]") {
    check_conditions({
        {"attribute_exists(:s)", needs_path + "attribute_exists"},
        {"attribute_not_exists(:s)", needs_path + "attribute_not_exists"},
        {"attribute_exists(size(a))", needs_path + "attribute_exists"},
        {"attribute_type(a, b)", wrong_type + "attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}"},
        {"attribute_type(a, a)", distinct + "attribute_type, first operand: [a]"},
        {"attribute_type(a, :n)", wrong_type + "attribute_type, operand type: N"},
        {"attribute_type(a, :ss)", wrong_type + "attribute_type, operand type: SS"},
        {"attribute_type(a, size(b))", wrong_type + "attribute_type, operand type: N"},
        {"attribute_type(a, :zz)",
         "Invalid attribute type name found; type: ZZ, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"},
        {"attribute_type(a, :lower)",
         "Invalid attribute type name found; type: s, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"},
        {"attribute_type(a, :type)", ""},
        {"begins_with(a, :n)", wrong_type + "begins_with, operand type: N"},
        {"begins_with(:l, a)", wrong_type + "begins_with, operand type: L"},
        {"begins_with(a, :null)", wrong_type + "begins_with, operand type: NULL"},
        {"begins_with(a, size(b))", wrong_type + "begins_with, operand type: N"},
        {"begins_with(a, :b)", ""},
        {"begins_with(:s, a)", ""},
        {"contains(a, :ss)", ""},
        {"contains(:m, a)", ""},
        {"size(:n) = :n", wrong_type + "size, operand type: N"},
        {"size(:bool) = :n", wrong_type + "size, operand type: BOOL"},
        {"size(:null) = :n", wrong_type + "size, operand type: NULL"},
        {"size(size(a)) = :n", wrong_type + "size, operand type: N"},
        {"size(:s) = :n", ""},
        {"size(:b) = :n OR size(:ss) = :n OR size(:ns) = :n OR size(:bs) = :n OR size(:l) = :n OR size(:m) = :n", ""},
    });
}

TEST_CASE("Conditions: the first fault of several is told", "[prepare]") {
    check_conditions({
        {"a = a AND b = :undefined", distinct + "=, first operand: [a]"},
        {"b = :undefined AND a = a", undefined_value + ":undefined"},
        {"size(a, b) = :undefined", arity + "size, number of operands: 2"},
        {"b = :undefined OR begins_with(a, :n)", undefined_value + ":undefined"},
        {"begins_with(a, :n) OR b = :undefined", wrong_type + "begins_with, operand type: N"},
        {"begins_with(a, :undefined, :s)", undefined_value + ":undefined"},
        {"begins_with(a, a, :s)", arity + "begins_with, number of operands: 3"},
        {"a BETWEEN a AND :ss", distinct + "BETWEEN, first operand: [a]"},
        {"NOT (a = :s AND NOT (b < :ss))", wrong_type + "<, operand type: SS"},
        {"#c = :undefined", undefined_name + "#c"},
        {":undefined = #c", undefined_value + ":undefined"},
        {"size(:n) < :ss", wrong_type + "size, operand type: N"},
        {"a < :ss AND", "Syntax error; token: \"<EOF>\", near: \"AND\""},
        {"((a = :undefined))", "The expression has redundant parentheses;"},
    });
}

TEST_CASE("Projections: faults of their paths", "[prepare]") {
    const std::string overlap =
        "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ";
    const std::string conflict =
        "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: ";
    const BindCase cases[] = {
        {"a, b, a", overlap + "[a], path two: [a]"},
        {"a.b, a", overlap + "[a, b], path two: [a]"},
        {"a, a.b", overlap + "[a], path two: [a, b]"},
        {"a[1], a[1].b", overlap + "[a, [1]], path two: [a, [1], b]"},
        {"#a, a", overlap + "[a], path two: [a]"},
        {"#a.c, #ax.c[0]", overlap + "[a, c], path two: [a, c, [0]]"},
        {"a.x, a[0]", conflict + "[a, x], path two: [a, [0]]"},
        {"a[0], a.x", conflict + "[a, [0]], path two: [a, x]"},
        {"m.x, m[0], b, b", overlap + "[b], path two: [b]"},
        {"a, b, b.x, a.x", overlap + "[a], path two: [a, x]"},
        {"#c", undefined_name + "#c"},
        {"a, b.#c", undefined_name + "#c"},
        {"#c, #c", undefined_name + "#c"},
        {"a, a, #c", undefined_name + "#c"},
        {"#dot, x.y", ""},
        {"a.b, a.c, a.d[0], a.d[1], b", ""},
        {"#a, #b", ""},
    };
    for (const BindCase& each : cases) {
        INFO(each.text);
        Request request(names, "");
        const std::string prefix = each.reason.empty() ? "" : "Invalid ProjectionExpression: ";
        CHECK(fault(request.projection(each.text)) == prefix + each.reason);
    }
}

TEST_CASE("Paths: those of a condition come in text order", "[prepare]") {
    Request request(names, values);
    const auto bound =
        request.condition("NOT (size(#b.c) = d[1] OR e IN (f, :s)) AND (g BETWEEN :n AND h OR contains(i, j))");
    REQUIRE(bound);
    std::string roots;
    for (const ResolvedPath& path : paths(*bound)) roots.append(path[0].name);
    CHECK(roots == "bdefghij");
    CHECK(paths(*bound)[0] == ResolvedPath{{"b", 0, false}, {"c", 0, false}});
    CHECK(paths(*bound)[1] == ResolvedPath{{"d", 0, false}, {{}, 1, true}});
    CHECK(paths(BoundCondition()).empty());
    CHECK(paths(BoundProjection()).empty());
    CHECK(target_paths(BoundUpdate()).empty());
}

}  // namespace minamo
