// Streams with a clock that moves: shards roll over, records are trimmed, iterators expire, streams go.
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "emulator/namespaces/issued_iterators.hpp"
#include "emulator/streams/iterators.hpp"
#include "emulator/wire/arns.hpp"
#include "tests/emulator/streams/streams_world.hpp"
#include "tests/temporary_folder.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

constexpr const char* trimmed =
    "TrimmedDataAccessException: The operation attempted to read past the oldest stream record in a shard.";

std::string not_found(const std::string& arn) {
    return "ResourceNotFoundException: Requested resource not found: Stream: " + arn + " not found";
}

}  // namespace

TEST_CASE("Streams: an open shard has no ending number", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    const auto described = world.describe(world.arn("tab"));
    const auto& shard = described["StreamDescription"]["Shards"][0];
    CHECK_FALSE(shard.HasMember("ParentShardId"));
    CHECK(std::string(shard["SequenceNumberRange"]["StartingSequenceNumber"].GetString()).size() == 21);
    CHECK_FALSE(shard["SequenceNumberRange"].HasMember("EndingSequenceNumber"));
    CHECK(std::string(shard["ShardId"].GetString()).starts_with("shardId-00000001767225600000-"));
}

TEST_CASE("Streams: a shard is followed by another after four hours", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    const std::string arn = world.arn("tab");
    world.clock->advance(4h - 1ms);
    CHECK(world.shards(arn).size() == 1);
    world.clock->advance(1ms);
    const auto described = world.describe(arn);
    const auto& shards = described["StreamDescription"]["Shards"];
    REQUIRE(shards.Size() == 2);
    CHECK(shards[1]["ParentShardId"] == shards[0]["ShardId"]);
    const std::string last = shards[0]["SequenceNumberRange"]["EndingSequenceNumber"].GetString();
    CHECK(last < shards[1]["SequenceNumberRange"]["StartingSequenceNumber"].GetString());
    CHECK_FALSE(shards[1]["SequenceNumberRange"].HasMember("EndingSequenceNumber"));
}

TEST_CASE("Streams: each shard rolls over by its own age", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    const std::string arn = world.arn("tab");
    world.clock->advance(4h);
    CHECK(world.shards(arn).size() == 2);
    world.clock->advance(4h);
    CHECK(world.shards(arn).size() == 3);
    world.clock->advance(16h);
    CHECK(world.shards(arn).size() == 7);
    // The first was closed after 4 hours, and goes a day later.
    world.clock->advance(4h);
    CHECK(world.shards(arn).size() == 8);
    world.clock->advance(1ms);
    CHECK(world.shards(arn).size() == 7);
}

TEST_CASE("Streams: an item's records go on from parent to child", "[streams]") {
    Options options;
    options.stream_shards = 3;
    StreamsWorld world(options);
    world.create("tab");
    const std::string arn = world.arn("tab");
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 20; ++i) {
            world.put("tab", "i" + std::to_string(i), R"(,"round":{"N":")" + std::to_string(round) + "\"}");
        }
        world.clock->advance(4h);
    }
    std::map<std::string, std::vector<Seen>> by_item;
    for (const Seen& each : world.read(arn)) by_item[each.what.substr(7)].push_back(each);
    CHECK(by_item.size() == 20);
    std::set<std::string> shards;
    for (auto& [item, records] : by_item) {
        REQUIRE(records.size() == 3);
        std::ranges::sort(records, {}, &Seen::sequence);
        CHECK(std::ranges::is_sorted(records, {}, &Seen::shard));
        CHECK(records[0].what.starts_with("INSERT"));
        CHECK(records[2].what.starts_with("MODIFY"));
        for (const Seen& each : records) shards.insert(each.shard);
    }
    CHECK(shards.size() == 9);
}

TEST_CASE("Streams: a reader at the end of a closed shard gets no iterator", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    world.put("tab", "a");
    const std::string arn = world.arn("tab");
    const std::string shard = world.shards(arn)[0];
    auto page = world.records(world.iterator(arn, shard, "TRIM_HORIZON"));
    REQUIRE(page.HasMember("NextShardIterator"));
    const std::string next = page["NextShardIterator"].GetString();
    world.clock->advance(10min);
    page = world.records(next);
    CHECK(page["Records"].Size() == 0);
    const std::string again = page["NextShardIterator"].GetString();
    world.emulator.clock().advance(4h - 12min);
    page = world.records(world.iterator(arn, shard, "AFTER_SEQUENCE_NUMBER",
                                        R"(,"SequenceNumber":")" + world.read(arn)[0].sequence + "\""));
    const std::string waiting = page["NextShardIterator"].GetString();
    world.clock->advance(2min);
    page = world.records(waiting);
    CHECK(page["Records"].Size() == 0);
    CHECK_FALSE(page.HasMember("NextShardIterator"));
    CHECK(world.error("GetRecords", StreamsWorld::records_request(again)) ==
          "ExpiredIteratorException: Shard iterator has expired");
}

TEST_CASE("Streams: records are there for 24 hours", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    const std::string arn = world.arn("tab");
    world.put("tab", "a");
    world.clock->advance(1h);
    world.put("tab", "b");
    world.clock->advance(23h);
    CHECK(world.what(arn) == Texts{"INSERT a", "INSERT b"});
    world.clock->advance(1ms);
    CHECK(world.what(arn) == Texts{"INSERT b"});
    world.clock->advance(1h);
    CHECK(world.what(arn).empty());
}

TEST_CASE("Streams: a position whose records are trimmed is refused", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    const std::string arn = world.arn("tab");
    world.put("tab", "a");
    world.clock->advance(1h);
    world.put("tab", "b");
    const std::string shard = world.shards(arn)[0];
    const auto records = world.read(arn);
    const auto at = [&](const char* type, const std::string& sequence) {
        return StreamsWorld::iterator_request(arn, shard, type, R"(,"SequenceNumber":")" + sequence + "\"");
    };
    world.clock->advance(23h);
    const std::string horizon = world.iterator(arn, shard, "TRIM_HORIZON");
    world.clock->advance(1ms);
    CHECK(world.error("GetRecords", StreamsWorld::records_request(horizon)) == trimmed);
    CHECK(world.error("GetShardIterator", at("AT_SEQUENCE_NUMBER", records[0].sequence)) == trimmed);
    CHECK(world.error("GetShardIterator", at("AFTER_SEQUENCE_NUMBER", records[0].sequence)) == "success");
    CHECK(world.error("GetShardIterator", at("AT_SEQUENCE_NUMBER", records[1].sequence)) == "success");
    const auto page = world.records(world.iterator(arn, shard, "TRIM_HORIZON"));
    REQUIRE(page["Records"].Size() == 1);
}

TEST_CASE("Streams: a trimmed shard does not exist", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    const std::string arn = world.arn("tab");
    world.put("tab", "a");
    const std::string shard = world.shards(arn)[0];
    world.clock->advance(28h);
    const std::string iterator = world.iterator(arn, shard, "LATEST");
    world.clock->advance(1ms);
    CHECK(world.error("GetShardIterator", StreamsWorld::iterator_request(arn, shard, "LATEST")) ==
          "ResourceNotFoundException: Shard does not exist");
    CHECK(world.error("GetRecords", StreamsWorld::records_request(iterator)) == trimmed);
}

TEST_CASE("Streams: an iterator is good for 15 minutes", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    world.put("tab", "a");
    const std::string arn = world.arn("tab");
    const std::string iterator = world.iterator(arn, world.shards(arn)[0], "TRIM_HORIZON");
    world.clock->advance(15min);
    const auto page = world.records(iterator);
    CHECK(page["Records"].Size() == 1);
    CHECK(world.records(iterator)["Records"].Size() == 1);
    const std::string next = page["NextShardIterator"].GetString();
    world.clock->advance(1ms);
    CHECK(world.error("GetRecords", StreamsWorld::records_request(iterator)) ==
          "ExpiredIteratorException: Shard iterator has expired");
    CHECK(world.records(next)["Records"].Size() == 0);
}

TEST_CASE("Streams: a moment finds the first record that is not earlier", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    const std::string arn = world.arn("tab");
    const std::string shard = world.shards(arn)[0];
    for (const char* id : {"a", "b", "c"}) {
        world.clock->advance(10s);
        world.put("tab", id);
    }
    world.clock->advance(10s);
    const auto from = [&](double seconds) {
        const auto page = world.records(world.iterator(
            arn, shard, "AT_TIMESTAMP", ",\"Timestamp\":" + std::to_string(start_ms / 1000.0 + seconds)));
        std::string out;
        for (const auto& record : page["Records"].GetArray()) {
            out += record["dynamodb"]["Keys"]["id"]["S"].GetString();
        }
        return out;
    };
    CHECK(from(-100000) == "abc");
    CHECK(from(0) == "abc");
    CHECK(from(10) == "abc");
    CHECK(from(10.001) == "bc");
    CHECK(from(20) == "bc");
    CHECK(from(30.5).empty());
    CHECK(from(40).empty());
    CHECK(world.error("GetShardIterator",
                      StreamsWorld::iterator_request(arn, shard, "AT_TIMESTAMP",
                                                     ",\"Timestamp\":" + std::to_string(start_ms / 1000.0 + 41))) ==
          "ValidationException: One or more parameter values were invalid: Timestamp must not be later than the "
          "present time");
}

TEST_CASE("Streams: a disabled stream stays readable for 24 hours", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    world.put("tab", "a");
    const std::string arn = world.arn("tab");
    world.clock->advance(2h);
    world.call("UpdateTable", R"({"TableName":"tab","StreamSpecification":{"StreamEnabled":false}})");
    world.put("tab", "b");
    CHECK(world.what(arn) == Texts{"INSERT a"});
    CHECK(std::string(world.describe(arn)["StreamDescription"]["StreamStatus"].GetString()) == "DISABLED");
    world.clock->advance(24h);
    CHECK(world.describe(arn)["StreamDescription"]["Shards"].Size() == 1);
    world.clock->advance(1ms);
    CHECK(world.error("DescribeStream", R"({"StreamArn":")" + arn + "\"}") ==
          "ResourceNotFoundException: Requested resource not found: Stream: " + arn + " not found");
    CHECK(world.ask("ListStreams", "{}")["Streams"].Size() == 0);
}

TEST_CASE("Streams: enabling again makes a new stream", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    world.put("tab", "a");
    const std::string first = world.arn("tab");
    world.call("UpdateTable", R"({"TableName":"tab","StreamSpecification":{"StreamEnabled":false}})");
    world.call("UpdateTable",
               R"({"TableName":"tab","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}})");
    const std::string second = world.arn("tab");
    CHECK(first != second);
    world.put("tab", "b");
    CHECK(world.what(first) == Texts{"INSERT a"});
    CHECK(world.what(second) == Texts{"INSERT b"});
    const auto table = world.ask("DescribeTable", table_request("tab"));
    CHECK(table["Table"]["LatestStreamArn"].GetString() == second);
}

TEST_CASE("Streams: an emptied world lets the memory of its streams go after a day", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    world.put("tab", "a");
    const std::string arn = world.arn("tab");
    world.call("DeleteTable", table_request("tab"));
    CHECK(world.what(arn) == Texts{"INSERT a"});
    world.create("tab");
    CHECK(world.arn("tab") != arn);
    world.call("DeleteTable", table_request("tab"));
    CHECK(world.ask("ListStreams", "{}")["Streams"].Size() == 2);
    const FellDue due = world.emulator.clock().advance(25h);
    CHECK(due.trimmed_records == std::map<std::string, std::uint64_t>{{"tab", 1}});
    CHECK(world.ask("ListStreams", "{}")["Streams"].Size() == 0);
    CHECK(world.error("DescribeStream", R"({"StreamArn":")" + arn + "\"}") == not_found(arn));
}

TEST_CASE("Streams: another namespace does not see them", "[streams]") {
    StreamsWorld world;
    world.create("tab");
    world.put("tab", "a");
    const std::string arn = world.arn("tab");
    const std::string iterator = world.iterator(arn, world.shards(arn)[0], "TRIM_HORIZON");
    for (const Caller& other : {Caller{"000000000000", "eu-west-1"}, Caller{"111122223333", "us-east-1"}}) {
        CHECK(world.ask("ListStreams", "{}", other)["Streams"].Size() == 0);
        CHECK(world.error("DescribeStream", R"({"StreamArn":")" + arn + "\"}", other) == not_found(arn));
        CHECK(world.error("GetRecords", StreamsWorld::records_request(iterator), other) == not_found(arn));
    }
}

TEST_CASE("Streams: with one namespace for all, each caller sees its own region", "[streams]") {
    Options options;
    options.shared_db = true;
    StreamsWorld world(options);
    world.create("tab");
    world.put("tab", "a");
    const Caller other{"111122223333", "eu-west-1"};
    const auto streams = world.ask("ListStreams", "{}", other);
    REQUIRE(streams["Streams"].Size() == 1);
    const std::string arn = streams["Streams"][0]["StreamArn"].GetString();
    CHECK(arn.starts_with("arn:aws:dynamodb:eu-west-1:111122223333:table/tab/stream/"));
    CHECK(world.what(world.arn("tab")) == Texts{"INSERT a"});
    CHECK(world.ask("DescribeStream", R"({"StreamArn":")" + arn + "\"}")["StreamDescription"]["Shards"].Size() == 1);
}

TEST_CASE("Streams: pages hold a megabyte at most", "[streams]") {
    StreamsWorld world;
    world.create("tab", "NEW_IMAGE");
    const std::string big = R"(,"b":{"S":")" + std::string(300000, 'x') + "\"}";
    for (const char* id : {"a", "b", "c", "d", "e"}) world.put("tab", id, big);
    const std::string arn = world.arn("tab");
    auto page = world.records(world.iterator(arn, world.shards(arn)[0], "TRIM_HORIZON"));
    CHECK(page["Records"].Size() == 3);
    page = world.records(page["NextShardIterator"].GetString());
    CHECK(page["Records"].Size() == 2);
}

TEST_CASE("Streams: after a restart all is as it was", "[streams][disk]") {
    const TemporaryFolder folder;
    Options options;
    options.db_path = folder.path();
    std::string arn;
    std::string iterator;
    std::vector<Seen> before;
    {
        StreamsWorld world(options);
        world.create("tab");
        for (const char* id : {"a", "b", "a"}) world.put("tab", id, R"(,"n":{"N":"1"})");
        world.remove("tab", "a");
        arn = world.arn("tab");
        before = world.read(arn);
        iterator = world.iterator(arn, world.shards(arn)[0], "TRIM_HORIZON");
    }
    StreamsWorld world(options);
    CHECK(world.arn("tab") == arn);
    const auto after = world.read(arn);
    REQUIRE(after.size() == before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
        CHECK(after[i].what == before[i].what);
        CHECK(after[i].shard == before[i].shard);
        CHECK(after[i].sequence == before[i].sequence);
        CHECK(after[i].event_id == before[i].event_id);
        CHECK(after[i].seconds == before[i].seconds);
    }
    CHECK(world.records(iterator)["Records"].Size() == before.size());
    world.put("tab", "c");
    CHECK(world.read(arn).back().sequence > before.back().sequence);
}

TEST_CASE("Streams: a reset leaves none", "[streams]") {
    const TemporaryFolder folder;
    const bool on_disk = GENERATE(false, true);
    Options options;
    if (on_disk) options.db_path = folder.path();
    StreamsWorld world(options);
    world.create("tab");
    world.put("tab", "a");
    const std::string arn = world.arn("tab");
    world.emulator.reset();
    CHECK(world.ask("ListStreams", "{}")["Streams"].Size() == 0);
    world.create("tab");
    world.put("tab", "b");
    CHECK(world.what(world.arn("tab")) == Texts{"INSERT b"});
}

TEST_CASE("Iterators: what is not one is told apart", "[streams]") {
    const std::string arn = "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2026-01-01T00:00:00.000";
    const std::string text = encode(ShardIterator{arn, 7, 9, start_ms});
    const auto decoded = decode_shard_iterator(text);
    REQUIRE(decoded);
    CHECK(decoded->stream_arn == arn);
    CHECK(decoded->shard == 7);
    CHECK(decoded->position == 9);
    CHECK(decoded->issued_ms == start_ms);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CAPTURE(changed);
        CHECK_FALSE(decode_shard_iterator(changed));
        CHECK_FALSE(decode_shard_iterator(text.substr(0, i)));
    }
    CHECK_FALSE(decode_shard_iterator(text + "="));
    CHECK_FALSE(decode_shard_iterator(text + text));
}

TEST_CASE("Iterators: those that expire are counted once", "[streams]") {
    IssuedIterators issued;
    for (int i = 0; i < 3; ++i) issued.issue(1000);
    issued.issue(2000);
    CHECK(issued.expire(1000 + 900000) == 0);
    CHECK(issued.expire(1001 + 900000) == 3);
    CHECK(issued.expire(1001 + 900000) == 0);
    CHECK(issued.expire(5000 + 900000) == 1);
    issued.issue(10000000);
    issued.clear();
    CHECK(issued.expire(INT64_MAX / 2) == 0);
}
