// The control API under /_minamo/: what a test does to the emulator rather than to its tables. Answers JSON; what
// cannot be done is one sentence in "error".
#include "emulator/control/control.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "emulator/control/calls.hpp"
#include "emulator/powers/reset.hpp"
#include "emulator/world.hpp"
#include "minamo/version.hpp"

namespace minamo {
namespace control {
namespace {

constexpr std::string_view prefix = "/_minamo/";

Answer reset(World& world, const Target& whom, const Input&) {
    const std::size_t count = whom.all ? reset_all(world) : reset_one(world, whom.caller);
    return reply("{\"namespaces\":" + std::to_string(count) + "}");
}

Answer answer_health() {
    std::string body = "{\"status\":\"ok\",\"version\":";
    json::append_string(body, version());
    return reply(body + "}");
}

// One call: GET, POST, or both.
struct Command {
    std::string_view name;
    Answer (*get)(World&, const Target&);  // null: only POST
    Answer (*post)(World&, const Target&, const Input&);
    const Members* members;  // of POST; null: its body is not looked at
    bool is_brief = false;   // others may go through all that a clock has made due, in all namespaces
    bool for_one = false;    // of one namespace, never of all
    bool needs_name = true;  // else all are meant where none is named
    bool drops_due = false;  // what is due in a namespace goes with the rest: no need to wait for it
};

constexpr Command commands[] = {
    {"clock", read_clock, move_clock, &clock_members},
    {"holds", nullptr, hold, &hold_members, true, true},
    {"namespaces", list_namespaces, nullptr, nullptr, false, false, false},
    {"reset", nullptr, reset, nullptr, false, false, true, true},
    {"streams/split", nullptr, split, &split_members, false, true},
};

std::string methods_of(const Command& command) {
    std::string out = command.get != nullptr ? "GET" : "POST";
    if (command.get != nullptr && command.post != nullptr) out.append(" or POST");
    return out;
}

// Says at the end of an answer, an object, which namespace it was about.
void name_target(const World& world, const Target& whom, std::string& body) {
    body.pop_back();
    body.append(",\"namespace\":");
    if (whom.all) {
        body.append("\"all\"}");
        return;
    }
    const Caller owner = world.namespaces.owner_of(whom.caller);
    json::Writer out(body);
    out.begin_object();
    out.member("access_key", whom.caller.access_key);
    out.member("account", owner.account);
    out.member("region", owner.region);
    out.end_object();
    body.push_back('}');
}

Answer post_command(const Command& command, World& world, const Target& whom, std::string_view body) {
    json::Document document;
    const json::Value* parsed = document.parse(body.empty() || command.members == nullptr ? "{}" : body);
    if (command.members != nullptr) {
        if (parsed == nullptr || !parsed->IsObject()) return refuse(400, command.members->object);
        const std::string_view fault = fault_of(*command.members, *parsed);
        if (!fault.empty()) return refuse(400, fault);
    }
    return command.post(world, whom, Input(*parsed));
}

Answer run_command(const Command& command, World& world, std::string_view method, const Target& whom,
                   std::string_view body) {
    try {
        if (method == "POST" && command.post != nullptr) return post_command(command, world, whom, body);
        if (method == "GET" && command.get != nullptr) return command.get(world, whom);
    } catch (const storage::StorageFull& full) {
        return refuse(507, full.what());
    }
    return refuse(405, "Send " + methods_of(command) + " to /_minamo/" + std::string(command.name) + ".");
}

}  // namespace

Answer reply(std::string body) {
    Answer answer;
    answer.response.body = std::move(body);
    return answer;
}

Answer refuse(int status, std::string_view sentence) {
    std::string body = "{\"error\":";
    json::append_string(body, sentence);
    Answer answer = reply(body + "}");
    answer.response.status = status;
    return answer;
}

Answer refuse(const Refusal& refusal) {
    return refuse(refusal.status, refusal.sentence);
}

}  // namespace control

Answer control_call(World& world, std::string_view method, std::string_view path, std::string_view query,
                    std::string_view body, const KnownCaller* caller, Patience patience) {
    using namespace control;
    const std::string_view name = path.substr(std::min(prefix.size(), path.size()));
    if (name == "health") return answer_health();
    const auto command = std::ranges::find(commands, name, &Command::name);
    if (command == std::end(commands)) {
        return refuse(404,
                      "There is no such control call: "
                      "/_minamo/ has clock, health, holds, namespaces, reset and streams/split.");
    }
    const KnownCaller anybody{{}, "000000000000"};
    if (caller == nullptr && world.options.shared_db) caller = &anybody;
    Target whom;
    const std::string fault = read_target(query, caller, command->needs_name, whom);
    if (!fault.empty()) return refuse(400, fault);
    if (whom.all && command->for_one) return refuse(400, "This is done to one namespace: give account and region.");
    if (patience == Patience::none && !command->is_brief) {
        Answer put_off;
        put_off.is_put_off = true;
        const bool is_free = whom.all || command->drops_due;
        put_off.waits_for = is_free ? nullptr : world.namespaces.find_existing(whom.caller);
        return put_off;
    }
    Answer answer = run_command(*command, world, method, whom, body);
    if (command->needs_name) name_target(world, whom, answer.response.body);
    return answer;
}

Answer control_call(World& world, std::string_view call, std::string_view body, const KnownCaller& caller) {
    const std::size_t mark = std::min(call.find('?'), call.size());
    const std::string_view name = call.substr(0, mark);
    const auto command = std::ranges::find(control::commands, name, &control::Command::name);
    const bool reads = body.empty() && (command == std::end(control::commands) || command->get != nullptr);
    return control_call(world, reads ? "GET" : "POST", std::string(control::prefix).append(name),
                        call.substr(std::min(mark + 1, call.size())), body, &caller);
}

}  // namespace minamo
