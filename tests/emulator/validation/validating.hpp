// What validation answers to a body: the words of the error alone, so that tables of them stay readable.
#pragma once

#include <string>
#include <string_view>

#include "emulator/api/operations.hpp"
#include "emulator/validation/validate.hpp"
#include "emulator/wire/json.hpp"
#include "tests/support.hpp"

namespace minamo::test {

struct BodyCase {
    std::string_view operation;
    std::string body;
    std::string answer;  // "ok", else "<type>: <message>"
};

inline std::string validated(std::string_view operation, std::string_view body) {
    json::Document document;
    const json::Value* parsed = document.parse(body);
    if (parsed == nullptr) return "not JSON";
    const auto result = validate(*api::find_operation(operation), *parsed);
    if (result) return "ok";
    return std::string(row(result.error()->kind).name) + ": " + result.error()->message;
}

inline std::string type_fault(std::string_view message) {
    return "SerializationException: " + std::string(message);
}
inline std::string invalid_answer(std::string_view message) {
    return "ValidationException: " + std::string(message);
}
// One constraint error: what stands after "1 validation error detected: ".
inline std::string one_fault(std::string_view fault) {
    return invalid_answer("1 validation error detected: " + std::string(fault));
}

// Runs each case; the names of what failed say which.
template <class Cases>
void check_bodies(const Cases& cases) {
    for (const BodyCase& each : cases) {
        INFO(each.operation << " " << each.body);
        CHECK(validated(each.operation, each.body) == each.answer);
    }
}

}  // namespace minamo::test
