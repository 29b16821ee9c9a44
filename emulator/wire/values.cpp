// Attribute values between JSON and storage. Of one value the checks run in the service's order: number syntax, then
// NULL, empty sets, set members, duplicates, nested values, and "more than one datatype" last.
#include "emulator/wire/values.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "emulator/wire/base64.hpp"
#include "emulator/wire/input.hpp"

namespace minamo {
namespace {

using storage::AttributeValue;
using storage::Decimal;
using storage::Type;

constexpr std::size_t types_count = 10;
constexpr std::string_view parameter_prefix = "One or more parameter values were invalid: ";

tl::unexpected<Error> invalid_parameter(RequestFault fault, std::string_view what) {
    return invalid(fault, std::string(parameter_prefix).append(what));
}

// A set with repeated members, in the words of recent deployments and in those of older ones.
tl::unexpected<Error> repeated(std::string_view recent, std::string classic) {
    return invalid(RequestFault::set, std::string(parameter_prefix).append(recent), std::move(classic));
}

Result<Decimal> parse_number(const json::Value& text) {
    auto parsed = Decimal::parse(json::text(text));
    if (parsed) return *parsed;
    std::string message = number_message(parsed.error(), json::text(text));
    if (json::text(text).empty()) return invalid(RequestFault::number, message + ": ", message);
    return invalid(RequestFault::number, std::move(message));
}

// The members of a set as messages list them: quoted or not.
std::string listed(const json::Value& list, std::string_view separator, bool quoted) {
    std::string out = "[";
    for (const auto& member : list.GetArray()) {
        if (out.size() > 1) out.append(separator);
        if (quoted) {
            json::append_string(out, json::text(member));
        } else {
            out.append(json::text(member));
        }
    }
    return out + "]";
}

// The shape has made sure that the text is base64.
std::string decode_bytes(const json::Value& text) {
    return decode_base64(json::text(text)).value_or(std::string{});
}

Result<AttributeValue> string_set(const json::Value& list) {
    storage::StringSet set;
    for (const auto& member : list.GetArray()) set.members.emplace_back(json::text(member));
    if (!normalize(set)) {
        const auto message = [&list](bool quoted) {
            return "Input collection " + listed(list, ", ", quoted) + " contains duplicates.";
        };
        return repeated(message(true), std::string(parameter_prefix) + message(false));
    }
    return AttributeValue{std::move(set)};
}

Result<AttributeValue> number_set(const json::Value& list) {
    storage::NumberSet set;
    for (const auto& member : list.GetArray()) {
        TRY_LET(parsed, parse_number(member));
        set.members.push_back(parsed);
    }
    if (!normalize(set)) {
        return repeated("Input collection contains duplicates.", "Input collection contains duplicates");
    }
    return AttributeValue{std::move(set)};
}

Result<AttributeValue> binary_set(const json::Value& list) {
    storage::BinarySet set;
    for (const auto& member : list.GetArray()) set.members.push_back(decode_bytes(member));
    if (!normalize(set)) {
        const auto message = [&list](std::string_view separator, bool quoted) {
            return "Input collection " + listed(list, separator, quoted) + "of type BS contains duplicates.";
        };
        return repeated(message(",", true), std::string(parameter_prefix) + message(", ", false));
    }
    return AttributeValue{std::move(set)};
}

// The ten datatypes of one AttributeValue object, found in one walk.
struct Members {
    std::array<const json::Value*, types_count> given{};
    int count = 0;
    const json::Value* operator[](Type type) const { return given[static_cast<std::size_t>(type)]; }
};

Members members(const json::Value& value) {
    Members found;
    for (const auto& member : value.GetObject()) {
        const auto type = type_named(json::text(member.name));
        if (!type) continue;
        auto& place = found.given[static_cast<std::size_t>(*type)];
        const json::Value* given = member.value.IsNull() ? nullptr : &member.value;
        found.count += (given != nullptr) - (place != nullptr);
        place = given;
    }
    return found;
}

Result<AttributeValue> convert_value(const json::Value& value, std::size_t level);

Result<AttributeValue> convert_list(const json::Value& elements, std::size_t level) {
    storage::List out;
    out.reserve(elements.Size());
    for (const auto& element : elements.GetArray()) {
        TRY_LET(converted, convert_value(element, level + 1));
        out.push_back(std::move(converted));
    }
    return AttributeValue{std::move(out)};
}

// Names that come as null count as absent, and the last of two members of one name counts: what was taken and does not
// count is dropped when all are known, because to search for each would be the square of their number.
class MapBuilder {
public:
    explicit MapBuilder(std::size_t size) { taken_.reserve(size); }

    void take(std::string_view name, AttributeValue&& value) {
        taken_.push_back({std::string(name), std::move(value)});
    }
    void take_null(std::string_view name) { nulls_[name] = taken_.size(); }

    storage::Map finish() && {
        if (!nulls_.empty()) drop_nulls();
        storage::Map out;
        out.set_all(std::move(taken_));
        return out;
    }

private:
    // All that came under a name before its last null.
    void drop_nulls() {
        std::size_t position = 0;
        std::erase_if(taken_, [&](const storage::Attribute& attribute) {
            const auto null = nulls_.find(attribute.name);
            return position++ < (null != nulls_.end() ? null->second : 0);
        });
    }

    std::vector<storage::Attribute> taken_;
    std::map<std::string_view, std::size_t> nulls_;  // how many had been taken before the last null
};

Result<storage::Map> convert_map(const json::Value& object, std::size_t level) {
    MapBuilder out(object.MemberCount());
    for (const auto& member : object.GetObject()) {
        const std::string_view name = json::text(member.name);
        if (member.value.IsNull()) {
            out.take_null(name);
            continue;
        }
        const std::string_view fault = attribute_name_fault(name);
        if (!fault.empty()) return invalid(RequestFault::map_name, std::string(fault));
        TRY_LET(converted, convert_value(member.value, level));
        out.take(name, std::move(converted));
    }
    return std::move(out).finish();
}

Result<AttributeValue> convert_nested_map(const json::Value& object, std::size_t level) {
    TRY_LET(converted, convert_map(object, level + 1));
    return AttributeValue{std::move(converted)};
}

Result<void> check_no_empty_set(const Members& given) {
    if (given[Type::SS] && given[Type::SS]->Empty()) {
        return invalid_parameter(RequestFault::null_or_texts, "An string set  may not be empty");
    }
    if (given[Type::NS] && given[Type::NS]->Empty()) {
        return invalid_parameter(RequestFault::set, "An number set  may not be empty");
    }
    if (given[Type::BS] && given[Type::BS]->Empty()) {
        return invalid_parameter(RequestFault::null_or_texts, "Binary sets should not be empty");
    }
    return {};
}

// The value of one datatype, in the order in which the service looks at them.
Result<AttributeValue> convert_given(const Members& given, std::size_t level) {
    std::optional<AttributeValue> out;
    const auto keep = [&out](AttributeValue&& value) {
        if (!out) out = std::move(value);
    };
    if (given[Type::N]) {
        TRY_LET(parsed, parse_number(*given[Type::N]));
        keep({parsed});
    }
    if (given[Type::NULL_]) {
        if (!boolean(*given[Type::NULL_])) {
            return invalid_parameter(RequestFault::null_or_texts,
                                     "Null attribute value types must have the value of true");
        }
        keep({storage::Null{}});
    }
    TRY(check_no_empty_set(given));
    using Convert = Result<AttributeValue> (*)(const json::Value&);
    constexpr std::pair<Type, Convert> sets[] = {// numbers come before duplicates
                                                 {Type::NS, number_set},
                                                 {Type::SS, string_set},
                                                 {Type::BS, binary_set}};
    for (const auto& [type, convert_set] : sets) {
        if (!given[type]) continue;
        TRY_LET(set, convert_set(*given[type]));
        keep(std::move(set));
    }
    if (given[Type::L]) {
        TRY_LET(nested, convert_list(*given[Type::L], level));
        keep(std::move(nested));
    }
    if (given[Type::M]) {
        TRY_LET(nested, convert_nested_map(*given[Type::M], level));
        keep(std::move(nested));
    }
    if (given[Type::B]) keep({storage::Binary{decode_bytes(*given[Type::B])}});
    if (given[Type::BOOL]) keep({boolean(*given[Type::BOOL])});
    if (given[Type::S]) keep({std::string(json::text(*given[Type::S]))});
    return std::move(*out);
}

Result<AttributeValue> convert_value(const json::Value& value, std::size_t level) {
    if (level > nesting_levels_max) {
        return invalid(RequestFault::nesting,
                       "Nesting Levels have exceeded supported limits: "
                       "Attributes in the item have nested levels beyond supported limit");
    }
    const Members given = members(value);
    if (given.count == 0) {
        return invalid(RequestFault::datatype,
                       "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }
    if (given.count == 1 && given[Type::S]) return AttributeValue{std::string(json::text(*given[Type::S]))};
    auto converted = convert_given(given, level);
    if (converted && given.count > 1) {
        return invalid(RequestFault::datatype, std::string(many_datatypes));
    }
    return converted;
}

// Whether it is {"S":"text"} or the like.
bool is_scalar(const json::Value& value) {
    if (!value.IsObject() || value.MemberCount() != 1) return false;
    const auto& given = *value.MemberBegin();
    const std::string_view type = json::text(given.name);
    if (!given.value.IsString()) return false;
    return type == "S" || type == "N" || (type == "B" && decode_base64(json::text(given.value)).has_value());
}

void append_members(std::string& out, storage::ValueView set, bool numbers) {
    char separator = '[';
    for (const storage::ValueView member : set.elements()) {
        out.push_back(separator);
        separator = ',';
        if (numbers) {
            out.push_back('"');
            member.number().append_to(out);
            out.push_back('"');
        } else if (member.type() == Type::B) {
            out.push_back('"');
            append_base64(out, member.text());
            out.push_back('"');
        } else {
            json::append_string(out, member.text());
        }
    }
    out.push_back(']');
}

void append_value(std::string& out, storage::ValueView value, int level);

void append_list(std::string& out, storage::ValueView list, int level) {
    out.push_back('[');
    bool first = true;
    for (const storage::ValueView element : list.elements()) {
        if (!first) out.push_back(',');
        first = false;
        append_value(out, element, level);
    }
    out.push_back(']');
}

void append_attributes(std::string& out, const storage::AttributeRange& attributes, int level) {
    out.push_back('{');
    bool first = true;
    for (const storage::AttributeView attribute : attributes) {
        if (!first) out.push_back(',');
        first = false;
        json::append_string(out, attribute.name);
        out.push_back(':');
        append_value(out, attribute.value, level);
    }
    out.push_back('}');
}

// A row nests deeper than requests may where its file is damaged.
void append_value(std::string& out, storage::ValueView value, int level) {
    if (level > storage::valid_levels_max) storage::fail_damaged();
    out.append("{\"").append(type_name(value.type())).append("\":");
    switch (value.type()) {
        case Type::S:
            json::append_string(out, value.text());
            break;
        case Type::N:
            out.push_back('"');
            value.number().append_to(out);
            out.push_back('"');
            break;
        case Type::B:
            out.push_back('"');
            append_base64(out, value.text());
            out.push_back('"');
            break;
        case Type::BOOL:
            out.append(value.boolean() ? "true" : "false");
            break;
        case Type::NULL_:
            out.append("true");
            break;
        case Type::SS:
        case Type::BS:
            append_members(out, value, false);
            break;
        case Type::NS:
            append_members(out, value, true);
            break;
        case Type::L:
            append_list(out, value, level + 1);
            break;
        case Type::M:
            append_attributes(out, value.attributes(), level + 1);
            break;
    }
    out.push_back('}');
}

std::array<std::string_view, types_count> type_names() {
    std::array<std::string_view, types_count> out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = type_name(static_cast<Type>(i));
    return out;
}

}  // namespace

std::optional<Type> type_named(std::string_view name) {
    static const auto names = type_names();
    const auto* found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Type>(found - names.begin());
}

std::string number_message(storage::NumberFault fault, std::string_view text) {
    switch (fault) {
        case storage::NumberFault::too_precise:
            return "Attempting to store more than 38 significant digits in a Number";
        case storage::NumberFault::overflow:
            return "Number overflow. Attempting to store a number with magnitude larger than supported range";
        case storage::NumberFault::underflow:
            return "Number underflow. Attempting to store a number with magnitude smaller than supported range";
        case storage::NumberFault::not_a_number:
            break;
    }
    std::string message = "The parameter cannot be converted to a numeric value";
    if (!text.empty()) message.append(": ").append(text);
    return message;
}

std::string_view attribute_name_fault(std::string_view name) {
    constexpr std::size_t attribute_name_bytes_max = 65535;
    if (name.empty()) return "Empty attribute name";
    return name.size() <= attribute_name_bytes_max ? "" : "Attribute name is too large, must be less than 65536 bytes";
}

Result<AttributeValue> value_from_json(const json::Value& value) {
    return convert_value(value, 1);
}

Result<storage::Item> item_from_json(const json::Value& object) {
    return convert_map(object, 1);
}

Result<storage::Item> key_from_json(const json::Value* object) {
    const bool is_key =
        object != nullptr && object->IsObject() && !object->ObjectEmpty() &&
        std::ranges::all_of(object->GetObject(), [](const auto& each) { return is_scalar(each.value); });
    if (!is_key) return invalid("A Key has the form {\"id\":{\"S\":\"a\"}}, with S, N or B for each attribute");
    return item_from_json(*object);
}

Result<storage::Item> key_from_text(std::string_view json) {
    json::Document document;
    return key_from_json(document.parse(json));
}

void append_json(std::string& out, storage::ValueView value) {
    append_value(out, value, 1);
}

void append_json(std::string& out, storage::ItemView item) {
    append_attributes(out, item.attributes(), 1);
}

}  // namespace minamo
