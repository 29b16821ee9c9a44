// What the control calls under /_minamo/ share: whom a call means, and its answers. Each call is one function.
#pragma once

#include <string>
#include <string_view>

#include "emulator/dispatch.hpp"

namespace minamo::control {

// Whom a call means: ?account=&region=, else the Authorization header's caller, else all.
struct Target {
    bool all = true;
    Caller caller;
};

Answer reply(std::string body);
Answer refuse(int status, std::string_view sentence);

// The body as an object; an empty body is an empty one. Null, with nothing else to be said of it, where it is no JSON
// object.
const json::Value* parse_object(json::Document& document, std::string_view body);

// control_clock.cpp
Answer read_clock(Emulator::State& emulator, const Target& whom);
Answer move_clock(Emulator::State& emulator, const Target& whom, std::string_view body);

// control_holds.cpp
Answer hold(Emulator::State& emulator, const Target& whom, std::string_view body);

// control_streams.cpp
Answer split(Emulator::State& emulator, const Target& whom, std::string_view body);

}  // namespace minamo::control
