// What answers are expected to be: all of their JSON, or one whole member of it.
//
//   CHECK_THAT(emulator.call("ListTables", "{}").body, is_json(R"({"TableNames":["tab"]})"));
//   CHECK_THAT(described, has_json("/Table/TableStatus", R"("ACTIVE")"));
//
// Values are compared as those of conformance cases are: numbers by value, sets without order. "$like.PATTERN" stands
// for a text or number that the regular expression matches. Where an answer differs, each place is a line.
#pragma once

#include <string>

#include "tests/support.hpp"

namespace minamo::tests {

class IsJson final : public MatcherBase<std::string> {
public:
    IsJson(std::string pointer, std::string expected);
    bool match(const std::string& actual) const override;
    std::string describe() const override;

private:
    std::string pointer_;
    std::string expected_;
    mutable std::string differences_;
};

// `expected` is JSON text.
IsJson is_json(const std::string& expected);

// The member at a JSON pointer is `expected`; where that is empty, there is none.
IsJson has_json(const std::string& pointer, const std::string& expected);

// The member at a JSON pointer, as JSON text; empty where there is none.
std::string json_at(const std::string& json, const std::string& pointer);

// DynamoDB's answer to a call that it refuses with a ValidationException or an exception of its API.
std::string error_json(const std::string& type, const std::string& message);

}  // namespace minamo::tests
