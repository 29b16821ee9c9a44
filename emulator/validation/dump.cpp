// One function for each kind of value, each as the Java class of that kind prints itself.
#include "emulator/validation/dump.hpp"

#include <charconv>
#include <cstdint>

#include "emulator/wire/input.hpp"

namespace minamo {
namespace {

using api::Kind;
using api::Shape;
using json::Value;

// FNV-1a over all that a value holds, so that equal values print alike.
class Hash {
public:
    void add(std::string_view bytes) {
        for (const char c : bytes) state_ = (state_ ^ static_cast<unsigned char>(c)) * 16777619U;
    }

    void add(const Value& value) {
        add(std::string_view("0123456").substr(value.GetType(), 1));
        if (value.IsString()) add(json::text(value));
        if (value.IsArray()) {
            for (const Value& element : value.GetArray()) add(element);
        }
        if (!value.IsObject()) return;
        for (const auto& member : value.GetObject()) {
            add(json::text(member.name));
            add(member.value);
        }
    }

    std::uint32_t value() const { return state_; }

private:
    std::uint32_t state_ = 2166136261U;
};

void append_attribute_value(std::string& out, const Value& value) {
    Hash hash;
    hash.add(value);
    out.append("com.amazonaws.dynamodb.v20120810.AttributeValue@");
    constexpr std::string_view digits = "0123456789abcdef";
    for (int shift = 28; shift >= 0; shift -= 4) out.push_back(digits[hash.value() >> shift & 15U]);
}

void append_list(std::string& out, const Shape& shape, const Value& list) {
    std::string_view separator = "[";
    for (const Value& element : list.GetArray()) {
        out.append(separator);
        separator = ", ";
        append_dump(out, *shape.element, element);
    }
    out.append(list.Empty() ? "[]" : "]");
}

void append_map(std::string& out, const Shape& shape, const Value& map) {
    std::string_view separator = "{";
    for (const auto& member : map.GetObject()) {
        out.append(separator).append(json::text(member.name)).append("=");
        separator = ", ";
        append_dump(out, *shape.element, member.value);
    }
    out.append(map.ObjectEmpty() ? "{}" : "}");
}

void append_structure(std::string& out, const Shape& shape, const Value& structure) {
    out.append(shape.name).append("(");
    std::string_view separator;
    for (const api::Field& field : shape.fields) {
        out.append(separator);
        separator = ", ";
        append_camel_case(out, field.name);
        out.append("=");
        const Value* member = json::find(structure, field.name);
        if (member == nullptr) {
            out.append("null");
        } else {
            append_dump(out, *field.shape, *member);
        }
    }
    out.append(")");
}

void append_number(std::string& out, const Shape& shape, const Value& value) {
    if (shape.kind == Kind::integer || shape.kind == Kind::long_integer) {
        out.append(std::to_string(integer(value)));
    } else {
        json::Writer(out).real(value.GetDouble());
    }
}

}  // namespace

void append_dump(std::string& out, const Shape& shape, const Value& value) {
    if (value.IsNull()) {
        out.append("null");
        return;
    }
    switch (shape.kind) {
        case Kind::string:
        case Kind::blob:
            out.append(json::text(value));
            return;
        case Kind::boolean:
            out.append(boolean(value) ? "true" : "false");
            return;
        case Kind::list:
            append_list(out, shape, value);
            return;
        case Kind::map:
            append_map(out, shape, value);
            return;
        case Kind::structure:
            if (shape.unconstrained) {
                append_attribute_value(out, value);
            } else {
                append_structure(out, shape, value);
            }
            return;
        default:
            append_number(out, shape, value);
            return;
    }
}

void append_camel_case(std::string& out, std::string_view name) {
    const char first = name.front();
    out.push_back(first >= 'A' && first <= 'Z' ? static_cast<char>(first - 'A' + 'a') : first);
    out.append(name.substr(1));
}

}  // namespace minamo
