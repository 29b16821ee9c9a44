// What takes long holds up no connection but its own.
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <future>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "emulator/control/control.hpp"
#include "emulator/namespaces/namespaces.hpp"
#include "emulator/server/work_pool.hpp"
#include "emulator/world.hpp"
#include "minamo/emulator.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/emulator/server/handled.hpp"
#include "tests/emulator/server/raw_requests.hpp"
#include "tests/support.hpp"

namespace {

thread_local bool memory_is_out = false;

}  // namespace

// The whole program's, so that a test may take the memory of one thread away. Sanitizers have their own.
#if !MINAMO_SANITIZED
void* operator new(std::size_t bytes) {
    void* at = memory_is_out ? nullptr : std::malloc(bytes);
    if (at == nullptr) throw std::bad_alloc();
    return at;
}
void operator delete(void* at) noexcept {
    std::free(at);
}
void operator delete(void* at, std::size_t) noexcept {
    std::free(at);
}
#endif

namespace minamo::tests {
namespace {

using namespace std::chrono_literals;
using server::Reply;
using server::Request;
using server::Site;
using server::WorkPool;

// What long work waits for, in the tests.
struct Gate {
    std::promise<void> promise;
    std::shared_future<void> opened = promise.get_future().share();
    std::atomic<int> waiting{0};

    void open() { promise.set_value(); }
    void wait() {
        ++waiting;
        opened.wait();
    }
    void wait_for(int count) const {
        while (waiting < count) std::this_thread::sleep_for(1ms);
    }
};

Gate* gate = nullptr;

// /long is put off, all else is answered at once.
Reply put_off_long(const Site& site, const Request& request, bool) {
    Reply reply;
    reply.body = server::locate(request.target).path;
    reply.is_put_off = reply.body == "/long";
    if (reply.is_put_off) reply.waits_for = &site.emulator.namespaces.find(know({}));
    return reply;
}
Reply wait_long(const Site&, const Request& request, bool) {
    gate->wait();
    Reply reply;
    reply.body = std::string("after ").append(server::locate(request.target).path);
    return reply;
}

// From its end to the next one the memory of this thread is out.
Reply answer_without_memory(const Site&, const Request&, bool) {
    memory_is_out = false;
    Reply reply;
    reply.body = "the last memory went into this";
    memory_is_out = true;
    return reply;
}

// The gate outlives the server, whose work may wait at it.
class Served : public Gate, public Handled {
public:
    explicit Served(std::chrono::milliseconds stop_time = 5s, std::size_t work_threads = WorkPool::threads_max,
                    Reply (*patient)(const Site&, const Request&, bool) = wait_long)
        : Handled(1, [&](Site& site) {
              site.stop_time = stop_time;
              site.work_threads = work_threads;
              site.handler = put_off_long;
              site.patient_handler = patient;
          }) {
        gate = this;
    }

    Gate& long_work() { return *this; }
};

std::int64_t clock_ms(ManualClock& clock) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(clock.now().time_since_epoch()).count();
}

std::string signed_call(std::string_view operation, std::string_view body, std::string_view key = "000000000000") {
    std::string headers = "Authorization: AWS4-HMAC-SHA256 Credential=";
    headers.append(key).append("/20240131/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0f\r\n");
    headers.append("X-Amz-Date: 20240131T010203Z\r\n").append(amz_json);
    headers.append("X-Amz-Target: DynamoDB_20120810.").append(operation).append("\r\n");
    return post_with(headers, body);
}

}  // namespace

TEST_CASE("Long work: other connections of its thread are answered meanwhile", "[long_work]") {
    Served served;
    RawClient slow = served.connect();
    RawClient quick = served.connect();
    slow.send(get("/long"));
    served.long_work().wait_for(1);
    for (int i = 0; i < 10; ++i) {
        quick.send(get("/quick"));
        CHECK(body_of(quick) == "/quick");
        RawClient late = served.connect();
        late.send(get("/new"));
        CHECK(body_of(late) == "/new");
    }
    CHECK(slow.silent(10ms));
    served.long_work().open();
    CHECK(body_of(slow) == "after /long");
}

TEST_CASE("Long work: answers of one connection keep their order", "[long_work]") {
    Served served;
    RawClient client = served.connect();
    client.send(get("/one") + get("/long") + get("/two") + get("/long") + get("/three"));
    CHECK(body_of(client) == "/one");
    served.long_work().wait_for(1);
    CHECK(client.silent(10ms));
    served.long_work().open();
    for (const char* expected : {"after /long", "/two", "after /long", "/three"}) CHECK(body_of(client) == expected);
}

TEST_CASE("Long work: a client that leaves meanwhile does no harm", "[long_work]") {
    Served served;
    {
        RawClient client = served.connect();
        client.send(get("/long"));
        served.long_work().wait_for(1);
    }
    served.long_work().open();
    RawClient client = served.connect();
    client.send(get("/long"));
    CHECK(body_of(client) == "after /long");
}

TEST_CASE("Long work: a server that stops answers it", "[long_work]") {
    Served served;
    std::optional<RawClient> client = served.connect();
    client->send(get("/long"));
    served.long_work().wait_for(1);
    std::thread stopper([&served] { served.stop(); });
    std::this_thread::sleep_for(50ms);
    served.long_work().open();
    CHECK(body_of(*client) == "after /long");
    CHECK(client->ends());
    client.reset();  // for which the server waits
    stopper.join();
}

TEST_CASE("Long work: a server that stops drops what takes longer than it waits", "[long_work]") {
    Served served(50ms);
    RawClient first = served.connect();
    RawClient second = served.connect();
    first.send(get("/long"));
    second.send(get("/long"));
    served.long_work().wait_for(1);
    std::thread stopper([&served] { served.stop(); });
    CHECK(first.ends());
    CHECK(second.ends());
    served.long_work().open();
    stopper.join();
}

TEST_CASE("Long work: where the system gives no thread it is done all the same", "[long_work]") {
    Served served(5s, 0);
    served.long_work().open();
    RawClient client = served.connect();
    client.send(get("/long") + get("/two") + get("/long"));
    for (const char* expected : {"after /long", "/two", "after /long"}) CHECK(body_of(client) == expected);
}

TEST_CASE("Long work: its answer takes no memory to hand back", "[long_work]") {
    if (is_sanitized) {
        WARN("not run: a sanitizer has its own operator new");
        return;
    }
    Served served(5s, 1, answer_without_memory);
    for (int i = 0; i < 3; ++i) {
        RawClient client = served.connect();
        client.send(get("/long") + get("/long"));
        CHECK(body_of(client) == "the last memory went into this");
        CHECK(body_of(client) == "the last memory went into this");
    }
}

TEST_CASE("Long work: a reset waits for nothing that it drops", "[long_work]") {
    const auto clock = std::make_shared<ManualClock>(std::chrono::system_clock::now());
    Options options;
    options.clock = clock;
    options.create_table = 1h;
    Emulator emulator(options);
    emulator.call("CreateTable", create_request("tab"));
    clock->advance(2h);
    const KnownCaller caller = know({});
    Namespace& space = emulator.world().namespaces.find(caller);
    const auto waits_for = [&](std::string_view name, std::string_view query) {
        const Answer answer = control_call(emulator.world(), "POST", std::string("/_minamo/").append(name), query, "{}",
                                           &caller, Patience::none);
        CHECK(answer.is_put_off);
        return answer.waits_for;
    };
    CHECK(waits_for("reset", "") == nullptr);
    CHECK(waits_for("reset", "all") == nullptr);
    CHECK(waits_for("clock", "") == &space);
    CHECK(waits_for("clock", "all") == nullptr);
    CHECK(space.next_due_ms() < clock_ms(*clock));  // what was put off has done nothing
}

TEST_CASE("Long work: a table that expires is empty for the next call of every connection", "[long_work]") {
    constexpr int items = 2500;
    const auto clock = std::make_shared<ManualClock>(std::chrono::system_clock::now());
    Options options;
    options.clock = clock;
    Emulator emulator(options);
    const auto now_s = std::chrono::duration_cast<std::chrono::seconds>(clock->now().time_since_epoch()).count();
    emulator.call("CreateTable", create_request("tab"));
    emulator.call("UpdateTimeToLive",
                  R"({"TableName":"tab","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}})");
    for (int i = 0; i < items; ++i) {
        emulator.call("PutItem", R"({"TableName":"tab","Item":{"id":{"S":")" + std::to_string(i) +
                                     R"("},"ttl":{"N":")" + std::to_string(now_s + 60) + "\"}}}");
    }
    Server server = emulator.serve();
    clock->advance(1h);
    std::vector<RawClient> clients;
    for (int i = 0; i < 10; ++i) clients.emplace_back(server.port());
    for (RawClient& client : clients) client.send(signed_call("Scan", R"({"TableName":"tab","Select":"COUNT"})"));
    RawClient other(server.port());
    other.send(signed_call("ListTables", "{}", "111122223333"));
    CHECK(body_of(other) == R"({"TableNames":[]})");
    for (RawClient& client : clients) CHECK(body_of(client) == R"({"Count":0,"ScannedCount":0})");
}

TEST_CASE("Work pool: jobs of one namespace run one by one, in their order", "[long_work]") {
    Emulator emulator;
    Namespace& space = emulator.world().namespaces.find(know({}));
    std::vector<int> ran;
    std::promise<void> done;
    WorkPool pool;
    for (int i = 0; i < 100; ++i) {
        const bool taken = pool.add(&space, [&ran, &done, i] {
            ran.push_back(i);
            if (i == 99) done.set_value();
        });
        CHECK(taken);
    }
    done.get_future().wait();
    std::vector<int> expected(100);
    for (int i = 0; i < 100; ++i) expected[static_cast<std::size_t>(i)] = i;
    CHECK(ran == expected);
}

TEST_CASE("Work pool: slow namespaces leave others their turn", "[long_work]") {
    Emulator emulator;
    std::atomic<bool> finish{false};
    std::atomic<int> slow_done{0};
    WorkPool pool([&finish](Namespace& space) {
        if (space.region() != "slow") return true;
        std::this_thread::sleep_for(1ms);
        return finish.load();
    });
    constexpr int slow = 3 * static_cast<int>(WorkPool::threads_max);
    for (int i = 0; i < slow; ++i) {
        Namespace& space = emulator.world().namespaces.find(know({std::to_string(100000000000 + i), "slow"}));
        CHECK(pool.add(&space, [&slow_done] { ++slow_done; }));
        CHECK(space.is_worked_on());
    }
    for (int i = 0; i < 50; ++i) {
        std::promise<void> done;
        CHECK(pool.add(&emulator.world().namespaces.find(know({})), [&done] { done.set_value(); }));
        done.get_future().wait();
    }
    CHECK(slow_done == 0);
    CHECK(pool.thread_count() <= WorkPool::threads_max);
    finish = true;
    while (slow_done < slow) std::this_thread::sleep_for(1ms);
}

TEST_CASE("Work pool: free jobs wait for nobody", "[long_work]") {
    Emulator emulator;
    Namespace& space = emulator.world().namespaces.find(know({}));
    Gate long_job;
    std::atomic<bool> finish{false};
    WorkPool pool([&finish](Namespace&) {
        std::this_thread::sleep_for(1ms);
        return finish.load();
    });
    std::promise<void> caught_up;
    CHECK(pool.add(&space, [&caught_up] { caught_up.set_value(); }));
    CHECK(pool.add(nullptr, [&long_job] { long_job.wait(); }));
    long_job.wait_for(1);
    for (int i = 0; i < 20; ++i) {
        const auto done = std::make_shared<std::promise<void>>();
        CHECK(pool.add(nullptr, [done] { done->set_value(); }));
        REQUIRE(done->get_future().wait_for(20s) == std::future_status::ready);
    }
    CHECK(long_job.waiting == 1);
    long_job.open();
    finish = true;
    caught_up.get_future().wait();
}

TEST_CASE("Work pool: free jobs leave threads to namespaces", "[long_work]") {
    Emulator emulator;
    Gate long_jobs;
    std::atomic<std::size_t> done{0};
    WorkPool pool;
    constexpr std::size_t many = 3 * WorkPool::threads_max;
    for (std::size_t i = 0; i < many; ++i) {
        CHECK(pool.add(nullptr, [&] {
            long_jobs.wait();
            ++done;
        }));
    }
    long_jobs.wait_for(static_cast<int>(WorkPool::free_jobs_max));
    for (int i = 0; i < 20; ++i) {
        const auto ran = std::make_shared<std::promise<void>>();
        CHECK(pool.add(&emulator.world().namespaces.find(know({})), [ran] { ran->set_value(); }));
        REQUIRE(ran->get_future().wait_for(20s) == std::future_status::ready);
    }
    CHECK(long_jobs.waiting == static_cast<int>(WorkPool::free_jobs_max));
    long_jobs.open();
    while (done < many) std::this_thread::sleep_for(1ms);
}

TEST_CASE("Work pool: without a thread it takes no job", "[long_work]") {
    Emulator emulator;
    WorkPool pool(0);
    int ran = 0;
    WorkPool::Job job = [&ran] { ++ran; };
    CHECK_FALSE(pool.add(nullptr, std::move(job)));
    CHECK_FALSE(pool.add(&emulator.world().namespaces.find(know({})), std::move(job)));
    REQUIRE(job);
    job();
    CHECK(ran == 1);
    CHECK_FALSE(emulator.world().namespaces.find(know({})).is_worked_on());
}

TEST_CASE("Work pool: what waits when it stops is dropped by one thread", "[long_work]") {
    Emulator emulator;
    Gate held;
    WorkPool pool;
    std::mutex mutex;
    std::vector<std::thread::id> droppers;
    for (const char* region : {"a", "b", "c"}) {
        Namespace& space = emulator.world().namespaces.find(know({"", region}));
        CHECK(pool.add(&space, [&held] { held.wait(); }));
        for (int i = 0; i < 5; ++i) {
            const std::shared_ptr<int> token(new int(i), [&](const int* gone) {
                delete gone;
                const std::scoped_lock lock(mutex);
                droppers.push_back(std::this_thread::get_id());
            });
            CHECK(pool.add(&space, [token] { FAIL("it ran"); }));
        }
    }
    held.wait_for(3);
    std::thread opener([&held] {
        std::this_thread::sleep_for(50ms);
        held.open();
    });
    pool.stop();
    opener.join();
    CHECK(droppers == std::vector<std::thread::id>(15, std::this_thread::get_id()));
}

TEST_CASE("Work pool: it stops in the middle of work", "[long_work]") {
    Emulator emulator;
    Namespace& space = emulator.world().namespaces.find(know({}));
    std::atomic<int> shares{0};
    std::atomic<bool> ran{false};
    WorkPool pool([&shares](Namespace&) {
        ++shares;
        std::this_thread::sleep_for(1ms);
        return false;
    });
    CHECK(pool.add(&space, [&ran] { ran = true; }));
    while (shares < 3) std::this_thread::sleep_for(1ms);
    pool.stop();
    CHECK_FALSE(ran);
    CHECK_FALSE(space.is_worked_on());
    CHECK(pool.thread_count() == 0);
    CHECK(pool.add(&space, [&ran] { ran = true; }));
    pool.stop();
    CHECK_FALSE(ran);
}

TEST_CASE("Work pool: threads go when there has been nothing to do", "[long_work]") {
    WorkPool pool;
    std::promise<void> done;
    CHECK(pool.add(nullptr, [&done] { done.set_value(); }));
    done.get_future().wait();
    CHECK(pool.thread_count() == 1);
    for (int i = 0; i < 1000 && pool.thread_count() != 0; ++i) std::this_thread::sleep_for(10ms);
    CHECK(pool.thread_count() == 0);
}

}  // namespace minamo::tests
