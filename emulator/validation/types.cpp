// The words are those of the service's Java front end, class names and all (conformance/behaviour/validation.md,
// section 2). Whatever is put together for a fault stays out of the functions that recurse, whose frames are small.
#include "emulator/validation/types.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "emulator/wire/input.hpp"

namespace minamo {
namespace {

using api::Kind;
using api::Shape;
using json::Value;

constexpr std::string_view model_package = "com.amazonaws.dynamodb.v20120810.";

// The class that a value of this shape becomes, without its package.
std::string_view simple_class(Kind kind) {
    switch (kind) {
        case Kind::string:
            return "String";
        case Kind::integer:
            return "Integer";
        case Kind::long_integer:
            return "Long";
        case Kind::real:
            return "Double";
        case Kind::boolean:
            return "Boolean";
        case Kind::blob:
            return "ByteBuffer";
        case Kind::timestamp:
            return "Date";
        default:
            return {};
    }
}

std::string class_name(const Shape& shape) {
    switch (shape.kind) {
        case Kind::structure:
            return std::string(model_package).append(shape.name);
        case Kind::list:
            return "java.util.List<" + class_name(*shape.element) + ">";
        case Kind::map:
            return "java.util.Map<java.lang.String, " + class_name(*shape.element) + ">";
        case Kind::blob:
            return "java.nio.ByteBuffer";
        case Kind::timestamp:
            return "java.util.Date";
        default:
            return std::string("java.lang.").append(simple_class(shape.kind));
    }
}

// What the parser of the service calls a scalar.
std::string_view token_name(const Value& value) {
    if (value.IsTrue()) return "TRUE_VALUE";
    if (value.IsFalse()) return "FALSE_VALUE";
    if (value.IsString()) return "STRING_VALUE";
    return value.IsDouble() ? "DECIMAL_VALUE" : "NUMBER_VALUE";
}

constexpr std::string_view parameterized_cast =
    "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl "
    "cannot be cast to class java.lang.Class "
    "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class "
    "are in module java.base of loader 'bootstrap')";

constexpr std::uint8_t no_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> make_base64_digits() {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(no_digit);
    std::uint8_t next = 0;
    for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")) {
        digits[static_cast<unsigned char>(c)] = next++;
    }
    return digits;
}
constexpr auto base64_digits = make_base64_digits();

std::uint8_t base64_digit(char c) {
    return base64_digits[static_cast<unsigned char>(c)];
}

}  // namespace

const api::Field* find_field(const Shape& structure, std::string_view name) {
    for (const api::Field& field : structure.fields) {
        if (field.name == name) return &field;
    }
    return nullptr;
}

bool TypeCheck::accepts(const Shape& shape, const Value& value) {
    return check_value(shape, value, Place::member);
}

bool TypeCheck::check_value(const Shape& shape, const Value& value, Place place) {
    switch (value.GetType()) {
        case rapidjson::kNullType:
            return true;
        case rapidjson::kObjectType:
            if (shape.kind == Kind::structure) return check_fields(shape, value);
            if (shape.kind == Kind::map) return check_values(shape, value);
            return refuse("Start of structure or map found where not expected");
        case rapidjson::kArrayType:
            return shape.kind == Kind::list ? check_elements(shape, value) : refuse_array(shape);
        default:
            return check_scalar(shape, value, place);
    }
}

bool TypeCheck::check_fields(const Shape& shape, const Value& object) {
    for (const auto& member : object.GetObject()) {
        const api::Field* field = find_field(shape, json::text(member.name));
        if (field != nullptr && !check_value(*field->shape, member.value, Place::member)) return false;
    }
    return true;
}

bool TypeCheck::check_values(const Shape& shape, const Value& object) {
    for (const auto& member : object.GetObject()) {
        if (!check_value(*shape.element, member.value, Place::element)) return false;
        if (member.value.IsNull() && !shape.element->unconstrained) saw_null_element_ = true;
    }
    return true;
}

bool TypeCheck::check_elements(const Shape& shape, const Value& array) {
    for (const Value& element : array.GetArray()) {
        if (!check_value(*shape.element, element, Place::element)) return false;
        if (element.IsNull()) saw_null_element_ = true;
    }
    return true;
}

bool TypeCheck::check_scalar(const Shape& shape, const Value& value, Place place) {
    switch (shape.kind) {
        case Kind::string:
            return value.IsString() || refuse_conversion(shape, value);
        case Kind::boolean:
            return check_boolean(value);
        case Kind::blob:
            return check_base64(value);
        case Kind::structure:
        case Kind::list:
        case Kind::map:
            return refuse_scalar(shape, place);
        default:
            return value.IsNumber() || refuse_conversion(shape, value);
    }
}

bool TypeCheck::check_boolean(const Value& value) {
    if (value.IsBool()) return true;
    if (!value.IsString()) return refuse(std::string(token_name(value)) + " cannot be converted to Boolean");
    return parse_boolean(json::text(value)).has_value() || refuse("Unexpected token received from parser");
}

bool TypeCheck::check_base64(const Value& value) {
    if (!value.IsString()) return refuse("only base-64-encoded strings are convertible to bytes");
    std::string_view text = json::text(value);
    if (text.size() % 4 != 0) {
        return refuse("Base64 encoded length is expected a multiple of 4 bytes but found: " +
                      std::to_string(text.size()));
    }
    std::size_t padding = 0;
    for (; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    const bool digits = std::ranges::all_of(text, [](char c) { return base64_digit(c) != no_digit; });
    // The last character before the padding holds 4 or 2 bits of the last byte; the others must be zero.
    const unsigned stray_bits = padding == 2 ? 0xFU : padding == 1 ? 0x3U : 0U;
    const bool strays = digits && padding > 0 && (base64_digit(text.back()) & stray_bits) != 0;
    return (digits && !strays) || refuse("Invalid last non-pad Base64 character dectected");
}

bool TypeCheck::refuse(std::string fault) {
    fault_ = std::move(fault);
    return false;
}

bool TypeCheck::refuse_conversion(const Shape& shape, const Value& value) {
    return refuse(std::string(token_name(value)) + " cannot be converted to " + std::string(simple_class(shape.kind)));
}

bool TypeCheck::refuse_array(const Shape& shape) {
    const std::string_view kind = shape.kind == Kind::map ? "" : "class ";
    return refuse(std::string("Unrecognized collection type ").append(kind) + class_name(shape));
}

bool TypeCheck::refuse_scalar(const Shape& shape, Place place) {
    if (place == Place::member) return refuse("Unexpected field type");
    if (shape.kind == Kind::structure) return refuse("Unexpected value type in payload");
    return refuse(std::string(parameterized_cast));
}

}  // namespace minamo
