// What one call is to those that answer it, and its answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "emulator/api/operations.hpp"
#include "emulator/namespaces/visit.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json.hpp"
#include "minamo/options.hpp"

namespace minamo {

struct World;

// What a handler works with. Its answer goes to `out`; where it returns an error, what it wrote is dropped.
struct Call {
    World& world;
    const api::Operation& operation;
    const KnownCaller& caller;
    Visit space;
    std::int64_t now_ms;  // the namespace's clock
    Input input;          // the validated body
    json::Writer& out;
    std::string table;  // for the log: the table that the call names, set by table_name(), the last of several
};

// An answer on its way out.
struct Answer {
    Response response;
    std::chrono::steady_clock::time_point not_before{};  // send no earlier; a session waits on a timer
    bool is_put_off = false;                             // there is none: the call takes more patience
    Namespace* waits_for = nullptr;  // of one that is put off: what has to be caught up with first, if that is one
};

// Whether a call may do what takes long, all that a clock has made due, or comes back instead, put off with nothing
// done: threads that serve many have no patience.
enum class Patience : std::uint8_t { none, all };

}  // namespace minamo
