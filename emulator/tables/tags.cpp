// Keys and values are letters, digits and blanks of any script, and a few signs of ASCII.
#include "emulator/tables/tags.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "emulator/limits.hpp"
#include "emulator/wire/input.hpp"

namespace minamo {
namespace {

// Of the characters beyond ASCII all pass: which of them are letters is not known here.
bool is_allowed(char c) {
    constexpr std::string_view signs = " +-=._:/@";
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || byte >= 0x80U || signs.find(c) != std::string_view::npos;
}

}  // namespace

Result<void> check_tags(const json::Value& tags) {
    if (tags.Size() > limits::tags_max) {
        return invalid("Number of Tags exceed the current limit for the provided ResourceArn");
    }
    std::set<std::string_view> keys;
    for (const auto& tag : tags.GetArray()) {
        const Input in(tag);
        const std::string_view key = in.text("Key");
        const std::string_view value = in.text("Value");
        if (key.starts_with("aws:")) return invalid("Tag Key cannot be prefixed with aws:, Key: " + std::string(key));
        if (!std::ranges::all_of(key, is_allowed)) {
            return invalid("The Tag Key provided is invalid, Key: " + std::string(key));
        }
        if (!std::ranges::all_of(value, is_allowed)) {
            return invalid("The Tag Value provided is invalid, Value: " + std::string(value));
        }
        if (!keys.insert(key).second) {
            return invalid("Duplicate Tag Keys provided as input: Duplicate Tag Key found " + std::string(key));
        }
    }
    return {};
}

}  // namespace minamo
