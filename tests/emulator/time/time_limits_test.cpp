// Time that does much at once: many tables, full stores, small maps, resets in between.
#include <atomic>
#include <string>
#include <thread>

#include "emulator/control/control.hpp"
#include "emulator/namespaces/namespaces.hpp"
#include "emulator/world.hpp"
#include "minamo/emulator.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/streams/streams_world.hpp"
#include "tests/temporary_folder.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

constexpr int many_tables = 300;  // more than a store has open at a time

std::string table_name(int i) {
    std::string name("tab");
    return name.append(std::to_string(i));
}

std::uint64_t total(const std::map<std::string, std::uint64_t>& counts) {
    std::uint64_t out = 0;
    for (const auto& [table, count] : counts) out += count;
    return out;
}

Options small_map() {
    Options options;
    options.map_bytes = std::size_t{1} << 20;
    return options;
}

bool has_store(Emulator& emulator) {
    return emulator.world().namespaces.find(know({})).has_store();
}

}  // namespace

TEST_CASE("Time: items of more tables than can be open expire at once", "[time_limits]") {
    Options options;
    options.update_table = 1s;
    StreamsWorld world(options);
    for (int i = 0; i < many_tables; ++i) world.call("CreateTable", create_request(table_name(i)));
    for (int i = 0; i < many_tables; ++i) {
        world.put(table_name(i), "a", StreamsWorld::ttl(3600 + i % 3));
        world.enable_ttl(table_name(i));
    }
    CHECK(total(world.emulator.clock().advance(1s).expired_items) == 0);
    CHECK(total(world.emulator.clock().advance(2h).expired_items) == many_tables);
    CHECK(world.count(table_name(7)) == 0);
}

TEST_CASE("Time: a small map that grows while time passes leaves the same world", "[time_limits]") {
    std::vector<std::vector<Seen>> seen;
    for (const bool is_small : {true, false}) {
        StreamsWorld world(is_small ? small_map() : Options{});
        world.create("tab");
        world.enable_ttl("tab");
        const std::string more = StreamsWorld::ttl(600) + R"(,"text":{"S":")" + std::string(200, 'x') + "\"}";
        for (int i = 0; i < 900; ++i) world.put("tab", std::to_string(i), more);
        CHECK(total(world.emulator.clock().advance(5h).expired_items) == 900);
        seen.push_back(world.read(world.arn("tab")));
    }
    REQUIRE(seen[0].size() == seen[1].size());
    for (std::size_t i = 0; i < seen[0].size(); ++i) {
        CHECK(seen[0][i].what == seen[1][i].what);
        CHECK(seen[0][i].sequence == seen[1][i].sequence);
    }
}

namespace {

std::string put_of(int i, const std::string& more) {
    return R"({"TableName":"tab","Item":{"id":{"S":")" + std::to_string(i) + R"("})" + more + "}}";
}

// Puts into "tab" until the store is full; how many.
int fill(StreamsWorld& world, const std::string& more) {
    int count = 0;
    for (;; ++count) {
        const Response response = world.emulator.call("PutItem", put_of(count, more));
        if (response.ok()) continue;
        CHECK(response.status == 500);
        CHECK_THAT(response.body,
                   is_json(error_json("InternalServerError",
                                      "The store has reached the 4194304 bytes that it may take: delete items or "
                                      "tables, for which there is always room, or allow more. Stream records take room "
                                      "until they are 24 hours old.")));
        REQUIRE(count > 100);
        return count;
    }
}

Options full_at_4_mib() {
    Options options = small_map();
    options.memory_max_bytes = std::size_t{4} << 20;
    return options;
}

const std::string long_text = R"(,"text":{"S":")" + std::string(2000, 'x') + "\"}";

}  // namespace

TEST_CASE("Time: a full store has room a day after its items expire", "[time_limits]") {
    StreamsWorld world(full_at_4_mib());
    world.create("tab", "NEW_AND_OLD_IMAGES");
    world.enable_ttl("tab");
    const std::string more = StreamsWorld::ttl(600) + long_text;
    const int count = fill(world, more);
    CHECK(world.emulator.call("GetItem", R"({"TableName":"tab","Key":{"id":{"S":"1"}}})").ok());
    CHECK(total(world.emulator.clock().advance(2h).expired_items) == static_cast<std::uint64_t>(count));
    CHECK(world.count("tab") == 0);
    CHECK(total(world.emulator.clock().advance(25h).trimmed_records) == static_cast<std::uint64_t>(2 * count));
    CHECK(fill(world, more) > count / 2);
}

TEST_CASE("Time: a full store with a stream is emptied item by item", "[time_limits]") {
    for (const bool in_batches : {false, true}) {
        StreamsWorld world(full_at_4_mib());
        world.create("tab", "NEW_AND_OLD_IMAGES");
        for (int round = 0; round < 3; ++round) {
            const int count = fill(world, long_text);
            for (int i = 0; i < count; i += in_batches ? 25 : 1) {
                std::string batch;
                for (int of = i; of < std::min(i + 25, count); ++of) {
                    batch.append(batch.empty() ? "" : ",").append(R"({"DeleteRequest":{"Key":{"id":{"S":")");
                    batch.append(std::to_string(of)).append(R"("}}}})");
                }
                const Response response =
                    in_batches ? world.emulator.call("BatchWriteItem", R"({"RequestItems":{"tab":[)" + batch + "]}}")
                               : world.emulator.call("DeleteItem", R"({"TableName":"tab","Key":{"id":{"S":")" +
                                                                       std::to_string(i) + R"("}}})");
                CAPTURE(i, response.body);
                REQUIRE(response.ok());
            }
            CHECK(world.count("tab") == 0);
            world.emulator.clock().advance(25h);
        }
    }
}

TEST_CASE("Time: a full store has room for others when its tables go", "[time_limits]") {
    StreamsWorld world(full_at_4_mib());
    world.create("tab", "NEW_AND_OLD_IMAGES");
    fill(world, long_text);
    CHECK(world.emulator.call("ListTables", "{}").ok());
    CHECK(world.emulator.call("DeleteTable", table_request("tab")).ok());
    CHECK(world.error("DescribeTable", table_request("tab")) ==
          "ResourceNotFoundException: Requested resource not found: Table: tab not found");
    world.emulator.clock().advance(25h);
    world.call("CreateTable", create_request("next"));
}

TEST_CASE("Time: an index may return more often than indexes have numbers", "[time_limits]") {
    StreamsWorld world;
    world.create("tab");
    world.enable_ttl("tab");
    const auto change = [&](const std::string& what) {
        world.call("UpdateTable",
                   R"({"TableName":"tab","AttributeDefinitions":[{"AttributeName":"g","AttributeType":"S"}],
                   "GlobalSecondaryIndexUpdates":[)" +
                       what + "]}");
    };
    const std::string create = R"({"Create":{"IndexName":"by-g","Projection":{"ProjectionType":"ALL"},
        "KeySchema":[{"AttributeName":"g","KeyType":"HASH"}]}})";
    for (int i = 0; i < 260; ++i) {
        change(create);
        change(R"({"Delete":{"IndexName":"by-g"}})");
    }
    change(create);
    world.put("tab", "a", R"(,"g":{"S":"x"})" + StreamsWorld::ttl(60));
    CHECK(world.ask("Scan", R"({"TableName":"tab","IndexName":"by-g"})")["Count"].GetInt() == 1);
    world.clock->advance(1h);
    CHECK(world.ask("Scan", R"({"TableName":"tab","IndexName":"by-g"})")["Count"].GetInt() == 0);
}

TEST_CASE("Time: a deleted table leaves nothing that keeps its memory", "[time_limits]") {
    StreamsWorld world;
    world.call("CreateTable", create_request("tab"));
    world.enable_ttl("tab");
    for (int i = 0; i < 10; ++i) world.put("tab", "a", StreamsWorld::ttl(1000000 + i));
    for (const char* id : {"b", "c"}) world.put("tab", id, R"(,"ttl":{"N":"99999999999"})");
    world.remove("tab", "b");
    world.call("DeleteTable", table_request("tab"));
    world.call("ListTables", "{}");
    CHECK_FALSE(has_store(world.emulator));
}

TEST_CASE("Time: a deleted table's stream keeps its memory for a day", "[time_limits]") {
    StreamsWorld world;
    world.create("tab");
    world.put("tab", "a");
    world.call("DeleteTable", table_request("tab"));
    world.emulator.clock().advance(24h);
    CHECK(has_store(world.emulator));
    world.emulator.clock().advance(1ms);
    CHECK_FALSE(has_store(world.emulator));
}

TEST_CASE("Time: calls beside resets leave nothing behind in the time before", "[time_limits]") {
    StreamsWorld world;
    std::atomic<bool> stop{false};
    std::thread creator([&] {
        while (!stop) {
            world.emulator.call("CreateTable", create_request("tab"));
            world.emulator.call("ListTables", "{}");
        }
    });
    for (int i = 0; i < 3000; ++i) {
        world.emulator.clock().advance(365 * 24h);
        world.emulator.reset();
        CHECK(world.emulator.clock().now() == start());
    }
    stop = true;
    creator.join();
    world.emulator.call("CreateTable", create_request("tab"));
    CHECK_THAT(world.call("DescribeTable", table_request("tab")), has_json("/Table/TableStatus", R"("ACTIVE")"));
}

TEST_CASE("Time: an iterator for what comes next outlives a restart", "[time_limits][disk]") {
    const TemporaryFolder folder;
    Options options;
    options.db_path = folder.path();
    std::string iterator;
    {
        StreamsWorld world(options);
        world.create("tab");
        world.put("tab", "a");
        for (int i = 0; i < 5; ++i) {
            const std::string check =
                R"x({"TableName":"tab","Key":{"id":{"S":"none"}},"ConditionExpression":"attribute_exists(id)"})x";
            world.error("TransactWriteItems", R"({"TransactItems":[{"Put":)" + put_request("tab", "x") +
                                                  R"(},{"ConditionCheck":)" + check + "}]}");
        }
        const std::string arn = world.arn("tab");
        iterator = world.iterator(arn, world.shards(arn)[0], "LATEST");
    }
    StreamsWorld world(options);
    for (const char* id : {"b", "c"}) world.put("tab", id);
    CHECK(world.records(iterator)["Records"].Size() == 2);
}

TEST_CASE("Time: options that make no sense are refused", "[time_limits]") {
    Options none;
    none.stream_shards = 0;
    CHECK_THROWS_WITH(Emulator(none), "A stream has 1 to 100 shards: give stream_shards so many.");
    Options many;
    many.stream_shards = 101;
    CHECK_THROWS_AS(Emulator(many), StartError);
    Options back;
    back.ttl_delay = -1ms;
    CHECK_THROWS_WITH(Emulator(back), "Time does not go back: give durations that are not negative.");
}

TEST_CASE("Time: shards that come later are listed later", "[time_limits]") {
    Options options;
    options.stream_shards = 4;
    StreamsWorld world(options);
    world.create("tab");
    const std::string arn = world.arn("tab");
    for (int i = 0; i < 6; ++i) {
        const auto before = world.shards(arn);
        control_call(world.emulator.world(), "POST", "/_minamo/streams/split", "account=000000000000",
                     R"({"TableName":"tab","ShardId":")" + before[static_cast<std::size_t>(i)] + "\"}", nullptr);
        const auto after = world.shards(arn);
        REQUIRE(after.size() == before.size() + 2);
        CHECK(Texts(after.begin(), after.end() - 2) == before);
    }
}
