// The control API under /_minamo/: what a test does to the emulator rather than to its tables. Answers JSON; what
// cannot be done is one sentence in "error".
#include "emulator/control.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "emulator/state.hpp"

namespace minamo {
namespace control {
namespace {

constexpr std::string_view prefix = "/_minamo/";

// The value of `name` in "a=1&b=2"; empty where it is not there.
std::string_view query_value(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        if (pair.starts_with(name) && pair.substr(name.size()).starts_with("=")) return pair.substr(name.size() + 1);
        if (end == std::string_view::npos) break;
        query.remove_prefix(end + 1);
    }
    return {};
}

Target target(std::string_view query, const Caller* caller) {
    const std::string_view account = query_value(query, "account");
    const std::string_view region = query_value(query, "region");
    Target out;
    if (caller != nullptr) {
        out.all = false;
        out.caller = *caller;
    }
    if (!account.empty()) out.caller.account = account_of(account);
    if (!region.empty()) out.caller.region = region;
    out.all = out.all && account.empty() && region.empty();
    return out;
}

Answer reset(Emulator::State& emulator, const Target& whom, std::string_view) {
    std::size_t count = 0;
    if (whom.all) {
        emulator.namespaces.reset_first_clock();
        for (Namespace* space : emulator.namespaces.all()) {
            with_room(*space, [space] { space->reset(); });
            ++count;
        }
    } else {
        Namespace& space = emulator.namespaces.find(whom.caller);
        with_room(space, [&space] { space.reset(); });
        count = 1;
    }
    return reply("{\"namespaces\":" + std::to_string(count) + "}");
}

Answer health() {
    std::string body = "{\"status\":\"ok\",\"version\":";
    json::append_string(body, version());
    return reply(body + "}");
}

// One call: POST, and for some GET too.
struct Command {
    std::string_view name;
    Answer (*get)(Emulator::State&, const Target&);  // null: only POST
    Answer (*post)(Emulator::State&, const Target&, std::string_view body);
    bool is_brief = false;  // others may go through all that a clock has made due, in all namespaces
};

constexpr Command commands[] = {
    {"clock", read_clock, move_clock},
    {"holds", nullptr, hold, true},
    {"reset", nullptr, reset},
    {"streams/split", nullptr, split},
};

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

const json::Value* parse_object(json::Document& document, std::string_view body) {
    const json::Value* parsed = document.parse(body.empty() ? "{}" : body);
    return parsed != nullptr && parsed->IsObject() ? parsed : nullptr;
}

}  // namespace control

Answer control_call(Emulator::State& emulator, std::string_view method, std::string_view path, std::string_view query,
                    std::string_view body, const Caller* caller, Patience patience) {
    using namespace control;
    const std::string_view name = path.substr(prefix.size());
    if (name == "health") return health();
    const auto command = std::ranges::find(commands, name, &Command::name);
    if (command == std::end(commands)) {
        return refuse(404,
                      "There is no such control call: /_minamo/ has clock, health, holds, reset and streams/split.");
    }
    const Target whom = target(query, caller);
    if (patience == Patience::none && !command->is_brief) {
        Answer put_off;
        put_off.is_put_off = true;
        put_off.waits_for = whom.all ? nullptr : &emulator.namespaces.find(whom.caller);
        return put_off;
    }
    try {
        if (method == "POST") return command->post(emulator, whom, body);
        if (method == "GET" && command->get != nullptr) return command->get(emulator, whom);
    } catch (const storage::StorageFull& full) {
        return refuse(507, full.what());
    }
    return refuse(405, std::string("Send ") + (command->get != nullptr ? "GET or " : "") + "POST to /_minamo/" +
                           std::string(name) + ".");
}

}  // namespace minamo
