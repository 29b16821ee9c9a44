// The bytes of an answer, and what is read out of a request's text.
#include <algorithm>
#include <set>
#include <string>

#include "emulator/server/credentials.hpp"
#include "emulator/server/gzip.hpp"
#include "emulator/server/reply.hpp"
#include "tests/support.hpp"

namespace minamo::tests {
namespace {

using server::Header;
using server::Reply;
using server::Request;

Request request_with(Header name, std::string_view value) {
    Request request;
    request.method = "POST";
    request.headers[static_cast<std::size_t>(name)] = value;
    return request;
}

std::string text_of(const Reply& reply, const Request& request, bool keep_alive = true) {
    server::Stamps stamps;
    std::string out;
    server::append_reply(out, reply, request, keep_alive, stamps);
    return out;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string body_of(const std::string& text) {
    return text.substr(text.find("\r\n\r\n") + 4);
}

}  // namespace

TEST_CASE("Reply: its status line has the usual reason", "[server]") {
    Reply reply;
    for (const auto& [status, line] : {std::pair{200, "HTTP/1.1 200 OK\r\n"},
                                       {400, "HTTP/1.1 400 Bad Request\r\n"},
                                       {403, "HTTP/1.1 403 Forbidden\r\n"},
                                       {404, "HTTP/1.1 404 Not Found\r\n"},
                                       {500, "HTTP/1.1 500 Internal Server Error\r\n"},
                                       {503, "HTTP/1.1 503 Service Unavailable\r\n"}}) {
        reply.status = status;
        CHECK(text_of(reply, {}).starts_with(line));
    }
}

TEST_CASE("Reply: the headers of an empty body say zero", "[server]") {
    const std::string text = text_of({}, {});
    CHECK(has(text, "\r\nContent-Length: 0\r\n"));
    CHECK(has(text, "\r\nx-amz-crc32: 0\r\n"));
    CHECK(body_of(text).empty());
}

TEST_CASE("Reply: an origin that is echoed makes caches tell origins apart", "[server]") {
    Reply reply;
    reply.allow_origin = "http://a";
    CHECK(has(text_of(reply, {}), "\r\nAccess-Control-Allow-Origin: http://a\r\nVary: Origin\r\n"));
    reply.allow_origin = "*";
    CHECK_FALSE(has(text_of(reply, {}), "Vary"));
}

TEST_CASE("Reply: a long body goes packed to who takes it", "[server]") {
    Reply reply;
    reply.may_pack = true;
    reply.body.assign(5000, 'a');
    for (const server::Coding coding : {server::Coding::gzip, server::Coding::deflate}) {
        const std::string name(server::name_of(coding));
        const std::string text = text_of(reply, request_with(Header::accept_encoding, name));
        CHECK(has(text, "\r\nContent-Encoding: " + name + "\r\n"));
        std::string body;
        CHECK(server::unpack(coding, body_of(text), 100000, body) == server::Inflation::whole);
        CHECK(body == reply.body);
    }
    reply.body.resize(4096);
    CHECK(has(text_of(reply, request_with(Header::accept_encoding, "gzip")), "Content-Encoding"));
}

TEST_CASE("Reply: nothing is packed unless all speaks for it", "[server]") {
    Reply reply;
    reply.body.assign(5000, 'a');
    const Request takes_gzip = request_with(Header::accept_encoding, "gzip");
    CHECK_FALSE(has(text_of(reply, takes_gzip), "Content-Encoding"));
    reply.may_pack = true;
    CHECK_FALSE(has(text_of(reply, request_with(Header::accept_encoding, "identity")), "Content-Encoding"));
    CHECK_FALSE(has(text_of(reply, {}), "Content-Encoding"));
    reply.body.resize(4095);
    CHECK_FALSE(has(text_of(reply, takes_gzip), "Content-Encoding"));
}

TEST_CASE("Reply: a connection's end is said", "[server]") {
    CHECK(has(text_of({}, {}, false), "\r\nConnection: close\r\n"));
    CHECK_FALSE(has(text_of({}, {}, true), "Connection"));
}

TEST_CASE("Stamps: no request id comes twice", "[server]") {
    server::Stamps stamps;
    std::set<std::string> ids;
    for (int i = 0; i < 20000; ++i) {
        std::string id;
        stamps.append_request_id(id);
        CHECK(id.size() == 52);
        CHECK(id.ends_with("VV4KQNSO5AEMVJF66Q9ASUAAJG"));
        ids.insert(id);
    }
    CHECK(ids.size() == 20000);
}

TEST_CASE("Stamps: two threads' ids differ", "[server]") {
    std::string first;
    std::string second;
    server::Stamps().append_request_id(first);
    server::Stamps().append_request_id(second);
    CHECK(first != second);
}

TEST_CASE("Target: a query begins at the first question mark", "[server]") {
    struct Row {
        std::string_view target;
        std::string_view path;
        std::string_view query;
    };
    for (const Row& row : {Row{"/", "/", ""},
                           {"/a/b", "/a/b", ""},
                           {"/a?b=c?d", "/a", "b=c?d"},
                           {"/?", "/", ""},
                           {"http://h:1/a?b", "/a", "b"},
                           {"http://h?b", "", "b"},
                           {"http://h", "", ""},
                           {"*", "", ""},
                           {"h:443", "", ""},
                           {"", "", ""}}) {
        CAPTURE(row.target);
        CHECK(server::locate(row.target).path == row.path);
        CHECK(server::locate(row.target).query == row.query);
    }
}

TEST_CASE("Credentials: whom a control call names", "[server]") {
    const auto named = [](std::string_view value) {
        return server::named_caller(request_with(Header::authorization, value));
    };
    const auto caller = named("AWS4-HMAC-SHA256 Credential=123456789012/20240131/eu-west-1/dynamodb/aws4_request");
    REQUIRE(caller);
    CHECK(caller->account == "123456789012");
    CHECK(caller->region == "eu-west-1");
    CHECK_FALSE(named(""));
    CHECK_FALSE(named("Basic abc"));
    CHECK_FALSE(named("AWS4-HMAC-SHA256 Credential=a/b/c/d"));
    CHECK_FALSE(named("AWS4-HMAC-SHA256 Credential=a/b//d/e"));
    CHECK_FALSE(server::named_caller({}));
}

TEST_CASE("Credentials: an access key that is no account gets digits of its own", "[server]") {
    const auto account = [](std::string_view key) {
        const std::string value = "AWS4-HMAC-SHA256 Credential=" + std::string(key) + "/1/r/s/aws4_request";
        return server::named_caller(request_with(Header::authorization, value))->account;
    };
    const std::string first = account("test1");
    CHECK(first.size() == 12);
    CHECK(std::ranges::all_of(first, [](char c) { return c >= '0' && c <= '9'; }));
    CHECK(first == account("test1"));
    CHECK(first != account("test2"));
}

}  // namespace minamo::tests
