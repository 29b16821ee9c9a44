// Tables of bytes that a client may send, and what has to come back: the same for every way to cut them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minamo::tests {

struct ExpectedAnswer {
    int status = 200;
    std::string body;                  // whole; "..." at the end stands for any rest
    std::vector<std::string> headers;  // "name: value", or "!name" for one that must be absent; names in lower case
    bool bodyless = false;             // of a HEAD
};

struct RawRequest {
    std::string name;
    std::string bytes;
    std::vector<ExpectedAnswer> answers;
    bool lives = true;  // the connection, afterwards
    bool ends = false;  // the client says that nothing more will come
};

std::vector<RawRequest> http_requests();  // what is and what is not HTTP
std::vector<RawRequest> body_requests();  // lengths, chunks, gzip, sizes
std::vector<RawRequest> call_requests();  // targets, types of content, JSON, members
std::vector<RawRequest> credential_requests();
std::vector<RawRequest> all_requests();

// Pieces of requests.
inline constexpr std::string_view credential = "AKIDEXAMPLE/20240131/us-east-1/dynamodb/aws4_request";
inline constexpr std::string_view authorization =
    "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20240131/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=0f\r\nX-Amz-Date: 20240131T010203Z\r\n";
inline constexpr std::string_view amz_json = "Content-Type: application/x-amz-json-1.0\r\n";

// POST / HTTP/1.1 with these header lines, each ended by CR LF, and a Content-Length.
std::string post_with(std::string_view headers, std::string_view body);
// A signed call.
std::string post(std::string_view operation, std::string_view body);
std::string list_tables();
std::string gzip_of(std::string_view text);
std::string deflate_of(std::string_view text);
std::string chunked(std::string_view headers, std::string_view chunks);

inline constexpr std::string_view no_tables = R"({"TableNames":[]})";
inline constexpr std::string_view unknown_operation =
    R"({"__type":"com.amazon.coral.service#UnknownOperationException"})";
inline constexpr std::string_view serialization = R"({"__type":"com.amazon.coral.service#SerializationException"})";
inline constexpr std::string_view xml = "<UnknownOperationException/>\n";
inline constexpr std::string_view healthy = "healthy: dynamodb.us-east-1.amazonaws.com ";

}  // namespace minamo::tests
