// POST /_minamo/holds {"keys":[{"TableName":..,"Key":{..}},..],"duration":"10s","token":".."}
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "emulator/control.hpp"
#include "emulator/moments.hpp"
#include "emulator/state.hpp"
#include "emulator/wire.hpp"

namespace minamo::control {
namespace {

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

}  // namespace

Answer hold(Emulator::State& emulator, const Target& whom, std::string_view body) {
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
    std::vector<Holds::Hold> holds;
    for (const auto& each : keys->GetArray()) {
        const json::Value* table = each.IsObject() ? json::find(each, "TableName") : nullptr;
        const json::Value* key = each.IsObject() ? json::find(each, "Key") : nullptr;
        if (table == nullptr || !table->IsString() || key == nullptr || !is_key(*key)) {
            return refuse(400, "Give each of keys as {\"TableName\":..,\"Key\":{..}}.");
        }
        const auto item = item_from_json(*key);
        if (!item) return refuse(400, item.error().message);
        holds.push_back({std::string(json::text(*table)), encode(*item), space.clock().now_ms() + *duration_ms,
                         token != nullptr && token->IsString() ? std::string(json::text(*token)) : std::string{}});
    }
    for (Holds::Hold& each : holds) space.holds().add(std::move(each));
    return reply("{\"held\":" + std::to_string(holds.size()) + "}");
}

}  // namespace minamo::control
