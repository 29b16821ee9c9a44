// The shape of key conditions, before the table is known.
#include "emulator/queries/plan.hpp"
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

using storage::SortOperator;

constexpr const char* values =
    "{':s':{'S':'1'},':t':{'S':'2'},':n':{'N':'3'},':m':{'N':'4'},':b':{'B':'AQ=='},':ss':{'SS':['a']}}";

Result<std::vector<KeyCondition>> read(const std::string& text) {
    Request request("{'#a':'a','#c':'a','#dot':'x.y'}", values);
    auto bound = bind_condition(ConditionKind::key_condition, text, request.substitutions());
    if (!bound) return tl::unexpected(bound.error());
    return key_conditions(*bound);
}

// Conditions as text: name operator low [high].
std::string text_of(const std::vector<KeyCondition>& conditions) {
    constexpr const char* names[] = {"none", "=", "<", "<=", ">", ">=", "between", "begins_with"};
    std::string out;
    for (const KeyCondition& condition : conditions) {
        if (!out.empty()) out += "; ";
        out += condition.attribute + " " + names[static_cast<int>(condition.comparison)];
        if (!condition.low.empty()) out += " " + shown(storage::ValueView(condition.low));
        if (!condition.high.empty()) out += " " + shown(storage::ValueView(condition.high));
    }
    return out;
}

}  // namespace

TEST_CASE("Key conditions: shapes that are refused", "[plan]") {
    const std::string operation = "Invalid operator used in KeyConditionExpression: ";
    const std::string condition = "Invalid condition in KeyConditionExpression: ";
    const std::string nested = "KeyConditionExpressions cannot contain nested operations";
    const std::string many = condition + "Multiple attribute names used in one condition";
    const std::string none = condition + "No key attribute specified";
    const std::string once =
        "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key";
    const std::string deep = "KeyConditionExpressions cannot have conditions on nested attributes";
    const std::string prefix = "Invalid KeyConditionExpression: ";
    const std::pair<std::string, std::string> cases[] = {
        {"a = :s OR b = :s", operation + "OR"},
        {"a = :s AND (b = :s OR b = :t)", operation + "OR"},
        {"NOT a = :s", operation + "NOT"},
        {"a = :s AND NOT b = :s", operation + "NOT"},
        {"a <> :s", operation + "<>"},
        {"a = :s AND b <> :s", operation + "<>"},
        {"a IN (:s)", operation + "IN"},
        {"a = :s AND b IN (:s, :t)", operation + "IN"},
        {"contains(a, :s)", operation + "contains"},
        {"a = :s AND attribute_exists(b)", operation + "attribute_exists"},
        {"attribute_not_exists(a)", operation + "attribute_not_exists"},
        {"a = :s AND attribute_type(b, :s)", prefix + "Invalid attribute type name found; type: 1, "
                                                      "valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"},
        {"size(a) = :n", nested},
        {":n = size(a)", nested},
        {"a = :s AND b BETWEEN :n AND size(c)", nested},
        {"a = :s AND size(b) BETWEEN :n AND :m", nested},
        {"a = b", many},
        {"a = :s AND b BETWEEN c AND :s", many},
        {"a = :s AND b BETWEEN :s AND c", many},
        {"a = :s AND begins_with(b, c)", many},
        {":s = :s", none},
        {"a.d > c", deep},
        {"b > a.b", many},
        {"a BETWEEN b AND size(a)", many},
        {"a BETWEEN size(a) AND b", nested},
        {"a = :s AND :n BETWEEN :n AND :m",
         condition + "BETWEEN operator must have the key attribute as its first operand"},
        {"begins_with(:s, :s)", condition + "begins_with operator must have the key attribute as its first operand"},
        {"a = :s AND :s BETWEEN b AND :t",
         condition + "BETWEEN operator must have the key attribute as its first operand"},
        {"a = :s AND :s BETWEEN :s AND b",
         condition + "BETWEEN operator must have the key attribute as its first operand"},
        {"a = :s AND begins_with(:s, b)",
         condition + "begins_with operator must have the key attribute as its first operand"},
        {"a = :s AND a = :s", once},
        {"a = :s AND b > :s AND b < :t", once},
        {"#a = :s AND #c > :s", once},
        {"a = :s AND b.c = :s", deep},
        {"a[0] = :s", deep},
        {"a = :s AND begins_with(b[1].c, :s)", deep},
        // Faults of conditions come first, with their prefix.
        {"a = a", prefix + "The first operand must be distinct from the remaining operands for this operator or "
                           "function; operator: =, first operand: [a]"},
        {"a = :s AND begins_with(b, :n)",
         prefix +
             "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"},
        {"a = :s AND b < :ss",
         prefix + "Incorrect operand type for operator or function; operator or function: <, operand type: SS"},
        {"a = :undefined OR b = :s",
         prefix + "An expression attribute value used in expression is not defined; attribute value: :undefined"},
        {"a = :s AND b BETWEEN :t AND :s",
         prefix + "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound "
                  "operand: AttributeValue: {S:2}, upper bound operand: AttributeValue: {S:1}"},
    };
    for (const auto& [text, message] : cases) {
        INFO(text);
        CHECK(fault(read(text)) == message);
    }
}

TEST_CASE("Key conditions: more than any key has are refused", "[plan]") {
    std::string text = "k0 = :s";
    for (std::size_t i = 1; i < key_conditions_max; ++i) text += " AND k" + std::to_string(i) + " = :s";
    CHECK(fault(read(text)) == "");
    CHECK(fault(read(text + " AND k99 = :s")) == "Conditions can be of length 1 or 2 only");
}

TEST_CASE("Key conditions: shapes that are read", "[plan]") {
    const std::pair<std::string, std::string> cases[] = {
        {"a = :s", "a = {'S':'1'}"},
        {":s = a", "a = {'S':'1'}"},
        {"a = :s AND b = :n", "a = {'S':'1'}; b = {'N':'3'}"},
        {"b = :n AND a = :s", "b = {'N':'3'}; a = {'S':'1'}"},
        {"a = :s AND b < :n", "a = {'S':'1'}; b < {'N':'3'}"},
        {"a = :s AND b <= :n", "a = {'S':'1'}; b <= {'N':'3'}"},
        {"a = :s AND b > :n", "a = {'S':'1'}; b > {'N':'3'}"},
        {"a = :s AND b >= :n", "a = {'S':'1'}; b >= {'N':'3'}"},
        {"a = :s AND :n < b", "a = {'S':'1'}; b > {'N':'3'}"},
        {"a = :s AND :n <= b", "a = {'S':'1'}; b >= {'N':'3'}"},
        {"a = :s AND :n > b", "a = {'S':'1'}; b < {'N':'3'}"},
        {"a = :s AND :n >= b", "a = {'S':'1'}; b <= {'N':'3'}"},
        {"a = :s AND b BETWEEN :n AND :m", "a = {'S':'1'}; b between {'N':'3'} {'N':'4'}"},
        {"a = :s AND begins_with(b, :t)", "a = {'S':'1'}; b begins_with {'S':'2'}"},
        {"begins_with(b, :b) AND #a = :s", "b begins_with {'B':'AQ=='}; a = {'S':'1'}"},
        {"(a = :s) AND (b = :n)", "a = {'S':'1'}; b = {'N':'3'}"},
        {"(a = :s AND b = :n)", "a = {'S':'1'}; b = {'N':'3'}"},
        {"a = :s AND (b = :n AND c = :m)", "a = {'S':'1'}; b = {'N':'3'}; c = {'N':'4'}"},
        {"#dot = :s", "x.y = {'S':'1'}"},
        {"a = :ss", "a = {'SS':['a']}"},
    };
    for (const auto& [text, result] : cases) {
        INFO(text);
        const auto conditions = read(text);
        REQUIRE(fault(conditions) == "");
        CHECK(text_of(*conditions) == result);
    }
}

TEST_CASE("Key conditions: the legacy parameter", "[plan]") {
    const std::string parameter = "One or more parameter values were invalid: ";
    const auto one = [](const std::string& comparison, const std::string& list) {
        return "{'a':{'ComparisonOperator':'" + comparison + "','AttributeValueList':[" + list + "]}}";
    };
    const std::pair<std::string, std::string> faults[] = {
        {"{}", "Conditions can be of length 1 or 2 only"},
        {one("EQ", ""), parameter + "Invalid number of argument(s) for the EQ ComparisonOperator"},
        {one("BETWEEN", "{'S':'1'}"), parameter + "Invalid number of argument(s) for the BETWEEN ComparisonOperator"},
        {one("BETWEEN", "{'S':'1'},{'N':'1'}"),
         parameter + "AttributeValues inside AttributeValueList must be of same type"},
        {one("BETWEEN", "{'S':'2'},{'S':'1'}"),
         "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"},
        {one("LT", "{'SS':['1']}"), parameter + "ComparisonOperator LT is not valid for SS AttributeValue type"},
        {one("BEGINS_WITH", "{'N':'1'}"),
         parameter + "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type"},
        {one("EQ", "{'N':'x'}"), "The parameter cannot be converted to a numeric value: x"},
    };
    for (const auto& [json, message] : faults) {
        INFO(json);
        CHECK(fault(legacy_key_conditions(Json(json).value())) == message);
    }
    const std::pair<std::string, std::string> shapes[] = {
        {one("EQ", "{'S':'1'}"), "a = {'S':'1'}"},
        {one("LE", "{'S':'1'}"), "a <= {'S':'1'}"},
        {one("LT", "{'S':'1'}"), "a < {'S':'1'}"},
        {one("GE", "{'S':'1'}"), "a >= {'S':'1'}"},
        {one("GT", "{'S':'1'}"), "a > {'S':'1'}"},
        {one("BEGINS_WITH", "{'S':'1'}"), "a begins_with {'S':'1'}"},
        {one("BETWEEN", "{'S':'1'},{'S':'2'}"), "a between {'S':'1'} {'S':'2'}"},
        {one("NE", "{'S':'1'}"), "a none {'S':'1'}"},
        {one("IN", "{'S':'1'}"), "a none {'S':'1'}"},
        {one("CONTAINS", "{'S':'1'}"), "a none {'S':'1'}"},
        {one("NOT_CONTAINS", "{'S':'1'}"), "a none {'S':'1'}"},
        {one("NULL", ""), "a none"},
        {one("NOT_NULL", ""), "a none"},
        {"{'b':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'1'}]},"
         "'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'2'}]}}",
         "b = {'S':'1'}; a = {'S':'2'}"},
    };
    for (const auto& [json, result] : shapes) {
        INFO(json);
        const auto conditions = legacy_key_conditions(Json(json).value());
        REQUIRE(fault(conditions) == "");
        CHECK(text_of(*conditions) == result);
    }
}

}  // namespace minamo
