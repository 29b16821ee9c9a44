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
#include "emulator/control/shapes.hpp"
#include "emulator/powers/move_clock.hpp"
#include "emulator/wire/json.hpp"
#include "emulator/wire/moments.hpp"
#include "emulator/world.hpp"

namespace minamo::control {
namespace {

constexpr api::Shape number{.kind = api::Kind::real};

constexpr Member members[] = {
    {{"advance", &shapes::duration}, "Give advance as a number with ms, s, m, h or d, such as \"49h\"."},
    {{"set", &shapes::moment}, "Give set as a moment in UTC, such as \"2026-01-01T00:00:00Z\"."},
    {{"freeze", &shapes::flag}, "Give freeze as true or false."},
    {{"rate", &number}, clock_rates},
};

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

Answer answer_clock(NamespaceClock& clock, const FellDue& due) {
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

NamespaceClock& clock_of(World& world, const Target& whom) {
    return whom.all ? world.namespaces.first_clock() : world.namespaces.find(whom.caller).clock();
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

const Members clock_members{members, "Send a JSON object such as {\"advance\":\"49h\"}.",
                            "A clock takes advance, set, freeze and rate, and nothing else."};

Answer read_clock(World& world, const Target& whom) {
    std::optional<Namespace> passing;
    if (whom.all) return answer_clock(clock_of(world, whom), catch_all_clocks_up(world));
    if (world.namespaces.find_existing(whom.caller) == nullptr) {
        return answer_clock(world.namespaces.look(whom.caller, passing).clock(), {});
    }
    return answer_clock(clock_of(world, whom), catch_clock_up(world.namespaces.find(whom.caller)));
}

Answer move_clock(World& world, const Target& whom, const Input& in) {
    ClockMove move;
    if (in.has("advance")) move.advance_ms = parse_duration(in.text("advance"));
    if (in.has("set")) move.set_ms = parse_moment(in.text("set"));
    if (in.has("freeze")) move.freeze = in.flag("freeze");
    if (in.has("rate")) move.rate = in.find("rate")->GetDouble();
    const auto due =
        whom.all ? move_all_clocks(world, move) : minamo::move_clock(world.namespaces.find(whom.caller), move);
    if (!due) return refuse(due.error());
    return answer_clock(clock_of(world, whom), *due);
}

}  // namespace minamo::control
