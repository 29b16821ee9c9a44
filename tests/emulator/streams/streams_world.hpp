// What tests of streams, time to live and clocks share: an emulator whose clock stands at 2026-01-01, and readers of
// its streams.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <rapidjson/document.h>

#include "emulator/wire/arns.hpp"
#include "minamo/emulator.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/emulator/start.hpp"
#include "tests/support.hpp"

namespace minamo::tests {

using namespace std::chrono_literals;

// Of a record: what happened to which item. "INSERT a", "REMOVE a expired".
struct Seen {
    std::string shard;
    std::string what;
    std::string sequence;
    std::string event_id;
    std::int64_t seconds = 0;
};

class StreamsWorld {
public:
    explicit StreamsWorld(Options options = {}) : emulator(prepared(std::move(options), clock)) {}

    std::string call(std::string_view operation, const std::string& json, const Caller& caller = {}) {
        const Response response = emulator.call(operation, json, caller);
        INFO(operation << " " << json << "\n" << response.body);
        REQUIRE(response.ok());
        return response.body;
    }
    rapidjson::Document ask(std::string_view operation, const std::string& json, const Caller& caller = {}) {
        rapidjson::Document out;
        out.Parse(call(operation, json, caller).c_str());
        return out;
    }
    // The type and message of the error that comes.
    std::string error(std::string_view operation, const std::string& json, const Caller& caller = {}) {
        const Response response = emulator.call(operation, json, caller);
        rapidjson::Document body;
        body.Parse(response.body.c_str());
        if (response.ok()) return "success";
        for (const char* key : {"message", "Message"}) {
            if (body.HasMember(key)) return response.type + ": " + body[key].GetString();
        }
        return response.type;
    }

    void create(const std::string& name, const std::string& view = "NEW_AND_OLD_IMAGES") {
        std::string request = create_request(name);
        request.pop_back();
        call("CreateTable",
             request + R"(,"StreamSpecification":{"StreamEnabled":true,"StreamViewType":")" + view + R"("}})");
    }
    void put(const std::string& table, const std::string& id, const std::string& more = {}) {
        call("PutItem", R"({"TableName":")" + table + R"(","Item":{"id":{"S":")" + id + R"("})" + more + "}}");
    }
    void remove(const std::string& table, const std::string& id) {
        call("DeleteItem", R"({"TableName":")" + table + R"(","Key":{"id":{"S":")" + id + R"("}}})");
    }
    void enable_ttl(const std::string& table, const std::string& attribute = "ttl") {
        call("UpdateTimeToLive", R"({"TableName":")" + table +
                                     R"(","TimeToLiveSpecification":{"Enabled":true,"AttributeName":")" + attribute +
                                     R"("}})");
    }
    // An attribute `ttl`, so many seconds after the start.
    static std::string ttl(std::int64_t seconds) {
        return R"(,"ttl":{"N":")" + std::to_string(start_ms / 1000 + seconds) + R"("})";
    }
    std::int64_t count(const std::string& table) {
        return ask("Scan", R"({"Select":"COUNT","TableName":")" + table + R"("})")["Count"].GetInt64();
    }

    std::string arn(const std::string& table) {
        const auto streams = ask("ListStreams", R"({"TableName":")" + table + R"("})");
        REQUIRE(streams["Streams"].Size() > 0);
        return streams["Streams"][streams["Streams"].Size() - 1]["StreamArn"].GetString();
    }
    rapidjson::Document describe(const std::string& arn) {
        return ask("DescribeStream", R"({"StreamArn":")" + arn + R"("})");
    }
    std::vector<std::string> shards(const std::string& arn) {
        const auto described = describe(arn);
        std::vector<std::string> out;
        for (const auto& shard : described["StreamDescription"]["Shards"].GetArray()) {
            out.push_back(shard["ShardId"].GetString());
        }
        return out;
    }
    static std::string iterator_request(const std::string& arn, const std::string& shard, const std::string& type,
                                        const std::string& more = {}) {
        return R"({"StreamArn":")" + arn + R"(","ShardId":")" + shard + R"(","ShardIteratorType":")" + type + "\"" +
               more + "}";
    }
    std::string iterator(const std::string& arn, const std::string& shard, const std::string& type,
                         const std::string& more = {}) {
        return ask("GetShardIterator", iterator_request(arn, shard, type, more))["ShardIterator"].GetString();
    }
    static std::string records_request(const std::string& iterator, const std::string& more = {}) {
        return R"({"ShardIterator":")" + iterator + "\"" + more + "}";
    }
    rapidjson::Document records(const std::string& iterator, const std::string& more = {}) {
        return ask("GetRecords", records_request(iterator, more));
    }
    static Seen seen(const std::string& shard, const rapidjson::Value& record) {
        const auto& change = record["dynamodb"];
        Seen out{shard, record["eventName"].GetString(), change["SequenceNumber"].GetString(),
                 record["eventID"].GetString(), change["ApproximateCreationDateTime"].GetInt64()};
        out.what.append(" ").append(change["Keys"]["id"]["S"].GetString());
        if (record.HasMember("userIdentity")) out.what.append(" expired");
        return out;
    }
    // All records of the stream that are there, shard by shard.
    std::vector<Seen> read(const std::string& arn) {
        std::vector<Seen> out;
        for (const std::string& shard : shards(arn)) {
            auto page = records(iterator(arn, shard, "TRIM_HORIZON"));
            for (const auto& record : page["Records"].GetArray()) out.push_back(seen(shard, record));
        }
        return out;
    }
    std::vector<std::string> what(const std::string& arn) {
        std::vector<std::string> out;
        for (const Seen& each : read(arn)) out.push_back(each.what);
        return out;
    }

    std::shared_ptr<ManualClock> clock = manual_clock();
    Emulator emulator;

private:
    static Options prepared(Options options, std::shared_ptr<Clock> clock) {
        options.clock = std::move(clock);
        return options;
    }
};

using Texts = std::vector<std::string>;

}  // namespace minamo::tests
