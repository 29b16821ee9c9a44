// What is nested in a member is checked with it: the member's sentence shows how all of it looks.
#include "emulator/control/members.hpp"

#include <algorithm>

#include "emulator/validation/constraints.hpp"
#include "emulator/validation/types.hpp"

namespace minamo::control {
namespace {

using api::Kind;
using api::Shape;
using json::Value;

bool fits(const Shape& shape, const Value& value);

bool has_type(const Shape& shape, const Value& value) {
    switch (shape.kind) {
        case Kind::boolean:
            return value.IsBool();
        case Kind::integer:
        case Kind::long_integer:
            return value.IsInt64();
        case Kind::real:
        case Kind::timestamp:
            return value.IsNumber();
        case Kind::list:
            return value.IsArray();
        case Kind::map:
        case Kind::structure:
            return value.IsObject();
        case Kind::string:
        case Kind::blob:
            break;
    }
    return value.IsString();
}

bool fits_structure(const Shape& shape, const Value& object) {
    const bool known = std::ranges::all_of(object.GetObject(), [&](const auto& member) {
        const api::Field* field = find_field(shape, json::text(member.name));
        return field != nullptr && fits(*field->shape, member.value);
    });
    return known && std::ranges::all_of(shape.fields, [&](const api::Field& field) {
               return !field.required || json::find(object, field.name) != nullptr;
           });
}

bool fits(const Shape& shape, const Value& value) {
    if (!has_type(shape, value) || !constraints_hold(shape, value)) return false;
    if (shape.kind == Kind::structure) return fits_structure(shape, value);
    if (shape.kind != Kind::list) return true;
    return std::ranges::all_of(value.GetArray(), [&](const Value& each) { return fits(*shape.element, each); });
}

}  // namespace

std::string_view fault_of(const Members& members, const Value& body) {
    for (const auto& given : body.GetObject()) {
        const auto member = std::ranges::find(members.members, json::text(given.name),
                                              [](const Member& each) { return each.field.name; });
        if (member == members.members.end()) return members.others;
        if (!fits(*member->field.shape, given.value)) return member->how;
    }
    for (const Member& member : members.members) {
        if (member.field.required && json::find(body, member.field.name) == nullptr) return member.how;
    }
    return {};
}

}  // namespace minamo::control
