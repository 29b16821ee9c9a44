// Many threads, one emulator: sums hold, scans do not starve writers.
#include <atomic>
#include <chrono>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "emulator/emulator.hpp"
#include "emulator/testing/table.hpp"
#include "tests/support.hpp"

using namespace minamo;
using namespace minamo::testing;

namespace {

constexpr int counters = 10;
constexpr int start_value = 1000;
constexpr int threads_count = 8;
constexpr int calls_per_thread = 10000;

std::string counter_key(int number) {
    return R"("Key":{"id":{"S":"c)" + std::to_string(number) + R"("}})";
}

std::string take(int number) {
    return R"({"TableName":"counters",)" + counter_key(number) +
           R"(,"UpdateExpression":"SET n = n - :one","ConditionExpression":"n > :zero",)"
           R"("ExpressionAttributeValues":{":one":{"N":"1"},":zero":{"N":"0"}}})";
}
std::string give(int number) {
    return R"({"TableName":"counters",)" + counter_key(number) +
           R"(,"UpdateExpression":"SET n = n + :one","ExpressionAttributeValues":{":one":{"N":"1"}}})";
}

// One thread's share of mixed calls: moves between counters, reads, and other tables' writes.
void work(Emulator& emulator, unsigned seed, std::atomic<int>& faults) {
    std::mt19937 random(seed);
    const auto pick = [&random](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    for (int i = 0; i < calls_per_thread; ++i) {
        Response response;
        switch (pick(4)) {
            case 0:
                response = emulator.call("UpdateItem", take(pick(counters)));
                if (response.ok()) {
                    ++i;
                    response = emulator.call("UpdateItem", give(pick(counters)));
                } else if (response.type == "ConditionalCheckFailedException") {
                    continue;
                }
                break;
            case 1:
                response = emulator.call("GetItem", R"({"TableName":"counters",)" + counter_key(pick(counters)) + "}");
                break;
            case 2:
                response =
                    emulator.call("PutItem", R"({"TableName":"other","Item":{"id":{"S":")" + std::to_string(pick(500)) +
                                                 R"("},"k":{"S":")" + std::to_string(pick(5)) + R"("}}})");
                break;
            default:
                response = emulator.call("Query",
                                         R"({"TableName":"other","IndexName":"by-k","KeyConditionExpression":"k = :k",)"
                                         R"("Limit":5,"ExpressionAttributeValues":{":k":{"S":"1"}}})");
        }
        if (!response.ok()) ++faults;
    }
}

}  // namespace

TEST_CASE("Threads: the sum of counters moved by conditional updates stays", "[concurrency]") {
    Emulator emulator;
    auto table = TableMaker(emulator, "counters").partition_key("id").make();
    TableMaker(emulator, "other").partition_key("id").index("by-k", "k").make();
    for (int i = 0; i < counters; ++i) table.put({{"id", S("c" + std::to_string(i))}, {"n", N(start_value)}});
    std::atomic<int> faults{0};
    std::vector<std::thread> threads;
    for (unsigned seed = 0; seed < threads_count; ++seed) {
        threads.emplace_back([&, seed] { work(emulator, seed, faults); });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(faults == 0);
    int sum = 0;
    for (const Row& row : table.rows()) {
        const std::size_t at = row.json().find(R"("n":{"N":")") + 10;
        sum += std::stoi(row.json().substr(at));
    }
    CHECK(sum == counters * start_value);
}

TEST_CASE("Threads: two that scan without pause hold no put for 100 ms", "[concurrency]") {
    Emulator emulator;
    auto table = TableMaker(emulator, "tab").partition_key("id").make();
    for (int i = 0; i < 2000; ++i) table.put({{"id", S(std::to_string(i))}, {"text", S(std::string(200, 'x'))}});
    std::atomic<bool> stop{false};
    std::vector<std::thread> scanners;
    for (int i = 0; i < 2; ++i) {
        scanners.emplace_back([&] {
            while (!stop) emulator.call("Scan", R"({"TableName":"tab"})");
        });
    }
    double slowest_ms = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto start = std::chrono::steady_clock::now();
        table.put({{"id", S(std::to_string(i))}, {"text", S("y")}});
        slowest_ms = std::max(
            slowest_ms, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    stop = true;
    for (std::thread& scanner : scanners) scanner.join();
    CHECK(slowest_ms < 100);
}
