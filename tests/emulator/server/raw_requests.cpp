// Pieces that the tables are made of.
#include "tests/emulator/server/raw_requests.hpp"

#include "emulator/server/gzip.hpp"

namespace minamo::tests {

std::string post_with(std::string_view headers, std::string_view body) {
    std::string out = "POST / HTTP/1.1\r\nHost: localhost\r\n";
    out.append(headers).append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n");
    return out.append(body);
}

std::string post(std::string_view operation, std::string_view body) {
    std::string headers(authorization);
    headers.append(amz_json).append("X-Amz-Target: DynamoDB_20120810.").append(operation).append("\r\n");
    return post_with(headers, body);
}

std::string list_tables() {
    return post("ListTables", "{}");
}

std::string gzip_of(std::string_view text) {
    std::string out;
    server::pack(server::Coding::gzip, text, out);
    return out;
}

std::string deflate_of(std::string_view text) {
    std::string out;
    server::pack(server::Coding::deflate, text, out);
    return out;
}

std::string chunked(std::string_view headers, std::string_view chunks) {
    std::string out = "POST / HTTP/1.1\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n";
    out.append(authorization).append(amz_json).append(headers).append("Transfer-Encoding: chunked\r\n\r\n");
    return out.append(chunks);
}

std::vector<RawRequest> all_requests() {
    std::vector<RawRequest> out = http_requests();
    for (auto* more : {body_requests, call_requests, credential_requests}) {
        for (RawRequest& request : more()) out.push_back(std::move(request));
    }
    return out;
}

}  // namespace minamo::tests
