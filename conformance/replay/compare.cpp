// Walks both values side by side and stops at the first difference.
#include "conformance/replay/compare.hpp"

#include <string_view>
#include <vector>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace minamo::conformance {
namespace {

using rapidjson::Value;

bool is_set_name(std::string_view name) {
    return name == "SS" || name == "NS" || name == "BS";
}

std::string differ(const std::string& path, const Value& expected, const Value& actual) {
    return path + ": expected " + to_text(expected) + ", got " + to_text(actual);
}

std::string compare(const std::string& path, const Value& expected, const Value& actual, Match match);

// Each expected element must find an actual one of its own.
std::string compare_unordered(const std::string& path, const Value& expected, const Value& actual, Match match) {
    std::vector<bool> taken(actual.Size(), false);
    for (const Value& wanted : expected.GetArray()) {
        bool found = false;
        for (rapidjson::SizeType i = 0; i < actual.Size() && !found; ++i) {
            if (taken[i] || !compare(path, wanted, actual[i], match).empty()) continue;
            taken[i] = found = true;
        }
        if (!found) return path + ": no element equals " + to_text(wanted) + " in " + to_text(actual);
    }
    return {};
}

std::string compare_arrays(const std::string& path, const Value& expected, const Value& actual, Match match,
                           bool is_set) {
    if (expected.Size() != actual.Size()) return differ(path, expected, actual);
    if (match.unordered || is_set) return compare_unordered(path, expected, actual, match);
    for (rapidjson::SizeType i = 0; i < expected.Size(); ++i) {
        auto found = compare(path + "[" + std::to_string(i) + "]", expected[i], actual[i], match);
        if (!found.empty()) return found;
    }
    return {};
}

std::string compare_objects(const std::string& path, const Value& expected, const Value& actual, Match match) {
    for (const auto& member : expected.GetObject()) {
        const std::string name = member.name.GetString();
        const auto found = actual.FindMember(member.name);
        std::string inner = path;
        inner.append(".").append(name);
        if (found == actual.MemberEnd()) return inner.append(": missing in ").append(to_text(actual));
        auto fault = member.value.IsArray() && found->value.IsArray()
                         ? compare_arrays(inner, member.value, found->value, match, is_set_name(name))
                         : compare(inner, member.value, found->value, match);
        if (!fault.empty()) return fault;
    }
    if (match.partial) return {};
    for (const auto& member : actual.GetObject()) {
        if (!expected.HasMember(member.name))
            return path + ": unexpected member " + member.name.GetString() + " in " + to_text(actual);
    }
    return {};
}

std::string compare(const std::string& path, const Value& expected, const Value& actual, Match match) {
    if (expected.IsObject() && actual.IsObject()) return compare_objects(path, expected, actual, match);
    if (expected.IsArray() && actual.IsArray()) return compare_arrays(path, expected, actual, match, false);
    if (expected.IsNumber() && actual.IsNumber()) {
        return expected.GetDouble() == actual.GetDouble() ? std::string{} : differ(path, expected, actual);
    }
    return expected == actual ? std::string{} : differ(path, expected, actual);
}

}  // namespace

std::string to_text(const Value& value) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    value.Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

std::string difference(const Value& expected, const Value& actual, Match match) {
    return compare("$", expected, actual, match);
}

}  // namespace minamo::conformance
