// Numbers and booleans of a request may come in other forms than JSON has them: the shape has let them pass.
#include "emulator/wire/input.hpp"

#include <algorithm>
#include <cmath>

namespace minamo {
namespace {

using json::Value;

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
    return std::ranges::equal(text, lower, [](char given, char wanted) {
        return (given >= 'A' && given <= 'Z' ? given - 'A' + 'a' : given) == wanted;
    });
}

}  // namespace

std::string_view Input::text(std::string_view name, std::string_view fallback) const {
    const Value* value = find(name);
    return value != nullptr ? json::text(*value) : fallback;
}

bool Input::flag(std::string_view name, bool fallback) const {
    const Value* value = find(name);
    return value != nullptr ? boolean(*value) : fallback;
}

std::int64_t Input::integer(std::string_view name, std::int64_t fallback) const {
    const Value* value = find(name);
    return value != nullptr ? minamo::integer(*value) : fallback;
}

std::int64_t integer(const Value& value) {
    if (value.IsInt64()) return value.GetInt64();
    if (value.IsUint64()) return INT64_MAX;
    constexpr double beyond = 9223372036854775808.0;
    const double floored = std::floor(value.GetDouble());
    if (floored >= beyond) return INT64_MAX;
    return floored < -beyond ? INT64_MIN : static_cast<std::int64_t>(floored);
}

bool boolean(const Value& value) {
    return value.IsBool() ? value.GetBool() : parse_boolean(json::text(value)).value_or(false);
}

std::optional<bool> parse_boolean(std::string_view text) {
    for (const std::string_view yes : {"true", "1", "yes"}) {
        if (equals_ignoring_case(text, yes)) return true;
    }
    for (const std::string_view no : {"false", "0", "no"}) {
        if (equals_ignoring_case(text, no)) return false;
    }
    return std::nullopt;
}

}  // namespace minamo
