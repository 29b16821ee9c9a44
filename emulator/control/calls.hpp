// What the control calls under /_minamo/ share: whom a call means, what it takes, and its answers. Each call is one
// function, which uses a power, and a row of the table in control.cpp.
#pragma once

#include <string>
#include <string_view>

#include "emulator/call.hpp"
#include "emulator/control/members.hpp"
#include "emulator/powers/refusal.hpp"

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
Answer refuse(const Refusal& refusal);

// clock.cpp
extern const Members clock_members;
Answer read_clock(World& world, const Target& whom);
Answer move_clock(World& world, const Target& whom, const Input& in);

// "now", "frozen" and "rate" of an object that is open.
void write_clock(json::Writer& out, NamespaceClock& clock);

// holds.cpp
extern const Members hold_members;
Answer hold(World& world, const Target& whom, const Input& in);

// namespaces.cpp
Answer list_namespaces(World& world, const Target& whom);

// streams.cpp
extern const Members split_members;
Answer split(World& world, const Target& whom, const Input& in);

}  // namespace minamo::control
