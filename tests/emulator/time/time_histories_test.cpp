// However a clock gets to a moment, in one step or in many, it leaves the same world: random histories, each lived
// twice.
#include <cstdlib>
#include <random>
#include <string>

#include "tests/emulator/streams/streams_world.hpp"

#include "emulator/wire/arns.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

constexpr std::int64_t hour_ms = 3600000;

// One world and how it passes time.
class Life {
public:
    explicit Life(std::int64_t step_ms, unsigned shards, std::int64_t delay_ms)
        : world_(options(shards, delay_ms)), step_ms_(step_ms) {}

    StreamsWorld& world() { return world_; }
    const FellDue& fell_due() const { return fell_due_; }

    void pass(std::int64_t duration_ms) {
        VirtualClock clock = world_.emulator.clock();
        for (; duration_ms > step_ms_; duration_ms -= step_ms_) {
            fell_due_.add(clock.advance(std::chrono::milliseconds(step_ms_)));
        }
        fell_due_.add(clock.advance(std::chrono::milliseconds(duration_ms)));
    }

    // Whatever came before: both tables are there, with streams, and items that expire over so many seconds.
    void settle(std::int64_t now_s, std::int64_t rest_s) {
        for (const char* table : {"one", "two"}) {
            pass(hour_ms);
            world_.emulator.call("CreateTable", create_request(table));
            pass(hour_ms);
            const std::string named = std::string(R"({"TableName":")") + table + "\",";
            world_.emulator.call(
                "UpdateTable",
                named + R"("StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}})");
            world_.emulator.call("UpdateTimeToLive",
                                 named + R"("TimeToLiveSpecification":{"AttributeName":"ttl","Enabled":true}})");
            for (int i = 0; i < 10; ++i) {
                world_.put(table, "late" + std::to_string(i), StreamsWorld::ttl(now_s + rest_s * i / 10));
            }
        }
    }

    // All that can be seen of the world.
    std::string seen() {
        std::string out;
        for (const char* table : {"one", "two"}) {
            for (const char* operation : {"DescribeTimeToLive", "Scan"}) {
                out += world_.emulator.call(operation, table_request(table)).body + "\n";
            }
        }
        const auto streams = world_.ask("ListStreams", "{}");
        for (const auto& stream : streams["Streams"].GetArray()) {
            const std::string arn = stream["StreamArn"].GetString();
            out += world_.call("DescribeStream", R"({"StreamArn":")" + arn + "\"}") + "\n";
            for (const std::string& shard : world_.shards(arn)) {
                const auto request = StreamsWorld::records_request(world_.iterator(arn, shard, "TRIM_HORIZON"));
                std::string records = world_.call("GetRecords", request);
                out += records.substr(0, records.find("\"NextShardIterator\"")) + "\n";
            }
        }
        return out;
    }

private:
    static Options options(unsigned shards, std::int64_t delay_ms) {
        Options out;
        out.stream_shards = shards;
        out.ttl_delay = std::chrono::milliseconds(delay_ms);
        out.create_table = 500ms;
        out.update_table = 3s;
        out.delete_table = 700ms;
        return out;
    }

    StreamsWorld world_;
    std::int64_t step_ms_;
    FellDue fell_due_;
};

// Calls drawn from a seed: the same for both lives.
class History {
public:
    explicit History(unsigned seed) : random_(seed) {}

    std::int64_t draw(std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
    }

    // An operation and its request; what it answers does not matter. `now_s` is seconds since the start.
    std::pair<std::string, std::string> next(std::int64_t now_s, std::int64_t ttl_range_s) {
        const std::string table = draw(0, 1) == 0 ? "one" : "two";
        const std::string id = std::to_string(draw(0, 15));
        const std::string key = R"("TableName":")" + table + R"(","Key":{"id":{"S":")" + id + "\"}}";
        const std::string ttl = std::to_string(start_ms / 1000 + now_s + draw(-ttl_range_s, ttl_range_s));
        switch (draw(0, 15)) {
            case 0:
                return {"DeleteItem", "{" + key + "}"};
            case 1:
                return {"UpdateItem", "{" + key + R"(,"UpdateExpression":"SET #t = :v","ExpressionAttributeNames":{"#t":
                    "ttl"},"ExpressionAttributeValues":{":v":{"N":")" +
                                          ttl + "\"}}}"};
            case 2:
                return {"UpdateTimeToLive", R"({"TableName":")" + table +
                                                R"(","TimeToLiveSpecification":{"AttributeName":"ttl","Enabled":)" +
                                                (draw(0, 3) > 0 ? "true" : "false") + "}}"};
            case 3:
                return {"UpdateTable",
                        R"({"TableName":")" + table + R"(","StreamSpecification":{"StreamEnabled":false}})"};
            case 4:
                return {"UpdateTable",
                        R"({"TableName":")" + table +
                            R"(","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}})"};
            case 5:
                if (draw(0, 7) > 0) break;
                return {"DeleteTable", table_request(table)};
            case 6: {
                std::string request = create_request(table);
                request.pop_back();
                return {"CreateTable", request + R"(,"StreamSpecification":{"StreamEnabled":true,"StreamViewType":
                    "KEYS_ONLY"}})"};
            }
            default:
                break;
        }
        return {"PutItem",
                R"({"TableName":")" + table + R"(","Item":{"id":{"S":")" + id + R"("},"ttl":{"N":")" + ttl + "\"}}}"};
    }

private:
    std::mt19937 random_;
};

std::string counts(const FellDue& due) {
    std::string out;
    const auto add = [&out](const char* name, const std::map<std::string, std::uint64_t>& counts) {
        for (const auto& [table, count] : counts) out += std::string(name) + table + std::to_string(count) + " ";
    };
    add("expired ", due.expired_items);
    add("trimmed ", due.trimmed_records);
    add("rolled ", due.rolled_shards);
    for (const auto& change : due.tables) out += change.table + change.status + " ";
    return out;
}

// Lives one history of `calls` calls, up to `pause_ms` apart, and `rest_ms` more; in one step at a time and in steps of
// an hour.
FellDue compare(unsigned seed, int calls, std::int64_t pause_ms, std::int64_t rest_ms) {
    INFO("seed " << seed);
    History history(seed);
    const auto shards = static_cast<unsigned>(history.draw(1, 3));
    const std::int64_t delay_ms = history.draw(0, 1) * history.draw(0, 48 * hour_ms);
    Life leaps(INT64_MAX, shards, delay_ms);
    Life creeps(hour_ms, shards, delay_ms);
    for (Life* life : {&leaps, &creeps}) {
        for (const char* table : {"one", "two"}) life->world().create(table);
    }
    std::int64_t now_ms = 0;
    for (int i = 0; i < calls; ++i) {
        const auto [operation, request] = history.next(now_ms / 1000, 2 * (pause_ms * calls + rest_ms) / 1000);
        const Response leapt = leaps.world().emulator.call(operation, request);
        const Response crept = creeps.world().emulator.call(operation, request);
        INFO(operation << " " << request << " at " << now_ms);
        REQUIRE(leapt.status == crept.status);
        const std::int64_t pause = history.draw(0, 3) == 0 ? 0 : history.draw(0, pause_ms);
        leaps.pass(pause);
        creeps.pass(pause);
        now_ms += pause;
    }
    for (Life* life : {&leaps, &creeps}) life->settle(now_ms / 1000, rest_ms / 1000);
    leaps.pass(rest_ms);
    creeps.pass(rest_ms);
    CHECK(leaps.seen() == creeps.seen());
    CHECK(counts(leaps.fell_due()) == counts(creeps.fell_due()));
    return leaps.fell_due();
}

std::uint64_t total(const std::map<std::string, std::uint64_t>& counts) {
    std::uint64_t out = 0;
    for (const auto& [table, count] : counts) out += count;
    return out;
}

}  // namespace

TEST_CASE("Histories: a month in leaps leaves the world that hours leave", "[histories]") {
    FellDue all;
    for (unsigned seed = 1; seed <= 25; ++seed) all.add(compare(seed, 60, 24 * hour_ms, 20 * hour_ms));
    CHECK(total(all.expired_items) > 100);
    CHECK(total(all.trimmed_records) > 100);
    CHECK(total(all.rolled_shards) > 1000);
}

TEST_CASE("Histories: minutes in leaps leave the world that hours leave", "[histories]") {
    FellDue all;
    for (unsigned seed = 101; seed <= 125; ++seed) all.add(compare(seed, 120, hour_ms / 3, 30 * hour_ms));
    CHECK(total(all.expired_items) > 100);
    CHECK(total(all.trimmed_records) > 100);
    CHECK(total(all.rolled_shards) > 100);
}

TEST_CASE("Histories: ten years in one step leave the same world as in hours", "[histories]") {
    const FellDue all = compare(1001, 80, 24 * hour_ms, 87660 * hour_ms);
    CHECK(total(all.expired_items) > 10);
    CHECK(total(all.trimmed_records) > 10);
    CHECK(total(all.rolled_shards) > 20000);
}
