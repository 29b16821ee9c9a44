// Many threads, one emulator: sums hold, scans do not starve writers, a full store refuses what adds to it alone.
#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "emulator/control/control.hpp"
#include "emulator/world.hpp"
#include "minamo/emulator.hpp"
#include "minamo/testing/table.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/support.hpp"

using namespace minamo;
using namespace minamo::test;
using namespace minamo::tests;

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
    // Scans that starve puts do so in every round; what else the machine does, in some.
    double quietest_ms = 1e9;
    for (int round = 0; round < 5; ++round) {
        double slowest_ms = 0;
        for (int i = 0; i < 200; ++i) {
            const auto start = std::chrono::steady_clock::now();
            table.put({{"id", S(std::to_string(i))}, {"text", S("y")}});
            const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
            slowest_ms = std::max(slowest_ms, spent.count());
        }
        quietest_ms = std::min(quietest_ms, slowest_ms);
    }
    stop = true;
    for (std::thread& scanner : scanners) scanner.join();
    CHECK(quietest_ms < 100);
}

namespace {

constexpr int writers = 4;
constexpr int writes_per_writer = 1500;
constexpr int items_per_writer = 10;

// Each writer has items of its own, and writes ever higher versions of them; every tenth write makes a row that
// expires.
void write_versions(Table events, Table sessions, Emulator& emulator, int writer) {
    for (int i = 0; i < writes_per_writer; ++i) {
        const std::string id = std::to_string(writer) + "-" + std::to_string(i % items_per_writer);
        events.put({{"id", S(id)}, {"version", N(i)}});
        if (i % 10 != 0) continue;
        const auto now = std::chrono::duration_cast<std::chrono::seconds>(emulator.clock().now().time_since_epoch());
        sessions.put({{"id", S(std::to_string(writer) + "-" + std::to_string(i))}, {"until", N(now.count() + i)}});
    }
}

// Whether an item's records, in the order of the stream, show its versions without a gap.
bool follow_each_other(const std::vector<Change>& changes, std::size_t& total) {
    std::map<std::string, std::optional<Row>> latest;
    for (const Change& change : changes) {
        auto& seen = latest[change.keys.json()];
        if (change.old_image != seen || !change.new_image) return false;
        seen = change.new_image;
        ++total;
    }
    return true;
}

}  // namespace

TEST_CASE("Threads: streams keep every write while shards split in moving time", "[concurrency]") {
    Options options;
    options.stream_shards = 2;
    options.clock = std::make_shared<ManualClock>(std::chrono::system_clock::time_point(std::chrono::hours(500000)));
    Emulator emulator(options);
    auto events = TableMaker(emulator, "events").partition_key("id").stream().make();
    auto sessions = TableMaker(emulator, "sessions").partition_key("id").stream().time_to_live("until").make();
    std::atomic<bool> stop{false};
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back([&, i] { write_versions(events, sessions, emulator, i); });
    }
    std::uint64_t expired = 0;
    std::thread mover([&] {
        for (int i = 0; i < 60; ++i) {
            const FellDue due = emulator.clock().advance(std::chrono::minutes(15));
            if (due.expired_items.contains("sessions")) expired += due.expired_items.at("sessions");
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    std::thread splitter([&] {
        for (int i = 0; i < 5; ++i) {
            control_call(emulator.world(), "POST", "/_minamo/streams/split", "account=000000000000",
                         R"({"TableName":"events"})", nullptr);
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    });
    std::atomic<int> broken{0};
    std::thread reader([&] {
        std::size_t total = 0;
        while (!stop) {
            try {
                broken += follow_each_other(events.changes(), total) ? 0 : 1;
            } catch (const CallError& error) {  // the time may move too far between two calls
                broken += error.type() == "ExpiredIteratorException" ? 0 : 1;
            }
        }
    });
    for (std::thread& thread : threads) thread.join();
    mover.join();
    splitter.join();
    stop = true;
    reader.join();
    CHECK(broken == 0);
    std::size_t total = 0;
    CHECK(follow_each_other(events.changes(), total));
    CHECK(total == std::size_t{writers} * writes_per_writer);
    const FellDue due = emulator.clock().advance(std::chrono::hours(1));
    std::size_t removed = 0;
    for (const Change& change : sessions.changes()) removed += change.expired ? 1U : 0U;
    CHECK(removed == std::size_t{writers} * writes_per_writer / 10);
    CHECK(sessions.count() == 0);
    CHECK(expired <= removed);
}

namespace {

constexpr int refusals = 30;

const std::string full = error_json(
    "InternalServerError",
    "The store has reached the 4194304 bytes that it may take: delete items or tables, for which there is always room, "
    "or allow more. Stream records take room until they are 24 hours old.");

// One of the threads at a full store: it puts items of its own and deletes them, and writes to a namespace that has
// room.
class Filler {
public:
    Filler(Emulator& emulator, int number) : emulator_(emulator), name_(std::to_string(number) + "-") {}

    // Items, until so many were refused; every other time the latest item makes room for whoever comes first.
    void fill() {
        refused_ = 0;
        while (refused_ < refusals && wrong_.empty()) {
            if (!put() && refused_ % 2 == 0) erase_latest();
            must("PutItem", put_request("tab", name_), with_room);
            must("GetItem", R"({"TableName":"tab",)" + key(stored_ - 1) + "}");
        }
    }
    void empty() {
        while (stored_ > 0) erase_latest();
    }
    void put_some() {
        refused_ = 0;
        for (int i = 0; i < 50; ++i) put();
    }

    int stored() const { return stored_; }
    int refused() const { return refused_; }
    const std::vector<std::string>& wrong() const { return wrong_; }  // answers that should not be

    static inline const Caller with_room{"111122223333", "us-east-1"};

private:
    std::string key(int i) const { return R"("Key":{"id":{"S":")" + name_ + std::to_string(i) + R"("}})"; }

    bool put() {
        const std::string id = name_ + std::to_string(stored_);
        const Response response = emulator_.call(
            "PutItem", R"({"TableName":"tab","Item":{"id":{"S":")" + id + R"("},"text":{"S":")" + text_ + R"("}}})");
        if (response.ok()) {
            ++stored_;
        } else if (response.status == 500 && response.body == full) {
            ++refused_;
        } else {
            wrong_.push_back(response.body);
        }
        return response.ok();
    }
    void erase_latest() {
        if (stored_ > 0) must("DeleteItem", R"({"TableName":"tab",)" + key(--stored_) + "}");
    }
    void must(std::string_view operation, const std::string& request, const Caller& caller = {}) {
        const Response response = emulator_.call(operation, request, caller);
        if (!response.ok()) wrong_.push_back(std::string(operation) + ": " + response.body);
    }

    Emulator& emulator_;
    const std::string name_;
    const std::string text_ = std::string(2000, 'x');
    int stored_ = 0;
    int refused_ = 0;
    std::vector<std::string> wrong_;
};

}  // namespace

TEST_CASE("Threads: a full store refuses only what adds to it", "[concurrency]") {
    Options options;
    options.memory_max_bytes = std::size_t{4} << 20;
    for (int round = 0; round < 5; ++round) {
        Emulator emulator(options);
        for (const Caller& caller : {Caller{}, Filler::with_room}) {
            REQUIRE(emulator.call("CreateTable", create_request("tab"), caller).ok());
        }
        std::deque<Filler> fillers;
        for (int i = 0; i < threads_count; ++i) fillers.emplace_back(emulator, i);
        const auto all = [&](void (Filler::*work)()) {
            std::vector<std::thread> threads;
            for (Filler& filler : fillers) threads.emplace_back(work, &filler);
            for (std::thread& thread : threads) thread.join();
            int stored = 0;
            for (const Filler& filler : fillers) {
                CHECK(filler.wrong() == std::vector<std::string>{});
                stored += filler.stored();
            }
            CHECK_THAT(emulator.call("DescribeTable", table_request("tab")).body,
                       has_json("/Table/ItemCount", std::to_string(stored)));
        };
        all(&Filler::fill);
        all(&Filler::fill);
        all(&Filler::empty);
        all(&Filler::put_some);
        for (const Filler& filler : fillers) CHECK(filler.refused() == 0);
    }
}
