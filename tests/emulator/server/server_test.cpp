// Servers of real emulators: where they listen, who sees what, what the answers carry.
#include <zlib.h>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/server/answer.hpp"
#include "emulator/server/gzip.hpp"
#include "minamo/emulator.hpp"
#include "minamo/version.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/emulator/server/raw_client.hpp"
#include "tests/emulator/server/raw_requests.hpp"
#include "tests/support.hpp"

namespace minamo::tests {
namespace {

constexpr std::string_view get = "GET / HTTP/1.1\r\n\r\n";

// A call of `key` in `region`, with more header lines.
std::string signed_call(std::string_view operation, std::string_view body, std::string_view key = "000000000000",
                        std::string_view region = "us-east-1", std::string_view lines = "") {
    std::string headers = "Authorization: AWS4-HMAC-SHA256 Credential=";
    headers.append(key).append("/20240131/").append(region);
    headers.append("/dynamodb/aws4_request, SignedHeaders=host, Signature=0f\r\nX-Amz-Date: 20240131T010203Z\r\n");
    headers.append(amz_json).append("X-Amz-Target: DynamoDB_20120810.").append(operation).append("\r\n").append(lines);
    return post_with(headers, body);
}

RawAnswer ask(std::uint16_t port, const std::string& bytes) {
    const auto answer = send_once(port, bytes);
    REQUIRE(answer);
    return *answer;
}

std::string tables(std::uint16_t port, std::string_view key = "000000000000", std::string_view region = "us-east-1") {
    return ask(port, signed_call("ListTables", "{}", key, region)).body;
}

std::string start_fault(const ServeOptions& options) {
    Emulator emulator;
    try {
        const Server server = emulator.serve(options);
    } catch (const StartError& fault) {
        return fault.what();
    }
    return "it started";
}

ServeOptions on_host(const std::string& host) {
    ServeOptions options;
    options.host = host;
    return options;
}

ServeOptions on_port(std::uint16_t port) {
    ServeOptions options;
    options.port = port;
    return options;
}

bool answers(std::uint16_t port, const std::string& address) {
    RawClient client(port, address);
    return client.connected() && client.send(get) && client.read();
}

bool has_ipv6() {
    return RawClient(1, "::1").connected() || [] {
        Emulator emulator;
        const Server server = emulator.serve();
        return RawClient(server.port(), "::1").connected();
    }();
}

}  // namespace

TEST_CASE("Server: a port of 0 picks one", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    CHECK(server.port() != 0);
    CHECK(server.endpoint() == "http://127.0.0.1:" + std::to_string(server.port()));
    CHECK(answers(server.port(), "127.0.0.1"));
}

TEST_CASE("Server: by default it answers on both loopback addresses", "[server]") {
    if (!has_ipv6()) return;
    Emulator emulator;
    const Server server = emulator.serve();
    CHECK(answers(server.port(), "127.0.0.1"));
    CHECK(answers(server.port(), "::1"));
}

TEST_CASE("Server: localhost is both loopback addresses", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve(on_host("localhost"));
    CHECK(answers(server.port(), "127.0.0.1"));
    CHECK(answers(server.port(), "::1") == has_ipv6());
}

TEST_CASE("Server: with one address it answers on no other", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve(on_host("127.0.0.1"));
    CHECK(answers(server.port(), "127.0.0.1"));
    CHECK_FALSE(RawClient(server.port(), "::1").connected());
    CHECK_FALSE(RawClient(server.port(), "127.0.0.2").connected());
}

TEST_CASE("Server: an IPv6 address stands in brackets in the endpoint", "[server]") {
    if (!has_ipv6()) return;
    for (const char* host : {"::1", "[::1]"}) {
        Emulator emulator;
        const Server server = emulator.serve(on_host(host));
        CHECK(server.endpoint() == "http://[::1]:" + std::to_string(server.port()));
        CHECK(answers(server.port(), "::1"));
        CHECK_FALSE(RawClient(server.port(), "127.0.0.1").connected());
    }
}

TEST_CASE("Server: on all addresses its endpoint is one that clients can use", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve(on_host("0.0.0.0"));
    CHECK(server.endpoint() == "http://127.0.0.1:" + std::to_string(server.port()));
    CHECK(answers(server.port(), "127.0.0.2"));
}

TEST_CASE("Server: a port in use is said in one sentence", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    CHECK(start_fault(on_port(server.port())) ==
          "Port " + std::to_string(server.port()) +
              " is in use: stop what listens there, or choose another port (0 picks a free one).");
}

TEST_CASE("Server: a port in use on the second address only is in use, too", "[server]") {
    if (!has_ipv6()) return;
    Emulator emulator;
    const Server server = emulator.serve(on_host("::1"));
    CHECK(start_fault(on_port(server.port())).starts_with("Port " + std::to_string(server.port()) + " is in use"));
}

TEST_CASE("Server: an address of another machine is said in one sentence", "[server]") {
    CHECK(start_fault(on_host("203.0.113.1")) == "The address 203.0.113.1 is not one of this machine.");
}

TEST_CASE("Server: a host that nobody knows is said in one sentence", "[server]") {
    CHECK(start_fault(on_host("no-such-host.invalid")) ==
          "The host no-such-host.invalid is not known: give an address of this machine.");
}

TEST_CASE("Server: a port is free again at once", "[server]") {
    Emulator emulator;
    std::uint16_t port = 0;
    for (int i = 0; i < 5; ++i) {
        const Server server = emulator.serve(on_port(port));
        port = server.port();
        CHECK(answers(port, "127.0.0.1"));
    }
    CHECK_FALSE(answers(port, "127.0.0.1"));
}

TEST_CASE("Server: it can be moved", "[server]") {
    Emulator emulator;
    Server first = emulator.serve();
    const std::uint16_t port = first.port();
    Server second = std::move(first);
    CHECK(answers(port, "127.0.0.1"));
    second = emulator.serve();
    CHECK_FALSE(answers(port, "127.0.0.1"));
    CHECK(answers(second.port(), "127.0.0.1"));
}

TEST_CASE("Server: two emulators in one process share nothing", "[server]") {
    Emulator first;
    Emulator second;
    const Server one = first.serve();
    const Server other = second.serve();
    CHECK(ask(one.port(), signed_call("CreateTable", create_request("only-here"))).status == 200);
    CHECK(tables(one.port()) == R"({"TableNames":["only-here"]})");
    CHECK(tables(other.port()) == no_tables);
}

TEST_CASE("Server: two servers of one emulator share its tables", "[server]") {
    Emulator emulator;
    const Server one = emulator.serve();
    const Server other = emulator.serve();
    CHECK(ask(one.port(), signed_call("CreateTable", create_request("shared"))).status == 200);
    CHECK(tables(other.port()) == R"({"TableNames":["shared"]})");
}

TEST_CASE("Server: what is called in this process is seen over HTTP", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    CHECK(emulator.call("CreateTable", create_request("inside")).ok());
    CHECK(tables(server.port()) == R"({"TableNames":["inside"]})");
}

TEST_CASE("Server: each access key has tables of its own", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    CHECK(ask(server.port(), signed_call("CreateTable", create_request("mine"), "test1")).status == 200);
    CHECK(tables(server.port(), "test1") == R"({"TableNames":["mine"]})");
    CHECK(tables(server.port(), "test2") == no_tables);
    CHECK(tables(server.port(), "test1", "eu-west-1") == no_tables);
}

TEST_CASE("Server: a presigned request names its namespace, too", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    CHECK(emulator.call("CreateTable", create_request("signed"), {"123456789012", "eu-west-1"}).ok());
    const std::string query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=123456789012%2f20240131%2feu-west-1%2fdynamodb%2faws4_"
        "request&"
        "X-Amz-Signature=0f&X-Amz-SignedHeaders=host&X-Amz-Date=20240131T010203Z";
    const std::string headers = "X-Amz-Target: DynamoDB_20120810.ListTables\r\n" + std::string(amz_json);
    const auto answer = ask(server.port(), "POST /?" + query + post_with(headers, "{}").substr(6));
    CHECK(answer.body == R"({"TableNames":["signed"]})");
}

TEST_CASE("Server: ARNs are those of the caller's namespace", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    const auto answer =
        ask(server.port(), signed_call("CreateTable", create_request("t01"), "123456789012", "eu-west-1"));
    CHECK_THAT(answer.body,
               has_json("/TableDescription/TableArn", R"("arn:aws:dynamodb:eu-west-1:123456789012:table/t01")"));
}

TEST_CASE("Server: a region that is no UTF-8 is made so", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    const auto answer =
        ask(server.port(), signed_call("CreateTable", create_request("t01"), "123456789012", "\xFF\xFE"));
    CHECK_THAT(answer.body, has_json("/TableDescription/TableArn",
                                     "\"arn:aws:dynamodb:\xEF\xBF\xBD\xEF\xBF\xBD:123456789012:table/t01\""));
    CHECK_THAT(ask(server.port(), "GET /_minamo/namespaces HTTP/1.1\r\n\r\n").body,
               has_json("/namespaces/0/region", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""));
}

TEST_CASE("Server: calls over HTTP are told to on_call", "[server]") {
    std::mutex mutex;
    std::vector<CallRecord> records;
    Options options;
    options.on_call = [&](const CallRecord& record) {
        const std::scoped_lock lock(mutex);
        records.push_back(record);
    };
    Emulator emulator(std::move(options));
    {
        const Server server = emulator.serve();
        ask(server.port(), signed_call("ListTables", R"({"Limit":0})", "123456789012", "eu-west-1"));
    }
    REQUIRE(records.size() == 1);
    CHECK(records[0].account == "123456789012");
    CHECK(records[0].region == "eu-west-1");
    CHECK(records[0].operation == "ListTables");
    CHECK(records[0].status == 400);
    CHECK(records[0].error_type == "ValidationException");
}

TEST_CASE("Server: long answers are gzip for those who take it", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    const std::string long_name(200, 'a');
    for (int i = 0; i < 30; ++i)
        CHECK(emulator.call("CreateTable", create_request(long_name + std::to_string(i))).ok());
    const auto plain = ask(server.port(), signed_call("ListTables", "{}"));
    CHECK_FALSE(plain.has("content-encoding"));
    const auto packed = ask(
        server.port(), signed_call("ListTables", "{}", "000000000000", "us-east-1", "Accept-Encoding: gzip, br\r\n"));
    CHECK(packed.header("content-encoding") == "gzip");
    CHECK(packed.body.size() < plain.body.size());
    std::string body;
    CHECK(server::unpack(server::Coding::gzip, packed.body, 1000000, body) == server::Inflation::whole);
    CHECK(body == plain.body);
    const auto crc =
        ::crc32(0, reinterpret_cast<const Bytef*>(packed.body.data()), static_cast<uInt>(packed.body.size()));
    CHECK(packed.header("x-amz-crc32") == std::to_string(crc));
}

TEST_CASE("CORS: only the origins of the list are allowed", "[server]") {
    Emulator emulator;
    ServeOptions options;
    options.cors = "http://a.example, http://b.example";
    const Server server = emulator.serve(options);
    const auto allowed = [&](const std::string& origin) {
        const std::string lines = "Origin: " + origin + "\r\n";
        const auto call = ask(server.port(), signed_call("ListTables", "{}", "a", "r", lines));
        const auto preflight = ask(server.port(), "OPTIONS / HTTP/1.1\r\n" + lines + "\r\n");
        CHECK(call.status == preflight.status);
        CHECK(call.status == (call.has("access-control-allow-origin") ? 200 : 403));
        CHECK(call.header("access-control-allow-origin") == preflight.header("access-control-allow-origin"));
        CHECK(preflight.has("access-control-max-age") == preflight.has("access-control-allow-origin"));
        return call.header("access-control-allow-origin");
    };
    CHECK(allowed("http://a.example") == "http://a.example");
    CHECK(allowed("http://b.example") == "http://b.example");
    CHECK(allowed("http://c.example") == "");
    CHECK(allowed("http://a.example.org") == "");
    CHECK(allowed("null") == "");
}

TEST_CASE("CORS: a star in the list allows all", "[server]") {
    Emulator emulator;
    ServeOptions options;
    options.cors = "*";
    const Server server = emulator.serve(options);
    CHECK(ask(server.port(), "GET / HTTP/1.1\r\nOrigin: http://x\r\n\r\n").header("access-control-allow-origin") ==
          "*");
}

TEST_CASE("Control API: it is found under its prefix", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    const auto health = ask(server.port(), "GET /_minamo/health HTTP/1.1\r\n\r\n");
    CHECK(health.status == 200);
    CHECK(health.header("content-type") == "application/json");
    CHECK_THAT(health.body, is_json(R"({"status":"ok","version":")" + std::string(version()) + "\"}"));
    CHECK_THAT(ask(server.port(), "GET /_minamo HTTP/1.1\r\n\r\n").body,
               is_json(R"({"error":"There is no such control call: /_minamo/ has clock, health, holds, namespaces, )"
                       R"(reset and streams/split."})"));
    CHECK(ask(server.port(), "GET /_minamox HTTP/1.1\r\n\r\n").body == xml);
    CHECK(ask(server.port(), "GET /_minamo/nothing HTTP/1.1\r\n\r\n").status == 404);
}

TEST_CASE("Control API: it means the namespace of the Authorization header", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    CHECK(emulator.call("CreateTable", create_request("one"), {"111111111111", "us-east-1"}).ok());
    CHECK(emulator.call("CreateTable", create_request("two"), {"222222222222", "us-east-1"}).ok());
    const auto reset = ask(server.port(),
                           "POST /_minamo/reset HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
                           "111111111111/20240131/us-east-1/dynamodb/aws4_request\r\n\r\n");
    CHECK(reset.status == 200);
    CHECK(tables(server.port(), "111111111111") == no_tables);
    CHECK(tables(server.port(), "222222222222") == R"({"TableNames":["two"]})");
}

TEST_CASE("Control API: other hosts are refused unless they are allowed", "[server]") {
    Emulator emulator;
    server::Site site{.emulator = emulator.world()};
    server::Request request;
    request.method = "GET";
    request.target = "/_minamo/health";
    const auto refused = server::answer(site, request, false);
    CHECK(refused.status == 403);
    CHECK(
        refused.body ==
        R"({"error":"The control API answers this host only: start the server with --control-token TOKEN, or with --control-anywhere."})");
    CHECK(server::answer(site, request, true).status == 200);
    site.access.control_anywhere = true;
    CHECK(server::answer(site, request, false).status == 200);
}

TEST_CASE("Control API: other hosts may call operations", "[server]") {
    Emulator emulator;
    const server::Site site{.emulator = emulator.world()};
    server::Request request;
    request.method = "GET";
    request.target = "/";
    CHECK(server::answer(site, request, false).status == 200);
}

}  // namespace minamo::tests
