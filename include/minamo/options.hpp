// Who calls, what comes back, and what an emulator and its server are made with.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "minamo/clock.hpp"
#include "minamo/visibility.hpp"

namespace minamo {

// Who calls. Each (account, region) is a namespace: tables of one are not seen in another.
struct Caller {
    std::string account = "000000000000";  // 12 digits; anything else is mapped to 12 digits of its own
    std::string region = "us-east-1";      // any name
};

struct Response {
    int status = 200;
    std::string type;  // of an error, e.g. "ResourceNotFoundException"; empty on success
    std::string body;  // JSON, as DynamoDB sends it
    bool ok() const { return status == 200; }
};

// What one call did, for a log.
struct CallRecord {
    std::string account;
    std::string region;
    std::string operation;
    std::string table;  // empty where the call names none or several
    double milliseconds = 0;
    int status = 200;
    std::string error_type;
    std::string error_message;
};

struct Options {
    std::string db_path;               // a folder; empty: in memory
    bool durable = false;              // on disk: fsync each commit
    std::size_t map_bytes = 0;         // address space a namespace begins with; it grows; 0: 1 MiB
    std::size_t memory_max_bytes = 0;  // of a namespace; 0: no limit
    // Durations are not negative; longer than 292 years is for ever.
    std::chrono::milliseconds create_table{0};  // how long tables stay CREATING
    std::chrono::milliseconds update_table{0};
    std::chrono::milliseconds delete_table{0};
    std::chrono::milliseconds ttl_delay{0};  // how long expired items stay until time to live deletes them
    unsigned stream_shards = 1;              // of a new stream
    bool shared_db = false;                  // one namespace for all callers
    bool envelope = true;                    // "1 validation error detected: " before request-level errors, as recent
                                             // deployments send it (conformance/behaviour/validation.md, section 3)
    std::shared_ptr<Clock> clock;            // null: SystemClock
    std::function<void(const CallRecord&)> on_call;     // called after each call, from its thread
    std::function<void(const std::string&)> on_notice;  // sentences for the user, such as hints; may be empty
};

// A key of one table, for Emulator::hold.
struct HeldKey {
    std::string table;
    std::string key;  // JSON, as a Key parameter: {"id":{"S":"a"}}
};

// Thrown by Emulator's constructor and by serve(): what() is one sentence that says what to do.
class MINAMO_API StartError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Lists are separated by commas; "*" in one means all.
struct ServeOptions {
    std::string host;                // empty: 127.0.0.1 and ::1
    std::uint16_t port = 0;          // 0 picks one
    unsigned threads = 0;            // up to 256; 0: one per core
    std::string cors;                // origins whose pages may call; empty: "*"
    std::string allow_hosts;         // more names that the server goes by; those of loopback and addresses are known
    std::string control_origins;     // origins whose pages may use the control API, besides the server's own
    std::string control_token;       // with which other hosts than this one may use it: the header x-minamo-token
    bool control_anywhere = false;   // without a token: the control API for other hosts, too
    bool gives_memory_back = false;  // free memory of the whole process, to the system, a second after large requests
};

}  // namespace minamo
