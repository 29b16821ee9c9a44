// /_minamo/clock and /_minamo/split.
#include <string>

#include "tests/emulator/control/controlling.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

constexpr const char* nothing_due =
    R"("due":{"tables":[],"indexes":[],"expired_items":{},"trimmed_records":{},"rolled_shards":{},)"
    R"("expired_iterators":0,"expired_tokens":0}})";

constexpr const char* bounds =
    R"(400 {"error":"The clock never goes back, not past the year 2261, and 100 years at most at a time: give another moment, or reset the namespace to begin anew."})";

}  // namespace

TEST_CASE("Control: the clock of a namespace is told after each move", "[clock][control]") {
    StreamsWorld world;
    const std::string of = "clock?account=111122223333&region=eu-west-1";
    CHECK(control(world.emulator, "GET", of) ==
          std::string(R"(200 {"now":"2026-01-01T00:00:00.000Z","frozen":false,"rate":1,)") + nothing_due);
    CHECK(control(world.emulator, "POST", of, R"({"advance":"49h"})") ==
          std::string(R"(200 {"now":"2026-01-03T01:00:00.000Z","frozen":false,"rate":1,)") + nothing_due);
    CHECK(control(world.emulator, "POST", of, R"({"set":"2026-02-01T00:00:00Z"})") ==
          std::string(R"(200 {"now":"2026-02-01T00:00:00.000Z","frozen":false,"rate":1,)") + nothing_due);
    CHECK(control(world.emulator, "POST", of, R"({"freeze":true,"rate":60.5})") ==
          std::string(R"(200 {"now":"2026-02-01T00:00:00.000Z","frozen":true,"rate":60.5,)") + nothing_due);
    CHECK(control(world.emulator, "POST", of, R"({"set":"2026-03-01T00:00:00Z","advance":"1d"})") ==
          std::string(R"(200 {"now":"2026-03-02T00:00:00.000Z","frozen":true,"rate":60.5,)") + nothing_due);
    CHECK(control(world.emulator, "GET", "clock?account=111122223333") ==
          std::string(R"(200 {"now":"2026-01-01T00:00:00.000Z","frozen":false,"rate":1,)") + nothing_due);
}

TEST_CASE("Control: a clock call for all namespaces moves all clocks, later ones too", "[clock][control]") {
    StreamsWorld world;
    world.create("tab");
    world.put("tab", "a", StreamsWorld::ttl(10));
    world.enable_ttl("tab");
    CHECK(control(world.emulator, "POST", "clock?all", R"({"advance":"1h"})") ==
          R"(200 {"now":"2026-01-01T01:00:00.000Z","frozen":false,"rate":1,"due":{"tables":[],"indexes":[],)"
          R"("expired_items":{"tab":1},"trimmed_records":{},"rolled_shards":{},"expired_iterators":0,)"
          R"("expired_tokens":0}})");
    CHECK(since_start_ms(world.emulator.clock().now()) == 3600000);
    CHECK(since_start_ms(world.emulator.clock({"111122223333", "r"}).now()) == 3600000);
    control(world.emulator, "POST", "reset?all");
    CHECK(since_start_ms(world.emulator.clock({"444455556666", "r"}).now()) == 0);
}

TEST_CASE("Control: a clock call by the caller's credentials means its namespace", "[clock][control]") {
    StreamsWorld world;
    const Caller caller{"111122223333", "eu-west-1"};
    control(world.emulator, "POST", "clock", R"({"advance":"1h"})", caller);
    CHECK(since_start_ms(world.emulator.clock(caller).now()) == 3600000);
    CHECK(since_start_ms(world.emulator.clock().now()) == 0);
}

TEST_CASE("Control: what a clock cannot do is one sentence", "[clock][control]") {
    StreamsWorld world;
    const auto refused = [&](const char* body) { return control(world.emulator, "POST", "clock", body); };
    for (const char* body : {"[]", "1", "{", "\"advance\""}) {
        CHECK(refused(body) == R"(400 {"error":"Send a JSON object such as {\"advance\":\"49h\"}."})");
    }
    for (const char* body : {R"({"advance":"1h","advance":5})", R"({"advance":1})", R"({"advance":"49"})",
                             R"({"advance":"-1h"})", R"({"advance":null})", R"({"advance":"99999999999999999999h"})"}) {
        CHECK(refused(body) == R"(400 {"error":"Give advance as a number with ms, s, m, h or d, such as \"49h\"."})");
    }
    for (const char* body : {R"({"set":"tomorrow"})", R"({"set":1767225600})", R"({"set":"2026-02-30T00:00:00Z"})"}) {
        CHECK(refused(body) == R"(400 {"error":"Give set as a moment in UTC, such as \"2026-01-01T00:00:00Z\"."})");
    }
    for (const char* body : {R"({"freeze":1})", R"({"freeze":"true"})"}) {
        CHECK(refused(body) == R"(400 {"error":"Give freeze as true or false."})");
    }
    for (const char* body : {R"({"rate":0})", R"({"rate":-1})", R"({"rate":"60"})", R"({"rate":1000001})"}) {
        CHECK(refused(body) == R"(400 {"error":"Give a rate over 0 and up to 1000000, such as 60."})");
    }
    CHECK(refused(R"({"forward":"1h"})") ==
          R"(400 {"error":"A clock takes advance, set, freeze and rate, and nothing else."})");
    CHECK(refused(R"({"set":"2025-12-31T23:59:59.999Z"})") == bounds);
    CHECK(refused(R"({"advance":"3652500d"})") == bounds);
    CHECK(refused(R"({"freeze":true,"set":"2025-01-01T00:00:00Z"})") == bounds);
    CHECK(world.emulator.clock().now() == start());
    CHECK_FALSE(world.emulator.clock().frozen());
    CHECK(control(world.emulator, "DELETE", "clock") == R"(405 {"error":"Send GET or POST to /_minamo/clock."})");
}

TEST_CASE("Control: shards split on demand", "[streams][control]") {
    StreamsWorld world;
    world.create("tab");
    const std::string arn = world.arn("tab");
    const std::string first = world.shards(arn)[0];
    const std::string in_two =
        control(world.emulator, "POST", "streams/split?account=000000000000", R"({"TableName":"tab"})");
    const auto shards = world.shards(arn);
    REQUIRE(shards.size() == 3);
    CHECK(in_two == R"(200 {"closed":[")" + first + R"("],"opened":[")" + shards[1] + R"(",")" + shards[2] + R"("]})");
    const std::string in_three = control(world.emulator, "POST", "streams/split",
                                         R"({"StreamArn":")" + arn + R"(","ShardId":")" + shards[1] + R"(","into":3})");
    const auto more = world.shards(arn);
    REQUIRE(more.size() == 6);
    CHECK(in_three == R"(200 {"closed":[")" + shards[1] + R"("],"opened":[")" + more[3] + R"(",")" + more[4] +
                          R"(",")" + more[5] + R"("]})");
    const auto described =
        world.ask("DescribeStream", R"({"StreamArn":")" + arn +
                                        R"(","ShardFilter":{"Type":"CHILD_SHARDS","ShardId":")" + shards[1] + "\"}}");
    CHECK(described["StreamDescription"]["Shards"].Size() == 3);
}

TEST_CASE("Control: what cannot be split is one sentence", "[streams][control]") {
    StreamsWorld world;
    world.create("tab");
    world.call("CreateTable", create_request("plain"));
    const std::string arn = world.arn("tab");
    const auto refused = [&](const std::string& body) {
        return control(world.emulator, "POST", "streams/split", body);
    };
    CHECK(refused("[]") == R"(400 {"error":"Send a JSON object with TableName or StreamArn."})");
    CHECK(refused("{}") == R"(400 {"error":"Give TableName or StreamArn."})");
    CHECK(refused(R"({"TableName":"tab","StreamArn":")" + arn + "\"}") ==
          R"(400 {"error":"Give TableName or StreamArn."})");
    CHECK(refused(R"({"TableName":1})") == R"(400 {"error":"Give TableName, StreamArn and ShardId as texts."})");
    for (const char* into : {"0", "-1", "101", "1.5", "\"2\""}) {
        CHECK(refused(std::string(R"({"TableName":"tab","into":)") + into + "}") ==
              R"(400 {"error":"Give into as a number of children from 1 to 100."})");
    }
    CHECK(refused(R"({"Table":"tab"})") ==
          R"(400 {"error":"A split takes TableName or StreamArn, ShardId and into, and nothing else."})");
    std::string foreign = arn;
    foreign.replace(foreign.find("us-east-1"), 9, "eu-west-1");
    for (const std::string& body : {std::string(R"({"TableName":"none"})"), std::string(R"({"TableName":"plain"})"),
                                    std::string(R"({"StreamArn":"arn"})"), R"({"StreamArn":")" + foreign + "\"}"}) {
        CHECK(
            refused(body) ==
            R"(404 {"error":"There is no such table with an enabled stream in this namespace: name one by TableName or StreamArn."})");
    }
    CHECK(control(world.emulator, "POST", "streams/split", R"({"TableName":"tab","into":100})").starts_with("200"));
    CHECK(refused(R"({"TableName":"tab","into":11})") ==
          R"(400 {"error":"A stream has 1000 open shards at most: split it into fewer."})");
    CHECK(world.shards(arn).size() == 100);
    CHECK(refused(R"({"TableName":"tab","ShardId":"shardId-1"})") ==
          R"(404 {"error":"The stream has no open shard shardId-1: DescribeStream tells which are open."})");
    CHECK(control(world.emulator, "GET", "streams/split") == R"(405 {"error":"Send POST to /_minamo/streams/split."})");
}
