// Members whose errors have words or forms of their own: table names, tags, streams, batches, transactions.
#include "tests/emulator/validation/constraint_words.hpp"

#include "emulator/wire/arns.hpp"

namespace minamo {

using namespace test;

TEST_CASE("Constraints: TableName of item calls is a name or an ARN", "[validate]") {
    const auto scan = [](const std::string& name) { return "{\"TableName\":\"" + name + "\"}"; };
    const std::string arn = "arn:aws:dynamodb:us-east-1:123456789012:table/";
    const std::string long_name(256, 'a');
    const std::string long_arn = arn + std::string(1025 - arn.size(), 'a');
    const auto unlike = [](const std::string& name) {
        return faults({constraint(in_quotes(name), "tableName", name_pattern)});
    };
    check_bodies(std::vector<BodyCase>{
        {"Scan", scan(""), one_fault(valueless("TableName", greater(1)))},
        {"Scan", scan("a;b"), unlike("a;b")},
        {"Scan", scan("arn:aws:s3:::bucket"), unlike("arn:aws:s3:::bucket")},
        {"Scan", scan("arn:aws:dynamodb:us-east-1:123456789012:music"),
         unlike("arn:aws:dynamodb:us-east-1:123456789012:music")},
        {"Scan", scan(arn), unlike(arn)},
        {"Scan", scan(arn + "a/b"), unlike(arn + "a/b")},
        {"Scan", scan("arn:aws:dynamodb:us-east-1:table/a"), unlike("arn:aws:dynamodb:us-east-1:table/a")},
        {"Scan", scan(long_name), faults({constraint(in_quotes(long_name), "tableName", less(255))})},
        {"Scan", scan("ab"), faults({constraint("'ab'", "tableName", greater(3))})},
        {"Scan", scan(";"),
         faults({constraint("';'", "tableName", greater(3)), constraint("';'", "tableName", name_pattern)})},
        {"Scan", scan(long_arn),
         faults({constraint(in_quotes(long_arn), "tableName", less(1024)),
                 constraint(in_quotes(long_arn), "tableName", name_pattern)})},
        {"Scan", scan("abc"), "ok"},
        {"Scan", scan(std::string(255, 'a')), "ok"},
        {"Scan", scan(long_arn.substr(0, 1024)), "ok"},
        {"Scan", scan(arn + "music"), "ok"},
        {"Scan", scan("arn:aws-cn:dynamodb:local:test42:table/music"), "ok"},
        {"Scan", scan("arn:aws:dynamodb:::table/music"), "ok"},
    });
}

TEST_CASE("Constraints: an absent TableName of table calls has a sentence of its own", "[validate]") {
    const std::string absent =
        invalid_answer("The parameter 'TableName' is required but was not present in the request");
    const std::string arn = "arn:aws:dynamodb:us-east-1:123456789012:table/music";
    for (const std::string_view operation :
         {"CreateTable", "DeleteTable", "DescribeTable", "UpdateTable", "DescribeTimeToLive", "UpdateTimeToLive"}) {
        INFO(operation);
        CHECK(validated(operation, "{}") == absent);
        CHECK(validated(operation, R"({"TableName":null})") == absent);
    }
    check_bodies(std::vector<BodyCase>{
        {"DeleteTable", R"({"TableName":"abc;"})", faults({constraint("'abc;'", "tableName", name_pattern)})},
        {"DescribeTable", R"({"TableName":"a/b/c"})", faults({constraint("'a/b/c'", "tableName", name_pattern)})},
        {"UpdateTable", R"({"TableName":""})", faults({constraint("''", "tableName", greater(1))})},
        {"DescribeTable", R"({"TableName":"ab"})", faults({constraint("'ab'", "tableName", greater(3))})},
        {"DeleteTable", R"({"TableName":";"})",
         faults({constraint("';'", "tableName", greater(3)), constraint("';'", "tableName", name_pattern)})},
        {"DescribeTable", "{\"TableName\":\"" + std::string(256, 'a') + "\"}",
         faults({constraint(in_quotes(std::string(256, 'a')), "tableName", less(255))})},
        {"DescribeTable", R"({"TableName":"abc"})", "ok"},
        {"DescribeTable", R"({"TableName":")" + arn + "\"}", "ok"},
        {"DescribeContinuousBackups", "{}", faults({missing("tableName")})},
    });
}

TEST_CASE("Constraints: tag calls without an ARN have a sentence of their own", "[validate]") {
    const std::string absent = invalid_answer("Invalid TableArn");
    check_bodies(std::vector<BodyCase>{
        {"TagResource", "{}", absent},
        {"UntagResource", "{}", absent},
        {"ListTagsOfResource", "{}", absent},
        {"TagResource", R"({"ResourceArn":"a"})", faults({missing("tags")})},
        {"UntagResource", R"({"ResourceArn":"a"})", faults({missing("tagKeys")})},
        {"GetResourcePolicy", "{}", faults({missing("resourceArn")})},
    });
}

TEST_CASE("Constraints: limits of stream calls have sentences of their own", "[validate]") {
    const std::string arn = std::string(37, 'a');
    const std::string prefix = "One or more parameter values were invalid: ";
    check_bodies(std::vector<BodyCase>{
        {"ListStreams", R"({"Limit":101})",
         invalid_answer(prefix + "Limit cannot be greater than the maximum allowed size: 100")},
        {"DescribeStream", "{\"StreamArn\":\"" + arn + "\",\"Limit\":101}",
         invalid_answer(prefix + "Limit cannot be greater than the maximum: 100")},
        {"GetRecords", R"({"ShardIterator":"x","Limit":1001})",
         invalid_answer(prefix + "Limit should be less than or equal to 1000")},
        {"ListStreams", R"({"Limit":0})", faults({constraint("'0'", "limit", at_least(1))})},
        {"GetRecords", R"({"ShardIterator":"","Limit":0})",
         faults({constraint("''", "shardIterator", greater(1)), constraint("'0'", "limit", at_least(1))})},
        {"DescribeStream", R"({"StreamArn":"x"})", faults({constraint("'x'", "streamArn", greater(37))})},
        {"GetShardIterator", "{\"StreamArn\":\"" + arn + "\",\"ShardId\":\"s\",\"ShardIteratorType\":\"NOW\"}",
         faults({constraint("'s'", "shardId", greater(28)),
                 constraint("'NOW'", "shardIteratorType",
                            one_of("[TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, "
                                   "AT_TIMESTAMP]"))})},
        {"GetRecords", R"({"ShardIterator":"x","Limit":1000})", "ok"},
    });
}

TEST_CASE("Constraints: keys of a batch are told without their value", "[validate]") {
    const auto batch = [](const std::string& table) { return R"({"RequestItems":{"music":)" + table + "}}"; };
    check_bodies(std::vector<BodyCase>{
        {"BatchGetItem", batch("{\"Keys\":" + repeated("{}", 101) + "}"),
         one_fault(valueless("RequestItems.music.member.Keys", less(100)))},
        {"BatchGetItem", batch(R"({"Keys":[]})"), one_fault(valueless("RequestItems.music.member.Keys", greater(1)))},
        {"BatchGetItem", batch("{}"), faults({missing("requestItems.music.member.keys")})},
        {"BatchGetItem", batch("{\"Keys\":" + repeated("{}", 100) + "}"), "ok"},
        {"BatchGetItem", R"({"RequestItems":{"music":{},"other":{"Keys":[],"AttributesToGet":[]}}})",
         faults({missing("requestItems.music.member.keys"), valueless("RequestItems.other.member.Keys", greater(1)),
                 constraint("'[]'", "requestItems.other.member.attributesToGet", greater(1))})},
    });
}

TEST_CASE("Constraints: what a map has is told for the map", "[validate]") {
    const std::string lengths =
        "Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length "
        "greater than or equal to 1]";
    const std::string names =
        "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length "
        "greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]";
    std::string requests = "WriteRequest(putRequest=null, deleteRequest=null)";
    for (int i = 1; i < 26; ++i) requests += ", WriteRequest(putRequest=null, deleteRequest=null)";
    check_bodies(std::vector<BodyCase>{
        {"BatchWriteItem", R"({"RequestItems":{"music":[]}})",
         faults({constraint("'{music=[]}'", "requestItems", lengths)})},
        {"BatchWriteItem", R"({"RequestItems":{"music":)" + repeated("{}", 26) + "}}",
         faults({constraint("'{music=[" + requests + "]}'", "requestItems", lengths)})},
        {"BatchWriteItem", R"({"RequestItems":{"ab":[{}],"music":[]}})",
         faults(
             {constraint("'{ab=[WriteRequest(putRequest=null, deleteRequest=null)], music=[]}'", "requestItems", names),
              constraint("'{ab=[WriteRequest(putRequest=null, deleteRequest=null)], music=[]}'", "requestItems",
                         lengths)})},
        {"BatchWriteItem", R"({"RequestItems":{"a;b":[{}]}})",
         faults({constraint("'{a;b=[WriteRequest(putRequest=null, deleteRequest=null)]}'", "requestItems", names)})},
        {"BatchGetItem", R"({"RequestItems":{"ab":{"Keys":[{}]}}})",
         faults({constraint("'{ab=KeysAndAttributes(keys=[{}], attributesToGet=null, consistentRead=null, "
                            "projectionExpression=null, expressionAttributeNames=null)}'",
                            "requestItems", names)})},
        {"BatchWriteItem", R"({"RequestItems":{"music":[{"PutRequest":{}},{"DeleteRequest":{}}]}})",
         faults({missing("requestItems.music.member.1.member.putRequest.item"),
                 missing("requestItems.music.member.2.member.deleteRequest.key")})},
        {"BatchWriteItem", R"({"RequestItems":{"arn:aws:dynamodb:us-east-1:123456789012:table/music":[{}]}})", "ok"},
        {"UntagResource", R"({"ResourceArn":"a","TagKeys":["k",""]})",
         faults(
             {constraint("'[k, ]'", "tagKeys",
                         "Member must satisfy constraint: [Member must have length less than or equal to 128, Member "
                         "must have length greater than or equal to 1]")})},
    });
}

TEST_CASE("Constraints: an AttributeValue prints as a class with a hash", "[validate]") {
    const auto answer = [](std::string_view value) {
        return validated("BatchWriteItem",
                         R"({"RequestItems":{"ab":[{"PutRequest":{"Item":{"a":)" + std::string(value) + "}}}]}}");
    };
    const std::string text = answer(R"({"S":"x"})");
    const std::string head =
        "ValidationException: 1 validation error detected: Value '{ab=[WriteRequest(putRequest=PutRequest(item={"
        "a=com.amazonaws.dynamodb.v20120810.AttributeValue@";
    REQUIRE(text.starts_with(head));
    CHECK(text.substr(head.size(), 8).find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(text.substr(head.size() + 8).starts_with("}), deleteRequest=null)]}' at 'requestItems' failed"));
    CHECK(answer(R"({"S":"x"})") == text);
    CHECK(answer(R"({"S":"y"})") != text);
}

TEST_CASE("Constraints: members of a transaction's actions", "[validate]") {
    const auto write = [](const std::string& action) { return R"({"TransactItems":[{},)" + action + "]}"; };
    const std::string at = "transactItems.2.member.";
    check_bodies(std::vector<BodyCase>{
        {"TransactWriteItems", write(R"({"ConditionCheck":{"TableName":"music","Key":{}}})"),
         faults({missing(at + "conditionCheck.conditionExpression")})},
        {"TransactWriteItems", write(R"({"Update":{"TableName":"music","Key":{}}})"),
         faults({missing(at + "update.updateExpression")})},
        {"TransactWriteItems", write(R"({"Put":{}})"),
         faults({missing(at + "put.item"), missing(at + "put.tableName")})},
        {"TransactWriteItems", write(R"({"Delete":{"Key":{},"TableName":"a;b"}})"),
         faults({constraint("'a;b'", at + "delete.tableName", name_pattern)})},
        {"TransactGetItems", R"({"TransactItems":[{}]})", faults({missing("transactItems.1.member.get")})},
    });
    CHECK(validated("TransactWriteItems", R"({"TransactItems":)" + repeated("{}", 101) + "}")
              .ends_with("]' at 'transactItems' failed to satisfy constraint: " + less(100)));
    CHECK(validated("TransactWriteItems", R"({"TransactItems":)" + repeated("{}", 100) + "}") == "ok");
}

}  // namespace minamo
