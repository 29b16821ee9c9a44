// POST /_minamo/holds {"keys":[{"TableName":..,"Key":{..}},..],"duration":"10s","token":".."}
#include <string>
#include <utility>
#include <vector>

#include "emulator/control/calls.hpp"
#include "emulator/control/shapes.hpp"
#include "emulator/powers/hold.hpp"
#include "emulator/wire/moments.hpp"
#include "emulator/wire/values.hpp"
#include "emulator/world.hpp"

namespace minamo::control {
namespace {

using api::Field;
using api::Shape;

constexpr Shape any_object{.kind = api::Kind::map};
constexpr Field key_fields[] = {{"TableName", &shapes::text, true}, {"Key", &any_object, true}};
constexpr Shape key{.kind = api::Kind::structure, .fields = key_fields};
constexpr Shape keys{.kind = api::Kind::list, .element = &key};

constexpr Member members[] = {
    {{"duration", &shapes::duration, true}, "Give duration as a number with ms, s, m, h or d, such as \"10s\"."},
    {{"keys", &keys, true}, "Give keys as a list of {\"TableName\":..,\"Key\":{..}}."},
    {{"token", &shapes::text}, "Give token as a text, or leave it out."},
};

}  // namespace

const Members hold_members{members, "Send a JSON object with keys, duration and, if you like, token.",
                           "A hold takes keys, duration and token, and nothing else."};

Answer hold(World& world, const Target& whom, const Input& in) {
    std::vector<KeyToHold> held;
    for (const auto& each : in.find("keys")->GetArray()) {
        auto item = key_from_json(json::find(each, "Key"));
        if (!item) return refuse(400, "Such a key cannot be held: " + item.error()->message + ".");
        held.push_back({std::string(Input(each).text("TableName")), std::move(*item)});
    }
    const auto count = hold_keys(world.namespaces.find(whom.caller), held, *parse_duration(in.text("duration")),
                                 std::string(in.text("token")));
    if (!count) return refuse(count.error());
    return reply("{\"held\":" + std::to_string(*count) + "}");
}

}  // namespace minamo::control
