// Connections under a handler of the test's own: the order of answers, waiting, sizes, time, the end of a server.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/emulator/server/handled.hpp"
#include "tests/emulator/server/raw_requests.hpp"
#include "tests/support.hpp"

namespace minamo::tests {
namespace {

using namespace std::chrono_literals;
using server::Reply;
using server::Request;
using server::Site;

std::atomic<int> requests_run = 0;

// The path says what to do: /wait/300 answers after 300 ms, /size/1000 with 1,000 bytes, /sleep/50 blocks its thread.
Reply obey(const Site&, const Request& request, bool) {
    const std::string_view path = server::locate(request.target).path;
    ++requests_run;
    Reply reply;
    const auto number = [&](std::string_view prefix) { return std::stoul(std::string(path.substr(prefix.size()))); };
    if (path.starts_with("/wait/")) {
        reply.not_before = std::chrono::steady_clock::now() + std::chrono::milliseconds(number("/wait/"));
    } else if (path.starts_with("/size/")) {
        reply.body.assign(number("/size/"), 'x');
        return reply;
    } else if (path.starts_with("/sleep/")) {
        std::this_thread::sleep_for(std::chrono::milliseconds(number("/sleep/")));
    } else if (path == "/body") {
        reply.body = std::to_string(request.body.size());
        return reply;
    }
    reply.body = path;
    return reply;
}

struct Times {
    std::chrono::milliseconds request = 60s;
    std::chrono::milliseconds stop = 5s;
};

class Served : public Handled {
public:
    explicit Served(unsigned threads = 2, Times times = {})
        : Handled(threads, [times](Site& site) {
              site.request_time = times.request;
              site.stop_time = times.stop;
              site.handler = obey;
          }) {}
    explicit Served(Times times) : Served(2, times) {}
};

// For tests of what takes too long.
constexpr Times short_times{300ms, 300ms};

double milliseconds_of(const std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("Session: a thousand requests on one connection", "[server]") {
    const Served served;
    RawClient client = served.connect();
    for (int i = 0; i < 1000; ++i) {
        client.send(get("/" + std::to_string(i)));
        REQUIRE(body_of(client) == "/" + std::to_string(i));
    }
}

TEST_CASE("Session: a thousand requests at once are answered in their order", "[server]") {
    const Served served;
    RawClient client = served.connect();
    std::string requests;
    for (int i = 0; i < 1000; ++i) requests += get("/" + std::to_string(i));
    client.send(requests);
    for (int i = 0; i < 1000; ++i) REQUIRE(body_of(client) == "/" + std::to_string(i));
}

TEST_CASE("Session: an answer waits for its moment", "[server]") {
    const Served served;
    RawClient client = served.connect();
    const auto start = std::chrono::steady_clock::now();
    client.send(get("/wait/150"));
    CHECK(body_of(client) == "/wait/150");
    CHECK(milliseconds_of(start) >= 150);
}

TEST_CASE("Session: an answer that waits holds none back that came before it", "[server]") {
    const Served served;
    RawClient client = served.connect();
    const auto start = std::chrono::steady_clock::now();
    client.send(get("/first") + get("/wait/800"));
    CHECK(body_of(client) == "/first");
    CHECK(milliseconds_of(start) < 750);
    CHECK(body_of(client) == "/wait/800");
}

TEST_CASE("Session: an answer that waits keeps its place", "[server]") {
    const Served served;
    RawClient client = served.connect();
    client.send(get("/wait/100") + get("/after") + get("/wait/1") + get("/last"));
    for (const char* path : {"/wait/100", "/after", "/wait/1", "/last"}) CHECK(body_of(client) == path);
}

TEST_CASE("Session: an answer that waits longer than a request may take comes all the same", "[server]") {
    const Served served(short_times);
    RawClient client = served.connect();
    client.send(get("/wait/500"));
    CHECK(body_of(client) == "/wait/500");
}

TEST_CASE("Session: one that waits holds up no other on its thread", "[server]") {
    const Served served(1);
    RawClient slow = served.connect();
    RawClient quick = served.connect();
    slow.send(get("/wait/800"));
    const auto start = std::chrono::steady_clock::now();
    quick.send(get("/quick"));
    CHECK(body_of(quick) == "/quick");
    CHECK(milliseconds_of(start) < 750);
    CHECK(body_of(slow) == "/wait/800");
}

TEST_CASE("Session: a client that leaves while its answer waits does no harm", "[server]") {
    const Served served(1);
    for (int i = 0; i < 20; ++i) served.connect().send(get("/wait/20"));
    std::this_thread::sleep_for(60ms);
    RawClient client = served.connect();
    client.send(get("/"));
    CHECK(body_of(client) == "/");
}

TEST_CASE("Session: long answers come whole to a client that reads late", "[server]") {
    const Served served;
    RawClient client = served.connect();
    client.send(get("/size/20000000") + get("/size/3") + get("/size/9000000"));
    std::this_thread::sleep_for(50ms);
    CHECK(body_of(client) == std::string(20000000, 'x'));
    CHECK(body_of(client) == "xxx");
    CHECK(body_of(client).size() == 9000000);
    client.send(get("/size/1"));
    CHECK(body_of(client) == "x");
}

TEST_CASE("Session: a client that leaves in the middle of a long answer does no harm", "[server]") {
    const Served served(1);
    for (int i = 0; i < 10; ++i) served.connect().send(get("/size/5000000"));
    RawClient client = served.connect();
    client.send(get("/"));
    CHECK(body_of(client) == "/");
}

TEST_CASE("Session: an answer that nobody takes ends the connection", "[server]") {
    const Served served(short_times);
    RawClient client = served.connect();
    client.send(get("/size/50000000"));
    std::this_thread::sleep_for(900ms);
    CHECK_FALSE(client.read());
}

TEST_CASE("Session: an answer that is taken slowly comes whole", "[server]") {
    const Served served(Times{1000ms, 300ms});
    RawClient client = served.connect();
    client.send(get("/size/50000000") + get("/size/3"));
    for (int i = 0; i < 5; ++i) {
        std::this_thread::sleep_for(300ms);
        client.take(4000000);
    }
    CHECK(body_of(client).size() == 50000000);
    CHECK(body_of(client) == "xxx");
}

TEST_CASE("Session: an idle connection is not timed", "[server]") {
    const Served served(short_times);
    RawClient client = served.connect();
    std::this_thread::sleep_for(450ms);
    client.send(get("/1"));
    CHECK(body_of(client) == "/1");
    std::this_thread::sleep_for(450ms);
    client.send(get("/2"));
    CHECK(body_of(client) == "/2");
}

TEST_CASE("Session: a header that takes too long ends the connection", "[server]") {
    const Served served(short_times);
    RawClient client = served.connect();
    client.send("GET / HTTP/1.1\r\n");
    const auto answer = client.read();
    REQUIRE(answer);
    CHECK(answer->status == 408);
    CHECK(answer->header("connection") == "close");
    CHECK(client.ends());
}

TEST_CASE("Session: bytes that trickle in don't win time", "[server]") {
    const Served served(short_times);
    RawClient client = served.connect();
    const auto start = std::chrono::steady_clock::now();
    client.send("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n");
    while (milliseconds_of(start) < 5000 && client.silent(40ms)) client.send("x");
    CHECK(milliseconds_of(start) < 4000);
    const auto answer = client.read();
    REQUIRE(answer);
    CHECK(answer->status == 408);
}

TEST_CASE("Session: the time of one request is not the next one's", "[server]") {
    const Served served(Times{1000ms, 300ms});
    RawClient client = served.connect();
    for (int i = 0; i < 3; ++i) {
        client.send("GET /slow HTTP/1.1\r\n");
        std::this_thread::sleep_for(450ms);
        client.send("\r\n");
        CHECK(body_of(client) == "/slow");
    }
}

TEST_CASE("Session: 100 Continue comes before the body", "[server]") {
    const Served served;
    RawClient client = served.connect();
    client.send("POST /body HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    CHECK_FALSE(client.silent(5000ms));
    client.send("abc");
    CHECK(body_of(client) == "3");
    CHECK(client.continues() == 1);
}

TEST_CASE("Session: 100 Continue comes once", "[server]") {
    const Served served;
    RawClient client = served.connect();
    client.send("POST /body HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    for (const char* byte : {"a", "b", "c"}) {
        std::this_thread::sleep_for(20ms);
        client.send(byte);
    }
    CHECK(body_of(client) == "3");
    CHECK(client.continues() == 1);
}

TEST_CASE("Session: no 100 Continue for a body that is too large", "[server]") {
    const Served served;
    RawClient client = served.connect();
    client.send("POST /body HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 16777217\r\n\r\n");
    const auto answer = client.read();
    REQUIRE(answer);
    CHECK(answer->status == 413);
    CHECK(client.continues() == 0);
}

TEST_CASE("Session: a body of 16 MiB arrives", "[server]") {
    const Served served;
    RawClient client = served.connect();
    client.send("POST /body HTTP/1.1\r\nContent-Length: 16777216\r\n\r\n");
    client.send(std::string(16777216, 'x'));
    CHECK(body_of(client) == "16777216");
}

TEST_CASE("Session: a client that sends a body too large to its end gets its answer", "[server]") {
    const Served served;
    for (const std::size_t size : {std::size_t{16777217}, std::size_t{60000000}}) {
        RawClient client = served.connect();
        client.send("POST /body HTTP/1.1\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n");
        CHECK(client.send(std::string(size, 'x')));
        const auto answer = client.read();
        REQUIRE(answer);
        CHECK(answer->status == 413);
        CHECK(answer->body.empty());
        CHECK(client.ends());
    }
}

TEST_CASE("Session: chunks too large get the same answer", "[server]") {
    const Served served;
    RawClient client = served.connect();
    client.send("POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "400000\r\n" + std::string(0x400000, 'x') + "\r\n";
    for (int i = 0; i < 5; ++i) client.send(chunk);
    client.send("0\r\n\r\n");
    const auto answer = client.read();
    REQUIRE(answer);
    CHECK(answer->status == 413);
}

TEST_CASE("Session: more than 64 MiB are not listened to", "[server]") {
    const Served served;
    RawClient client = served.connect();
    client.send("POST /body HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n");
    const std::string piece(1000000, 'x');
    int sent = 0;
    while (sent < 1000 && client.send(piece)) ++sent;
    CHECK(sent < 100);
}

TEST_CASE("Server: 64 connections at once", "[server]") {
    const Served served;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 64; ++t) {
        threads.emplace_back([&served, &wrong, t] {
            RawClient client = served.connect();
            for (int i = 0; i < 50; ++i) {
                const std::string path = "/" + std::to_string(t) + "/" + std::to_string(i);
                client.send(get(path));
                if (body_of(client) != path) ++wrong;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
}

TEST_CASE("Server: five hundred idle connections don't stand in the way", "[server]") {
    const Served served;
    std::vector<RawClient> idle;
    for (int i = 0; i < 500; ++i) idle.push_back(served.connect());
    RawClient client = served.connect();
    client.send(get("/"));
    CHECK(body_of(client) == "/");
    idle.front().send(get("/first"));
    CHECK(body_of(idle.front()) == "/first");
}

TEST_CASE("Stopping: idle connections end at once", "[server]") {
    Served served;
    RawClient fresh = served.connect();
    RawClient used = served.connect();
    used.send(get("/"));
    CHECK(body_of(used) == "/");
    const auto start = std::chrono::steady_clock::now();
    served.stop();
    CHECK(milliseconds_of(start) < 4000);
    CHECK(used.ends());
    CHECK(fresh.ends());
}

// The server waits for a connection that it has ended until the client ends it, too: so the clients below go first.

TEST_CASE("Stopping: a request in flight gets its answer", "[server]") {
    Served served;
    std::vector<RawClient> clients;
    for (int i = 0; i < 2; ++i) clients.push_back(served.connect());
    clients[0].send(get("/wait/200"));
    clients[1].send(get("/sleep/200"));
    std::this_thread::sleep_for(50ms);
    std::thread stopping([&served] { served.stop(); });
    for (RawClient& client : clients) {
        const auto answer = client.read();
        CHECK(answer);
        CHECK((answer && answer->status == 200));
        if (&client == &clients[0]) CHECK((answer && answer->header("connection") == "close"));
        CHECK(client.ends());
    }
    clients.clear();
    stopping.join();
}

TEST_CASE("Stopping: a request that comes in pieces gets its answer", "[server]") {
    Served served;
    std::optional<RawClient> client = served.connect();
    client->send("GET /late HTTP/1.1\r\n");
    std::this_thread::sleep_for(50ms);
    std::thread stopping([&served] { served.stop(); });
    std::this_thread::sleep_for(50ms);
    client->send("\r\n");
    CHECK(body_of(*client) == "/late");
    client.reset();
    stopping.join();
}

TEST_CASE("Stopping: what takes too long is dropped", "[server]") {
    Served served(short_times);
    RawClient client = served.connect();
    client.send(get("/wait/60000"));
    RawClient half = served.connect();
    half.send("GET");
    std::this_thread::sleep_for(50ms);
    const auto start = std::chrono::steady_clock::now();
    served.stop();
    CHECK(milliseconds_of(start) < 3000);
    CHECK(client.ends());
}

TEST_CASE("Stopping: nobody can connect afterwards", "[server]") {
    Served served;
    const std::uint16_t port = served.port();
    served.stop();
    CHECK_FALSE(RawClient(port).connected());
}

TEST_CASE("Stopping: what was run was answered", "[server]") {
    for (int round = 0; round < 30; ++round) {
        requests_run = 0;
        int answered = 0;
        Served served(2);
        std::vector<RawClient> clients;
        for (int i = 0; i < 16; ++i) clients.push_back(served.connect());
        for (RawClient& client : clients) {
            client.send(get("/"));
            REQUIRE(client.read());
            ++answered;
        }
        std::thread stopping([&served] { served.stop(); });
        for (RawClient& client : clients) client.send(get("/count"));
        for (RawClient& client : clients) {
            if (client.read()) ++answered;
        }
        clients.clear();
        stopping.join();
        REQUIRE(answered == requests_run);
    }
}

TEST_CASE("Stopping: twice is once", "[server]") {
    Served served;
    served.stop();
    served.stop();
}

TEST_CASE("Stopping: under load every answer is whole", "[server]") {
    Served served;
    std::atomic<int> half = 0;
    std::atomic<int> answered = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
            RawClient client(served.port());
            while (client.send(get("/size/1000"))) {
                const auto answer = client.read();
                if (!answer) break;
                ++answered;
                if (answer->body.size() != 1000) ++half;
            }
        });
    }
    std::this_thread::sleep_for(100ms);
    served.stop();
    for (std::thread& thread : threads) thread.join();
    CHECK(answered > 0);
    CHECK(half == 0);
}

}  // namespace minamo::tests
