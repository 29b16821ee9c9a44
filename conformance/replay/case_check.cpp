// Each object against the list of its members: their types, and which of them must be there.
#include "conformance/replay/case_check.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <span>
#include <string_view>

namespace minamo::conformance {
namespace {

using rapidjson::Value;

enum class Kind : std::uint8_t { text, texts, object, list, flag, any };

struct Member {
    std::string_view name;
    Kind kind;
    bool required = false;
};

constexpr Member file_members[] = {{"tables", Kind::object}, {"cases", Kind::list, true}};
constexpr Member case_members[] = {{"name", Kind::text, true},
                                   {"rule", Kind::text, true},
                                   {"tables", Kind::texts},
                                   {"items", Kind::object},
                                   {"calls", Kind::list, true}};
constexpr Member call_members[] = {{"op", Kind::text, true}, {"in", Kind::any, true},   {"error", Kind::text},
                                   {"message", Kind::text},  {"messages", Kind::texts}, {"out", Kind::any},
                                   {"has", Kind::any},       {"lacks", Kind::texts},    {"unordered", Kind::flag},
                                   {"keep", Kind::object}};

std::string_view text_of(const Value& value) {
    return {value.GetString(), value.GetStringLength()};
}

std::string quoted(std::string_view text) {
    return std::string("\"").append(text).append("\"");
}

bool has_kind(const Value& value, Kind kind) {
    switch (kind) {
        case Kind::text:
            return value.IsString() && value.GetStringLength() > 0;
        case Kind::texts:
            return value.IsArray() &&
                   std::ranges::all_of(value.GetArray(), [](const Value& each) { return each.IsString(); });
        case Kind::object:
            return value.IsObject();
        case Kind::list:
            return value.IsArray() && !value.Empty();
        case Kind::flag:
            return value.IsBool();
        case Kind::any:
            break;
    }
    return true;
}

std::string fault_of(const Value& object, std::span<const Member> members) {
    if (!object.IsObject()) return "it is no object";
    std::set<std::string_view> seen;
    for (const auto& given : object.GetObject()) {
        const std::string_view name = text_of(given.name);
        const auto member = std::ranges::find(members, name, &Member::name);
        if (member == members.end()) return "there is no member " + quoted(name);
        if (!seen.insert(name).second) return "the member " + quoted(name) + " stands there twice";
        if (!has_kind(given.value, member->kind)) return "the member " + quoted(name) + " has another type";
    }
    for (const Member& member : members) {
        if (member.required && !seen.contains(member.name)) return "the member " + quoted(member.name) + " is missing";
    }
    return {};
}

// What one call says of its answer.
std::string fault_of_call(const Value& call) {
    if (std::string fault = fault_of(call, call_members); !fault.empty()) return fault;
    const bool fails = call.HasMember("error");
    const bool words = call.HasMember("message") || call.HasMember("messages");
    if (words && !fails) return "it has a message without an error";
    if (call.HasMember("message") && call.HasMember("messages")) return "it has both message and messages";
    if (call.HasMember("unordered") && !call.HasMember("out") && !call.HasMember("has")) {
        return "it is unordered, but nothing is compared";
    }
    return {};
}

// The tables of a case are among those of its file.
std::string fault_of_tables(const Value& test, const Value& file) {
    const auto known = [&](std::string_view name) {
        return file.HasMember("tables") && file["tables"].HasMember(std::string(name).c_str());
    };
    if (test.HasMember("tables")) {
        for (const Value& table : test["tables"].GetArray()) {
            if (!known(text_of(table))) return "the file has no table " + quoted(text_of(table));
        }
    }
    return {};
}

std::string fault_of_case(const Value& test, const Value& file) {
    if (std::string fault = fault_of(test, case_members); !fault.empty()) return fault;
    if (std::string fault = fault_of_tables(test, file); !fault.empty()) return fault;
    int number = 0;
    for (const Value& call : test["calls"].GetArray()) {
        ++number;
        const std::string fault = fault_of_call(call);
        if (!fault.empty()) return std::string("call ").append(std::to_string(number)).append(": ").append(fault);
    }
    return {};
}

}  // namespace

std::string fault_of_case_file(const Value& file) {
    if (std::string fault = fault_of(file, file_members); !fault.empty()) return fault;
    std::set<std::string_view> names;
    for (const Value& test : file["cases"].GetArray()) {
        const bool named = test.IsObject() && test.HasMember("name") && test["name"].IsString();
        std::string where = named ? "case " + quoted(text_of(test["name"])) : "a case without a name";
        const std::string fault = fault_of_case(test, file);
        if (!fault.empty()) return where.append(": ").append(fault);
        if (!names.insert(text_of(test["name"])).second) return where.append(" stands there twice");
    }
    return {};
}

}  // namespace minamo::conformance
