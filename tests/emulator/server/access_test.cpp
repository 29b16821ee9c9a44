// Whom a server answers: names it goes by, pages that may call, hosts that may use the control API.
#include "emulator/server/access.hpp"

#include <string>
#include <utility>
#include <vector>

#include "emulator/server/answer.hpp"
#include "minamo/emulator.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/emulator/server/raw_client.hpp"
#include "tests/emulator/server/raw_requests.hpp"
#include "tests/support.hpp"

namespace minamo::tests {
namespace {

using server::Access;
using server::Header;
using server::Request;
using server::Verdict;

using Headers = std::vector<std::pair<Header, std::string_view>>;

Request request_with(const Headers& headers, std::string_view method = "POST", std::string_view target = "/") {
    Request request;
    request.method = method;
    request.target = target;
    for (const auto& [name, value] : headers) request.headers[static_cast<std::size_t>(name)] = value;
    return request;
}

bool may_call(const Access& access, const Headers& headers) {
    return judge_operation(access, request_with(headers)).refusal.empty();
}

bool may_control(const Access& access, const Headers& headers, bool peer_is_local = true) {
    return judge_control(access, request_with(headers), peer_is_local).refusal.empty();
}

Access on_loopback() {
    Access access;
    access.on_loopback = true;
    return access;
}

// Names that a page cannot bind to another address.
const std::vector<std::string_view> good_hosts{
    "",
    "localhost",
    "localhost:8000",
    "LocalHost:8000",
    "localhost.:8000",
    "minamo.localhost:8000",
    "127.0.0.1:8000",
    "127.0.0.1",
    "127.1.2.3:1",
    "10.0.0.7:8000",
    "[::1]:8000",
    "[::1]",
    "[fd00::2]:8000",
    "[::ffff:127.0.0.1]:8000",
    "dynamodb.us-east-1.amazonaws.com",
    "dynamodb.us-east-1.amazonaws.com:443",
    "DynamoDB.us-east-1.AmazonAWS.com",
    "streams.dynamodb.eu-west-1.amazonaws.com",
    "dynamodb-fips.us-gov-west-1.amazonaws.com",
    "dynamodb.cn-north-1.amazonaws.com.cn",
    "123456789012.ddb.us-east-1.amazonaws.com",
    "123456789012.streams-ddb.us-east-1.amazonaws.com",
    "dynamodb.us-east-1.api.aws",
    "streams-dynamodb.us-east-1.api.aws",
};
const std::vector<std::string_view> bad_hosts{
    "evil.example",
    "evil.example:8000",
    "localhost.evil.example",
    "evillocalhost",
    "127.0.0.1.evil.example",
    "127.0.0.1.nip.io:8000",
    "[evil]:8000",
    "[::1",
    "::1",
    ":8000",
    "dynamodb.evil.example",
    "dynamodb.us-east-1.amazonaws.com.evil.example",
    "evildynamodb.us-east-1.amazonaws.com",
    "evil.s3.amazonaws.com",
    "dynamodb.amazonaws.com",
    "dynamodb..amazonaws.com",
    "dynamodb.us-east-1.amazonaws.org",
    "dynamodb.us-east-1.api.aws.evil.example",
    "minamo:8000",
    "evil.example@localhost",
};

std::string refusal(std::uint16_t port, const std::string& bytes) {
    const auto answer = send_once(port, bytes);
    REQUIRE(answer);
    CHECK(answer->status == 403);
    CHECK(answer->header("content-type") == "application/json");
    CHECK_FALSE(answer->has("access-control-allow-origin"));
    return answer->body;
}

}  // namespace

TEST_CASE("Hosts: a loopback server goes by each of its names", "[server]") {
    for (const std::string_view host : good_hosts) {
        CAPTURE(host);
        CHECK(may_call(on_loopback(), {{Header::host, host}}));
        CHECK(may_control(on_loopback(), {{Header::host, host}}));
    }
    CHECK(may_call(on_loopback(), {}));
}

TEST_CASE("Hosts: a loopback server goes by no other name", "[server]") {
    for (const std::string_view host : bad_hosts) {
        CAPTURE(host);
        CHECK_FALSE(may_call(on_loopback(), {{Header::host, host}}));
        CHECK_FALSE(may_control(on_loopback(), {{Header::host, host}}));
    }
}

TEST_CASE("Hosts: the host of an absolute target counts, not the header's", "[server]") {
    const auto refused = [](std::string_view target) {
        return judge_operation(on_loopback(), request_with({{Header::host, "localhost"}}, "GET", target)).refusal;
    };
    CHECK(refused("http://localhost:8000/").empty());
    CHECK(refused("http://127.0.0.1?x").empty());
    CHECK_FALSE(refused("http://evil.example/").empty());
    CHECK_FALSE(refused("http://evil.example").empty());
}

TEST_CASE("Hosts: more names are allowed by name", "[server]") {
    Access access = on_loopback();
    access.hosts = "minamo, Dynamo.Test";
    CHECK(may_call(access, {{Header::host, "minamo:8000"}}));
    CHECK(may_call(access, {{Header::host, "dynamo.test"}}));
    CHECK(may_call(access, {{Header::host, "localhost"}}));
    CHECK_FALSE(may_call(access, {{Header::host, "evil.example"}}));
    CHECK_FALSE(may_call(access, {{Header::host, "a.minamo"}}));
    access.hosts = "*";
    CHECK(may_call(access, {{Header::host, "evil.example"}}));
}

TEST_CASE("Hosts: a name is allowed with its port, too", "[server]") {
    Access access = on_loopback();
    access.hosts = "minamo:8000, Dynamo.Test:9000,:8000";
    CHECK(may_call(access, {{Header::host, "minamo:8000"}}));
    CHECK(may_call(access, {{Header::host, "minamo:1234"}}));
    CHECK(may_control(access, {{Header::host, "dynamo.test"}}));
    CHECK_FALSE(may_call(access, {{Header::host, "evil.example:8000"}}));
    CHECK_FALSE(may_call(access, {{Header::host, ":8000"}}));
}

TEST_CASE("Hosts: a server goes by the name that it was told to listen on", "[server]") {
    Emulator emulator;
    ServeOptions options;
    options.host = "0x7f000001";  // a name that every resolver takes for 127.0.0.1
    const Server server = emulator.serve(options);
    const auto status = [&server](const std::string& host) {
        return send_once(server.port(), "GET / HTTP/1.1\r\nHost: " + host + ":8000\r\n\r\n")->status;
    };
    CHECK(status("0x7f000001") == 200);
    CHECK(status("0X7F000001") == 200);
    CHECK(status("0x7f000002") == 403);
    CHECK(send_once(server.port(), "GET /_minamo/clock?all HTTP/1.1\r\nHost: 0x7f000001\r\n\r\n")->status == 200);
}

TEST_CASE("Hosts: a server on other addresses goes by any name unless some are listed", "[server]") {
    Access access;
    CHECK(may_call(access, {{Header::host, "minamo:8000"}}));
    CHECK(may_control(access, {{Header::host, "minamo:8000"}}, false) == false);  // another host
    CHECK_FALSE(may_control(access, {{Header::host, "evil.example"}}));           // this host's browser
    access.hosts = "minamo";
    CHECK(may_call(access, {{Header::host, "minamo:8000"}}));
    CHECK_FALSE(may_call(access, {{Header::host, "evil.example"}}));
}

TEST_CASE("CORS: without a list any page may call", "[server]") {
    for (const char* list : {"", " ", "*", "http://a, *"}) {
        Access access = on_loopback();
        access.origins = list;
        const Verdict verdict = judge_operation(access, request_with({{Header::origin, "http://b"}}));
        CHECK(verdict.refusal.empty());
        CHECK(verdict.allow_origin == "*");
    }
}

TEST_CASE("CORS: with a list its pages may call beside the server's own", "[server]") {
    Access access = on_loopback();
    access.origins = "http://a.example,https://b.example:8443";
    for (const std::string_view origin :
         {"http://a.example", "HTTP://A.example", "https://b.example:8443", "http://localhost:8000"}) {
        const Headers headers{{Header::host, "localhost:8000"}, {Header::origin, origin}};
        const Verdict verdict = judge_operation(access, request_with(headers));
        CAPTURE(origin);
        CHECK(verdict.refusal.empty());
        CHECK(verdict.allow_origin == origin);
    }
    for (const std::string_view origin :
         {"", "null", "http://c.example", "https://a.example", "http://a.example:80", "http://a.example.org",
          "https://b.example", "http://localhost:3000", "http://127.0.0.1:8000"}) {
        CAPTURE(origin);
        CHECK_FALSE(may_call(access, {{Header::host, "localhost:8000"}, {Header::origin, origin}}));
    }
    CHECK(may_call(access, {{Header::host, "localhost:8000"}}));
}

TEST_CASE("CORS: an origin is listed with a slash at its end, too", "[server]") {
    Access access = on_loopback();
    access.origins = "http://a.example/,/";
    access.control_origins = "http://localhost:3000/, http://b.example//";
    CHECK(may_call(access, {{Header::origin, "http://a.example"}}));
    CHECK_FALSE(may_call(access, {{Header::origin, "http://b.example"}}));
    CHECK_FALSE(may_call(access, {{Header::origin, ""}}));
    CHECK(may_control(access, {{Header::origin, "http://localhost:3000"}}));
    CHECK(may_control(access, {{Header::origin, "http://b.example"}}));
    CHECK_FALSE(may_control(access, {{Header::origin, "http://localhost"}}));
    access.origins = "*/";
    CHECK(may_call(access, {{Header::origin, "http://c.example"}}));
}

TEST_CASE("Control API: the server's own pages may use it, others not", "[server]") {
    const Access access = on_loopback();
    const auto may = [&](std::string_view host, std::string_view origin) {
        return may_control(access, {{Header::host, host}, {Header::origin, origin}});
    };
    CHECK(may("localhost:8000", "http://localhost:8000"));
    CHECK(may("127.0.0.1:8000", "http://127.0.0.1:8000"));
    CHECK(may("[::1]:8000", "http://[::1]:8000"));
    for (const std::string_view origin :
         {"http://evil.example", "null", "", "http://localhost", "http://localhost:3000", "https://localhost:8000",
          "http://127.0.0.1:8000", "localhost:8000", "file://"}) {
        CAPTURE(origin);
        CHECK_FALSE(may("localhost:8000", origin));
    }
}

TEST_CASE("Control API: --cors opens it to nobody", "[server]") {
    Access access = on_loopback();
    for (const char* list : {"*", "http://a.example"}) {
        access.origins = list;
        CHECK_FALSE(may_control(access, {{Header::host, "localhost"}, {Header::origin, "http://a.example"}}));
    }
}

TEST_CASE("Control API: origins are allowed by name", "[server]") {
    Access access = on_loopback();
    access.control_origins = "http://localhost:3000";
    const Headers headers{
        {Header::host, "localhost:8000"}, {Header::origin, "http://localhost:3000"}, {Header::fetch_site, "same-site"}};
    const Verdict verdict = judge_control(access, request_with(headers), true);
    CHECK(verdict.refusal.empty());
    CHECK(verdict.allow_origin == "http://localhost:3000");
    CHECK_FALSE(may_control(access, {{Header::host, "localhost:8000"}, {Header::origin, "http://localhost:3001"}}));
    access.control_origins = "*";
    CHECK(may_control(access, {{Header::host, "localhost:8000"}, {Header::origin, "http://any.example"}}));
}

TEST_CASE("Control API: what another site has a browser fetch is refused", "[server]") {
    for (const std::string_view site : {"cross-site", "same-site", "Cross-Site", "of a later standard"}) {
        CHECK_FALSE(may_control(on_loopback(), {{Header::host, "localhost"}, {Header::fetch_site, site}}));
    }
    for (const std::string_view site : {"none", "same-origin", "Same-Origin"}) {
        CHECK(may_control(on_loopback(), {{Header::host, "localhost"}, {Header::fetch_site, site}}));
    }
}

TEST_CASE("Control API: a page whose name was bound to this server is no page of its own", "[server]") {
    Access access;  // listens on all addresses
    access.control_anywhere = true;
    const Headers headers{{Header::host, "evil.example:8000"}, {Header::origin, "http://evil.example:8000"}};
    CHECK_FALSE(may_control(access, headers));
    CHECK_FALSE(may_control(access, headers, false));
}

TEST_CASE("Control API: other hosts need the token, or leave for all", "[server]") {
    Access access;
    const auto may = [&access](std::string_view token) {
        return may_control(access, {{Header::host, "minamo:8000"}, {Header::minamo_token, token}}, false);
    };
    CHECK_FALSE(may_control(access, {}, false));
    CHECK_FALSE(may("x"));
    access.control_anywhere = true;
    CHECK(may_control(access, {}, false));
    for (const bool anywhere : {false, true}) {
        access.control_anywhere = anywhere;
        access.control_token = "s3cret";
        CHECK(may("s3cret"));
        for (const char* wrong : {"", "s3cre", "s3cret2", "S3cret", "s3creT"}) CHECK_FALSE(may(wrong));
        CHECK_FALSE(may_control(access, {}, false));
        CHECK(may_control(access, {}));
    }
}

TEST_CASE("Control API: a token opens nothing to pages of other origins", "[server]") {
    Access access;
    access.control_token = "s3cret";
    const Headers headers{
        {Header::host, "10.0.0.7:8000"}, {Header::origin, "http://evil.example"}, {Header::minamo_token, "s3cret"}};
    CHECK_FALSE(may_control(access, headers, false));
    access.control_origins = "http://evil.example";
    CHECK(may_control(access, headers, false));
    CHECK(judge_control(access, request_with({headers[0], headers[1]}, "OPTIONS"), false).refusal.empty());
}

TEST_CASE("Access: refusals over HTTP are 403 with one sentence", "[server]") {
    Emulator emulator;
    ServeOptions options;
    options.cors = "http://good.example";
    const Server server = emulator.serve(options);
    CHECK(emulator.call("CreateTable", create_request("kept")).ok());
    const std::string reset = "POST /_minamo/reset HTTP/1.1\r\nContent-Type: text/plain\r\nHost: localhost\r\n";
    CHECK(
        refusal(server.port(), reset + "Origin: http://evil.example\r\n\r\n") ==
        R"({"error":"Pages of http://evil.example may not use the control API: start the server with --control-origins http://evil.example."})");
    CHECK(refusal(server.port(), reset + "Origin: null\r\n\r\n") ==
          R"({"error":"Pages of null may not use the control API: start the server with --control-origins null."})");
    CHECK(
        refusal(server.port(), reset + "Sec-Fetch-Site: cross-site\r\n\r\n") ==
        R"({"error":"Pages of another site may not use the control API: start the server with --control-origins and their origin."})");
    CHECK(
        refusal(server.port(), "GET /_minamo/clock HTTP/1.1\r\nHost: evil.example:8000\r\n\r\n") ==
        R"({"error":"This server does not go by the name evil.example: call it by localhost or its address, or start it with --allow-host evil.example."})");
    const std::string call = post("DeleteTable", table_request("kept"));
    std::string foreign = call;
    foreign.insert(foreign.find("Host: "), "Origin: http://evil.example\r\n");
    const std::string no_page =
        R"({"__type":"com.amazon.coral.service#AccessDeniedException","Message":"Pages of http://evil.example may not )"
        R"(call this server: add http://evil.example to its --cors."})";
    CHECK_THAT(refusal(server.port(), foreign), is_json(no_page));
    CHECK_THAT(refusal(server.port(), "OPTIONS / HTTP/1.1\r\nOrigin: http://evil.example\r\n\r\n"), is_json(no_page));
    std::string rebound = call;
    rebound.replace(rebound.find("localhost"), 9, "evil.example");
    CHECK_THAT(
        refusal(server.port(), rebound),
        is_json(R"({"__type":"com.amazon.coral.service#AccessDeniedException","Message":"This server does not go )"
                R"(by the name evil.example: call it by localhost or its address, or start it with )"
                R"(--allow-host evil.example."})"));
    CHECK(emulator.call("DescribeTable", table_request("kept")).ok());
}

TEST_CASE("Access: what a stranger sent is shown as plain text", "[server]") {
    const Verdict verdict =
        judge_operation(on_loopback(), request_with({{Header::host, "\xff\"\x01 \xc3\xa9.example"}}));
    CHECK(contains(verdict.refusal, "the name ?\"????.example:"));
}

TEST_CASE("Access: what a stranger sent is cut where it is long", "[server]") {
    const std::string host(5000, 'a');
    CHECK(judge_operation(on_loopback(), request_with({{Header::host, host}})).refusal.size() < 700);
}

TEST_CASE("Access: a server that listens on loopback knows it", "[server]") {
    Emulator emulator;
    const std::string get = "GET / HTTP/1.1\r\nHost: minamo:8000\r\n\r\n";
    for (const char* host : {"", "localhost", "127.0.0.1", "127.0.0.3", "::1"}) {
        ServeOptions options;
        options.host = host;
        const Server server = emulator.serve(options);
        RawClient client(server.port(), std::string_view(host) == "::1" ? "::1" : host[0] == '1' ? host : "127.0.0.1");
        client.send(get);
        const auto answer = client.read();
        REQUIRE(answer);
        CHECK(answer->status == 403);
    }
    ServeOptions options;
    options.host = "0.0.0.0";
    const Server everywhere = emulator.serve(options);
    CHECK(send_once(everywhere.port(), get)->body == healthy);
    options.host = "127.0.0.1";
    options.allow_hosts = "minamo";
    const Server named = emulator.serve(options);
    CHECK(send_once(named.port(), get)->body == healthy);
}

}  // namespace minamo::tests
