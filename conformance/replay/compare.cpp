// Walks both values side by side and tells each place where they differ.
#include "conformance/replay/compare.hpp"

#include <regex>
#include <string_view>
#include <utility>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace minamo::conformance {
namespace {

using rapidjson::Value;

bool is_set_name(std::string_view name) {
    return name == "SS" || name == "NS" || name == "BS";
}

class Comparison {
public:
    explicit Comparison(Match match) : match_(match) {}

    void compare(const std::string& path, const Value& expected, const Value& actual) {
        if (expected.IsObject() && actual.IsObject()) {
            compare_objects(path, expected, actual);
        } else if (expected.IsArray() && actual.IsArray()) {
            compare_arrays(path, expected, actual, false);
        } else if (expected.IsNumber() && actual.IsNumber() ? expected.GetDouble() != actual.GetDouble()
                                                            : expected != actual) {
            differ(path, to_text(expected), to_text(actual));
        }
    }

    std::vector<std::string> differences;

private:
    void differ(const std::string& path, const std::string& expected, const std::string& actual) {
        differences.push_back(path + ": expected " + expected + ", got " + actual);
    }

    // Each expected element must find an actual one of its own.
    void compare_unordered(const std::string& path, const Value& expected, const Value& actual) {
        std::vector<bool> taken(actual.Size(), false);
        for (const Value& wanted : expected.GetArray()) {
            bool found = false;
            for (rapidjson::SizeType i = 0; i < actual.Size() && !found; ++i) {
                if (taken[i] || !conformance::differences(wanted, actual[i], match_).empty()) continue;
                taken[i] = found = true;
            }
            if (!found)
                differences.push_back(path + ": no element equals " + to_text(wanted) + " in " + to_text(actual));
        }
    }

    void compare_arrays(const std::string& path, const Value& expected, const Value& actual, bool is_set) {
        if (expected.Size() != actual.Size()) {
            differ(path, to_text(expected), to_text(actual));
        } else if (match_.unordered || is_set) {
            compare_unordered(path, expected, actual);
        } else {
            for (rapidjson::SizeType i = 0; i < expected.Size(); ++i) {
                compare(path + "[" + std::to_string(i) + "]", expected[i], actual[i]);
            }
        }
    }

    void compare_objects(const std::string& path, const Value& expected, const Value& actual) {
        for (const auto& member : expected.GetObject()) {
            const std::string name = member.name.GetString();
            const auto found = actual.FindMember(member.name);
            std::string inner = path;
            inner.append(".").append(name);
            if (found == actual.MemberEnd()) {
                differ(inner, to_text(member.value), "nothing");
            } else if (member.value.IsArray() && found->value.IsArray()) {
                compare_arrays(inner, member.value, found->value, is_set_name(name));
            } else {
                compare(inner, member.value, found->value);
            }
        }
        if (match_.partial) return;
        for (const auto& member : actual.GetObject()) {
            if (expected.HasMember(member.name)) continue;
            differ(path + "." + member.name.GetString(), "nothing", to_text(member.value));
        }
    }

    Match match_;
};

}  // namespace

std::string to_text(const Value& value) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    value.Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

std::vector<std::string> differences(const Value& expected, const Value& actual, Match match) {
    Comparison comparison(match);
    comparison.compare("$", expected, actual);
    return std::move(comparison.differences);
}

std::string difference(const Value& expected, const Value& actual, Match match) {
    const auto all = differences(expected, actual, match);
    return all.empty() ? std::string{} : all.front();
}

void accept_alike(Value& expected, const Value& actual, rapidjson::Document::AllocatorType& allocator) {
    if (expected.IsObject() && actual.IsObject()) {
        for (auto& member : expected.GetObject()) {
            const auto found = actual.FindMember(member.name);
            if (found != actual.MemberEnd()) accept_alike(member.value, found->value, allocator);
        }
    } else if (expected.IsArray() && actual.IsArray()) {
        for (rapidjson::SizeType i = 0; i < expected.Size() && i < actual.Size(); ++i) {
            accept_alike(expected[i], actual[i], allocator);
        }
    } else if (expected.IsString() && (actual.IsString() || actual.IsNumber())) {
        const std::string text = expected.GetString();
        if (!text.starts_with("$like.")) return;
        const std::string given = actual.IsString() ? actual.GetString() : to_text(actual);
        if (std::regex_match(given, std::regex(text.substr(6)))) expected.CopyFrom(actual, allocator);
    }
}

}  // namespace minamo::conformance
