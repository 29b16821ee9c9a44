// The control API under /_minamo/: what a test does to the emulator rather than to its tables. Answers JSON; what
// cannot be done is one sentence in "error".
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/dispatch.hpp"
#include "emulator/state.hpp"
#include "emulator/wire.hpp"

namespace minamo {
namespace {

constexpr std::string_view prefix = "/_minamo/";

Answer reply(int status, std::string body) {
    Answer answer;
    answer.response.status = status;
    answer.response.body = std::move(body);
    return answer;
}

Answer refuse(int status, std::string_view sentence) {
    std::string body = "{\"error\":";
    json::append_string(body, sentence);
    return reply(status, body + "}");
}

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

// Whom a call means: ?account=&region=, else the Authorization header's caller, else all.
struct Target {
    bool all = true;
    Caller caller;
};

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

// "1500ms", "10s", "5m", "49h", "3d" as milliseconds.
std::optional<std::int64_t> parse_duration(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || number < 0) return std::nullopt;
    const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    constexpr std::pair<std::string_view, std::int64_t> units[] = {
        {"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};
    for (const auto& [name, unit_ms] : units) {
        if (unit == name && number <= INT64_MAX / 2 / unit_ms) return number * unit_ms;
    }
    return std::nullopt;
}

// Whether the JSON has the shape of a Key: scalars of one datatype each.
bool is_key(const json::Value& key) {
    if (!key.IsObject()) return false;
    return std::ranges::all_of(key.GetObject(), [](const auto& attribute) {
        if (!attribute.value.IsObject() || attribute.value.MemberCount() != 1) return false;
        const auto& value = *attribute.value.MemberBegin();
        const std::string_view type = json::text(value.name);
        return (type == "S" || type == "N" || type == "B") && value.value.IsString();
    });
}

Answer reset(Emulator::State& emulator, const Target& whom) {
    std::size_t count = 0;
    if (whom.all) {
        for (Namespace* space : emulator.namespaces.all()) {
            space->reset();
            ++count;
        }
    } else {
        emulator.namespaces.find(whom.caller).reset();
        count = 1;
    }
    return reply(200, "{\"namespaces\":" + std::to_string(count) + "}");
}

// {"keys":[{"TableName":..,"Key":{..}},..],"duration":"10s","token":".."}
Answer hold(Emulator::State& emulator, const Target& whom, std::string_view body) {
    json::Document document;
    const json::Value* parsed = document.parse(body);
    if (parsed == nullptr || !parsed->IsObject())
        return refuse(400, "Send a JSON object with keys, duration and, if you like, token.");
    const json::Value* keys = json::find(*parsed, "keys");
    const json::Value* duration = json::find(*parsed, "duration");
    const json::Value* token = json::find(*parsed, "token");
    const auto duration_ms =
        duration != nullptr && duration->IsString() ? parse_duration(json::text(*duration)) : std::nullopt;
    if (!duration_ms) return refuse(400, "Give duration as a number with ms, s, m, h or d, such as \"10s\".");
    if (keys == nullptr || !keys->IsArray())
        return refuse(400, "Give keys as a list of {\"TableName\":..,\"Key\":{..}}.");
    Namespace& space = emulator.namespaces.find(whom.caller);
    std::vector<Holds::Hold> holds;
    for (const auto& each : keys->GetArray()) {
        const json::Value* table = each.IsObject() ? json::find(each, "TableName") : nullptr;
        const json::Value* key = each.IsObject() ? json::find(each, "Key") : nullptr;
        if (table == nullptr || !table->IsString() || key == nullptr || !is_key(*key)) {
            return refuse(400, "Give each of keys as {\"TableName\":..,\"Key\":{..}}.");
        }
        const auto item = item_from_json(*key);
        if (!item) return refuse(400, item.error().message);
        holds.push_back({std::string(json::text(*table)), encode(*item), space.now_ms() + *duration_ms,
                         token != nullptr && token->IsString() ? std::string(json::text(*token)) : std::string{}});
    }
    for (Holds::Hold& each : holds) space.holds().add(std::move(each));
    return reply(200, "{\"held\":" + std::to_string(holds.size()) + "}");
}

Answer health() {
    std::string body = "{\"status\":\"ok\",\"version\":";
    json::append_string(body, version());
    return reply(200, body + "}");
}

}  // namespace

Answer control(Emulator::State& emulator, std::string_view method, std::string_view path, std::string_view query,
               std::string_view body, const Caller* caller) {
    const std::string_view command = path.substr(prefix.size());
    if (command == "health") return health();
    if (command == "reset") {
        if (method != "POST") return refuse(405, "Send POST to /_minamo/reset.");
        return reset(emulator, target(query, caller));
    }
    if (command == "holds") {
        if (method != "POST") return refuse(405, "Send POST to /_minamo/holds.");
        return hold(emulator, target(query, caller), body);
    }
    return refuse(404, "There is no such control call: /_minamo/ has health, holds and reset.");
}

}  // namespace minamo
