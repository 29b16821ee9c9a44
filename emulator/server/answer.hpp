// One request -> one reply: the checks that come before the operation, in the order in which the service makes them
// (conformance/behaviour/validation.md, section 1), then dispatch.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "emulator/server/access.hpp"
#include "emulator/server/reply.hpp"
#include "emulator/server/request.hpp"
#include "emulator/server/work_pool.hpp"

namespace minamo::server {

struct Site;

// `peer_is_local`: the connection comes from a loopback address. What takes long is put off.
Reply answer(const Site& site, const Request& request, bool peer_is_local);
// The same, however long it takes.
Reply answer_patiently(const Site& site, const Request& request, bool peer_is_local);

// What all connections of one server share.
struct Site {
    World& emulator;
    Access access = {};
    std::chrono::milliseconds request_time{30000};  // from a request's first byte to its last; for a piece of an answer
    std::chrono::milliseconds stop_time{2000};      // that requests in flight are given when the server stops
    bool gives_memory_back = false;                 // to the system, after large requests
    Reply (*handler)(const Site&, const Request&, bool) = answer;
    Reply (*patient_handler)(const Site&, const Request&, bool) = answer_patiently;  // of those that were put off
    WorkPool* pool = nullptr;                                                        // where it runs
    std::size_t work_threads = WorkPool::threads_max;                                // of it, at most
};

}  // namespace minamo::server
