// Sentences for who looks into the wrong namespace.
#include "emulator/namespaces/hints.hpp"
#include "minamo/emulator.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/emulator/calls.hpp"
#include "tests/support.hpp"
#include "tests/temporary_folder.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

const Caller mine{"mine", "us-east-1"};
const Caller yours{"yours", "eu-west-1"};
const Caller whole{"whole", "us-west-2"};

struct Noticing {
    explicit Noticing(const std::string& db_path = {}) : emulator(options(db_path)) {}

    Options options(const std::string& db_path) {
        Options out;
        out.db_path = db_path;
        out.on_notice = [this](const std::string& notice) { notices.push_back(notice); };
        return out;
    }
    // A search that found nothing is not made again at once.
    Response call(std::string_view operation, const std::string& body, const Caller& caller) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return emulator.call(operation, body, caller);
    }

    std::vector<std::string> notices;
    Emulator emulator;
};

// Leaves the tables of the region's store in its catalog, but without their rows.
void lose_trees(const std::string& folder, std::string_view region) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".minamo" || !contains(entry.path().string(), std::string(region))) continue;
        std::ostringstream read;
        read << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        std::string bytes = std::move(read).str();
        const std::string name = "table 1";
        for (std::size_t at = bytes.find(name); at != bytes.npos; at = bytes.find(name, at))
            bytes.replace(at, 7, "table 9");
        std::ofstream(entry.path(), std::ios::binary | std::ios::trunc) << bytes;
    }
}

const std::string advice = ": use its access key and region, or serve with --shared-db.";

}  // namespace

TEST_CASE("Hints: an empty list is explained where another namespace has tables, once", "[hints]") {
    Noticing world;
    CHECK(world.emulator.call("ListTables", "{}", mine).ok());
    CHECK(world.notices.empty());
    CHECK(world.emulator.call("CreateTable", create_request("tab"), yours).ok());
    for (int i = 0; i < 3; ++i) CHECK(world.emulator.call("ListTables", "{}", mine).ok());
    REQUIRE(world.notices.size() == 1);
    CHECK(world.notices[0] ==
          "ListTables found no tables of access key mine in region us-east-1; access key yours in region eu-west-1 has "
          "some" +
              advice);
    CHECK(world.emulator.call("ListTables", "{}", {"third", "us-east-1"}).ok());
    CHECK(world.notices.size() == 2);
    CHECK(world.emulator.call("ListTables", "{}", yours).ok());
    CHECK(world.notices.size() == 2);
}

TEST_CASE("Hints: a table that another namespace has is explained once", "[hints]") {
    Noticing world;
    CHECK(world.call("CreateTable", create_request("tab"), yours).ok());
    CHECK(world.call("CreateTable", create_request("other"), mine).ok());
    const std::string get = R"({"TableName":"tab","Key":{"id":{"S":"a"}}})";
    for (int i = 0; i < 3; ++i) CHECK(world.call("GetItem", get, mine).type == "ResourceNotFoundException");
    REQUIRE(world.notices.size() == 1);
    CHECK(world.notices[0] ==
          "GetItem found no table tab of access key mine in region us-east-1; access key yours in region eu-west-1 has "
          "one" +
              advice);
    CHECK_FALSE(world.call("DescribeTable", table_request("tab"), {"third", "us-east-1"}).ok());
    REQUIRE(world.notices.size() == 2);
    CHECK(contains(world.notices[1], "DescribeTable found no table tab of access key third"));
}

TEST_CASE("Hints: operations of many items are explained, too", "[hints]") {
    Noticing world;
    for (const char* name : {"batch", "write", "transaction"})
        CHECK(world.call("CreateTable", create_request(name), yours).ok());
    const std::string key = R"({"id":{"S":"a"}})";
    CHECK_FALSE(world.call("BatchGetItem", R"({"RequestItems":{"batch":{"Keys":[)" + key + "]}}}", mine).ok());
    CHECK_FALSE(
        world.call("BatchWriteItem", R"({"RequestItems":{"write":[{"DeleteRequest":{"Key":)" + key + "}}]}}", mine)
            .ok());
    CHECK_FALSE(world
                    .call("TransactGetItems",
                          R"({"TransactItems":[{"Get":{"TableName":"transaction","Key":)" + key + "}}]}", mine)
                    .ok());
    REQUIRE(world.notices.size() == 3);
    CHECK(contains(world.notices[0], "BatchGetItem found no table batch"));
    CHECK(contains(world.notices[1], "BatchWriteItem found no table write"));
    CHECK(contains(world.notices[2], "TransactGetItems found no table transaction"));
}

TEST_CASE("Hints: nothing is said of what is nowhere, or of what is there", "[hints]") {
    Noticing world;
    CHECK(world.call("CreateTable", create_request("tab"), mine).ok());
    CHECK(world.call("CreateTable", create_request("tab"), yours).ok());
    CHECK_FALSE(world.call("DescribeTable", table_request("nowhere"), mine).ok());
    CHECK_FALSE(world
                    .call("Query",
                          R"({"TableName":"tab","IndexName":"none","KeyConditionExpression":"id = :i",)"
                          R"("ExpressionAttributeValues":{":i":{"S":"a"}}})",
                          mine)
                    .ok());
    CHECK(world.call("DeleteTable", table_request("tab"), yours).ok());
    CHECK_FALSE(world.call("DeleteTable", table_request("tab"), yours).ok());
    REQUIRE(world.notices.size() == 1);
    CHECK(contains(world.notices[0],
                   "DeleteTable found no table tab of access key yours in region eu-west-1; access key mine"));
}

TEST_CASE("Hints: a damaged store of another namespace changes no answer", "[hints]") {
    const TemporaryFolder folder;
    {
        Noticing world(folder.path());
        CHECK(world.call("CreateTable", create_request("tab"), yours).ok());
        CHECK(world.call("CreateTable", create_request("tab"), whole).ok());
    }
    lose_trees(folder.path(), "eu-west-1");
    Noticing world(folder.path());
    const std::string get = R"({"TableName":"tab","Key":{"id":{"S":"a"}}})";
    CHECK(world.call("GetItem", get, yours).type == "InternalServerError");
    CHECK(world.call("GetItem", get, mine).type == "ResourceNotFoundException");
    REQUIRE(world.notices.size() == 1);
    CHECK(contains(world.notices[0], "in region us-west-2 has one"));
}

TEST_CASE("Hints: there is an end to them", "[hints]") {
    Noticing world;
    CHECK(world.call("CreateTable", create_request("tab"), yours).ok());
    for (std::size_t i = 0; i < 2 * Hints::hints_max; ++i) {
        CHECK(world.emulator.call("ListTables", "{}", {"key" + std::to_string(i), "us-east-1"}).ok());
    }
    CHECK(world.notices.size() == Hints::hints_max);
}
