// Broken constraints: their texts, their paths, their order, and how many are told at once.
#include "tests/emulator/validation/constraint_words.hpp"

namespace minamo {

using namespace test;

namespace {

// A body with TableName and one more member.
std::string with_table(std::string_view member, std::string_view value) {
    return R"({"TableName":"music",")" + std::string(member) + "\":" + std::string(value) + "}";
}

// A Query with this member, complete otherwise.
std::string table_body(std::string_view members) {
    return R"({"TableName":"music","AttributeDefinitions":[],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}])" +
           std::string(members.empty() ? "" : ",") + std::string(members) + "}";
}

}  // namespace

TEST_CASE("Constraints: a required member that is absent is null", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"PutItem", "{}", faults({missing("tableName"), missing("item")})},
        {"PutItem", R"({"TableName":null,"Item":null})", faults({missing("tableName"), missing("item")})},
        {"PutItem", R"({"TableName":"music"})", faults({missing("item")})},
        {"PutItem", R"({"Item":{}})", faults({missing("tableName")})},
        {"GetItem", "{}", faults({missing("tableName"), missing("key")})},
        {"UpdateItem", "{}", faults({missing("tableName"), missing("key")})},
        {"DeleteItem", "{}", faults({missing("tableName"), missing("key")})},
        {"Query", "{}", faults({missing("tableName")})},
        {"Scan", "{}", faults({missing("tableName")})},
        {"BatchGetItem", "{}", faults({missing("requestItems")})},
        {"BatchWriteItem", "{}", faults({missing("requestItems")})},
        {"TransactWriteItems", "{}", faults({missing("transactItems")})},
        {"CreateTable", table_body(R"("ProvisionedThroughput":{})"),
         faults({missing("provisionedThroughput.readCapacityUnits"),
                 missing("provisionedThroughput.writeCapacityUnits")})},
        {"CreateTable", R"({"TableName":"music"})", faults({missing("attributeDefinitions"), missing("keySchema")})},
    });
}

TEST_CASE("Constraints: an enum prints its values in the service's order", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"Scan", with_table("ReturnConsumedCapacity", "\"hi\""),
         faults({constraint("'hi'", "returnConsumedCapacity", one_of("[INDEXES, TOTAL, NONE]"))})},
        {"PutItem", R"({"TableName":"music","Item":{},"ReturnValues":"hi"})",
         "ValidationException: 1 validation error detected: Failed to satisfy constraint: " +
             one_of("[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]")},
        {"PutItem", R"({"TableName":"music","Item":{},"ReturnItemCollectionMetrics":""})",
         faults({constraint("''", "returnItemCollectionMetrics", one_of("[SIZE, NONE]"))})},
        {"Scan", with_table("ConditionalOperator", "\"and\""),
         faults({constraint("'and'", "conditionalOperator", one_of("[OR, AND]"))})},
        {"Scan", with_table("Select", "\"ATTRIBUTES\""),
         faults({constraint("'ATTRIBUTES'", "select",
                            one_of("[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]"))})},
        {"Scan", with_table("Select", "\"COUNT, ALL_ATTRIBUTES\""),
         faults({constraint("'COUNT, ALL_ATTRIBUTES'", "select",
                            one_of("[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]"))})},
        {"PutItem", R"({"TableName":"music","Item":{},"ReturnValuesOnConditionCheckFailure":"ALL_NEW"})",
         faults({constraint("'ALL_NEW'", "returnValuesOnConditionCheckFailure", one_of("[ALL_OLD, NONE]"))})},
        {"Scan", with_table("ScanFilter", R"({"a":{"ComparisonOperator":"="}})"),
         faults({constraint("'='", "scanFilter.a.member.comparisonOperator",
                            one_of("[IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, "
                                   "CONTAINS]"))})},
        {"UpdateItem", R"({"TableName":"music","Key":{},"AttributeUpdates":{"a":{"Action":"SET"}}})",
         faults({constraint("'SET'", "attributeUpdates.a.member.action", one_of("[ADD, PUT, DELETE]"))})},
        {"CreateTable", table_body(R"("BillingMode":"FREE")"),
         faults({constraint("'FREE'", "billingMode", one_of("[PROVISIONED, PAY_PER_REQUEST]"))})},
        {"CreateTable", table_body(R"("TableClass":"BEST")"),
         faults({constraint("'BEST'", "tableClass", one_of("[STANDARD, STANDARD_INFREQUENT_ACCESS]"))})},
        {"CreateTable", table_body(R"("SSESpecification":{"SSEType":"X"})"),
         faults({constraint("'X'", "sSESpecification.sSEType", one_of("[AES256, KMS]"))})},
        {"Scan", with_table("Select", "\"COUNT\""), "ok"},
    });
}

TEST_CASE("Constraints: a number has its bounds", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"Scan", with_table("Limit", "0"), faults({constraint("'0'", "limit", at_least(1))})},
        {"Scan", with_table("Limit", "-1"), faults({constraint("'-1'", "limit", at_least(1))})},
        {"Scan", with_table("Limit", "0.9"), faults({constraint("'0'", "limit", at_least(1))})},
        {"Scan", with_table("Limit", "-0.5"), faults({constraint("'-1'", "limit", at_least(1))})},
        {"Scan", R"({"TableName":"music","Segment":1000000,"TotalSegments":1000001})",
         faults({constraint("'1000001'", "totalSegments", at_most(1000000)),
                 constraint("'1000000'", "segment", at_most(999999))})},
        {"Scan", R"({"TableName":"music","Segment":-1,"TotalSegments":0})",
         faults({constraint("'0'", "totalSegments", at_least(1)), constraint("'-1'", "segment", at_least(0))})},
        {"ListTables", R"({"Limit":101})", faults({constraint("'101'", "limit", at_most(100))})},
        {"ListTables", R"({"Limit":0})", faults({constraint("'0'", "limit", at_least(1))})},
        {"ListTables", R"({"Limit":1e30})", faults({constraint("'9223372036854775807'", "limit", at_most(100))})},
        {"ListTables", R"({"Limit":-1e30})", faults({constraint("'-9223372036854775808'", "limit", at_least(1))})},
        {"ListTables", R"({"Limit":18446744073709551615})",
         faults({constraint("'9223372036854775807'", "limit", at_most(100))})},
        {"ListBackups", R"({"Limit":101})", faults({constraint("'101'", "limit", at_most(100))})},
        {"ExecuteStatement", R"({"Statement":"x","Limit":0})", faults({constraint("'0'", "limit", at_least(1))})},
        {"CreateTable", table_body(R"("ProvisionedThroughput":{"ReadCapacityUnits":0,"WriteCapacityUnits":-1})"),
         faults({constraint("'0'", "provisionedThroughput.readCapacityUnits", at_least(1)),
                 constraint("'-1'", "provisionedThroughput.writeCapacityUnits", at_least(1))})},
        {"Scan", with_table("Limit", "2147483648"), "ok"},
        {"ListTables", R"({"Limit":100.9})", "ok"},
        {"Scan", R"({"TableName":"music","Segment":999999,"TotalSegments":1000000})", "ok"},
    });
}

TEST_CASE("Constraints: Query's Limit is told by its own name, without the value", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"Query", with_table("Limit", "0"), one_fault(valueless("Limit", at_least(1)))},
        {"Query", with_table("Limit", "-5"), one_fault(valueless("Limit", at_least(1)))},
    });
}

TEST_CASE("Constraints: lengths of strings", "[validate]") {
    const std::string long_name(256, 'a');
    const std::string token(37, 't');
    const std::string transaction = R"({"TransactItems":[{}],"ClientRequestToken":)";
    check_bodies(std::vector<BodyCase>{
        {"Scan", with_table("IndexName", "\"ab\""), faults({constraint("'ab'", "indexName", greater(3))})},
        {"Scan", with_table("IndexName", "\"" + long_name + "\""),
         faults({constraint(in_quotes(long_name), "indexName", less(255))})},
        {"Scan", with_table("IndexName", "\"\""), faults({constraint("''", "indexName", greater(3))})},
        {"TransactWriteItems", transaction + "\"" + token + "\"}",
         faults({constraint(in_quotes(token), "clientRequestToken", less(36))})},
        {"TransactWriteItems", transaction + "\"\"}", faults({constraint("''", "clientRequestToken", greater(1))})},
        {"ExecuteStatement", R"({"Statement":""})", faults({constraint("''", "statement", greater(1))})},
        {"ExecuteStatement", "{\"Statement\":\"" + std::string(8193, 'x') + "\"}",
         faults({constraint(in_quotes(std::string(8193, 'x')), "statement", less(8192))})},
        {"ExecuteStatement", R"({"Statement":"x","NextToken":""})",
         faults({constraint("''", "nextToken", greater(1))})},
        {"TagResource", R"({"ResourceArn":"a","Tags":[{"Key":"","Value":""}]})",
         faults({constraint("''", "tags.1.member.key", greater(1))})},
        {"TagResource", R"({"ResourceArn":"a","Tags":[{"Key":"k"}]})", faults({missing("tags.1.member.value")})},
        {"UpdateTimeToLive", R"({"TableName":"music","TimeToLiveSpecification":{"Enabled":true,"AttributeName":""}})",
         faults({constraint("''", "timeToLiveSpecification.attributeName", greater(1))})},
        {"TagResource",
         "{\"ResourceArn\":\"a\",\"Tags\":[{\"Key\":\"k\",\"Value\":\"" + std::string(256, 'v') + "\"}]}", "ok"},
    });
}

TEST_CASE("Constraints: lengths are counted in UTF-16 units", "[validate]") {
    const auto tag = [](const std::string& key) {
        return "{\"ResourceArn\":\"a\",\"Tags\":[{\"Key\":\"" + key + "\",\"Value\":\"\"}]}";
    };
    std::string accented;
    for (int i = 0; i < 128; ++i) accented.append("\xC3\xA9");
    std::string faces;
    for (int i = 0; i < 64; ++i) faces.append("\xF0\x9F\x98\x80");
    check_bodies(std::vector<BodyCase>{
        {"TagResource", tag(accented), "ok"},
        {"TagResource", tag(faces), "ok"},
        {"TagResource", tag(accented + "x"),
         faults({constraint(in_quotes(accented + "x"), "tags.1.member.key", less(128))})},
        {"TagResource", tag(faces + "x"), faults({constraint(in_quotes(faces + "x"), "tags.1.member.key", less(128))})},
    });
}

TEST_CASE("Constraints: lengths of collections", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"GetItem", R"({"TableName":"music","Key":{},"AttributesToGet":[]})",
         faults({constraint("'[]'", "attributesToGet", greater(1))})},
        {"CreateTable", R"({"TableName":"music","AttributeDefinitions":[],"KeySchema":[]})",
         faults({constraint("'[]'", "keySchema", greater(1))})},
        {"BatchGetItem", R"({"RequestItems":{}})", one_fault(valueless("RequestItems", greater(1)))},
        {"BatchWriteItem", R"({"RequestItems":{}})",
         "ValidationException: The requestItems parameter is required for BatchWriteItem"},
        {"TransactWriteItems", R"({"TransactItems":[]})", faults({constraint("'[]'", "transactItems", greater(1))})},
        {"TransactGetItems", R"({"TransactItems":[]})", faults({constraint("'[]'", "transactItems", greater(1))})},
        {"ExecuteStatement", R"({"Statement":"x","Parameters":[]})",
         faults({constraint("'[]'", "parameters", greater(1))})},
        {"BatchExecuteStatement", R"({"Statements":[]})", faults({constraint("'[]'", "statements", greater(1))})},
        {"CreateTable",
         table_body(
             R"("LocalSecondaryIndexes":[{"IndexName":"abc","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],)"
             R"("Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":[]}}])"),
         faults({constraint("'[]'", "localSecondaryIndexes.1.member.projection.nonKeyAttributes", greater(1))})},
    });
    CHECK(validated("GetItem", R"({"TableName":"music","Key":{},"AttributesToGet":)" + repeated("\"a\"", 255) + "}") ==
          "ok");
    CHECK(validated("GetItem", R"({"TableName":"music","Key":{},"AttributesToGet":)" + repeated("\"a\"", 256) + "}")
              .ends_with("]' at 'attributesToGet' failed to satisfy constraint: " + less(255)));
}

TEST_CASE("Constraints: a table's key has two elements, a global index's eight", "[validate]") {
    const std::string element = R"({"AttributeName":"a","KeyType":"HASH"})";
    const auto global = [&element](int elements) {
        return table_body(R"("GlobalSecondaryIndexes":[{"IndexName":"abc","Projection":{},"KeySchema":)" +
                          repeated(element, elements) + "}]");
    };
    const std::string dump = "KeySchemaElement(attributeName=a, keyType=HASH)";
    check_bodies(std::vector<BodyCase>{
        {"CreateTable", R"({"TableName":"music","AttributeDefinitions":[],"KeySchema":)" + repeated(element, 3) + "}",
         faults({constraint("'[" + dump + ", " + dump + ", " + dump + "]'", "keySchema", less(2))})},
        {"CreateTable", global(8), "ok"},
    });
    CHECK(validated("CreateTable", global(9))
              .ends_with("' at 'globalSecondaryIndexes.1.member.keySchema' failed to satisfy constraint: " + less(8)));
}

TEST_CASE("Constraints: patterns", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"Scan", with_table("IndexName", "\"ab;\""), faults({constraint("'ab;'", "indexName", name_pattern)})},
        {"Scan", with_table("IndexName", "\"a b\""), faults({constraint("'a b'", "indexName", name_pattern)})},
        {"Scan", with_table("IndexName", "\";\""),
         faults({constraint("';'", "indexName", greater(3)), constraint("';'", "indexName", name_pattern)})},
        {"Scan", with_table("IndexName", "\"abc\xC3\xA9\""),
         faults({constraint("'abc\xC3\xA9'", "indexName", name_pattern)})},
        {"ListTables", R"({"ExclusiveStartTableName":"a/b"})",
         faults({constraint("'a/b'", "exclusiveStartTableName", name_pattern)})},
        {"ListExports", R"({"MaxResults":0,"TableArn":""})",
         faults({constraint("''", "tableArn", greater(1)), constraint("'0'", "maxResults", at_least(1))})},
        {"ListImports", R"({"NextToken":"0123456789abcdeg"})",
         faults({constraint("'0123456789abcdeg'", "nextToken", greater(112)),
                 constraint("'0123456789abcdeg'", "nextToken",
                            "Member must satisfy regular expression pattern: ([0-9a-f]{16})+")})},
        {"ImportTable",
         R"({"ClientToken":"a$b","S3BucketSource":{"S3Bucket":"-a","S3BucketOwner":"12345678901"},"InputFormat":"ION",)"
         R"("TableCreationParameters":{"TableName":"abc","AttributeDefinitions":[],"KeySchema":)" +
             repeated(R"({"AttributeName":"a","KeyType":"HASH"})", 1) + "}}",
         faults(
             {constraint("'a$b'", "clientToken", R"(Member must satisfy regular expression pattern: ^[^\$]+$)"),
              constraint("'12345678901'", "s3BucketSource.s3BucketOwner",
                         "Member must satisfy regular expression pattern: [0-9]{12}"),
              constraint("'-a'", "s3BucketSource.s3Bucket",
                         R"(Member must satisfy regular expression pattern: ^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)")})},
        {"Scan", with_table("IndexName", "\"a.B-_9\""), "ok"},
    });
}

TEST_CASE("Constraints: all of one request stand in the service's order", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"PutItem", R"({"ReturnValues":"c","ReturnItemCollectionMetrics":"b","ReturnConsumedCapacity":"a"})",
         faults({constraint("'a'", "returnConsumedCapacity", one_of("[INDEXES, TOTAL, NONE]")), missing("tableName"),
                 missing("item"),
                 constraint("'c'", "returnValues", one_of("[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]")),
                 constraint("'b'", "returnItemCollectionMetrics", one_of("[SIZE, NONE]"))})},
        {"UpdateItem", R"({"ReturnValues":"c","ReturnItemCollectionMetrics":"b","TableName":"a;b"})",
         faults({constraint("'a;b'", "tableName", name_pattern),
                 constraint("'b'", "returnItemCollectionMetrics", one_of("[SIZE, NONE]")),
                 constraint("'c'", "returnValues", one_of("[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]")),
                 missing("key")})},
        {"GetItem", R"({"AttributesToGet":[],"ReturnConsumedCapacity":"a"})",
         faults({constraint("'a'", "returnConsumedCapacity", one_of("[INDEXES, TOTAL, NONE]")),
                 constraint("'[]'", "attributesToGet", greater(1)), missing("tableName"), missing("key")})},
        {"Query", R"({"Limit":0,"TableName":"music","IndexName":"a","Select":"x"})",
         faults({constraint("'x'", "select",
                            one_of("[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]")),
                 constraint("'a'", "indexName", greater(3)), valueless("Limit", at_least(1))})},
        {"CreateTable",
         R"({"KeySchema":[{"KeyType":"x"}],"BillingMode":"y","TableName":"music","AttributeDefinitions":[{}]})",
         faults({missing("attributeDefinitions.1.member.attributeName"),
                 missing("attributeDefinitions.1.member.attributeType"),
                 constraint("'y'", "billingMode", one_of("[PROVISIONED, PAY_PER_REQUEST]")),
                 missing("keySchema.1.member.attributeName"),
                 constraint("'x'", "keySchema.1.member.keyType", one_of("[HASH, RANGE]"))})},
    });
}

TEST_CASE("Constraints: ten are told, no more", "[validate]") {
    std::vector<std::string> ten;
    for (int i = 1; i <= 5; ++i) {
        const std::string at = "attributeDefinitions." + std::to_string(i) + ".member.";
        ten.push_back(missing(at + "attributeName"));
        ten.push_back(missing(at + "attributeType"));
    }
    const auto body = [](int definitions) {
        return R"({"TableName":"music","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],"AttributeDefinitions":)" +
               repeated("{}", definitions) + "}";
    };
    CHECK(validated("CreateTable", body(5)) == faults(ten));
    CHECK(validated("CreateTable", body(6)) == faults(ten));
    CHECK(validated("CreateTable", body(1000)) == faults(ten));
}

TEST_CASE("Constraints: null is nothing that a collection has", "[validate]") {
    check_bodies(std::vector<BodyCase>{
        {"GetItem", R"({"TableName":"music","Key":{},"AttributesToGet":["a",null]})",
         faults({missing("attributesToGet.2.member")})},
        {"BatchGetItem", R"({"RequestItems":{"music":null}})", faults({missing("requestItems.music.member")})},
        {"BatchGetItem", R"({"RequestItems":{"music":{"Keys":[null]}}})",
         faults({missing("requestItems.music.member.keys.1.member")})},
        {"BatchWriteItem", R"({"RequestItems":{"music":null}})", faults({missing("requestItems.music.member")})},
        {"BatchWriteItem", R"({"RequestItems":{"music":[null]}})",
         faults({missing("requestItems.music.member.1.member")})},
        {"CreateTable", R"({"TableName":"music","AttributeDefinitions":[null],"KeySchema":[null]})",
         faults({missing("attributeDefinitions.1.member"), missing("keySchema.1.member")})},
        {"PutItem", R"({"TableName":"music","Item":{"a":{"L":[{"S":"a"},null]}}})",
         faults({missing("item.a.member.l.2.member")})},
        {"PutItem", R"({"TableName":"music","Item":{"a":{"M":{"b":{"SS":[null]}}}}})",
         faults({missing("item.a.member.m.b.member.sS.1.member")})},
        {"PutItem", R"({"TableName":"music","Item":{"a":null,"b":{"NS":["1",null]}}})",
         faults({missing("item.b.member.nS.2.member")})},
        {"GetItem", R"({"TableName":"music","Key":{},"ExpressionAttributeNames":{"#a":null}})",
         faults({missing("expressionAttributeNames.#a.member")})},
        {"PutItem", R"({"TableName":"music","Item":{},"Expected":{"a":null}})", faults({missing("expected.a.member")})},
        {"Query",
         R"({"TableName":"music","KeyConditions":{"a":{"ComparisonOperator":"EQ","AttributeValueList":[null]}}})",
         faults({missing("keyConditions.a.member.attributeValueList.1.member")})},
        {"PutItem", R"({"TableName":"music","Item":{"a":null}})", "ok"},
    });
}

}  // namespace minamo
