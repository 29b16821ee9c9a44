// The members of a request, read as the service converts them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "emulator/wire/json.hpp"

namespace minamo {

// A view of a validated object's members. JSON null counts as absent, of duplicates the last counts.
class Input {
public:
    Input() = default;
    explicit Input(const json::Value& object) : object_(&object) {}

    // Null where absent.
    const json::Value* find(std::string_view name) const { return json::find(*object_, name); }
    bool has(std::string_view name) const { return find(name) != nullptr; }
    // The member's text or fallback; the shape has made sure that it is a string.
    std::string_view text(std::string_view name, std::string_view fallback = {}) const;
    bool flag(std::string_view name, bool fallback = false) const;
    std::int64_t integer(std::string_view name, std::int64_t fallback = 0) const;
    const json::Value& object() const { return *object_; }

private:
    const json::Value* object_ = nullptr;
};

// A number's value as the service converts it: decimals are floored, what is too large becomes the largest.
std::int64_t integer(const json::Value& value);
// A boolean's value: true, false, or one of the texts that the service converts.
bool boolean(const json::Value& value);
// true, 1, yes, false, 0, no, in any case; nothing for other texts.
std::optional<bool> parse_boolean(std::string_view text);

}  // namespace minamo
