// GET and POST /_minamo/clock. A call moves the clock of one namespace; one for all of them moves all clocks, those of
// namespaces that are yet to come too.
//
//   request = {"advance":"49h"} | {"set":"2026-01-01T00:00:00Z"} | {"freeze":true} | {"rate":60}, or several of these:
//             set comes first, then advance, then freeze and rate
//   answer  = {"now":..,"frozen":..,"rate":..,"due":{what fell due}}
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "emulator/call.hpp"
#include "emulator/control/calls.hpp"
#include "emulator/lifecycle.hpp"
#include "emulator/wire/json.hpp"
#include "emulator/wire/moments.hpp"
#include "emulator/world.hpp"

namespace minamo::control {
namespace {

// The sentence for what is wrong; empty where nothing is.
std::string_view read_member(std::string_view name, const json::Value& value, ClockMove& move) {
    if (name == "advance") {
        move.advance_ms = value.IsString() ? parse_duration(json::text(value)) : std::nullopt;
        return move.advance_ms ? "" : "Give advance as a number with ms, s, m, h or d, such as \"49h\".";
    }
    if (name == "set") {
        move.set_ms = value.IsString() ? parse_moment(json::text(value)) : std::nullopt;
        return move.set_ms ? "" : "Give set as a moment in UTC, such as \"2026-01-01T00:00:00Z\".";
    }
    if (name == "freeze") {
        if (!value.IsBool()) return "Give freeze as true or false.";
        move.freeze = value.GetBool();
        return "";
    }
    if (name == "rate") {
        if (!value.IsNumber() || !(value.GetDouble() > 0 && value.GetDouble() <= clock_rate_max)) return clock_rates;
        move.rate = value.GetDouble();
        return "";
    }
    return "A clock takes advance, set, freeze and rate, and nothing else.";
}

void write_counts(json::Writer& out, std::string_view name, const std::map<std::string, std::uint64_t>& counts) {
    out.key(name);
    out.begin_object();
    for (const auto& [table, count] : counts) out.member(table, static_cast<std::int64_t>(count));
    out.end_object();
}

void write_changes(json::Writer& out, std::string_view name, const std::vector<FellDue::Change>& changes) {
    out.key(name);
    out.begin_array();
    for (const FellDue::Change& change : changes) {
        out.begin_object();
        out.member("table", change.table);
        if (!change.index.empty()) out.member("index", change.index);
        out.member("status", change.status);
        out.end_object();
    }
    out.end_array();
}

Answer answer(NamespaceClock& clock, const FellDue& due) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    write_clock(out, clock);
    out.key("due");
    out.begin_object();
    write_changes(out, "tables", due.tables);
    write_changes(out, "indexes", due.indexes);
    write_counts(out, "expired_items", due.expired_items);
    write_counts(out, "trimmed_records", due.trimmed_records);
    write_counts(out, "rolled_shards", due.rolled_shards);
    out.member("expired_iterators", static_cast<std::int64_t>(due.expired_iterators));
    out.member("expired_tokens", static_cast<std::int64_t>(due.expired_tokens));
    out.end_object();
    out.end_object();
    return reply(text);
}

// A namespace that a call means, and what falls due in it by the call.
struct Moved {
    explicit Moved(Namespace& given) : space(given), falling(given) {}
    Namespace& space;
    FallingDue falling;
};

std::vector<Moved> spaces_of(World& emulator, const Target& whom) {
    std::vector<Moved> out;
    if (whom.all) {
        for (Namespace* space : emulator.namespaces.all()) out.emplace_back(*space);
    } else {
        out.emplace_back(emulator.namespaces.find(whom.caller));
    }
    return out;
}

NamespaceClock& clock_of(World& emulator, const Target& whom) {
    return whom.all ? emulator.namespaces.first_clock() : emulator.namespaces.find(whom.caller).clock();
}

Answer catch_all_up(World& emulator, const Target& whom, const std::vector<Moved>& spaces) {
    FellDue due;
    for (const Moved& each : spaces) due.add(clock_moved(each.space, each.falling));
    return answer(clock_of(emulator, whom), due);
}

}  // namespace

void write_clock(json::Writer& out, NamespaceClock& clock) {
    out.member("now", iso_moment(clock.now_ms()));
    out.member("frozen", clock.frozen());
    out.key("rate");
    const double rate = clock.rate();
    if (rate == std::floor(rate) && rate < 1e15) {
        out.integer(static_cast<std::int64_t>(rate));
    } else {
        out.real(rate);
    }
}

Answer read_clock(World& emulator, const Target& whom) {
    std::optional<Namespace> passing;
    if (!whom.all && emulator.namespaces.find_existing(whom.caller) == nullptr) {
        return answer(emulator.namespaces.look(whom.caller, passing).clock(), {});
    }
    return catch_all_up(emulator, whom, spaces_of(emulator, whom));
}

Answer move_clock(World& emulator, const Target& whom, std::string_view body) {
    json::Document document;
    const json::Value* parsed = parse_object(document, body);
    if (parsed == nullptr) return refuse(400, "Send a JSON object such as {\"advance\":\"49h\"}.");
    ClockMove move;
    for (const auto& member : parsed->GetObject()) {
        const std::string_view fault = read_member(json::text(member.name), member.value, move);
        if (!fault.empty()) return refuse(400, fault);
    }
    std::vector<NamespaceClock*> clocks;
    if (whom.all) clocks.push_back(&emulator.namespaces.first_clock());
    const std::vector<Moved> spaces = spaces_of(emulator, whom);
    for (const Moved& each : spaces) clocks.push_back(&each.space.clock());
    for (NamespaceClock* clock : clocks) {
        if (!clock->may_move(move)) return refuse(400, clock_bounds);
    }
    for (NamespaceClock* clock : clocks) {
        if (!clock->move(move)) return refuse(400, clock_bounds);
    }
    if (whom.all) emulator.namespaces.keep_first_clock();
    return catch_all_up(emulator, whom, spaces);
}

}  // namespace minamo::control
