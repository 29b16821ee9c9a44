// Attribute values and items between JSON and storage, with DynamoDB's words for what is wrong with a value
// (conformance/behaviour/validation.md, section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/wire/error.hpp"
#include "emulator/wire/json.hpp"
#include "storage/item_codec.hpp"

namespace minamo {

// The datatype that storage::type_name() gives this name, as "NS"; nothing where there is none.
std::optional<storage::Type> type_named(std::string_view name);

// The JSON has passed validate(): types are right, what is left are the rules of values. Nesting is limited to 32
// levels.
Result<storage::AttributeValue> value_from_json(const json::Value& value);
// An Item or Key: a map of name to AttributeValue.
Result<storage::Item> item_from_json(const json::Value& object);

// The same for a Key that has passed no validate(), null where there is none: scalars of one datatype each.
Result<storage::Item> key_from_json(const json::Value* object);
// The same of a text, which may be no JSON at all.
Result<storage::Item> key_from_text(std::string_view json);

void append_json(std::string& out, storage::ValueView value);
void append_json(std::string& out, storage::ItemView item);
inline void write_item(json::Writer& out, storage::ItemView item) {
    std::string text;
    append_json(text, item);
    out.raw(text);
}

// The message of a number that cannot be stored. `text` is what was given.
std::string number_message(storage::NumberFault fault, std::string_view text);

// The message of a value with more than one datatype.
inline constexpr std::string_view many_datatypes =
    "Supplied AttributeValue has more than one datatypes set, "
    "must contain exactly one of the supported datatypes";

// What is wrong with an attribute's name; empty: nothing.
std::string_view attribute_name_fault(std::string_view name);

// The longest nesting of a value: a scalar is level 1.
inline constexpr std::size_t nesting_levels_max = 32;

}  // namespace minamo
