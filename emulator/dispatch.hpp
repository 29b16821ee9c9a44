// One call through the stages that every call passes: json, operation, credentials, validation, time, handler, answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/api/operations.hpp"
#include "emulator/emulator.hpp"
#include "emulator/wire/json.hpp"
#include "emulator/namespaces/namespaces.hpp"
#include "emulator/validation/validate.hpp"

namespace minamo {

// What a handler works with. Its answer goes to `out`; where it returns an error, what it wrote is dropped.
struct Call {
    Emulator::State& emulator;
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

// Gives the caller, or what is wrong with the credentials. Called after the body has been parsed and the operation
// found.
using Authenticate = std::function<Result<KnownCaller>()>;

// `target` is the X-Amz-Target header's value ("DynamoDB_20120810.PutItem"); `body` the request's bytes.
Answer dispatch(Emulator::State& emulator, std::string_view target, std::string_view body,
                const Authenticate& authenticate, Patience patience = Patience::all);

// The same for a caller in this process: the operation's name without a prefix, credentials given. Waits until the
// answer may be seen.
Response call_embedded(Emulator::State& emulator, std::string_view operation, std::string_view body,
                       KnownCaller caller);

// The control API under /_minamo/. `path` starts with "/_minamo/", `query` is what follows '?', `caller` is the
// namespace that the Authorization header names, if there is one. Answers JSON.
Answer control_call(Emulator::State& emulator, std::string_view method, std::string_view path, std::string_view query,
                    std::string_view body, const KnownCaller* caller, Patience patience = Patience::all);

}  // namespace minamo
