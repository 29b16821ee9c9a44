// Values of wrong types, in the words of the service's Java front end.
#include "tests/emulator/validation/validating.hpp"

namespace minamo {
namespace {

using test::BodyCase;
using test::check_bodies;
using test::type_fault;
using test::validated;

const std::string structure_fault = type_fault("Start of structure or map found where not expected");
const std::string field_fault = type_fault("Unexpected field type");
const std::string payload_fault = type_fault("Unexpected value type in payload");

std::string class_fault(std::string_view name) {
    return type_fault("Unrecognized collection type class com.amazonaws.dynamodb.v20120810." + std::string(name));
}

std::string map_fault(std::string_view value) {
    return type_fault("Unrecognized collection type java.util.Map<java.lang.String, " + std::string(value) + ">");
}

// A body with one member.
std::string body(std::string_view member, std::string_view value) {
    return "{\"" + std::string(member) + "\":" + std::string(value) + "}";
}

// A PutItem whose attribute "a" is this value, complete otherwise.
std::string put(std::string_view value) {
    return R"({"TableName":"music","Item":{"a":)" + std::string(value) + "}}";
}

std::string batch_get(std::string_view table) {
    return R"({"RequestItems":{"music":)" + std::string(table) + "}}";
}

}  // namespace

TEST_CASE("Types: a String takes nothing but strings", "[validate]") {
    const auto fault = [](std::string_view token) {
        return type_fault(std::string(token) + " cannot be converted to String");
    };
    check_bodies(std::vector<BodyCase>{
        {"PutItem", body("TableName", "true"), fault("TRUE_VALUE")},
        {"PutItem", body("TableName", "false"), fault("FALSE_VALUE")},
        {"PutItem", body("TableName", "23"), fault("NUMBER_VALUE")},
        {"PutItem", body("TableName", "-23"), fault("NUMBER_VALUE")},
        {"PutItem", body("TableName", "18446744073709551615"), fault("NUMBER_VALUE")},
        {"PutItem", body("TableName", "23.5"), fault("DECIMAL_VALUE")},
        {"PutItem", body("TableName", "1e3"), fault("DECIMAL_VALUE")},
        {"PutItem", body("TableName", "[]"), type_fault("Unrecognized collection type class java.lang.String")},
        {"PutItem", body("TableName", "[\"a\"]"), type_fault("Unrecognized collection type class java.lang.String")},
        {"PutItem", body("TableName", "{}"), structure_fault},
        {"PutItem", body("ReturnValues", "1"), fault("NUMBER_VALUE")},
        {"GetItem", body("AttributesToGet", "[true]"), fault("TRUE_VALUE")},
        {"GetItem", body("AttributesToGet", "[[]]"), type_fault("Unrecognized collection type class java.lang.String")},
        {"GetItem", body("AttributesToGet", "[{}]"), structure_fault},
        {"GetItem", body("ExpressionAttributeNames", R"({"#a":1})"), fault("NUMBER_VALUE")},
        {"GetItem", body("ExpressionAttributeNames", R"({"#a":{}})"), structure_fault},
    });
}

TEST_CASE("Types: an Integer takes nothing but numbers", "[validate]") {
    const auto fault = [](std::string_view token) {
        return type_fault(std::string(token) + " cannot be converted to Integer");
    };
    check_bodies(std::vector<BodyCase>{
        {"Scan", body("Limit", "true"), fault("TRUE_VALUE")},
        {"Scan", body("Limit", "false"), fault("FALSE_VALUE")},
        {"Scan", body("Limit", "\"1\""), fault("STRING_VALUE")},
        {"Scan", body("Limit", "\"\""), fault("STRING_VALUE")},
        {"Scan", body("Limit", "[]"), type_fault("Unrecognized collection type class java.lang.Integer")},
        {"Scan", body("Limit", "{}"), structure_fault},
        {"Scan", R"({"TableName":"music","Limit":1.9})", "ok"},
        {"Scan", R"({"TableName":"music","Limit":1e2})", "ok"},
    });
}

TEST_CASE("Types: a Long names itself Long", "[validate]") {
    const auto table = [](std::string_view units) {
        return R"({"ProvisionedThroughput":{"ReadCapacityUnits":)" + std::string(units) + "}}";
    };
    check_bodies(std::vector<BodyCase>{
        {"CreateTable", table("true"), type_fault("TRUE_VALUE cannot be converted to Long")},
        {"CreateTable", table("\"5\""), type_fault("STRING_VALUE cannot be converted to Long")},
        {"CreateTable", table("[]"), type_fault("Unrecognized collection type class java.lang.Long")},
        {"CreateTable", table("{}"), structure_fault},
    });
}

TEST_CASE("Types: a Double names itself Double", "[validate]") {
    const auto policy = [](std::string_view value) {
        return R"({"ProvisionedWriteCapacityAutoScalingUpdate":{"ScalingPolicyUpdate":)"
               R"({"TargetTrackingScalingPolicyConfiguration":{"TargetValue":)" +
               std::string(value) + "}}}}";
    };
    const std::string_view operation = "UpdateTableReplicaAutoScaling";
    check_bodies(std::vector<BodyCase>{
        {operation, policy("\"1\""), type_fault("STRING_VALUE cannot be converted to Double")},
        {operation, policy("false"), type_fault("FALSE_VALUE cannot be converted to Double")},
        {operation, policy("[]"), type_fault("Unrecognized collection type class java.lang.Double")},
        {operation, policy("{}"), structure_fault},
    });
}

TEST_CASE("Types: a Boolean takes six texts in any case", "[validate]") {
    for (const std::string_view text : {"true", "TRUE", "True", "1", "yes", "YES", "false", "False", "0", "no", "No"}) {
        const std::string value = "\"" + std::string(text) + "\"";
        CHECK(validated("Scan", R"({"TableName":"music","ConsistentRead":)" + value + "}") == "ok");
    }
    const std::string token = type_fault("Unexpected token received from parser");
    check_bodies(std::vector<BodyCase>{
        {"Scan", body("ConsistentRead", "\"\""), token},
        {"Scan", body("ConsistentRead", "\"t\""), token},
        {"Scan", body("ConsistentRead", "\"y\""), token},
        {"Scan", body("ConsistentRead", "\" true\""), token},
        {"Scan", body("ConsistentRead", "\"truee\""), token},
        {"Scan", body("ConsistentRead", "\"01\""), token},
        {"Scan", body("ConsistentRead", "1"), type_fault("NUMBER_VALUE cannot be converted to Boolean")},
        {"Scan", body("ConsistentRead", "0"), type_fault("NUMBER_VALUE cannot be converted to Boolean")},
        {"Scan", body("ConsistentRead", "1.5"), type_fault("DECIMAL_VALUE cannot be converted to Boolean")},
        {"Scan", body("ConsistentRead", "[]"), type_fault("Unrecognized collection type class java.lang.Boolean")},
        {"Scan", body("ConsistentRead", "{}"), structure_fault},
        {"PutItem", put(R"({"BOOL":"maybe"})"), token},
        {"PutItem", put(R"({"NULL":"maybe"})"), token},
        {"PutItem", put(R"({"NULL":1})"), type_fault("NUMBER_VALUE cannot be converted to Boolean")},
        {"PutItem", put(R"({"NULL":"yes"})"), "ok"},
    });
}

TEST_CASE("Types: a blob is base64", "[validate]") {
    const std::string other = type_fault("only base-64-encoded strings are convertible to bytes");
    const auto length = [](int bytes) {
        return type_fault("Base64 encoded length is expected a multiple of 4 bytes but found: " +
                          std::to_string(bytes));
    };
    const std::string tail = type_fault("Invalid last non-pad Base64 character dectected");
    check_bodies(std::vector<BodyCase>{
        {"PutItem", put(R"({"B":true})"), other},
        {"PutItem", put(R"({"B":false})"), other},
        {"PutItem", put(R"({"B":23})"), other},
        {"PutItem", put(R"({"B":23.5})"), other},
        {"PutItem", put(R"({"B":[]})"), type_fault("Unrecognized collection type class java.nio.ByteBuffer")},
        {"PutItem", put(R"({"B":{}})"), structure_fault},
        {"PutItem", put(R"({"B":"a"})"), length(1)},
        {"PutItem", put(R"({"B":"abcde"})"), length(5)},
        {"PutItem", put(R"({"B":"YWE"})"), length(3)},
        {"PutItem", put(R"({"B":"YX=="})"), tail},
        {"PutItem", put(R"({"B":"YWF="})"), tail},
        {"PutItem", put(R"({"B":"abcdYX=="})"), tail},
        {"PutItem", put(R"({"B":"ab-d"})"), type_fault("Invalid last non-pad Base64 character dectected")},
        {"PutItem", put(R"({"B":"a==="})"), type_fault("Invalid last non-pad Base64 character dectected")},
        {"PutItem", put(R"({"B":"===="})"), type_fault("Invalid last non-pad Base64 character dectected")},
        {"PutItem", put(R"({"B":"=abc"})"), type_fault("Invalid last non-pad Base64 character dectected")},
        {"PutItem", put("{\"B\":\"ab\xC3\xA9\"}"), type_fault("Invalid last non-pad Base64 character dectected")},
        {"PutItem", put(R"({"BS":["YQ==",1]})"), other},
        {"PutItem", put(R"({"BS":["YQ==","a"]})"), length(1)},
        {"PutItem", put(R"({"BS":[[]]})"), type_fault("Unrecognized collection type class java.nio.ByteBuffer")},
        {"PutItem", put(R"({"B":""})"), "ok"},
        {"PutItem", put(R"({"B":"YQ=="})"), "ok"},
        {"PutItem", put(R"({"B":"YWE="})"), "ok"},
        {"PutItem", put(R"({"B":"+/+/"})"), "ok"},
    });
}

TEST_CASE("Types: a list takes nothing but arrays", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"GetItem", body("AttributesToGet", "true"), field_fault},
        {"GetItem", body("AttributesToGet", "1"), field_fault},
        {"GetItem", body("AttributesToGet", "1.5"), field_fault},
        {"GetItem", body("AttributesToGet", "\"a\""), field_fault},
        {"GetItem", body("AttributesToGet", "{}"), structure_fault},
        {"CreateTable", body("KeySchema", "\"a\""), field_fault},
        {"PutItem", put(R"({"L":"a"})"), field_fault},
        {"PutItem", put(R"({"SS":"a"})"), field_fault},
        {"PutItem", put(R"({"NS":{}})"), structure_fault},
    });
}

TEST_CASE("Types: a map takes nothing but objects", "[validate]") {
    const std::string package = "com.amazonaws.dynamodb.v20120810.";
    check_bodies(std::vector<BodyCase>{
        {"PutItem", body("Item", "true"), field_fault},
        {"PutItem", body("Item", "1"), field_fault},
        {"PutItem", body("Item", "1.5"), field_fault},
        {"PutItem", body("Item", "\"a\""), field_fault},
        {"PutItem", body("Item", "[]"), map_fault(package + "AttributeValue")},
        {"PutItem", put(R"({"M":[]})"), map_fault(package + "AttributeValue")},
        {"PutItem", put(R"({"M":"a"})"), field_fault},
        {"PutItem", body("Expected", "[]"), map_fault(package + "ExpectedAttributeValue")},
        {"UpdateItem", body("AttributeUpdates", "[]"), map_fault(package + "AttributeValueUpdate")},
        {"Query", body("KeyConditions", "[]"), map_fault(package + "Condition")},
        {"Scan", body("ScanFilter", "[]"), map_fault(package + "Condition")},
        {"BatchGetItem", body("RequestItems", "[]"), map_fault(package + "KeysAndAttributes")},
        {"BatchWriteItem", body("RequestItems", "[]"), map_fault("java.util.List<" + package + "WriteRequest>")},
        {"GetItem", body("ExpressionAttributeNames", "[]"), map_fault("java.lang.String")},
    });
}

TEST_CASE("Types: a structure as a member takes nothing but objects", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"CreateTable", body("ProvisionedThroughput", "true"), field_fault},
        {"CreateTable", body("ProvisionedThroughput", "1"), field_fault},
        {"CreateTable", body("ProvisionedThroughput", "\"a\""), field_fault},
        {"CreateTable", body("ProvisionedThroughput", "[]"), class_fault("ProvisionedThroughput")},
        {"CreateTable", body("LocalSecondaryIndexes", R"([{"Projection":[]}])"), class_fault("Projection")},
        {"UpdateTable", body("GlobalSecondaryIndexUpdates", R"([{"Create":[]}])"),
         class_fault("CreateGlobalSecondaryIndexAction")},
        {"UpdateTable", body("GlobalSecondaryIndexUpdates", R"([{"Delete":1}])"), field_fault},
        {"PutItem", body("Expected", R"({"a":{"Value":1}})"), field_fault},
        {"PutItem", body("Expected", R"({"a":{"Value":[]}})"), class_fault("AttributeValue")},
    });
}

TEST_CASE("Types: a structure in a collection takes nothing but objects", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"PutItem", put("true"), payload_fault},
        {"PutItem", put("1"), payload_fault},
        {"PutItem", put("1.5"), payload_fault},
        {"PutItem", put("\"a\""), payload_fault},
        {"PutItem", put("[]"), class_fault("AttributeValue")},
        {"PutItem", put(R"({"L":["a"]})"), payload_fault},
        {"PutItem", put(R"({"L":[[]]})"), class_fault("AttributeValue")},
        {"PutItem", put(R"({"M":{"x":1}})"), payload_fault},
        {"CreateTable", body("KeySchema", "[1]"), payload_fault},
        {"CreateTable", body("KeySchema", "[[]]"), class_fault("KeySchemaElement")},
        {"CreateTable", body("AttributeDefinitions", "[[]]"), class_fault("AttributeDefinition")},
        {"BatchWriteItem", R"({"RequestItems":{"music":["a"]}})", payload_fault},
        {"BatchWriteItem", R"({"RequestItems":{"music":[[]]}})", class_fault("WriteRequest")},
        {"BatchWriteItem", R"({"RequestItems":{"music":[{"PutRequest":[]}]}})", class_fault("PutRequest")},
        {"BatchWriteItem", R"({"RequestItems":{"music":[{"DeleteRequest":"a"}]}})", field_fault},
        {"BatchGetItem", batch_get("[]"), class_fault("KeysAndAttributes")},
        {"BatchGetItem", batch_get("1"), payload_fault},
        {"TagResource", body("Tags", "[[]]"), class_fault("Tag")},
    });
}

TEST_CASE("Types: a collection in a collection has the cast of its Java type", "[validate]") {
    const std::string cast = type_fault(
        "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "
        "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of "
        "loader 'bootstrap')");
    check_bodies(std::vector<BodyCase>{
        {"BatchGetItem", batch_get(R"({"Keys":[1]})"), cast},
        {"BatchGetItem", batch_get(R"({"Keys":[true]})"), cast},
        {"BatchGetItem", batch_get(R"({"Keys":["a"]})"), cast},
        {"BatchGetItem", batch_get(R"({"Keys":[1.5]})"), cast},
        {"BatchGetItem", batch_get(R"({"Keys":[[]]})"), map_fault("com.amazonaws.dynamodb.v20120810.AttributeValue")},
        {"BatchWriteItem", R"({"RequestItems":{"music":1}})", cast},
        {"BatchWriteItem", R"({"RequestItems":{"music":"a"}})", cast},
        {"BatchWriteItem", R"({"RequestItems":{"music":false}})", cast},
        {"BatchWriteItem", R"({"RequestItems":{"music":{}}})", structure_fault},
    });
}

TEST_CASE("Types: N is a String, not a number", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"PutItem", put(R"({"N":1})"), type_fault("NUMBER_VALUE cannot be converted to String")},
        {"PutItem", put(R"({"N":1.5})"), type_fault("DECIMAL_VALUE cannot be converted to String")},
        {"PutItem", put(R"({"NS":[1]})"), type_fault("NUMBER_VALUE cannot be converted to String")},
        {"PutItem", put(R"({"S":1})"), type_fault("NUMBER_VALUE cannot be converted to String")},
        {"PutItem", put(R"({"SS":[{}]})"), structure_fault},
    });
}

TEST_CASE("Types: a timestamp is a number", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"ListBackups", body("TimeRangeLowerBound", "\"2020\""),
         type_fault("STRING_VALUE cannot be converted to Date")},
        {"ListBackups", body("TimeRangeLowerBound", "true"), type_fault("TRUE_VALUE cannot be converted to Date")},
        {"ListBackups", body("TimeRangeLowerBound", "[]"),
         type_fault("Unrecognized collection type class java.util.Date")},
        {"ListBackups", body("TimeRangeLowerBound", "{}"), structure_fault},
        {"ListBackups", body("TimeRangeLowerBound", "1.5e9"), "ok"},
    });
}

TEST_CASE("Types: the member that the service converts first is reported", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        // At the top the service's own order counts: ReturnConsumedCapacity, TableName, Item, ...
        {"PutItem", R"({"Item":1,"TableName":1})", type_fault("NUMBER_VALUE cannot be converted to String")},
        {"PutItem", R"({"TableName":1,"ReturnConsumedCapacity":true})",
         type_fault("TRUE_VALUE cannot be converted to String")},
        {"GetItem", R"({"TableName":1,"AttributesToGet":1})", field_fault},
        {"Query", R"({"TableName":1,"Select":1.5})", type_fault("DECIMAL_VALUE cannot be converted to String")},
        {"Scan", R"({"Segment":"a","TotalSegments":{}})", structure_fault},
        {"UpdateTable", R"({"AttributeDefinitions":1,"TableName":[]})",
         type_fault("Unrecognized collection type class java.lang.String")},
        // Below, the order of the body.
        {"PutItem", R"({"Item":{"b":1,"a":[]}})", payload_fault},
        {"PutItem", R"({"Item":{"a":[],"b":1}})", class_fault("AttributeValue")},
        {"PutItem", put(R"({"M":1,"S":1})"), field_fault},
        {"PutItem", put(R"({"S":1,"M":1})"), type_fault("NUMBER_VALUE cannot be converted to String")},
    });
}

TEST_CASE("Types: unknown members are ignored", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"ListTables", R"({"Nothing":{"of":["this"]},"tableName":1,"limit":"x"})", "ok"},
        {"PutItem", put(R"({"X":1,"S":"a","s":2})"), "ok"},
        {"PutItem", put(R"({"X":1})"), "ok"},
    });
}

TEST_CASE("Types: null counts as absent", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"ListTables", R"({"Limit":null,"ExclusiveStartTableName":null})", "ok"},
        {"PutItem", put(R"({"S":"a","N":null,"L":null})"), "ok"},
        {"PutItem", put("null"), "ok"},
        {"PutItem", put(R"({"M":{"a":null}})"), "ok"},
    });
}

TEST_CASE("Types: of duplicates the last counts", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"ListTables", R"({"Limit":"a","Limit":1})", "ok"},
        {"ListTables", R"({"Limit":1,"Limit":"a"})", type_fault("STRING_VALUE cannot be converted to Integer")},
        {"ListTables", R"({"Limit":"a","Limit":null})", "ok"},
    });
}

TEST_CASE("Types: a wrong type wins over broken constraints", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"PutItem", R"({"ReturnValues":"x","ExpressionAttributeNames":1})", field_fault},
        {"CreateTable", R"({"Tags":"x"})", field_fault},
        {"DeleteTable", R"({"TableName":1})", type_fault("NUMBER_VALUE cannot be converted to String")},
    });
}

}  // namespace minamo
