// Which members of a request go together: expressions and legacy parameters do not mix, and names and values need an
// expression that could use them.
#include <string>

#include "emulator/expressions/expressions.hpp"
#include "emulator/wire/input.hpp"

namespace minamo {
namespace {

// KeyConditions is the legacy form of KeyConditionExpression alone: beside a FilterExpression it is legal.
bool counts_as_legacy(Input input, std::string_view name) {
    return input.has(name) && (name != "KeyConditions" || input.has("KeyConditionExpression"));
}

void append_name(std::string& list, std::string_view name) {
    if (!list.empty()) list.append(", ");
    list.append(name);
}

Result<void> check_mixing(Input input, const ExpressionMembers& members, const std::string& given) {
    if (given.empty()) return {};
    std::string legacy;
    for (const std::string_view name : members.legacy) {
        if (counts_as_legacy(input, name)) append_name(legacy, name);
    }
    if (legacy.empty()) return {};
    return invalid(RequestFault::mixing,
                   "Can not use both expression and non-expression parameters in the same request: "
                   "Non-expression parameters: {" +
                       legacy + "} Expression parameters: {" + given + "}");
}

}  // namespace

Result<void> check_expression_members(Input input, const ExpressionMembers& members) {
    std::string given;
    bool takes_values = false;
    for (const std::string_view name : members.expressions) {
        if (!input.has(name)) continue;
        append_name(given, name);
        takes_values = takes_values || name != "ProjectionExpression";
    }
    TRY(check_mixing(input, members, given));
    if (given.empty() && input.has("ExpressionAttributeNames")) {
        return invalid(RequestFault::names_alone,
                       "ExpressionAttributeNames can only be specified when using expressions");
    }
    if (!takes_values && !members.value_users.empty() && input.has("ExpressionAttributeValues")) {
        const std::string message = "ExpressionAttributeValues can only be specified when using expressions";
        return invalid(RequestFault::values_alone, message,
                       message + ": " + std::string(members.value_users) + " null");
    }
    return {};
}

}  // namespace minamo
