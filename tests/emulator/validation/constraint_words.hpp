// The words of constraint errors, so that tables of them stay readable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/validation/validating.hpp"

namespace minamo::test {

inline std::string constraint(std::string_view value, std::string_view path, std::string_view text) {
    return "Value " + std::string(value) + " at '" + std::string(path) +
           "' failed to satisfy constraint: " + std::string(text);
}

inline std::string missing(std::string_view path) {
    return constraint("null", path, "Member must not be null");
}

inline std::string faults(const std::vector<std::string>& each) {
    if (each.size() == 1) return one_fault(each.front());
    std::string joined;
    for (const std::string& fault : each) joined.append(joined.empty() ? "" : "; ").append(fault);
    return invalid_answer(std::to_string(each.size()) + " validation errors detected: " + joined);
}

// Without value, as a few members are told.
inline std::string valueless(std::string_view path, std::string_view text) {
    return "Value at '" + std::string(path) + "' failed to satisfy constraint: " + std::string(text);
}

inline std::string less(int bound) {
    return "Member must have length less than or equal to " + std::to_string(bound);
}
inline std::string greater(int bound) {
    return "Member must have length greater than or equal to " + std::to_string(bound);
}
inline std::string at_most(int bound) {
    return "Member must have value less than or equal to " + std::to_string(bound);
}
inline std::string at_least(int bound) {
    return "Member must have value greater than or equal to " + std::to_string(bound);
}
inline std::string one_of(std::string_view values) {
    return "Member must satisfy enum value set: " + std::string(values);
}

inline const std::string name_pattern = "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
inline std::string in_quotes(std::string_view text) {
    return "'" + std::string(text) + "'";
}

inline std::string repeated(std::string_view element, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out.append(i == 0 ? "" : ",").append(element);
    return "[" + out + "]";
}

}  // namespace minamo::test
