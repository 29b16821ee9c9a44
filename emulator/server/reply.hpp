// What goes back to a client, and its bytes.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

#include "emulator/call.hpp"
#include "emulator/server/request.hpp"
#include "emulator/server/request_reader.hpp"

namespace minamo::server {

// Views are of the request.
struct Reply {
    int status = 200;
    std::string_view content_type;  // empty: the header is left out
    std::string_view allow_origin;  // Access-Control-Allow-Origin; empty: left out
    bool preflight = false;         // what a browser asked for is allowed
    bool may_pack = false;          // as gzip or deflate, where the client takes it and it pays
    std::string body;
    std::chrono::steady_clock::time_point not_before{};  // send no earlier
    Patience patience = Patience::all;                   // with which it was made
    bool is_put_off = false;                             // it is none yet: it takes more patience
    Namespace* waits_for = nullptr;                      // as in Answer
};

// What every answer of one thread carries: an id of its own and the time.
class Stamps {
public:
    Stamps();

    // 52 characters of 0-9 and A-V; as in the service's, the last 26 are always the same.
    void append_request_id(std::string& out);
    // "Tue, 31 Dec 2024 23:59:59 GMT": the wall clock's, from which clients correct their own.
    std::string_view date();

private:
    std::uint64_t next_random();

    std::uint64_t random_;
    std::time_t second_ = -1;
    std::string date_;
};

// Appends the whole answer. `keep_alive`: the connection goes on.
void append_reply(std::string& out, const Reply& reply, const Request& request, bool keep_alive, Stamps& stamps);

// Appends what a body over the limit is answered with; the connection ends.
void append_too_large(std::string& out, bool http_1_1, Stamps& stamps);

// Appends what bytes that cannot be read are answered with, one sentence; the connection ends.
void append_fault(std::string& out, const RequestReader::Fault& fault, Stamps& stamps);

inline constexpr std::string_view continue_reply = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace minamo::server
