// Lengths, chunks, gzip, sizes: where a body ends, and what it comes to.
#include "tests/emulator/server/raw_requests.hpp"

namespace minamo::tests {
namespace {

const ExpectedAnswer fine{200, std::string(no_tables), {}, false};
const ExpectedAnswer no_json{400, std::string(serialization), {}, false};
const ExpectedAnswer undecodable{500,
                                 R"({"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError",)"
                                 R"("message":"The body is not what its Content-Encoding says."})",
                                 {"content-type: application/x-amz-json-1.0"},
                                 false};
const ExpectedAnswer broken{400, "...", {"connection: close", "!x-amzn-requestid"}, false};
const ExpectedAnswer not_built{501, "...", {"connection: close"}, false};
const ExpectedAnswer too_large{
    413, "", {"connection: close", "transfer-encoding: chunked", "!x-amzn-requestid"}, false};

RawRequest lives(std::string name, std::string bytes, ExpectedAnswer answer) {
    return {std::move(name), std::move(bytes), {std::move(answer)}, true, false};
}
RawRequest closes(std::string name, std::string bytes, ExpectedAnswer answer) {
    return {std::move(name), std::move(bytes), {std::move(answer)}, false, false};
}

// A signed ListTables with these lines in place of its Content-Length.
std::string with_lengths(std::string_view lines, std::string_view body = "{}") {
    std::string out = "POST / HTTP/1.1\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n";
    out.append(authorization).append(amz_json).append(lines).append("\r\n");
    return out.append(body);
}

std::vector<RawRequest> lengths() {
    return {
        lives("one length", with_lengths("Content-Length: 2\r\n"), fine),
        lives("a length with zeros before it", with_lengths("Content-Length: 0002\r\n"), fine),
        lives("the same length twice", with_lengths("Content-Length: 2\r\nContent-Length: 2\r\n"), fine),
        closes("two lengths", with_lengths("Content-Length: 2\r\nContent-Length: 3\r\n"), broken),
        closes("two lengths in one header", with_lengths("Content-Length: 2, 3\r\n"), broken),
        closes("a negative length", with_lengths("Content-Length: -1\r\n"), broken),
        closes("a length with a plus", with_lengths("Content-Length: +2\r\n"), broken),
        closes("a length in hexadecimal", with_lengths("Content-Length: 0x2\r\n"), broken),
        closes("a length of words", with_lengths("Content-Length: two\r\n"), broken),
        closes("an empty length", with_lengths("Content-Length: \r\n"), broken),
        closes("a length beyond 64 bits", with_lengths("Content-Length: 99999999999999999999\r\n"), broken),
        closes("a length and chunks", with_lengths("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"), broken),
        closes("chunks and a length", with_lengths("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n"), broken),
        closes("chunks twice", with_lengths("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), broken),
        closes("another transfer encoding", with_lengths("Transfer-Encoding: identity\r\n"), not_built),
        closes("chunks under another encoding", with_lengths("Transfer-Encoding: chunked, gzip\r\n"), not_built),
        closes("another encoding under chunks", with_lengths("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
               not_built),
        closes("another encoding in a header before chunks",
               with_lengths("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), not_built),
        lives("chunks in capitals", with_lengths("Transfer-Encoding: Chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"), fine),
        closes("an encoding that looks like chunks", with_lengths("Transfer-Encoding: xchunked\r\n"), not_built),
        closes("an encoding and a length", with_lengths("Transfer-Encoding: gzip\r\nContent-Length: 2\r\n"), not_built),
        lives("no length: no body", with_lengths("", ""), no_json),
        lives("length zero", with_lengths("Content-Length: 0\r\n", ""), no_json),
        closes("a length over 16 MiB", with_lengths("Content-Length: 16777217\r\n", ""), too_large),
        closes("a length over 16 MiB on HTTP/1.0", "POST / HTTP/1.0\r\nContent-Length: 16777217\r\n\r\n",
               {413, "", {"content-length: 0", "!transfer-encoding", "connection: close"}, false}),
        closes("a length of 63 bits", with_lengths("Content-Length: 9223372036854775807\r\n", ""), too_large),
        lives("Expect: 100-continue with its body", with_lengths("Expect: 100-continue\r\nContent-Length: 2\r\n"),
              fine),
        lives("Expect of something else", with_lengths("Expect: the unexpected\r\nContent-Length: 2\r\n"), fine),
    };
}

std::vector<RawRequest> chunks() {
    return {
        lives("one chunk", chunked("", "2\r\n{}\r\n0\r\n\r\n"), fine),
        lives("a chunk for each byte", chunked("", "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"), fine),
        lives("a size in upper and lower case", chunked("", "00A\r\n{        }\r\n0a\r\n          \r\n0\r\n\r\n"),
              fine),
        lives("extensions of chunks", chunked("", "2;a=b;c=\"d\"\r\n{}\r\n0;e\r\n\r\n"), fine),
        lives("a trailer", chunked("", "2\r\n{}\r\n0\r\nX-After: x\r\n\r\n"), fine),
        lives("a target in the trailer",
              chunked("", "2\r\n{}\r\n0\r\nX-Amz-Target: DynamoDB_20120810.Nothing\r\nTransfer-Encoded: x\r\n\r\n"),
              fine),
        lives("no chunk but the last", chunked("", "0\r\n\r\n"), no_json),
        lives("gzip in chunks",
              chunked(
                  "Content-Encoding: gzip\r\n",
                  "5\r\n" + gzip_of("{}").substr(0, 5) + "\r\n" +
                      [] {
                          const std::string rest = gzip_of("{}").substr(5);
                          constexpr std::string_view digits = "0123456789abcdef";
                          std::string size{digits[rest.size() >> 4], digits[rest.size() & 15]};
                          return size + "\r\n" + rest;
                      }() +
                      "\r\n0\r\n\r\n"),
              fine),
        closes("a size of words", chunked("", "two\r\n{}\r\n0\r\n\r\n"), broken),
        closes("an empty size", chunked("", "\r\n{}\r\n0\r\n\r\n"), broken),
        closes("a negative size", chunked("", "-2\r\n{}\r\n0\r\n\r\n"), broken),
        closes("a size beyond 64 bits", chunked("", "10000000000000002\r\n{}\r\n0\r\n\r\n"), broken),
        closes("data longer than its size", chunked("", "2\r\n{}}\r\n0\r\n\r\n"), broken),
        closes("an extension that is none", chunked("", "2 @ x\r\n{}\r\n0\r\n\r\n"), broken),
        closes("a size without an end", chunked("", "2;" + std::string(70000, 'a')), broken),
        closes("a trailer without a colon", chunked("", "2\r\n{}\r\n0\r\nnothing\r\n\r\n"), broken),
        closes("a length in the trailer", chunked("", "2\r\n{}\r\n0\r\nContent-Length: 2\r\n\r\n"), broken),
    };
}

std::string encoded(std::string_view encoding, std::string_view body) {
    std::string headers = "X-Amz-Target: DynamoDB_20120810.ListTables\r\nContent-Encoding: ";
    headers.append(encoding).append("\r\n").append(authorization).append(amz_json);
    return post_with(headers, body);
}

std::vector<RawRequest> gzip() {
    std::string damaged = gzip_of("{}");
    damaged[damaged.size() - 5] ^= 1;  // its checksum
    return {
        lives("gzip", encoded("gzip", gzip_of("{}")), fine),
        lives("gzip in capitals", encoded("GZIP", gzip_of("{}")), fine),
        lives("gzip in two members", encoded("gzip", gzip_of("{") + gzip_of("}")), fine),
        lives("gzip of nothing", encoded("gzip", gzip_of("")), no_json),
        lives("deflate", encoded("deflate", deflate_of("{}")), fine),
        lives("deflate in capitals", encoded(" Deflate ", deflate_of("{}")), fine),
        lives("gzip that is none", encoded("gzip", "{}"), undecodable),
        lives("deflate that is none", encoded("deflate", "{}"), undecodable),
        lives("gzip that is deflate", encoded("gzip", deflate_of("{}")), undecodable),
        lives("deflate that is gzip", encoded("deflate", gzip_of("{}")), undecodable),
        lives("gzip without a body", encoded("gzip", ""), undecodable),
        lives("deflate without a body", encoded("deflate", ""), undecodable),
        lives("half of gzip", encoded("gzip", gzip_of("{}").substr(0, 12)), undecodable),
        lives("gzip without its last byte", encoded("gzip", gzip_of("{}").substr(0, gzip_of("{}").size() - 1)),
              undecodable),
        lives("deflate without its last byte",
              encoded("deflate", deflate_of("{}").substr(0, deflate_of("{}").size() - 1)), undecodable),
        lives("gzip with a wrong checksum", encoded("gzip", damaged), undecodable),
        lives("gzip and half a member", encoded("gzip", gzip_of("{}") + gzip_of(" ").substr(0, 12)), undecodable),
        lives("gzip with more behind it", encoded("gzip", gzip_of("{}") + "x"), fine),
        lives("deflate with more behind it", encoded("deflate", deflate_of("{}") + "x"), fine),
        lives("gzip under another name", encoded("br", gzip_of("{}")), undecodable),
        lives("plain text under another name", encoded("garbage", "{}"), undecodable),
        lives("two encodings", encoded("deflate, gzip", gzip_of(deflate_of("{}"))), undecodable),
        lives("no encoding", encoded("identity", "{}"), fine),
        lives("an empty encoding", encoded("", "{}"), fine),
        closes("deflate that grows over 16 MiB", encoded("deflate", deflate_of(std::string(16777217, ' '))), too_large),
        closes("gzip that grows over 16 MiB", encoded("gzip", gzip_of(std::string(16777217, ' '))), too_large),
    };
}

}  // namespace

std::vector<RawRequest> body_requests() {
    std::vector<RawRequest> out = lengths();
    for (auto* more : {chunks, gzip}) {
        for (RawRequest& request : more()) out.push_back(std::move(request));
    }
    return out;
}

}  // namespace minamo::tests
