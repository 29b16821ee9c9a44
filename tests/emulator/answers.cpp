// A difference is told below what was expected, a line for each place.
#include "tests/emulator/answers.hpp"

#include <utility>

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

#include "conformance/replay/compare.hpp"

namespace minamo::tests {
namespace {

std::string differences(const std::string& pointer, const std::string& expected_text, const std::string& text) {
    rapidjson::Document document;
    if (document.Parse(text.c_str()).HasParseError()) return "\n  the answer is no JSON";
    const rapidjson::Value* actual = rapidjson::Pointer(pointer.c_str()).Get(document);
    if (expected_text.empty()) return actual == nullptr ? "" : "\n  there is " + conformance::to_text(*actual);
    if (actual == nullptr) return "\n  there is no such member";
    rapidjson::Document expected;
    if (expected.Parse(expected_text.c_str()).HasParseError()) return "\n  what is expected is no JSON";
    conformance::accept_alike(expected, *actual, expected.GetAllocator());
    std::string out;
    for (const std::string& each : conformance::differences(expected, *actual, {})) out.append("\n  ").append(each);
    return out;
}

}  // namespace

IsJson::IsJson(std::string pointer, std::string expected)
    : pointer_(std::move(pointer)), expected_(std::move(expected)) {}

bool IsJson::match(const std::string& actual) const {
    differences_ = differences(pointer_, expected_, actual);
    return differences_.empty();
}

std::string IsJson::describe() const {
    const std::string place = pointer_.empty() ? "" : "has at " + pointer_ + " ";
    return place + (expected_.empty() ? "nothing" : (pointer_.empty() ? "is " : "") + expected_) + differences_;
}

IsJson is_json(const std::string& expected) {
    return {"", expected};
}

IsJson has_json(const std::string& pointer, const std::string& expected) {
    return {pointer, expected};
}

std::string json_at(const std::string& json, const std::string& pointer) {
    rapidjson::Document document;
    if (document.Parse(json.c_str()).HasParseError()) return "";
    const rapidjson::Value* found = rapidjson::Pointer(pointer.c_str()).Get(document);
    return found == nullptr ? "" : conformance::to_text(*found);
}

std::string error_json(const std::string& type, const std::string& message) {
    const rapidjson::Value text(rapidjson::StringRef(message.c_str(), message.size()));
    const bool is_modelled = type != "ValidationException";
    return std::string(R"({"__type":"com.amazon)") + (is_modelled ? "aws.dynamodb.v20120810#" : ".coral.validate#") +
           type + R"(","message":)" + conformance::to_text(text) + "}";
}

}  // namespace minamo::tests
