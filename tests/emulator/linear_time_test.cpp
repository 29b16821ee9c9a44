// No count in a request makes work that grows faster than the count: each shape at one size and at four times it.
#include <functional>
#include <string>

#include "minamo/emulator.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/emulator/cpu_time.hpp"
#include "tests/support.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

constexpr int size = 3000;
constexpr int times_larger = 4;
constexpr double growth_max = 7;  // the square would be 16

// "a9999" down to "a0000": the worst order for who keeps names sorted.
std::string name(int i) {
    std::string digits = std::to_string(99999 - i);
    return "a" + std::string(5 - digits.size(), '0') + digits;
}

// start + n times what `each` gives, separated by commas + end.
std::string repeat(int n, const std::string& start, const std::function<std::string(int)>& each,
                   const std::string& end) {
    std::string out = start;
    for (int i = 0; i < n; ++i) {
        if (i > 0) out.push_back(',');
        out.append(each(i));
    }
    return out.append(end);
}

std::function<std::string(int)> named(const std::string& value) {
    return [value](int i) { return "\"" + name(i) + "\":" + value; };
}
std::function<std::string(int)> text(const std::string& before, const std::string& after) {
    return [=](int i) { return before + name(i) + after; };
}

std::string put(int n, const std::string& value) {
    return repeat(n, R"({"TableName":"tab","Item":{"id":{"S":"x"},)", named(value), "}}");
}
std::string put_nulls(int n) {
    return put(n, R"({"NULL":true})");
}
std::string put_set(int n) {
    return repeat(n, R"({"TableName":"tab","Item":{"id":{"S":"x"},"s":{"SS":[)", text("\"", "\""), "]}}}");
}

struct Shape {
    const char* what;
    const char* operation;
    std::function<std::string(int)> request;
    std::function<std::string(int)> item_before = {};  // a PutItem
};

const std::string on_x = R"({"TableName":"tab","Key":{"id":{"S":"x"}},)";
const std::string in_tab = R"({"TableName":"tab",)";

// With so many members, which begin with `prefix`.
std::string update_set(int n, const std::string& verb, const std::string& prefix) {
    return repeat(n, on_x + R"("UpdateExpression":")" + verb + R"( s :s","ExpressionAttributeValues":{":s":{"SS":[)",
                  text("\"" + prefix, "\""), "]}}}");
}

std::string create(const std::string& more) {
    return R"({"TableName":"new","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],)" +
           more;
}

const Shape writes[] = {
    {"attributes", "PutItem", put_nulls},
    {"attributes that are null", "PutItem",
     [](int n) {
         return repeat(
             n, R"({"TableName":"tab","Item":{"id":{"S":"x"},)",
             [](int i) { return "\"" + name(i) + R"(":{"NULL":true},")" + name(i) + R"(":null)"; }, "}}");
     }},
    {"one attribute again and again", "PutItem",
     [](int n) {
         return repeat(
             n, R"({"TableName":"tab","Item":{"id":{"S":"x"},)", [](int) { return R"("a":{"N":"1"})"; }, "}}");
     }},
    {"members of a map", "PutItem",
     [](int n) {
         return repeat(n, R"({"TableName":"tab","Item":{"id":{"S":"x"},"m":{"M":{)", named(R"({"NULL":true})"), "}}}}");
     }},
    {"elements of a list", "PutItem",
     [](int n) {
         return repeat(n, R"({"TableName":"tab","Item":{"id":{"S":"x"},"l":{"L":[)", text(R"({"S":")", "\"}"), "]}}}");
     }},
    {"members of a string set", "PutItem", put_set},
    {"members of a number set", "PutItem",
     [](int n) {
         return repeat(
             n, R"({"TableName":"tab","Item":{"id":{"S":"x"},"s":{"NS":[)",
             [](int i) { return "\"" + std::to_string(99999 - i) + "\""; }, "]}}}");
     }},
    {"datatypes that are unknown", "PutItem",
     [](int n) { return repeat(n, R"({"TableName":"tab","Item":{"id":{"S":"x",)", named("1"), "}}}"); }},
    {"members that are unknown", "PutItem",
     [](int n) { return repeat(n, R"({"TableName":"tab","Item":{"id":{"S":"x"}},)", named("1"), "}"); }},
    {"AttributeUpdates that put", "UpdateItem",
     [](int n) { return repeat(n, on_x + R"("AttributeUpdates":{)", named(R"({"Value":{"NULL":true}})"), "}}"); }},
    {"AttributeUpdates that put in place", "UpdateItem",
     [](int n) {
         return repeat(n, on_x + R"("ReturnValues":"UPDATED_NEW","AttributeUpdates":{)",
                       named(R"({"Value":{"N":"1"}})"), "}}");
     },
     put_nulls},
    {"AttributeUpdates that add", "UpdateItem",
     [](int n) {
         return repeat(n, on_x + R"("ReturnValues":"UPDATED_OLD","AttributeUpdates":{)",
                       named(R"({"Action":"ADD","Value":{"N":"1"}})"), "}}");
     },
     [](int n) { return put(n, R"({"N":"1"})"); }},
    {"AttributeUpdates that delete", "UpdateItem",
     [](int n) { return repeat(n, on_x + R"("AttributeUpdates":{)", named(R"({"Action":"DELETE"})"), "}}"); },
     put_nulls},
    {"members added to a set", "UpdateItem", [](int n) { return update_set(n, "ADD", "b"); }, put_set},
    {"members deleted from a set", "UpdateItem", [](int n) { return update_set(n, "DELETE", ""); }, put_set},
    {"Expected", "DeleteItem",
     [](int n) { return repeat(n, on_x + R"("Expected":{)", named(R"({"ComparisonOperator":"NOT_NULL"})"), "}}"); },
     put_nulls},
    {"Expected with values", "DeleteItem",
     [](int n) { return repeat(n, on_x + R"("Expected":{)", named(R"({"Value":{"NULL":true}})"), "}}"); }, put_nulls},
    {"names that are unused", "DeleteItem",
     [](int n) {
         return repeat(n, on_x + R"("ConditionExpression":"#id = :id","ExpressionAttributeNames":{"#id":"id",)",
                       text("\"#", R"(":"b")"), R"(},"ExpressionAttributeValues":{":id":{"S":"x"}}})");
     }},
    {"values that are unused", "DeleteItem",
     [](int n) {
         return repeat(n, on_x + R"("ConditionExpression":"id = :id","ExpressionAttributeValues":{":id":{"S":"x"},)",
                       text("\":", R"(":{"S":"b"})"), "}}");
     }},
    {"writes of a batch", "BatchWriteItem",
     [](int n) {
         return repeat(n, R"({"RequestItems":{"tab":[)", text(R"({"DeleteRequest":{"Key":{"id":{"S":")", R"("}}}})"),
                       "]}}");
     }},
    {"actions of a transaction", "TransactWriteItems",
     [](int n) {
         return repeat(n, R"({"TransactItems":[)",
                       text(R"({"Delete":{"TableName":"tab","Key":{"id":{"S":")", R"("}}}})"), "]}");
     }},
};

const Shape reads[] = {
    {"an item", "GetItem", [](int) { return on_x + R"("ConsistentRead":true})"; }, put_nulls},
    {"AttributesToGet", "GetItem",
     [](int n) { return repeat(n, on_x + R"("AttributesToGet":[)", text("\"", "\""), "]}"); }, put_nulls},
    {"AttributesToGet of an index", "Scan",
     [](int n) { return repeat(n, in_tab + R"("IndexName":"keys","AttributesToGet":[)", text("\"", "\""), "]}"); }},
    {"ScanFilter", "Scan",
     [](int n) { return repeat(n, in_tab + R"("ScanFilter":{)", named(R"({"ComparisonOperator":"NOT_NULL"})"), "}}"); },
     put_nulls},
    {"QueryFilter", "Query",
     [](int n) {
         return repeat(n,
                       in_tab + R"("KeyConditions":{"id":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"x"}]}},
                           "QueryFilter":{)",
                       named(R"({"ComparisonOperator":"NULL"})"), "}}");
     },
     put_nulls},
    {"KeyConditions", "Query",
     [](int n) {
         return repeat(n, in_tab + R"("KeyConditions":{)",
                       named(R"({"ComparisonOperator":"EQ","AttributeValueList":[{"S":"x"}]})"), "}}");
     }},
    {"ExclusiveStartKey", "Scan",
     [](int n) { return repeat(n, in_tab + R"("ExclusiveStartKey":{)", named(R"({"S":"x"})"), "}}"); }},
    {"values of IN", "Scan",
     [](int n) {
         return repeat(n, in_tab + R"("ScanFilter":{"id":{"ComparisonOperator":"IN","AttributeValueList":[)",
                       text(R"({"S":")", "\"}"), "]}}}");
     },
     put_nulls},
    {"keys of a batch", "BatchGetItem",
     [](int n) { return repeat(n, R"({"RequestItems":{"tab":{"Keys":[)", text(R"({"id":{"S":")", "\"}}"), "]}}}"); }},
    {"tables of a batch", "BatchGetItem",
     [](int n) { return repeat(n, R"({"RequestItems":{)", named(R"({"Keys":[{"id":{"S":"x"}}]})"), "}}"); }},
    {"gets of a transaction", "TransactGetItems",
     [](int n) {
         return repeat(n, R"({"TransactItems":[)", text(R"({"Get":{"TableName":"tab","Key":{"id":{"S":")", R"("}}}})"),
                       "]}");
     }},
};

const Shape tables[] = {
    {"AttributeDefinitions", "CreateTable",
     [](int n) {
         return repeat(n, create(R"("AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},)"),
                       text(R"({"AttributeName":")", R"(","AttributeType":"S"})"), "]}");
     }},
    {"KeySchema", "CreateTable",
     [](int n) {
         return repeat(n,
                       R"({"TableName":"new","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":
                           [{"AttributeName":"id","AttributeType":"S"}],"KeySchema":[)",
                       text(R"({"AttributeName":")", R"(","KeyType":"HASH"})"), "]}");
     }},
    {"NonKeyAttributes", "CreateTable",
     [](int n) {
         return repeat(n, create(R"("AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                           "GlobalSecondaryIndexes":[{"IndexName":"all","KeySchema":
                           [{"AttributeName":"id","KeyType":"HASH"}],"Projection":{"ProjectionType":"INCLUDE",
                           "NonKeyAttributes":[)"),
                       text("\"", "\""), "]}}]}");
     }},
    {"Tags", "CreateTable",
     [](int n) {
         return repeat(n, create(R"("AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"Tags":[)"),
                       text(R"({"Key":")", R"(","Value":"x"})"), "]}");
     }},
    {"TagKeys", "UntagResource",
     [](int n) {
         return repeat(n, R"({"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/tab","TagKeys":[)",
                       text("\"", "\""), "]}");
     }},
    {"GlobalSecondaryIndexUpdates", "UpdateTable",
     [](int n) {
         return repeat(n, in_tab + R"("GlobalSecondaryIndexUpdates":[)", text(R"({"Delete":{"IndexName":")", R"("}})"),
                       "]}");
     }},
};

double seconds_of(const Shape& shape, int n) {
    const std::string request = shape.request(n);
    Emulator emulator;
    std::string table = create_request("tab");
    table.pop_back();
    REQUIRE(emulator
                .call("CreateTable", table + R"(,"GlobalSecondaryIndexes":[{"IndexName":"keys","KeySchema":
                    [{"AttributeName":"id","KeyType":"HASH"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}]})")
                .ok());
    if (shape.item_before) REQUIRE(emulator.call("PutItem", shape.item_before(n)).ok());
    Response response;
    const double seconds = cpu_seconds_of([&] { response = emulator.call(shape.operation, request); });
    CHECK(response.status < 500);
    return seconds;
}

// What the machine does besides only adds: one good run will do.
bool is_linear(const Shape& shape) {
    constexpr double noise_seconds = 0.005;
    double large = 0;
    double small = 0;
    for (int run = 0; run < 4; ++run) {
        small = seconds_of(shape, size);
        large = seconds_of(shape, size * times_larger);
        if (large < small * growth_max + noise_seconds) return true;
    }
    UNSCOPED_INFO(small << " s, and " << large << " s for " << times_larger << " times as many");
    return false;
}

template <class Shapes>
void check_linear(const Shapes& shapes) {
    for (const Shape& shape : shapes) {
        CAPTURE(shape.what, shape.operation);
        CHECK(is_linear(shape));
    }
}

}  // namespace

TEST_CASE("Linear time: what writes are made of", "[linear_time]") {
    check_linear(writes);
}

TEST_CASE("Linear time: what reads are made of", "[linear_time]") {
    check_linear(reads);
}

TEST_CASE("Linear time: what tables are made of", "[linear_time]") {
    check_linear(tables);
}
