// Far moves of a clock: what leaves nothing is passed over, and all that fell due is told, whoever did it.
#include <algorithm>
#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "emulator/control/control.hpp"
#include "emulator/dispatch.hpp"
#include "emulator/lifecycle.hpp"
#include "emulator/wire/arns.hpp"
#include "emulator/world.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/cpu_time.hpp"
#include "tests/emulator/streams/streams_world.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

constexpr auto day = 24h;

void split(StreamsWorld& world, const std::string& table, int into) {
    const std::string body = R"({"TableName":")" + table + R"(","into":)" + std::to_string(into) + "}";
    const Answer answer = control_call(world.emulator.world(), "POST", "/_minamo/streams/split",
                                       "account=000000000000&region=us-east-1", body, nullptr);
    REQUIRE(answer.response.status == 200);
}

// Two streams whose shards came at several moments, and items that expire months later.
void settle(StreamsWorld& world, std::int64_t expiry_days) {
    VirtualClock clock = world.emulator.clock();
    clock.freeze();
    world.create("one");
    clock.advance(17min);
    world.create("two");
    split(world, "one", 3);
    clock.advance(90min);
    split(world, "two", 2);
    world.enable_ttl("one");
    for (int i = 0; i < 5; ++i) {
        world.put("one", "late" + std::to_string(i), StreamsWorld::ttl((expiry_days + i) * 86400));
        world.put("two", "stays" + std::to_string(i));
    }
}

// Shards and records of both tables, after one more write to each.
std::string seen(StreamsWorld& world) {
    std::string out;
    for (const char* table : {"one", "two"}) {
        world.put(table, "last");
        const std::string arn = world.arn(table);
        out += world.call("DescribeStream", R"({"StreamArn":")" + arn + "\"}") + "\n";
        for (const Seen& record : world.read(arn))
            out += record.shard + " " + record.what + " " + record.sequence + "\n";
    }
    return out;
}

// Puts items that expire, the first so many seconds after the start, each of the others `step` after the one before.
void put_expiring(StreamsWorld& world, int items, std::int64_t first, std::int64_t step) {
    world.enable_ttl("tab");
    for (int i = 0; i < items; ++i) world.put("tab", std::to_string(i), StreamsWorld::ttl(first + i * step));
}

std::uint64_t sum(const std::map<std::string, std::uint64_t>& counts) {
    std::uint64_t out = 0;
    for (const auto& [table, count] : counts) out += count;
    return out;
}

// How long it takes to pass over so many days with 200 shards.
double seconds_of(std::int64_t days) {
    StreamsWorld world;
    world.create("tab");
    split(world, "tab", 100);
    split(world, "tab", 2);
    FellDue due;
    const double seconds = cpu_seconds_of([&] { due = world.emulator.clock().advance(days * day); });
    CHECK(due.rolled_shards.at("tab") == static_cast<std::uint64_t>(days * 6 * 200));
    return seconds;
}

}  // namespace

TEST_CASE("Leaps: shards that leave nothing are passed over, those that are left are the same", "[leaps]") {
    for (const std::int64_t expiry_days : {0, 3, 40, 100}) {
        CAPTURE(expiry_days);
        StreamsWorld leaps;
        StreamsWorld creeps;
        FellDue leapt;
        FellDue crept;
        settle(leaps, expiry_days);
        settle(creeps, expiry_days);
        leapt.add(leaps.emulator.clock().advance(80 * day + 5h));
        leapt.add(leaps.emulator.clock().advance(39 * day));
        for (int i = 0; i < 119 * 2; ++i) crept.add(creeps.emulator.clock().advance(day / 2));
        crept.add(creeps.emulator.clock().advance(5h));
        CHECK(leapt.rolled_shards == crept.rolled_shards);
        CHECK(leapt.rolled_shards["one"] > 2000);
        CHECK(leapt.expired_items == crept.expired_items);
        CHECK(leapt.trimmed_records == crept.trimmed_records);
        CHECK(seen(leaps) == seen(creeps));
    }
}

TEST_CASE("Leaps: a stream that was closed on the way is left as it is", "[leaps]") {
    std::vector<std::string> described;
    for (const auto step : {100 * day, day / 2}) {
        StreamsWorld world;
        settle(world, 50);
        const std::string arn = world.arn("two");
        world.call("UpdateTable", R"({"TableName":"two","StreamSpecification":{"StreamEnabled":false}})");
        for (auto passed = 0 * day; passed < 100 * day; passed += step) world.emulator.clock().advance(step);
        CHECK(world.error("DescribeStream", R"({"StreamArn":")" + arn + "\"}") ==
              "ResourceNotFoundException: Requested resource not found: Stream: " + arn + " not found");
        described.push_back(world.call("DescribeStream", R"({"StreamArn":")" + world.arn("one") + "\"}"));
    }
    CHECK(described[0] == described[1]);
}

TEST_CASE("Leaps: twenty times as far takes about as long", "[leaps]") {
    double shortest = 1e9;
    for (int run = 0; run < 3 && shortest > 4; ++run) shortest = std::min(shortest, seconds_of(3600) / seconds_of(180));
    CHECK(shortest < 4);
}

TEST_CASE("Leaps: a move tells what fell due by it, though other calls did a part", "[leaps]") {
    constexpr int items = 3000;
    StreamsWorld world;
    world.create("tab");
    put_expiring(world, items, 3600, 1);
    std::atomic<bool> stop{false};
    std::vector<std::thread> others;
    for (int i = 0; i < 4; ++i) {
        others.emplace_back([&world, &stop] {
            while (!stop) world.emulator.call("GetItem", R"({"TableName":"tab","Key":{"id":{"S":"1"}}})");
        });
    }
    std::uint64_t expired = 0;
    std::uint64_t trimmed = 0;
    for (int i = 0; i < 60; ++i) {
        const FellDue due = world.emulator.clock().advance(1h);
        expired += sum(due.expired_items);
        trimmed += sum(due.trimmed_records);
    }
    stop = true;
    for (std::thread& other : others) other.join();
    CHECK(expired == items);
    CHECK(trimmed == 2 * items);
}

TEST_CASE("Leaps: of two moves at a time each tells its own", "[leaps]") {
    constexpr int items = 1500;
    StreamsWorld world;
    world.create("tab");
    put_expiring(world, items, 3600, 20);
    std::atomic<std::uint64_t> expired{0};
    std::vector<std::thread> movers;
    for (int i = 0; i < 3; ++i) {
        movers.emplace_back([&world, &expired] {
            for (int move = 0; move < 20; ++move) expired += sum(world.emulator.clock().advance(15min).expired_items);
        });
    }
    for (std::thread& mover : movers) mover.join();
    CHECK(expired == items);
}

TEST_CASE("Leaps: a call in passing leaves most to be done", "[leaps]") {
    constexpr int items = 2500;
    StreamsWorld world;
    world.call("CreateTable", create_request("tab"));
    put_expiring(world, items, 60, 0);
    world.clock->advance(1h);
    const auto scan = [&world](Patience patience) {
        return dispatch(
            world.emulator.world(), "DynamoDB_20120810.Scan", R"({"TableName":"tab","Select":"COUNT"})",
            []() -> Result<KnownCaller> { return know({}); }, patience);
    };
    const Answer first = scan(Patience::none);
    CHECK(first.is_put_off);
    REQUIRE(first.waits_for == &world.emulator.world().namespaces.find(know({})));
    CHECK(first.response.body.empty());
    first.waits_for->begin_work();
    for (int i = 0; i < 10; ++i) CHECK(scan(Patience::none).is_put_off);
    first.waits_for->end_work();
    CHECK_THAT(scan(Patience::all).response.body, is_json(R"({"Count":0,"ScannedCount":0})"));
    CHECK_THAT(scan(Patience::none).response.body, is_json(R"({"Count":0,"ScannedCount":0})"));
}

TEST_CASE("Leaps: what takes long goes on after an interruption", "[leaps]") {
    constexpr int items = 6000;
    StreamsWorld world;
    world.call("CreateTable", create_request("tab"));
    put_expiring(world, items, 60, 0);
    const std::atomic<bool> interrupt{true};
    {
        const Interruptible interruptible(interrupt);
        CHECK_THROWS_AS(world.emulator.clock().advance(1h), Interrupted);
    }
    CHECK(world.emulator.clock().advance(1s).expired_items["tab"] < items);
    CHECK(world.count("tab") == 0);
}
