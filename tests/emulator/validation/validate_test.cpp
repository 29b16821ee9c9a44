// Validation as a whole: its stages, the view of what passed, and that nothing whatever makes it crash.
#include "emulator/validation/validate.hpp"
#include "emulator/wire/input.hpp"

#include <pthread.h>

#include <random>

#include "tests/emulator/validation/validating.hpp"

namespace minamo {
namespace {

using test::BodyCase;
using test::check_bodies;
using test::invalid_answer;
using test::validated;

const json::Value& parsed(json::Document& document, std::string_view text) {
    const json::Value* value = document.parse(text);
    REQUIRE(value != nullptr);
    return *value;
}

// Valid bodies with much in them, to be broken.
const std::pair<std::string_view, std::string_view> rich_bodies[] = {
    {"PutItem",
     R"({"TableName":"music","Item":{"a":{"S":"x"},"b":{"N":"1"},"c":{"B":"YQ=="},"d":{"SS":["p","q"]},"e":{"NS":["1"]},)"
     R"("f":{"BS":["YQ=="]},"g":{"M":{"h":{"L":[{"S":"i"},{"BOOL":true},{"NULL":true}]}}}},"ReturnValues":"ALL_OLD",)"
     R"("ConditionExpression":"a = :a","ExpressionAttributeNames":{"#a":"a"},"ExpressionAttributeValues":{":a":{"S":"b"}},)"
     R"("Expected":{"a":{"Exists":false},"b":{"ComparisonOperator":"EQ","AttributeValueList":[{"N":"1"}]}}})"},
    {"Query",
     R"({"TableName":"music","IndexName":"by_date","Limit":5,"ConsistentRead":true,"ScanIndexForward":"no","Select":"COUNT",)"
     R"("KeyConditions":{"a":{"AttributeValueList":[{"S":"x"}],"ComparisonOperator":"EQ"}},)"
     R"("ExclusiveStartKey":{"a":{"S":"x"},"b":{"N":"1"}},"AttributesToGet":["a","b"]})"},
    {"BatchWriteItem",
     R"({"RequestItems":{"music":[{"PutRequest":{"Item":{"a":{"S":"x"}}}},{"DeleteRequest":{"Key":{"a":{"S":"y"}}}}],)"
     R"("films":[{"PutRequest":{"Item":{"a":{"L":[]}}}}]},"ReturnConsumedCapacity":"TOTAL"})"},
    {"BatchGetItem", R"({"RequestItems":{"music":{"Keys":[{"a":{"S":"x"}},{"a":{"S":"y"}}],"ConsistentRead":false,)"
                     R"("ProjectionExpression":"a","ExpressionAttributeNames":{"#a":"a"}}}})"},
    {"TransactWriteItems",
     R"({"TransactItems":[{"Put":{"TableName":"music","Item":{"a":{"S":"x"}}}},{"Update":{"TableName":"music",)"
     R"("Key":{"a":{"S":"y"}},"UpdateExpression":"SET b = :b","ExpressionAttributeValues":{":b":{"N":"1"}}}},)"
     R"({"ConditionCheck":{"TableName":"music","Key":{"a":{"S":"z"}},"ConditionExpression":"a <> b"}}],)"
     R"("ClientRequestToken":"token"})"},
    {"CreateTable",
     R"({"TableName":"music","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],"KeySchema":)"
     R"([{"AttributeName":"a","KeyType":"HASH"},{"AttributeName":"b","KeyType":"RANGE"}],"BillingMode":"PROVISIONED",)"
     R"("ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":2.5},"LocalSecondaryIndexes":)"
     R"([{"IndexName":"local","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}],)"
     R"("GlobalSecondaryIndexes":[{"IndexName":"global","KeySchema":[{"AttributeName":"b","KeyType":"HASH"}],)"
     R"("Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["c","d"]}}],"Tags":[{"Key":"k","Value":"v"}],)"
     R"("StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"},"SSESpecification":{"Enabled":false}})"},
    {"UpdateTable",
     R"({"TableName":"music","GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"global","KeySchema":)"
     R"([{"AttributeName":"b","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}},{"Delete":{"IndexName":"abc"}}],)"
     R"("AttributeDefinitions":[{"AttributeName":"b","AttributeType":"N"}],"DeletionProtectionEnabled":true})"},
    {"ExecuteStatement", R"({"Statement":"SELECT * FROM music WHERE a = ?","Parameters":[{"S":"x"}],"Limit":1})"},
    {"TagResource", R"({"ResourceArn":"arn:aws:dynamodb:us-east-1:1:table/music","Tags":[{"Key":"k","Value":"v"}]})"},
};

// All values within a value, itself first.
void collect(json::Value& value, std::vector<json::Value*>& out) {
    out.push_back(&value);
    if (value.IsArray()) {
        for (auto& element : value.GetArray()) collect(element, out);
    }
    if (value.IsObject()) {
        for (auto& member : value.GetObject()) collect(member.value, out);
    }
}

// Puts something else in the place of a value; sometimes another part of the same body.
void mutate(json::Value& value, rapidjson::Document& document, std::mt19937& random) {
    auto& memory = document.GetAllocator();
    switch (random() % 12) {
        case 0:
            value.SetNull();
            break;
        case 1:
            value.SetBool(random() % 2 == 0);
            break;
        case 2:
            value.SetInt64(static_cast<std::int64_t>(random()) - 1'000'000'000);
            break;
        case 3:
            value.SetDouble(static_cast<double>(random()) / 3);
            break;
        case 4:
            value.SetString("", 0, memory);
            break;
        case 5:
            value.SetString("some words; \xC3\xA9", memory);
            break;
        case 6:
            value.SetArray();
            break;
        case 7:
            value.SetObject();
            break;
        case 8: {
            rapidjson::Value wrapped(rapidjson::kArrayType);
            wrapped.PushBack(value, memory);
            value = wrapped;
            break;
        }
        case 9: {
            rapidjson::Value wrapped(rapidjson::kObjectType);
            wrapped.AddMember(rapidjson::Value("S", memory), value, memory);
            value = wrapped;
            break;
        }
        case 10:
            if (value.IsArray()) value.PushBack(rapidjson::Value(), memory);
            if (value.IsObject()) value.AddMember(rapidjson::Value("M", memory), rapidjson::Value(1), memory);
            break;
        default: {
            std::vector<json::Value*> all;
            collect(document, all);
            rapidjson::Value copy(*all[random() % all.size()], memory);
            value = copy;
            break;
        }
    }
}

// Sanitizers make frames many times larger; the limit is for plain builds, optimized or not.
constexpr std::size_t small_stack_bytes = is_sanitized ? 8 << 20 : 384 << 10;

// A thread with this stack; the test's own body runs on it.
void run_on_stack(std::size_t bytes, void* (*body)(void*), void* argument) {
    pthread_attr_t attributes;
    REQUIRE(pthread_attr_init(&attributes) == 0);
    REQUIRE(pthread_attr_setstacksize(&attributes, bytes) == 0);
    pthread_t thread;
    REQUIRE(pthread_create(&thread, &attributes, body, argument) == 0);
    REQUIRE(pthread_join(thread, nullptr) == 0);
    pthread_attr_destroy(&attributes);
}

}  // namespace

TEST_CASE("validate: bodies with much in them pass", "[validate]") {
    for (const auto& [operation, body] : rich_bodies) {
        INFO(operation);
        CHECK(validated(operation, body) == "ok");
    }
}

TEST_CASE("validate: a member that is not built is refused after all constraints", "[validate]") {
    const std::string table =
        R"({"TableName":"music","AttributeDefinitions":[],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],)";
    check_bodies(std::vector<BodyCase>{
        {"CreateTable", table + R"("VectorIndexes":[]})",
         invalid_answer("VectorIndexes of CreateTable is not built in this version of minamo.")},
        {"CreateTable", table + R"("VectorIndexes":null})", "ok"},
        {"UpdateTable", R"({"TableName":"music","ReplicaUpdates":[{"Create":{"RegionName":"eu-west-1"}}]})",
         invalid_answer("ReplicaUpdates of UpdateTable is not built in this version of minamo.")},
        {"UpdateTable", R"({"TableName":"music","ReplicaUpdates":[]})",
         test::one_fault("Value '[]' at 'replicaUpdates' failed to satisfy constraint: Member must have length greater "
                         "than or equal to 1")},
    });
}

TEST_CASE("Input: members are read as the service converts them", "[validate]") {
    json::Document document;
    const Input in(parsed(document, R"({"t":"x","n":2.9,"m":-0.1,"b":"YES","c":false,"z":null,"i":7})"));
    CHECK(in.text("t") == "x");
    CHECK(in.text("none", "other") == "other");
    CHECK(in.text("z", "other") == "other");
    CHECK(in.integer("n") == 2);
    CHECK(in.integer("m") == -1);
    CHECK(in.integer("i") == 7);
    CHECK(in.integer("z", 9) == 9);
    CHECK(in.flag("b"));
    CHECK_FALSE(in.flag("c", true));
    CHECK(in.flag("none", true));
    CHECK(in.has("t"));
    CHECK_FALSE(in.has("z"));
    CHECK(in.find("z") == nullptr);
}

TEST_CASE("integer: what is beyond 64 bits becomes the end of them", "[validate]") {
    const std::pair<std::string_view, std::int64_t> cases[] = {
        {"0", 0},
        {"-1.5", -2},
        {"1e18", 1'000'000'000'000'000'000},
        {"9223372036854775807", INT64_MAX},
        {"9223372036854775808", INT64_MAX},
        {"18446744073709551615", INT64_MAX},
        {"1e300", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"-1e300", INT64_MIN},
    };
    json::Document document;
    for (const auto& [text, expected] : cases) {
        INFO(text);
        CHECK(integer(parsed(document, text)) == expected);
    }
}

TEST_CASE("parse_boolean: six texts, in any case", "[validate]") {
    CHECK(parse_boolean("tRuE").value());
    CHECK(parse_boolean("1").value());
    CHECK(parse_boolean("Yes").value());
    CHECK_FALSE(parse_boolean("FALSE").value());
    CHECK_FALSE(parse_boolean("0").value());
    CHECK_FALSE(parse_boolean("nO").value());
    for (const std::string_view text : {"", "t", "on", "off", "2", "yess", "tru", "true "}) {
        CHECK_FALSE(parse_boolean(text).has_value());
    }
}

TEST_CASE("validate: bodies broken at random get an answer", "[validate]") {
    std::mt19937 random(20120810);
    int refused = 0;
    int rounds = 0;
    for (int i = 0; i < 3000; ++i) {
        for (const auto& [operation, body] : rich_bodies) {
            rapidjson::Document document;
            document.Parse(body.data(), body.size());
            REQUIRE_FALSE(document.HasParseError());
            for (std::size_t changes = 1 + random() % 3; changes > 0 && document.IsObject(); --changes) {
                std::vector<json::Value*> all;
                collect(document, all);
                mutate(*all[1 + random() % (all.size() - 1)], document, random);
            }
            const auto result = validate(*api::find_operation(operation), document);
            ++rounds;
            if (result) continue;
            ++refused;
            CHECK_FALSE(result.error()->message.empty());
            json::Document rendered;
            if (rendered.parse(render(result.error())) == nullptr) FAIL(result.error()->message);
        }
    }
    INFO(refused << " of " << rounds);
    CHECK(refused > rounds / 2);
    CHECK(refused < rounds);
}

TEST_CASE("validate: any operation takes any other's body", "[validate]") {
    json::Document document;
    for (const api::Operation& operation : api::operations()) {
        for (const auto& [other, body] : rich_bodies) {
            const auto result = validate(operation, parsed(document, body));
            if (!result) CHECK_FALSE(result.error()->message.empty());
        }
    }
}

TEST_CASE("validate: the deepest value fits a small stack", "[validate]") {
    struct Outcome {
        std::string plain;
        std::string with_null;
    } outcome;
    const auto body = [](void* argument) -> void* {
        const auto value = [](std::string_view inside) {
            std::string out = R"({"TableName":"music","Item":{"a":)";
            constexpr int levels = 498;  // of two JSON levels each, beside the two of the body
            for (int i = 0; i < levels; ++i) out.append(R"({"L":[)");
            out.append(inside);
            for (int i = 0; i < levels; ++i) out.append("]}");
            return out + "}}";
        };
        auto& out = *static_cast<Outcome*>(argument);
        out.plain = validated("PutItem", value(""));
        out.with_null = validated("PutItem", value("null"));
        return nullptr;
    };
    run_on_stack(small_stack_bytes, body, &outcome);
    CHECK(outcome.plain == "ok");
    CHECK(outcome.with_null.starts_with(
        "ValidationException: 1 validation error detected: Value null at 'item.a.member.l"));
}

}  // namespace minamo
