// POST /_minamo/holds {"keys":[{"TableName":..,"Key":{..}},..],"duration":"10s","token":".."}
#include <string>
#include <utility>
#include <vector>

#include "emulator/call.hpp"
#include "emulator/control/calls.hpp"
#include "emulator/wire/json.hpp"
#include "emulator/wire/moments.hpp"
#include "emulator/wire/values.hpp"
#include "emulator/world.hpp"

namespace minamo::control {

Answer hold(World& emulator, const Target& whom, std::string_view body) {
    json::Document document;
    const json::Value* parsed = parse_object(document, body);
    if (parsed == nullptr) return refuse(400, "Send a JSON object with keys, duration and, if you like, token.");
    const json::Value* keys = json::find(*parsed, "keys");
    const json::Value* duration = json::find(*parsed, "duration");
    const json::Value* token = json::find(*parsed, "token");
    const auto duration_ms =
        duration != nullptr && duration->IsString() ? parse_duration(json::text(*duration)) : std::nullopt;
    if (!duration_ms) return refuse(400, "Give duration as a number with ms, s, m, h or d, such as \"10s\".");
    if (keys == nullptr || !keys->IsArray())
        return refuse(400, "Give keys as a list of {\"TableName\":..,\"Key\":{..}}.");
    Namespace& space = emulator.namespaces.find(whom.caller);
    const std::int64_t now_ms = space.clock().now_ms();
    std::vector<Holds::Hold> holds;
    for (const auto& each : keys->GetArray()) {
        const json::Value* table = each.IsObject() ? json::find(each, "TableName") : nullptr;
        const json::Value* key = each.IsObject() ? json::find(each, "Key") : nullptr;
        if (table == nullptr || !table->IsString() || key == nullptr) {
            return refuse(400, "Give each of keys as {\"TableName\":..,\"Key\":{..}}.");
        }
        const auto item = key_from_json(key);
        if (!item) return refuse(400, "Such a key cannot be held: " + item.error()->message + ".");
        holds.push_back({std::string(json::text(*table)), encode(*item), now_ms + *duration_ms,
                         token != nullptr && token->IsString() ? std::string(json::text(*token)) : std::string{}});
    }
    const std::size_t count = holds.size();
    space.holds().add(std::move(holds), now_ms);
    return reply("{\"held\":" + std::to_string(count) + "}");
}

}  // namespace minamo::control
