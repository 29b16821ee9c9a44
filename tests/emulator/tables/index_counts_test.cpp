// Requests that name more indexes than a table may have: one refusal, however many they are, in linear time.
#include <chrono>
#include <string>

#include "minamo/emulator.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/support.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

std::string global_index(int i, const std::string& partition) {
    return R"({"IndexName":"index-)" + std::to_string(i) + R"(","KeySchema":[{"AttributeName":")" + partition +
           R"(","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}})";
}

std::string local_index(int i) {
    return R"({"IndexName":"index-)" + std::to_string(i) +
           R"(","KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"at","KeyType":"RANGE"}],)"
           R"("Projection":{"ProjectionType":"ALL"}})";
}

std::string definition(const std::string& name) {
    return R"({"AttributeName":")" + name + R"(","AttributeType":"S"})";
}

template <class Each>
std::string list(int count, Each each) {
    std::string out = "[";
    for (int i = 0; i < count; ++i) out.append(i > 0 ? "," : "").append(each(i));
    return out + "]";
}

std::string create_with(const std::string& definitions, const std::string& indexes) {
    return R"({"TableName":"tab","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"id","KeyType":"HASH"},)"
           R"({"AttributeName":"at","KeyType":"RANGE"}],"AttributeDefinitions":)" +
           definitions + "," + indexes + "}";
}

const std::string two_definitions = "[" + definition("id") + "," + definition("at") + "]";

std::string invalid(const std::string& why) {
    return error_json("ValidationException", "One or more parameter values were invalid: " + why);
}
const std::string too_many = "GlobalSecondaryIndex count exceeds the per-table limit of 20";

}  // namespace

TEST_CASE("CreateTable: any number of global indexes over 20 is refused alike", "[index_counts]") {
    Emulator emulator;
    for (const int count : {21, 254, 255, 256, 1000}) {
        CAPTURE(count);
        const std::string indexes = list(count, [](int i) { return global_index(i, "id"); });
        const Response response =
            emulator.call("CreateTable", create_with(two_definitions, R"("GlobalSecondaryIndexes":)" + indexes));
        CHECK_THAT(response.body, is_json(invalid(too_many)));
    }
}

TEST_CASE("CreateTable: any number of local indexes over 5 is refused alike", "[index_counts]") {
    Emulator emulator;
    for (const int count : {6, 254, 255, 256, 1000}) {
        CAPTURE(count);
        const Response response = emulator.call(
            "CreateTable", create_with(two_definitions, R"("LocalSecondaryIndexes":)" + list(count, local_index)));
        CHECK_THAT(response.body, is_json(invalid("Number of LocalSecondaryIndexes exceeds per-table limit of 5")));
    }
}

TEST_CASE("CreateTable: an index's own fault comes before their count", "[index_counts]") {
    Emulator emulator;
    const std::string twice = list(300, [](int i) { return global_index(i % 299, "id"); });
    CHECK_THAT(emulator.call("CreateTable", create_with(two_definitions, R"("GlobalSecondaryIndexes":)" + twice)).body,
               is_json(invalid("Duplicate index name: index-0")));
}

TEST_CASE("CreateTable: many indexes with their definitions take linear time", "[index_counts]") {
    Emulator emulator;
    constexpr int count = 30000;
    const auto name = [](int i) { return "attribute-" + std::to_string(i); };
    std::string definitions = list(count, [&](int i) { return definition(name(i)); });
    definitions.replace(0, 1, "[" + definition("id") + "," + definition("at") + ",");
    const std::string indexes = list(count, [&](int i) { return global_index(i, name(i)); });
    const std::string request = create_with(definitions, R"("GlobalSecondaryIndexes":)" + indexes);
    const auto start = std::chrono::steady_clock::now();
    const Response response = emulator.call("CreateTable", request);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(15));
    CHECK_THAT(response.body, is_json(invalid(too_many)));
}

TEST_CASE("UpdateTable: many new indexes at once are refused as two are", "[index_counts]") {
    Emulator emulator;
    REQUIRE(emulator.call("CreateTable", create_request("tab")).ok());
    for (const int count : {2, 254, 255, 256, 1000}) {
        CAPTURE(count);
        const std::string updates = list(count, [](int i) { return R"({"Create":)" + global_index(i, "id") + "}"; });
        const Response response =
            emulator.call("UpdateTable", R"({"TableName":"tab","AttributeDefinitions":)" + two_definitions +
                                             R"(,"GlobalSecondaryIndexUpdates":)" + updates + "}");
        CHECK_THAT(response.body, is_json(error_json("LimitExceededException",
                                                     "Subscriber limit exceeded: Only 1 online index can be created or "
                                                     "deleted simultaneously per table")));
    }
}

TEST_CASE("UpdateTable: a table's twenty-first index is refused without effect", "[index_counts]") {
    Emulator emulator;
    const std::string twenty = list(20, [](int i) { return global_index(i, "id"); });
    REQUIRE(emulator.call("CreateTable", create_with(two_definitions, R"("GlobalSecondaryIndexes":)" + twenty)).ok());
    const std::string before = emulator.call("DescribeTable", table_request("tab")).body;
    const Response response = emulator.call(
        "UpdateTable", R"({"TableName":"tab","AttributeDefinitions":)" + two_definitions +
                           R"(,"GlobalSecondaryIndexUpdates":[{"Create":)" + global_index(20, "id") + "}]}");
    CHECK_THAT(response.body, is_json(error_json("LimitExceededException", too_many)));
    CHECK_THAT(emulator.call("DescribeTable", table_request("tab")).body, is_json(before));
}
