// What streams and time to live cost. Pairs that are compared run in turns, so that the machine's drift hits both.
#include "tests/bench/time_bench.hpp"

#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "emulator/wire/arns.hpp"
#include "minamo/emulator.hpp"

namespace minamo::bench {
namespace {

using steady = std::chrono::steady_clock;

constexpr int rows = 10000;
constexpr int turns = 20;
constexpr auto turn_time = std::chrono::milliseconds(50);
constexpr int expiring_items = 100000;

std::string must(const Response& response) {
    if (!response.ok()) throw std::runtime_error(response.body);
    return response.body;
}

double seconds_since(steady::time_point start) {
    return std::chrono::duration<double>(steady::now() - start).count();
}

void print(const char* name, double figure) {
    std::printf("%s %.3f\n", name, figure);
}

std::string key(int i) {
    return "\"pk\":{\"S\":\"user#" + std::to_string(100000 + i % rows) + "\"}";
}

// About 100 bytes as DynamoDB counts them, another one each time.
std::string item(int i, const std::string& more = {}) {
    return "{" + key(i) + ",\"name\":{\"S\":\"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\"},\"n\":{\"N\":\"" +
           std::to_string(i) + "\"},\"flag\":{\"BOOL\":true}" + more + "}";
}

void create(Emulator& emulator, const std::string& name, const std::string& more = {}) {
    must(emulator.call("CreateTable",
                       "{\"TableName\":\"" + name +
                           R"(","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
                           R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}])" +
                           more + "}"));
}

void put(Emulator& emulator, const std::string& table, const std::string& item) {
    must(emulator.call("PutItem", "{\"TableName\":\"" + table + "\",\"Item\":" + item + "}"));
}

void enable_ttl(Emulator& emulator, const std::string& table) {
    must(emulator.call(
        "UpdateTimeToLive",
        "{\"TableName\":\"" + table + R"(","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}})"));
}

// A text member of the answer.
std::string member(const std::string& body, const std::string& name) {
    const std::string mark = "\"" + name + "\":\"";
    const std::size_t at = body.find(mark);
    if (at == body.npos) return {};
    return body.substr(at + mark.size(), body.find('"', at + mark.size()) - at - mark.size());
}

struct Count {
    double seconds = 0;
    double calls = 0;
    double rate() const { return calls / seconds; }
};

template <class Body>
void take_turn(Count& count, Body&& body) {
    const auto start = steady::now();
    while (steady::now() - start < turn_time) {
        for (int i = 0; i < 32; ++i) body();
        count.calls += 32;
    }
    count.seconds += seconds_since(start);
}

void measure_puts() {
    Emulator emulator;
    create(emulator, "plain");
    create(emulator, "streamed",
           R"(,"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"})");
    Count plain;
    Count streamed;
    int i = 0;
    int j = 0;
    for (int turn = 0; turn < turns; ++turn) {
        take_turn(plain, [&] { put(emulator, "plain", item(i++)); });
        take_turn(streamed, [&] { put(emulator, "streamed", item(j++)); });
    }
    print("put", plain.rate());
    print("put_streamed", streamed.rate());
}

void measure_reader() {
    Emulator emulator;
    create(emulator, "tab", R"(,"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"})");
    for (int i = 0; i < 5 * rows; ++i) put(emulator, "tab", item(i));
    const std::string arn = member(must(emulator.call("ListStreams", "{}")), "StreamArn");
    const std::string shard =
        member(must(emulator.call("DescribeStream", "{\"StreamArn\":\"" + arn + "\"}")), "ShardId");
    const std::string from =
        member(must(emulator.call("GetShardIterator", "{\"StreamArn\":\"" + arn + "\",\"ShardId\":\"" + shard +
                                                          "\",\"ShardIteratorType\":\"TRIM_HORIZON\"}")),
               "ShardIterator");
    Count records;
    while (records.seconds < 1) {
        std::string iterator = from;
        const auto start = steady::now();
        for (int page = 0; page < 5 * rows / 1000; ++page) {
            const std::string body = must(emulator.call("GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}"));
            iterator = member(body.substr(body.size() - 400), "NextShardIterator");
            records.calls += 1000;
        }
        records.seconds += seconds_since(start);
    }
    print("records_read", records.rate());
}

void measure_idle_sweep() {
    Emulator emulator;
    create(emulator, "plain");
    create(emulator, "expiring");
    enable_ttl(emulator, "expiring");
    for (int i = 0; i < rows; ++i) {
        for (const char* table : {"plain", "expiring"}) put(emulator, table, item(i, R"(,"ttl":{"N":"4000000000"})"));
    }
    Count plain;
    Count expiring;
    int i = 0;
    const auto get = [&](const char* table) {
        must(emulator.call("GetItem", std::string("{\"TableName\":\"") + table + "\",\"Key\":{" + key(i++) + "}}"));
    };
    for (int turn = 0; turn < turns; ++turn) {
        take_turn(plain, [&] { get("plain"); });
        take_turn(expiring, [&] { get("expiring"); });
    }
    print("get", plain.rate());
    print("get_expiring", expiring.rate());
}

// Items that expire at 100,000 moments, deleted by one move of the clock, with a stream that tells of each.
void measure_expiry() {
    Options options;
    const auto start_moment = std::chrono::system_clock::time_point(std::chrono::seconds(1767225600));
    options.clock = std::make_shared<ManualClock>(start_moment);
    Emulator emulator(options);
    create(emulator, "tab", R"(,"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"OLD_IMAGE"})");
    enable_ttl(emulator, "tab");
    for (int i = 0; i < expiring_items; ++i) {
        const std::string seconds = std::to_string(1767225600 + 60 + i);
        put(emulator, "tab",
            "{\"pk\":{\"S\":\"user#" + std::to_string(i) +
                R"("},"name":{"S":"abcdefghijklmnopqrstuvwxyz"},"ttl":{"N":")" + seconds + "\"}}");
    }
    const auto start = steady::now();
    const FellDue due = emulator.clock().advance(std::chrono::seconds(expiring_items + 120));
    print("expired_100k_ms", seconds_since(start) * 1000);
    if (due.expired_items.at("tab") != expiring_items) throw std::runtime_error("not all items have expired");
}

}  // namespace

void measure_time() {
    measure_puts();
    measure_reader();
    measure_idle_sweep();
    measure_expiry();
}

}  // namespace minamo::bench
