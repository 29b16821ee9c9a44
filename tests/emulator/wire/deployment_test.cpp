// Which deployment's words an operation's fault gets.
#include "emulator/wire/deployment.hpp"

#include "emulator/api/operations.hpp"
#include "minamo/emulator.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

const std::string envelope = "1 validation error detected: ";

std::string worded(RequestFault fault, std::string_view operation, Deployment deployment) {
    Error error = invalid(fault, "recent", "classic").value();
    word(error, api::find_operation(operation)->front, deployment);
    return error->message;
}

}  // namespace

TEST_CASE("Deployment: the new front's faults by operation", "[deployment]") {
    struct Row {
        RequestFault fault;
        std::vector<std::string_view> operations;
    };
    const Row rows[] = {
        {RequestFault::mixing, {"PutItem", "UpdateItem"}},
        {RequestFault::names_alone, {"PutItem", "UpdateItem"}},
        {RequestFault::values_alone, {"PutItem", "UpdateItem"}},
        {RequestFault::no_values, {"PutItem", "UpdateItem"}},
        {RequestFault::number, {"PutItem", "UpdateItem", "DeleteItem"}},
        {RequestFault::null_or_texts, {"PutItem", "UpdateItem"}},
        {RequestFault::set, {"PutItem", "UpdateItem"}},
        {RequestFault::nesting, {"UpdateItem"}},
        {RequestFault::datatype, {}},
        {RequestFault::map_name, {}},
        {RequestFault::condition, {"PutItem", "UpdateItem"}},
        {RequestFault::update, {"UpdateItem"}},
        {RequestFault::unused, {"PutItem", "UpdateItem", "DeleteItem"}},
        {RequestFault::expected, {"PutItem"}},
        {RequestFault::return_values, {"PutItem"}},
        {RequestFault::select, {"Query"}},
        {RequestFault::empty_index_key, {}},
    };
    for (const Row& row : rows) {
        for (const std::string_view operation : {"PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "GetItem",
                                                 "BatchWriteItem", "TransactWriteItems"}) {
            INFO(static_cast<int>(row.fault) << " " << operation);
            const bool fronted = std::ranges::count(row.operations, operation) > 0;
            CHECK(worded(row.fault, operation, Deployment::recent) == (fronted ? envelope + "recent" : "classic"));
            CHECK(worded(row.fault, operation, Deployment::classic) == "classic");
        }
    }
}

TEST_CASE("Deployment: other errors keep their words", "[deployment]") {
    Error error = invalid("said").value();
    word(error, Front::put, Deployment::recent);
    CHECK(error->message == "said");
    Error plain = invalid(RequestFault::condition, "said").value();
    word(plain, Front::none, Deployment::recent);
    CHECK(plain->message == "said");
}

TEST_CASE("Deployment: an emulator speaks like one of the two", "[deployment]") {
    struct Row {
        std::string operation;
        std::string body;
        std::string recent;
        std::string classic;
    };
    const std::string table = R"("TableName":"Absent","Key":{"a":{"S":"x"}})";
    const std::string values = "ExpressionAttributeValues contains invalid value: ";
    const std::string numeric = "The parameter cannot be converted to a numeric value";
    const Row rows[] = {
        {"UpdateItem", "{" + table + R"(,"UpdateExpression":"SET b = :v","ExpressionAttributeValues":{":v":{"N":""}}})",
         envelope + numeric + ": ", values + numeric + " for key :v"},
        {"DeleteItem", "{" + table + R"(,"ConditionExpression":"b = c","ExpressionAttributeNames":{"#d":"d"}})",
         envelope + "Value provided in ExpressionAttributeNames unused in expressions: keys: {#d}",
         "Value provided in ExpressionAttributeNames unused in expressions: keys: {#d}"},
        {"GetItem", R"({"TableName":"Absent","Key":{"a":{"N":""}}})", numeric, numeric},
        {"GetItem", R"({"TableName":"","Key":{"a":{"S":""}}})",
         envelope + "Value at 'TableName' failed to satisfy constraint: Member must have length greater than or equal "
                    "to 1",
         envelope + "Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or "
                    "equal to 1"},
        {"UpdateItem", "{" + table + R"(,"ReturnValues":"BAD"})",
         envelope + "Failed to satisfy constraint: Member must satisfy enum value set: "
                    "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]",
         envelope + "Value 'BAD' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: "
                    "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"},
        {"BatchGetItem", R"({"RequestItems":{}})",
         envelope + "Value at 'RequestItems' failed to satisfy constraint: Member must have length greater than or "
                    "equal to 1",
         "The requestItems parameter is required for BatchGetItem"},
        {"BatchWriteItem", R"({"RequestItems":{}})", "The requestItems parameter is required for BatchWriteItem",
         "The requestItems parameter is required for BatchWriteItem"},
    };
    Options classic;
    classic.envelope = false;
    Emulator recent_emulator;
    Emulator classic_emulator(classic);
    for (const Row& row : rows) {
        INFO(row.operation << " " << row.body);
        CHECK_THAT(recent_emulator.call(row.operation, row.body).body,
                   tests::is_json(tests::error_json("ValidationException", row.recent)));
        CHECK_THAT(classic_emulator.call(row.operation, row.body).body,
                   tests::is_json(tests::error_json("ValidationException", row.classic)));
    }
}

}  // namespace minamo
