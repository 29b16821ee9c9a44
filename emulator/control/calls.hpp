// What the control calls under /_minamo/ share: whom a call means, and its answers. Each call is one function.
#pragma once

#include <string>
#include <string_view>

#include "emulator/call.hpp"

namespace minamo::control {

// Whom a call means: the namespace of ?account=&region= or of the Authorization header, or by ?all all there are.
struct Target {
    bool all = false;
    KnownCaller caller;
};

// Reads the query; `caller` is whom the Authorization header names, or null. The sentence for what is wrong, such as a
// name that does not exist, or no namespace where `needed`; empty where nothing is.
std::string read_target(std::string_view query, const KnownCaller* caller, bool needed, Target& out);

Answer reply(std::string body);
Answer refuse(int status, std::string_view sentence);

// The body as an object; an empty body is an empty one. Null, with nothing else to be said of it, where it is no JSON
// object.
const json::Value* parse_object(json::Document& document, std::string_view body);

// clock.cpp
Answer read_clock(World& emulator, const Target& whom);
Answer move_clock(World& emulator, const Target& whom, std::string_view body);

// "now", "frozen" and "rate" of an object that is open.
void write_clock(json::Writer& out, NamespaceClock& clock);

// holds.cpp
Answer hold(World& emulator, const Target& whom, std::string_view body);

// namespaces.cpp
Answer list_namespaces(World& emulator, const Target& whom);

// streams.cpp
Answer split(World& emulator, const Target& whom, std::string_view body);

}  // namespace minamo::control
