// Clocks: manual ones and those of namespaces.
#include <limits>
#include <string>

#include "emulator/limits.hpp"
#include "emulator/time/namespace_clock.hpp"
#include "emulator/wire/arns.hpp"
#include "emulator/wire/moments.hpp"
#include "emulator/world.hpp"
#include "minamo/emulator.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/control/controlling.hpp"
#include "tests/temporary_folder.hpp"

using namespace minamo;
using namespace minamo::tests;

TEST_CASE("ManualClock: it ends with the year 2261", "[clock]") {
    const std::chrono::system_clock::time_point end{std::chrono::milliseconds(limits::moment_max_ms)};
    ManualClock clock(start());
    CHECK_THROWS_AS(clock.advance(std::chrono::milliseconds::max()), std::invalid_argument);
    CHECK_THROWS_AS(clock.advance(std::chrono::milliseconds(limits::moment_max_ms)), std::invalid_argument);
    CHECK_THROWS_AS(clock.set(end + 1ms), std::invalid_argument);
    CHECK_THROWS_AS(clock.set(std::chrono::system_clock::time_point::max()), std::invalid_argument);
    CHECK_THROWS_AS(ManualClock(end + 1ms), std::invalid_argument);
    CHECK(clock.now() == start());
    clock.set(end);
    CHECK(clock.now() == end);
    CHECK_THROWS_AS(clock.advance(1ms), std::invalid_argument);
}

TEST_CASE("Clock: durations that are longer than time are for ever", "[clock]") {
    Options options;
    options.create_table = std::chrono::milliseconds::max();
    StreamsWorld world(options);
    world.call("CreateTable", create_request("tab"));
    CHECK_THAT(world.call("DescribeTable", table_request("tab")), has_json("/Table/TableStatus", R"("CREATING")"));
    world.emulator.clock().advance(24h * 365 * 90);
    CHECK_THAT(world.call("DescribeTable", table_request("tab")), has_json("/Table/TableStatus", R"("CREATING")"));
}

TEST_CASE("Clock: items that expire stay where the delay is for ever", "[clock]") {
    Options options;
    options.ttl_delay = std::chrono::milliseconds::max();
    StreamsWorld world(options);
    world.create("tab");
    world.enable_ttl("tab");
    world.put("tab", "a", StreamsWorld::ttl(10));
    world.put("tab", "b", R"(,"ttl":{"N":"99999999999"})");
    CHECK(world.emulator.clock().advance(24h * 365 * 90).expired_items.empty());
    CHECK(world.count("tab") == 2);
}

TEST_CASE("ManualClock: it stands still until it is moved", "[clock]") {
    ManualClock clock(start());
    CHECK(clock.now() == start());
    clock.advance(10s);
    CHECK(clock.now() == start() + 10s);
    clock.set(start() + 1h);
    CHECK(clock.now() == start() + 1h);
}

TEST_CASE("ManualClock: it does not go back", "[clock]") {
    ManualClock clock(start());
    CHECK_THROWS_WITH(clock.set(start() - 1ms), "A clock cannot go back: set it to a later moment.");
    CHECK_THROWS_WITH(clock.advance(-1ms), "A clock cannot go back: advance it by a positive duration.");
    CHECK(clock.now() == start());
}

TEST_CASE("Clock: it follows its base from where it was moved to", "[clock]") {
    ManualClock base(start());
    NamespaceClock clock(base);
    CHECK(clock.now_ms() == start_ms);
    REQUIRE(clock.move({.advance_ms = 1000}));
    CHECK(clock.now_ms() == start_ms + 1000);
    base.advance(500ms);
    CHECK(clock.now_ms() == start_ms + 1500);
    REQUIRE(clock.move({.set_ms = start_ms + 5000}));
    base.advance(1ms);
    CHECK(clock.now_ms() == start_ms + 5001);
}

TEST_CASE("Clock: a frozen one moves only when it is told to", "[clock]") {
    ManualClock base(start());
    NamespaceClock clock(base);
    REQUIRE(clock.move({.freeze = true}));
    CHECK(clock.frozen());
    base.advance(1h);
    CHECK(clock.now_ms() == start_ms);
    REQUIRE(clock.move({.advance_ms = 7}));
    base.advance(1h);
    CHECK(clock.now_ms() == start_ms + 7);
    REQUIRE(clock.move({.freeze = false}));
    CHECK(clock.now_ms() == start_ms + 7);
    base.advance(1s);
    CHECK(clock.now_ms() == start_ms + 1007);
}

TEST_CASE("Clock: a rate applies from where it is set", "[clock]") {
    ManualClock base(start());
    NamespaceClock clock(base);
    base.advance(1s);
    REQUIRE(clock.move({.rate = 60}));
    CHECK(clock.now_ms() == start_ms + 1000);
    base.advance(1s);
    CHECK(clock.now_ms() == start_ms + 61000);
    REQUIRE(clock.move({.freeze = true}));
    base.advance(1s);
    CHECK(clock.now_ms() == start_ms + 61000);
    REQUIRE(clock.move({.freeze = false}));
    base.advance(1s);
    CHECK(clock.now_ms() == start_ms + 121000);
    REQUIRE(clock.move({.rate = 0.5}));
    base.advance(1s);
    CHECK(clock.now_ms() == start_ms + 121500);
}

TEST_CASE("Clock: it never goes back", "[clock]") {
    ManualClock base(start());
    NamespaceClock clock(base);
    REQUIRE(clock.move({.advance_ms = 1000}));
    CHECK_FALSE(clock.move({.set_ms = start_ms + 999}));
    CHECK_FALSE(clock.move({.advance_ms = -1}));
    CHECK(clock.now_ms() == start_ms + 1000);
    CHECK(clock.move({.set_ms = start_ms + 1000}));
}

TEST_CASE("Clock: it stops at the end of the year 2261", "[clock]") {
    ManualClock base(start());
    NamespaceClock clock(base);
    CHECK_FALSE(clock.move({.advance_ms = std::numeric_limits<std::int64_t>::max()}));
    CHECK_FALSE(clock.move({.set_ms = limits::moment_max_ms}));
    CHECK(clock.now_ms() == start_ms);
    while (clock.now_ms() < limits::moment_max_ms - clock_move_max_ms)
        REQUIRE(clock.move({.advance_ms = clock_move_max_ms}));
    CHECK_FALSE(clock.move({.advance_ms = limits::moment_max_ms - clock.now_ms() + 1}));
    CHECK_FALSE(clock.move({.set_ms = limits::moment_max_ms + 1}));
    REQUIRE(clock.move({.rate = 1e6}));
    base.advance(240h);
    CHECK(clock.now_ms() == limits::moment_max_ms);
}

TEST_CASE("Clock: a plain one stops there, too", "[clock]") {
    ManualClock base(start());
    NamespaceClock clock(base);
    while (clock.now_ms() < limits::moment_max_ms - clock_move_max_ms)
        REQUIRE(clock.move({.advance_ms = clock_move_max_ms}));
    REQUIRE(clock.move({.set_ms = limits::moment_max_ms}));
    base.advance(10s);
    CHECK(clock.now_ms() == limits::moment_max_ms);
    CHECK(clock.move({.freeze = true}));
}

TEST_CASE("Clock: a move is whole or not at all", "[clock]") {
    ManualClock base(start());
    NamespaceClock clock(base);
    CHECK_FALSE(clock.move({.set_ms = start_ms - 1, .freeze = true, .rate = 60}));
    CHECK_FALSE(clock.frozen());
    CHECK(clock.rate() == 1);
    CHECK(clock.move({.set_ms = start_ms + 10, .advance_ms = 5, .freeze = true, .rate = 60}));
    CHECK(clock.now_ms() == start_ms + 15);
    CHECK(clock.frozen());
    CHECK(clock.rate() == 60);
}

TEST_CASE("Clock: what is kept of it comes back", "[clock]") {
    ManualClock base(start());
    for (const char* text : {"", "nonsense", "1 2 0 0 3", "1 2 1 0", "1 2 1 0 3 4", "1 2 -1 0 3", "1 2 1e9 0 3"}) {
        CAPTURE(text);
        CHECK_FALSE(NamespaceClock(base).restore(text));
    }
    const bool frozen = GENERATE(false, true);
    NamespaceClock clock(base);
    REQUIRE(clock.move({.advance_ms = 5000, .freeze = frozen, .rate = 2}));
    const auto kept = clock.changed();
    REQUIRE(kept);
    CHECK(clock.changed());
    clock.kept(*kept);
    CHECK_FALSE(clock.changed());
    base.advance(1s);
    NamespaceClock other(base);
    REQUIRE(other.restore(kept->text));
    CHECK(other.now_ms() == clock.now_ms());
    CHECK(other.now_ms() == start_ms + 5000 + (frozen ? 0 : 2000));
    CHECK(other.rate() == 2);
    CHECK(other.frozen() == frozen);
}

TEST_CASE("Clock: the latest moment is kept once a second", "[clock]") {
    ManualClock base(start());
    NamespaceClock clock(base);
    clock.now_ms();
    clock.kept(clock.changed().value());
    base.advance(999ms);
    clock.now_ms();
    CHECK_FALSE(clock.changed());
    base.advance(1ms);
    clock.now_ms();
    const auto kept = clock.changed();
    REQUIRE(kept);
    ManualClock earlier(start() - 1h);
    NamespaceClock other(earlier);
    REQUIRE(other.restore(kept->text));
    CHECK(other.now_ms() == start_ms + 1000);
}

TEST_CASE("Clock: one namespace does not see another's", "[clock]") {
    StreamsWorld world;
    const Caller other{"111122223333", "us-east-1"};
    const Caller elsewhere{"000000000000", "eu-west-1"};
    world.emulator.clock().advance(49h);
    CHECK(since_start_ms(world.emulator.clock().now()) == 49 * 3600000);
    CHECK(since_start_ms(world.emulator.clock(other).now()) == 0);
    CHECK(since_start_ms(world.emulator.clock(elsewhere).now()) == 0);
}

TEST_CASE("Clock: timestamps of the API come from it", "[clock]") {
    StreamsWorld world;
    world.emulator.clock().set(start() + 365 * 24h);
    world.create("tab");
    const std::string table = world.call("DescribeTable", table_request("tab"));
    CHECK_THAT(table, has_json("/Table/CreationDateTime", "1798761600"));
    CHECK_THAT(table, has_json("/Table/LatestStreamLabel", R"("2027-01-01T00:00:00.000")"));
    world.put("tab", "a");
    CHECK(world.read(world.arn("tab"))[0].seconds == 1798761600);
}

TEST_CASE("Clock: refused moves throw a sentence", "[clock]") {
    StreamsWorld world;
    VirtualClock clock = world.emulator.clock();
    const std::string sentence =
        "The clock never goes back, not past the year 2261, and 100 years at most at a time: give another moment, or "
        "reset the namespace to begin anew.";
    const std::string rates = "Give a rate over 0 and up to 1000000, such as 60.";
    CHECK_THROWS_WITH(clock.advance(-1ms), sentence);
    CHECK_THROWS_WITH(clock.set(start() - 1ms), sentence);
    for (const double rate :
         {0.0, -1.0, 1000001.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
        CHECK_THROWS_WITH(clock.set_rate(rate), rates);
    }
    CHECK_THROWS_WITH(clock.advance(36525 * 24h + 1ms), sentence);
    CHECK(clock.now() == start());
}

TEST_CASE("Clock: a move tells what fell due", "[clock]") {
    Options options;
    options.create_table = 1s;
    options.update_table = 10s;
    options.delete_table = 2s;
    StreamsWorld world(options);
    world.create("tab");
    FellDue due = world.emulator.clock().advance(1s);
    REQUIRE(due.tables.size() == 1);
    CHECK(due.tables[0].table == "tab");
    CHECK(due.tables[0].status == "ACTIVE");
    world.put("tab", "a", R"(,"g":{"S":"x"})" + StreamsWorld::ttl(100));
    world.call("UpdateTable", R"({"TableName":"tab","AttributeDefinitions":[{"AttributeName":"g","AttributeType":"S"}],
        "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"by-g","Projection":{"ProjectionType":"ALL"},
        "KeySchema":[{"AttributeName":"g","KeyType":"HASH"}]}}]})");
    due = world.emulator.clock().advance(10s);
    REQUIRE(due.indexes.size() == 1);
    CHECK(due.indexes[0].index == "by-g");
    CHECK(due.indexes[0].status == "ACTIVE");
    world.enable_ttl("tab");
    world.call("TransactWriteItems",
               R"({"ClientRequestToken":"k","TransactItems":[{"Put":)" + put_request("tab", "b") + "}]}");
    const std::string arn = world.arn("tab");
    world.iterator(arn, world.shards(arn)[0], "LATEST");
    due = world.emulator.clock().advance(48h);
    CHECK(due.expired_items == std::map<std::string, std::uint64_t>{{"tab", 1}});
    CHECK(due.trimmed_records == std::map<std::string, std::uint64_t>{{"tab", 3}});
    CHECK(due.rolled_shards == std::map<std::string, std::uint64_t>{{"tab", 12}});
    CHECK(due.expired_iterators == 1);
    CHECK(due.expired_tokens == 1);
    world.call("DeleteTable", table_request("tab"));
    due = world.emulator.clock().advance(2s);
    REQUIRE(due.tables.size() == 1);
    CHECK(due.tables[0].status == "DELETED");
}

TEST_CASE("Clock: a reset gives it back its own course", "[clock]") {
    StreamsWorld world;
    world.create("tab");
    world.emulator.clock().advance(49h);
    world.emulator.clock().freeze();
    world.emulator.reset(Caller{});
    CHECK(world.emulator.clock().now() == start());
    CHECK_FALSE(world.emulator.clock().frozen());
}

TEST_CASE("Clock: on disk it outlives its process", "[clock][disk]") {
    const TemporaryFolder folder;
    Options options;
    options.db_path = folder.path();
    const bool before_the_table = GENERATE(false, true);
    {
        StreamsWorld world(options);
        if (before_the_table) world.emulator.clock().advance(49h);
        world.create("tab");
        if (!before_the_table) world.emulator.clock().advance(49h);
    }
    StreamsWorld world(options);
    CHECK(since_start_ms(world.emulator.clock().now()) == 49 * 3600000);
    world.emulator.reset();
    CHECK(world.emulator.clock().now() == start());
}

TEST_CASE("Clock: on disk a frozen one outlives the process", "[clock][disk]") {
    const TemporaryFolder folder;
    Options options;
    options.db_path = folder.path();
    {
        StreamsWorld world(options);
        world.create("tab");
        world.emulator.clock().freeze();
        world.clock->advance(1h);
    }
    StreamsWorld world(options);
    world.clock->advance(1h);
    CHECK(world.emulator.clock().frozen());
    CHECK(world.emulator.clock().now() == start());
}

TEST_CASE("Clock: on disk one without a table outlives the process beside others", "[clock][disk]") {
    const TemporaryFolder folder;
    Options options;
    options.db_path = folder.path();
    const Caller empty{"111122223333", "us-east-1"};
    {
        StreamsWorld world(options);
        world.create("tab");
        world.emulator.clock(empty).advance(7h);
        world.clock->advance(1h);
    }
    StreamsWorld world(options);
    world.clock->advance(1h);
    CHECK(since_start_ms(world.emulator.clock(empty).now()) == 8 * 3600000);
}

TEST_CASE("Clock: on disk a move of all clocks outlives the process", "[clock][disk]") {
    const TemporaryFolder folder;
    Options options;
    options.db_path = folder.path();
    {
        StreamsWorld world(options);
        control(world.emulator, "POST", "clock?all", R"({"advance":"1000h"})");
    }
    {
        StreamsWorld world(options);
        CHECK(since_start_ms(world.emulator.clock({"111122223333", "r"}).now()) == 3600000000);
        world.emulator.reset();
    }
    StreamsWorld world(options);
    CHECK(world.emulator.clock({"444455556666", "r"}).now() == start());
}

TEST_CASE("Clock: a reset of one namespace makes its clock as a new one's", "[clock]") {
    StreamsWorld world;
    world.create("tab");
    control(world.emulator, "POST", "clock?all", R"({"advance":"1h"})");
    world.emulator.clock().advance(5h);
    world.emulator.reset(Caller{});
    CHECK(since_start_ms(world.emulator.clock().now()) == 3600000);
}
