// AttributeUpdates and AttributesToGet as the trees of updates and projections.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "emulator/expressions/expressions.hpp"
#include "emulator/expressions/legacy_trees.hpp"
#include "emulator/wire/json_members.hpp"
#include "emulator/wire/values.hpp"
#include "emulator/wire/words.hpp"

namespace minamo {
namespace {

using storage::AttributeValue;
using storage::Type;

bool is_set(Type type) {
    return type == Type::SS || type == Type::NS || type == Type::BS;
}

tl::unexpected<Error> unsupported(std::string_view action, Type type) {
    return invalid_legacy(std::string(action) + " is not supported for the type " + std::string(type_name(type)));
}

// The action with a value; PUT where none is named.
Result<grammar::UpdateAction> valued_action(AttributeAction action, std::string_view name, const AttributeValue& value,
                                            LegacyValues& values) {
    const Type type = value.type();
    if (action == AttributeAction::remove) {
        if (!is_set(type)) return unsupported("DELETE action with value", type);
        return grammar::DeleteAction{literal_path(name), values.add(value)};
    }
    if (action == AttributeAction::add) {
        if (!is_set(type) && type != Type::N && type != Type::L) return unsupported("ADD action", type);
        return grammar::AddAction{literal_path(name), values.add(value)};
    }
    return grammar::SetAction{literal_path(name), values.add(value)};
}

Result<grammar::UpdateAction> read_action(const JsonMember& member, LegacyValues& values) {
    const json::Value* given = json::find(*member.value, "Action");
    const auto action =
        given != nullptr ? from_word<AttributeAction>(json::text(*given)).value() : AttributeAction::put;
    const json::Value* value = json::find(*member.value, "Value");
    if (value == nullptr) {
        if (action == AttributeAction::remove) return grammar::RemoveAction{literal_path(member.name)};
        return invalid_legacy("Only DELETE action is allowed when no attribute value is specified");
    }
    const std::string_view name_fault = attribute_name_fault(member.name);
    if (!name_fault.empty()) return invalid(std::string(name_fault));
    TRY_LET(converted, value_from_json(*value));
    return valued_action(action, member.name, converted, values);
}

}  // namespace

Result<BoundUpdate> bind_attribute_updates(const json::Value& object) {
    auto tree = std::make_shared<grammar::UpdateExpression>();
    LegacyValues values;
    for (const JsonMember& member : distinct_members(object)) {
        TRY_LET(action, read_action(member, values));
        if (values.is_full()) return invalid_legacy("Too many values in AttributeUpdates: the limit is 65535");
        tree->actions.push_back(std::move(action));
    }
    return BoundUpdate{std::move(tree), std::move(values).finish(), true};
}

Result<BoundProjection> bind_attributes_to_get(const json::Value& list) {
    auto tree = std::make_shared<grammar::ProjectionExpression>();
    tree->paths.reserve(list.Size());
    for (const auto& name : list.GetArray()) {
        TRY(check_legacy_name(json::text(name)));
        tree->paths.push_back(literal_path(json::text(name)));
    }
    BoundProjection out;
    out.top_level.reserve(tree->paths.size());
    std::unordered_set<std::string_view> seen;
    for (const grammar::Path& path : tree->paths) {
        const std::string_view name = std::get<std::string>(path.elements[0]);
        if (!seen.insert(name).second) {
            return invalid_legacy("Duplicate value in attribute name: " + std::string(name));
        }
        out.top_level.push_back(name);
    }
    std::ranges::sort(out.top_level);
    out.tree = std::move(tree);
    return out;
}

}  // namespace minamo
