// Time to live with a clock that moves: settings, deletions, and what is left alone.
#include <string>

#include "tests/emulator/streams/streams_world.hpp"
#include "tests/temporary_folder.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

std::string status(StreamsWorld& world, const std::string& table) {
    return world.call("DescribeTimeToLive", table_request(table));
}

std::string change(StreamsWorld& world, bool enabled, const std::string& attribute) {
    return world.error("UpdateTimeToLive", std::string(R"({"TableName":"tab","TimeToLiveSpecification":{"Enabled":)") +
                                               (enabled ? "true" : "false") + R"(,"AttributeName":")" + attribute +
                                               "\"}}");
}

}  // namespace

TEST_CASE("TimeToLive: it changes once an hour", "[ttl]") {
    StreamsWorld world;
    world.create("tab");
    CHECK(change(world, true, "ttl") == "success");
    CHECK(change(world, false, "ttl") ==
          "ValidationException: Time to live has been modified multiple times within a fixed interval");
    world.clock->advance(1h - 1ms);
    CHECK(change(world, false, "ttl") ==
          "ValidationException: Time to live has been modified multiple times within a fixed interval");
    world.clock->advance(1ms);
    CHECK(change(world, false, "ttl") == "success");
    world.clock->advance(1h);
    CHECK(change(world, true, "other") == "success");
    CHECK(status(world, "tab") ==
          R"({"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"other"}})");
}

TEST_CASE("TimeToLive: what it is already is told first", "[ttl]") {
    StreamsWorld world;
    world.create("tab");
    CHECK(change(world, false, "ttl") == "ValidationException: TimeToLive is already disabled");
    REQUIRE(change(world, true, "ttl") == "success");
    CHECK(change(world, true, "ttl") == "ValidationException: TimeToLive is already enabled");
    CHECK(change(world, true, "other") ==
          "ValidationException: TimeToLive is active on a different AttributeName: current AttributeName is ttl");
    CHECK(change(world, false, "other") ==
          "ValidationException: TimeToLive is active on a different AttributeName: current AttributeName is ttl");
}

TEST_CASE("TimeToLive: with slow tables each change takes a while", "[ttl]") {
    Options options;
    options.update_table = 10s;
    StreamsWorld world(options);
    world.create("tab");
    world.put("tab", "a", StreamsWorld::ttl(-10));
    REQUIRE(change(world, true, "ttl") == "success");
    CHECK(status(world, "tab") == R"({"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLING","AttributeName":"ttl"}})");
    CHECK(world.count("tab") == 1);
    world.clock->advance(10s);
    CHECK(status(world, "tab") == R"({"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"ttl"}})");
    CHECK(world.count("tab") == 0);
    world.clock->advance(1h);
    REQUIRE(change(world, false, "ttl") == "success");
    CHECK(status(world, "tab") ==
          R"({"TimeToLiveDescription":{"TimeToLiveStatus":"DISABLING","AttributeName":"ttl"}})");
    world.clock->advance(10s);
    CHECK(status(world, "tab") == R"({"TimeToLiveDescription":{"TimeToLiveStatus":"DISABLED"}})");
    world.put("tab", "a", StreamsWorld::ttl(-10));
    world.clock->advance(1h);
    CHECK(world.count("tab") == 1);
}

TEST_CASE("TimeToLive: it does not change while it settles", "[ttl]") {
    Options options;
    options.update_table = 2h;
    StreamsWorld world(options);
    world.create("tab");
    REQUIRE(change(world, true, "ttl") == "success");
    world.clock->advance(1h);
    CHECK(change(world, false, "ttl") ==
          "ValidationException: Time to live has been modified multiple times within a fixed interval");
    world.clock->advance(1h);
    CHECK(change(world, false, "ttl") == "success");
}

TEST_CASE("TimeToLive: the attribute of before deletes nothing any more", "[ttl]") {
    StreamsWorld world;
    world.create("tab");
    world.enable_ttl("tab", "old");
    world.put("tab", "a", R"(,"old":{"N":"1767312000"},"new":{"N":"1798761600"})");
    world.clock->advance(1h);
    REQUIRE(change(world, false, "old") == "success");
    world.clock->advance(1h);
    REQUIRE(change(world, true, "new") == "success");
    world.clock->advance(48h);
    CHECK(world.count("tab") == 1);
    world.clock->advance(24h * 365);
    CHECK(world.count("tab") == 0);
}

TEST_CASE("TimeToLive: a table that is going has none", "[ttl]") {
    Options options;
    options.delete_table = 10s;
    StreamsWorld world(options);
    world.create("tab");
    world.call("DeleteTable", table_request("tab"));
    CHECK(change(world, true, "ttl") ==
          "ResourceInUseException: Attempt to change a resource which is still in use: Table is being deleted: tab");
}

TEST_CASE("TimeToLive: a table that is being created has none", "[ttl]") {
    Options options;
    options.create_table = 10s;
    StreamsWorld world(options);
    world.create("tab");
    CHECK(change(world, true, "ttl") ==
          "ResourceInUseException: Attempt to change a resource which is still in use: Table is being created: tab");
}

TEST_CASE("TimeToLive: an item goes in the first millisecond after its second", "[ttl]") {
    StreamsWorld world;
    world.create("tab");
    world.enable_ttl("tab");
    world.put("tab", "a", StreamsWorld::ttl(60));
    world.clock->advance(60s);
    CHECK(world.count("tab") == 1);
    world.clock->advance(1ms);
    CHECK(world.count("tab") == 0);
    CHECK(world.what(world.arn("tab")) == Texts{"INSERT a", "REMOVE a expired"});
}

TEST_CASE("TimeToLive: items that were there before it was enabled go too", "[ttl]") {
    StreamsWorld world;
    world.create("tab");
    for (int i = 0; i < 30; ++i) world.put("tab", std::to_string(i), StreamsWorld::ttl(i - 10));
    world.enable_ttl("tab");
    CHECK(world.count("tab") == 20);
    world.clock->advance(10s);
    CHECK(world.count("tab") == 10);
    const FellDue due = world.emulator.clock().advance(1h);
    CHECK(due.expired_items == std::map<std::string, std::uint64_t>{{"tab", 10}});
}

TEST_CASE("TimeToLive: a delay keeps what has expired in use", "[ttl]") {
    Options options;
    options.ttl_delay = 48h;
    StreamsWorld world(options);
    world.create("tab");
    world.enable_ttl("tab");
    for (const char* id : {"gone", "saved"}) world.put("tab", id, StreamsWorld::ttl(60));
    world.clock->advance(48h + 60s);
    CHECK(world.count("tab") == 2);
    world.put("tab", "saved");
    world.clock->advance(1ms);
    CHECK(world.count("tab") == 1);
    const auto records = world.read(world.arn("tab"));
    CHECK(records.back().what == "REMOVE gone expired");
    CHECK(records.back().seconds == start_ms / 1000 + 48 * 3600 + 60);
}

TEST_CASE("TimeToLive: what it leaves alone", "[ttl]") {
    StreamsWorld world;
    world.create("tab");
    world.enable_ttl("tab");
    world.put("tab", "none");
    world.put("tab", "text", R"(,"ttl":{"S":"1700000000"})");
    world.put("tab", "set", R"(,"ttl":{"NS":["1700000000"]})");
    world.put("tab", "nested", R"(,"m":{"M":{"ttl":{"N":"1700000000"}}})");
    world.put("tab", "milliseconds", R"(,"ttl":{"N":"1767225600000"})");
    world.put("tab", "other", R"(,"TTL":{"N":"1700000000"})");
    world.put("tab", "old", StreamsWorld::ttl(-157788001));
    world.put("tab", "negative", R"(,"ttl":{"N":"-1"})");
    world.clock->advance(24h);
    CHECK(world.count("tab") == 8);
    world.put("tab", "just", StreamsWorld::ttl(24 * 3600 - 157788000));
    CHECK(world.count("tab") == 8);
}

TEST_CASE("TimeToLive: indexes follow", "[ttl]") {
    StreamsWorld world;
    std::string request = create_request("tab");
    request.pop_back();
    request.replace(request.find(R"([{"AttributeName":"id","AttributeType":"S"}])"), 44,
                    R"([{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"ttl","AttributeType":"N"}])");
    world.call("CreateTable", request + R"(,"GlobalSecondaryIndexes":[{"IndexName":"by-ttl",
        "KeySchema":[{"AttributeName":"ttl","KeyType":"HASH"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}]})");
    world.enable_ttl("tab");
    for (int i = 0; i < 5; ++i) world.put("tab", std::to_string(i), StreamsWorld::ttl(i));
    const auto in_index = [&] {
        return world.ask("Scan", R"({"TableName":"tab","IndexName":"by-ttl","Select":"COUNT"})")["Count"].GetInt();
    };
    CHECK(in_index() == 5);
    world.clock->advance(2500ms);
    CHECK(in_index() == 2);
    const auto table = world.ask("DescribeTable", table_request("tab"));
    CHECK(table["Table"]["ItemCount"].GetInt() == 2);
    CHECK(table["Table"]["GlobalSecondaryIndexes"][0]["ItemCount"].GetInt() == 2);
}

TEST_CASE("TimeToLive: an update or removal of the attribute saves the item", "[ttl]") {
    StreamsWorld world;
    world.create("tab");
    world.enable_ttl("tab");
    for (const char* id : {"later", "removed", "left"}) world.put("tab", id, StreamsWorld::ttl(60));
    world.call("UpdateItem", R"({"TableName":"tab","Key":{"id":{"S":"later"}},"UpdateExpression":"SET #t = #t + :n",
        "ExpressionAttributeNames":{"#t":"ttl"},"ExpressionAttributeValues":{":n":{"N":"3600"}}})");
    world.call("UpdateItem", R"({"TableName":"tab","Key":{"id":{"S":"removed"}},"UpdateExpression":"REMOVE #t",
        "ExpressionAttributeNames":{"#t":"ttl"}})");
    world.clock->advance(61s);
    CHECK(world.count("tab") == 2);
    world.clock->advance(1h);
    CHECK(world.count("tab") == 1);
}

TEST_CASE("TimeToLive: an item written after it expired is gone at the next call", "[ttl]") {
    StreamsWorld world;
    world.create("tab");
    world.enable_ttl("tab");
    world.put("tab", "a", StreamsWorld::ttl(-100));
    CHECK(world.count("tab") == 0);
    const auto records = world.read(world.arn("tab"));
    REQUIRE(records.size() == 2);
    CHECK(records[1].what == "REMOVE a expired");
    CHECK(records[1].seconds == start_ms / 1000);
}

TEST_CASE("TimeToLive: a key attribute may be the moment", "[ttl]") {
    StreamsWorld world;
    world.call("CreateTable", R"({"TableName":"tab","BillingMode":"PAY_PER_REQUEST",
        "KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"ttl","KeyType":"RANGE"}],
        "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},
        {"AttributeName":"ttl","AttributeType":"N"}]})");
    world.enable_ttl("tab");
    for (int i = 0; i < 4; ++i) world.put("tab", "a", StreamsWorld::ttl(i));
    world.clock->advance(1500ms);
    CHECK(world.count("tab") == 2);
}

TEST_CASE("TimeToLive: a deleted table's expiries come to nothing", "[ttl]") {
    StreamsWorld world;
    world.create("tab");
    world.enable_ttl("tab");
    world.put("tab", "a", StreamsWorld::ttl(60));
    world.call("DeleteTable", table_request("tab"));
    world.create("tab");
    world.put("tab", "a", StreamsWorld::ttl(60));
    world.clock->advance(1h);
    CHECK(world.count("tab") == 1);
    CHECK(status(world, "tab") == R"({"TimeToLiveDescription":{"TimeToLiveStatus":"DISABLED"}})");
}

TEST_CASE("TimeToLive: on disk it goes on after a restart", "[ttl][disk]") {
    const TemporaryFolder folder;
    Options options;
    options.db_path = folder.path();
    {
        StreamsWorld world(options);
        world.create("tab");
        world.enable_ttl("tab");
        world.put("tab", "a", StreamsWorld::ttl(60));
        world.put("tab", "b", StreamsWorld::ttl(7200));
    }
    StreamsWorld world(options);
    CHECK(world.count("tab") == 2);
    world.clock->advance(1h);
    CHECK(world.count("tab") == 1);
    CHECK(status(world, "tab") == R"({"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"ttl"}})");
}
