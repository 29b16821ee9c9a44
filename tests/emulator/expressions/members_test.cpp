// Which members of a request go together, by operation.
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

constexpr std::string_view update_legacy[] = {"AttributeUpdates", "Expected", "ConditionalOperator"};
constexpr std::string_view update_expressions[] = {"UpdateExpression", "ConditionExpression"};
constexpr ExpressionMembers update{update_legacy, update_expressions, "UpdateExpression and ConditionExpression are"};

constexpr std::string_view put_legacy[] = {"Expected", "ConditionalOperator"};
constexpr std::string_view put_expressions[] = {"ConditionExpression"};
constexpr ExpressionMembers put{put_legacy, put_expressions, "ConditionExpression is"};

constexpr std::string_view query_legacy[] = {"AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"};
constexpr std::string_view query_expressions[] = {"ProjectionExpression", "FilterExpression", "KeyConditionExpression"};
constexpr ExpressionMembers query{query_legacy, query_expressions, "FilterExpression and KeyConditionExpression are"};

constexpr std::string_view get_legacy[] = {"AttributesToGet"};
constexpr std::string_view get_expressions[] = {"ProjectionExpression"};
constexpr ExpressionMembers get{get_legacy, get_expressions, {}};

const std::string mixing = "Can not use both expression and non-expression parameters in the same request: ";
const std::string names_alone = "ExpressionAttributeNames can only be specified when using expressions";
const std::string values_alone = "ExpressionAttributeValues can only be specified when using expressions: ";

struct MembersCase {
    const ExpressionMembers& members;
    std::string body;
    std::string message;
};

}  // namespace

TEST_CASE("Expression members: what does not go together is refused", "[members]") {
    const MembersCase cases[] = {
        {put, "{'Expected':{'a':{}},'ConditionExpression':'x'}",
         mixing + "Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}"},
        {put, "{'ConditionalOperator':'AND','Expected':{'a':{}},'ConditionExpression':''}",
         mixing + "Non-expression parameters: {Expected, ConditionalOperator} "
                  "Expression parameters: {ConditionExpression}"},
        {update,
         "{'ConditionExpression':'x','UpdateExpression':'y','ConditionalOperator':'OR','Expected':{'a':{}},"
         "'AttributeUpdates':{'b':{}}}",
         mixing + "Non-expression parameters: {AttributeUpdates, Expected, ConditionalOperator} "
                  "Expression parameters: {UpdateExpression, ConditionExpression}"},
        {update, "{'AttributeUpdates':{'b':{}},'ConditionExpression':'x'}",
         mixing + "Non-expression parameters: {AttributeUpdates} Expression parameters: {ConditionExpression}"},
        {query, "{'KeyConditions':{'a':{}},'KeyConditionExpression':'x'}",
         mixing + "Non-expression parameters: {KeyConditions} Expression parameters: {KeyConditionExpression}"},
        {query,
         "{'AttributesToGet':['a'],'QueryFilter':{'a':{}},'KeyConditions':{'a':{}},'KeyConditionExpression':'x',"
         "'FilterExpression':'y','ProjectionExpression':'z'}",
         mixing + "Non-expression parameters: {AttributesToGet, QueryFilter, KeyConditions} "
                  "Expression parameters: {ProjectionExpression, FilterExpression, KeyConditionExpression}"},
        {get, "{'AttributesToGet':['a'],'ProjectionExpression':'x'}",
         mixing + "Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}"},
        {put, "{'ExpressionAttributeNames':{}}", names_alone},
        {put, "{'ExpressionAttributeNames':{'#a':'b'},'Expected':{'a':{}}}", names_alone},
        {get, "{'ExpressionAttributeNames':{'#a':'b'},'AttributesToGet':['a']}", names_alone},
        {put, "{'ExpressionAttributeNames':{'#a':'b'},'ExpressionAttributeValues':{':a':{'S':'b'}}}", names_alone},
        {put, "{'ExpressionAttributeValues':{':a':{'S':'b'}}}", values_alone + "ConditionExpression is null"},
        {put, "{'ExpressionAttributeValues':{}}", values_alone + "ConditionExpression is null"},
        {update, "{'ExpressionAttributeValues':{':a':{'S':'b'}},'AttributeUpdates':{'b':{}}}",
         values_alone + "UpdateExpression and ConditionExpression are null"},
        {query, "{'ExpressionAttributeValues':{':a':{'S':'b'}},'ProjectionExpression':'x'}",
         values_alone + "FilterExpression and KeyConditionExpression are null"},
        {put, "{'Expected':{},'ConditionExpression':'x'}",
         mixing + "Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}"},
        // Mixing comes first.
        {get, "{'AttributesToGet':['a'],'ProjectionExpression':'x','ExpressionAttributeNames':{}}",
         mixing + "Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}"},
    };
    for (const MembersCase& each : cases) {
        INFO(each.body);
        CHECK(classic_fault(check_expression_members(Json(each.body).input(), each.members)) == each.message);
    }
}

TEST_CASE("Expression members: what goes together passes", "[members]") {
    const MembersCase cases[] = {
        {put, "{}", ""},
        {put, "{'Expected':{'a':{}},'ConditionalOperator':'OR'}", ""},
        {put, "{'Expected':null,'ConditionExpression':'x'}", ""},
        {put, "{'Expected':{'a':{}},'ConditionExpression':null}", ""},
        {put, "{'ExpressionAttributeNames':null,'ExpressionAttributeValues':null}", ""},
        {put, "{'ConditionExpression':'x','ExpressionAttributeNames':{},'ExpressionAttributeValues':{}}", ""},
        {query, "{'KeyConditions':{'a':{}},'FilterExpression':'x','ExpressionAttributeValues':{}}", ""},
        {query, "{'KeyConditions':{'a':{}},'QueryFilter':{'b':{}}}", ""},
        {get, "{'ProjectionExpression':'x','ExpressionAttributeNames':{'#a':'b'}}", ""},
        // GetItem knows no values: it has no words for them.
        {get, "{'ExpressionAttributeValues':{':a':{'S':'b'}}}", ""},
    };
    for (const MembersCase& each : cases) {
        INFO(each.body);
        CHECK(classic_fault(check_expression_members(Json(each.body).input(), each.members)) == each.message);
    }
}

TEST_CASE("Expression members: each fault says which it is", "[members]") {
    const auto fault_of = [](const ExpressionMembers& members, std::string_view body) {
        return check_expression_members(Json(body).input(), members).error()->fault;
    };
    CHECK(fault_of(put, "{'Expected':{'a':{}},'ConditionExpression':'x'}") == RequestFault::mixing);
    CHECK(fault_of(get, "{'AttributesToGet':['a'],'ProjectionExpression':'x'}") == RequestFault::mixing);
    CHECK(fault_of(update, "{'ExpressionAttributeValues':{}}") == RequestFault::values_alone);
    CHECK(fault_of(query, "{'ExpressionAttributeNames':{}}") == RequestFault::names_alone);
}

}  // namespace minamo
