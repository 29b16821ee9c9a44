// What is and what is not HTTP.
#include "tests/emulator/server/raw_requests.hpp"

namespace minamo::tests {
namespace {

ExpectedAnswer health() {
    return {200, std::string(healthy), {}, false};
}
ExpectedAnswer not_found() {
    return {404, std::string(xml), {"x-amz-crc32: 3552371480"}, false};
}
ExpectedAnswer broken(int status = 400) {
    return {status, "...", {"connection: close", "!x-amzn-requestid"}, false};
}

RawRequest lives(std::string name, std::string bytes, std::vector<ExpectedAnswer> answers) {
    return {std::move(name), std::move(bytes), std::move(answers), true, false};
}
RawRequest closes(std::string name, std::string bytes, std::vector<ExpectedAnswer> answers) {
    return {std::move(name), std::move(bytes), std::move(answers), false, false};
}
RawRequest cut_short(std::string name, std::string bytes, std::vector<ExpectedAnswer> answers) {
    return {std::move(name), std::move(bytes), std::move(answers), false, true};
}

// Headers of exactly this many bytes, with the empty line.
std::string header_of(std::size_t size) {
    const std::string start = "X-Long: ";
    return "GET / HTTP/1.1\r\n" + start + std::string(size - start.size() - 4, 'a') + "\r\n\r\n";
}

// A request line of exactly this many bytes.
std::string line_of(std::size_t size) {
    const std::string rest = " HTTP/1.1\r\n";
    const std::string start = "GET /?";
    return start + std::string(size - start.size() - rest.size(), 'a') + rest + "\r\n";
}

std::string many_headers(int count) {
    std::string out = "GET / HTTP/1.1\r\n";
    for (int i = 0; i < count; ++i) out += "X-Header-" + std::to_string(i) + ": some value\r\n";
    return out + "\r\n";
}

std::vector<RawRequest> well_formed() {
    const std::string get = "GET / HTTP/1.1\r\n\r\n";
    return {
        lives("GET", get,
              {{200, std::string(healthy), {"content-length: 42", "x-amz-crc32: 3128867991", "!connection"}, false}}),
        lives("GET with a query", "GET /?x=1 HTTP/1.1\r\n\r\n", {health()}),
        lives("GET of another path", "GET /any/path?x=1 HTTP/1.1\r\n\r\n", {not_found()}),
        lives("GET of a page that browsers ask for", "GET /favicon.ico HTTP/1.1\r\n\r\n", {not_found()}),
        lives("GET with scheme, host and no path", "GET http://localhost:8000 HTTP/1.1\r\n\r\n", {health()}),
        lives("GET with scheme and host", "GET http://localhost:8000/?a HTTP/1.1\r\n\r\n", {health()}),
        lives("GET with a body", "GET / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", {health()}),
        lives("GET of another region's host", "GET / HTTP/1.1\r\nHost: dynamodb.eu-west-1.amazonaws.com:8000\r\n\r\n",
              {{200, "healthy: dynamodb.eu-west-1.amazonaws.com ", {}, false}}),
        lives("GET of the streams' host", "GET / HTTP/1.1\r\nHost: streams.dynamodb.us-west-2.amazonaws.com\r\n\r\n",
              {{200, "healthy: streams.dynamodb.us-west-2.amazonaws.com ", {}, false}}),
        lives("line breaks before a request", "\r\n\r\n" + get, {health()}),
        lives("three requests at once", get + get + get, {health(), health(), health()}),
        lives("requests of two kinds at once", get + list_tables() + get,
              {health(), {200, std::string(no_tables), {}, false}, health()}),
        closes("HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", {{200, std::string(healthy), {"connection: close"}, false}}),
        lives("HTTP/1.0 that is kept alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
              {{200, std::string(healthy), {"connection: keep-alive"}, false}}),
        closes("Connection: close", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
               {{200, std::string(healthy), {"connection: close"}, false}}),
        closes("Connection: close before another request", "GET / HTTP/1.1\r\nConnection: Close\r\n\r\n" + get,
               {health()}),
        lives("names of headers in any case", "GET / HTTP/1.1\r\nhOST: dynamodb.ap-east-1.amazonaws.com\r\n\r\n",
              {{200, "healthy: dynamodb.ap-east-1.amazonaws.com ", {}, false}}),
        lives("no blank after the colon", "GET / HTTP/1.1\r\nHost:dynamodb.ap-east-1.amazonaws.com\t \r\n\r\n",
              {{200, "healthy: dynamodb.ap-east-1.amazonaws.com ", {}, false}}),
        lives("a folded header", "GET / HTTP/1.1\r\nX-Folded: a\r\n b\r\nHost: localhost\r\n\r\n", {health()}),
        lives("headers of 16 KiB", header_of(16384), {health()}),
        lives("a request line of 16 KiB", line_of(16384), {health()}),
    };
}

std::vector<RawRequest> methods() {
    return {
        lives("PUT", "PUT / HTTP/1.1\r\n\r\n", {not_found()}),
        lives("DELETE", "DELETE /x HTTP/1.1\r\n\r\n", {not_found()}),
        lives("PATCH with a body", "PATCH / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", {not_found()}),
        lives("a method that nobody knows", "BREW / HTTP/1.1\r\n\r\n", {not_found()}),
        lives("a method in lower case", "get / HTTP/1.1\r\n\r\n", {not_found()}),
        lives("HEAD", "HEAD / HTTP/1.1\r\n\r\n", {{404, "", {"content-length: 29"}, true}}),
        lives("OPTIONS without Origin", "OPTIONS / HTTP/1.1\r\n\r\n", {not_found()}),
        lives("OPTIONS with Origin", "OPTIONS / HTTP/1.1\r\nOrigin: http://a\r\n\r\n",
              {{200,
                "",
                {"content-length: 0", "access-control-max-age: 172800", "access-control-allow-origin: *",
                 "access-control-expose-headers: x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
                 "!access-control-allow-headers", "!access-control-allow-methods", "!content-type"},
                false}}),
        lives("OPTIONS that asks for headers",
              "OPTIONS / HTTP/1.1\r\nOrigin: http://a\r\nAccess-Control-Request-Headers: x-a, x-b\r\n"
              "Access-Control-Request-Method: POST\r\n\r\n",
              {{200, "", {"access-control-allow-headers: x-a, x-b", "access-control-allow-methods: POST"}, false}}),
        lives("Origin with another method", "PUT / HTTP/1.1\r\nOrigin: http://a\r\n\r\n",
              {{404,
                std::string(xml),
                {"access-control-allow-origin: *",
                 "access-control-expose-headers: x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
                 "!access-control-max-age"},
                false}}),
        lives("no Origin", "GET / HTTP/1.1\r\n\r\n",
              {{200, "...", {"!access-control-allow-origin", "!access-control-expose-headers"}, false}}),
    };
}

std::vector<RawRequest> not_http() {
    const std::string get = "GET / HTTP/1.1\r\n\r\n";
    return {
        closes("TLS", std::string("\x16\x03\x01\x02\x00\x01\x00", 7),
               {{400,
                 "The request does not begin with a method: "
                 "this port speaks HTTP without TLS.\n",
                 {},
                 false}}),
        closes("a word", "RUBBISH\r\n\r\n", {broken()}),
        closes("a request and rubbish behind it", get + "\x01\x02\x03", {health(), broken()}),
        closes("no version", "GET /\r\n\r\n", {broken()}),
        closes("a request line without a target", "GET  HTTP/1.1\r\n\r\n", {broken()}),
        closes("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {broken()}),
        closes("HTTP/0.9", "GET / HTTP/0.9\r\n\r\n", {broken()}),
        closes("a version in lower case", "GET / http/1.1\r\n\r\n", {broken()}),
        closes("a blank behind the version", "GET / HTTP/1.1 \r\n\r\n", {broken()}),
        closes("a method of punctuation", "G(T / HTTP/1.1\r\n\r\n", {broken()}),
        closes("lines that end in LF", "GET / HTTP/1.1\n\n",
               {{400, "A line of the header does not end in CR LF.\n", {}, false}}),
        closes("one line that ends in LF", "GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n", {broken()}),
        closes("a CR within a line", "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n", {broken()}),
        closes("a header without a colon", "GET / HTTP/1.1\r\nnothing\r\n\r\n", {broken()}),
        closes("a header without a name", "GET / HTTP/1.1\r\n: value\r\n\r\n", {broken()}),
        closes("a blank before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", {broken()}),
        closes("a NUL in a header", std::string("GET / HTTP/1.1\r\nA: b\0c\r\n\r\n", 26), {broken()}),
        closes("a control character in the target", "GET /\x01 HTTP/1.1\r\n\r\n", {broken()}),
        closes("headers over 16 KiB", header_of(16385),
               {{400, "The headers are longer than 16 KiB together.\n", {}, false}}),
        closes("a request line over 16 KiB", line_of(16385),
               {{400, "The request line is longer than 16 KiB.\n", {}, false}}),
        closes("a header without an end", "GET / HTTP/1.1\r\nX: " + std::string(70000, 'a'), {broken()}),
        closes("a request line without an end", "GET /" + std::string(70000, 'a'), {broken()}),
        closes("thousands of headers", many_headers(4000), {broken()}),
    };
}

std::vector<RawRequest> ended() {
    return {
        cut_short("nothing", "", {}),
        cut_short("line breaks", "\r\n\r\n", {}),
        cut_short("half a method", "GE", {{400, "The request ended too early.\n", {}, false}}),
        cut_short("half a header", "GET / HTTP/1.1\r\nHo", {broken()}),
        cut_short("a header without its empty line", "GET / HTTP/1.1\r\nHost: x\r\n", {broken()}),
        cut_short("half a body", "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{}", {broken()}),
        cut_short("half a chunk", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}", {broken()}),
        cut_short("no last chunk", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", {broken()}),
        cut_short("a request and half another", "GET / HTTP/1.1\r\n\r\nGET", {health(), broken()}),
        cut_short("a request and the end", "GET / HTTP/1.1\r\n\r\n", {health()}),
    };
}

}  // namespace

std::vector<RawRequest> http_requests() {
    std::vector<RawRequest> out = well_formed();
    for (auto* more : {methods, not_http, ended}) {
        for (RawRequest& request : more()) out.push_back(std::move(request));
    }
    return out;
}

}  // namespace minamo::tests
