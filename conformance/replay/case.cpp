// Each case runs as an account of its own, so that cases never meet, and gives back what it made, so that any number of
// them can run.
#include "conformance/replay/case.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <thread>

#include <rapidjson/pointer.h>

#include "conformance/replay/case_check.hpp"
#include "conformance/replay/compare.hpp"

namespace minamo::conformance {
namespace {

using rapidjson::Document;
using rapidjson::Value;

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("The case file " + path + " cannot be read.");
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string text_of(const Value& object, const char* name) {
    return object.HasMember(name) && object[name].IsString() ? object[name].GetString() : std::string{};
}

std::string in_json(const std::string& text) {
    return to_text(Value(rapidjson::StringRef(text.c_str(), text.size())));
}

// Letters and digits alone: DynamoDB Local takes no others in an access key.
std::string account_of_case(const std::string& name) {
    return "case" + std::to_string(std::hash<std::string>{}(name)) + "at" +
           std::to_string(std::chrono::steady_clock::now().time_since_epoch().count());
}

// The value at X.Y.0, or null.
const Value* find_at(const Value& value, const std::string& path) {
    std::string pointer = "/";
    for (const char c : path) {
        if (c == '.') {
            pointer += '/';
        } else if (c == '/' || c == '~') {
            pointer.append(c == '/' ? "~1" : "~0");
        } else {
            pointer += c;
        }
    }
    return rapidjson::Pointer(pointer.c_str(), pointer.size()).Get(value);
}

// N times TEXT, of "$times.N.TEXT".
std::string repeated(const std::string& what) {
    const auto dot = what.find('.', 7);
    std::string out;
    for (auto left = std::stoul(what.substr(7)); left > 0; --left) out.append(what, dot + 1);
    return out;
}

// Part N of the text at X.Y, of "X.Y:N"; nothing where it has no such part.
std::optional<std::string> part_at(const Value& value, const std::string& path) {
    const auto colon = path.rfind(':');
    const Value* found = find_at(value, path.substr(0, colon));
    if (found == nullptr || !found->IsString()) return std::nullopt;
    std::istringstream parts(found->GetString());
    std::string part;
    for (auto left = std::stoul(path.substr(colon + 1)) + 1; left > 0; --left) {
        if (!std::getline(parts, part, ':')) return std::nullopt;
    }
    return part;
}

// What the calls of a case know of earlier answers.
class Answers {
public:
    // Replaces in a call what stands for something else. Says what is not there, if anything is not.
    std::string substitute(Value& value, Document::AllocatorType& allocator) const {
        std::string fault;
        replace(value, allocator, fault);
        return fault;
    }

    // Keeps what the call asks for, and the answer as the last one.
    std::string keep_answer(const Value& call, Document& answer) {
        if (call.HasMember("keep")) {
            for (const auto& wanted : call["keep"].GetObject()) {
                const std::string path = wanted.value.GetString();
                if (!keep_value(wanted.name.GetString(), answer, path)) return "the answer has no " + path + " to keep";
            }
        }
        last_.Swap(answer);
        return {};
    }

private:
    bool keep_value(const char* name, const Value& answer, const std::string& path) {
        auto& allocator = kept_.GetAllocator();
        Value value;
        if (path.find(':') != std::string::npos) {
            const auto part = part_at(answer, path);
            if (!part) return false;
            value.SetString(part->c_str(), allocator);
        } else {
            const Value* found = find_at(answer, path);
            if (found == nullptr) return false;
            value.CopyFrom(*found, allocator);
        }
        kept_.RemoveMember(name);
        kept_.AddMember(Value(name, allocator), value, allocator);
        return true;
    }

    void replace(Value& value, Document::AllocatorType& allocator, std::string& fault) const {
        if (value.IsObject()) {
            for (auto& member : value.GetObject()) replace(member.value, allocator, fault);
        } else if (value.IsArray()) {
            for (auto& element : value.GetArray()) replace(element, allocator, fault);
        } else if (value.IsString()) {
            replace_text(value, allocator, fault);
        }
    }

    void replace_text(Value& value, Document::AllocatorType& allocator, std::string& fault) const {
        const std::string text(value.GetString(), value.GetStringLength());
        if (text.starts_with("$times.")) {
            value.SetString(repeated(text).c_str(), allocator);
        } else if (text.starts_with("$last.")) {
            const Value* found = find_at(last_, text.substr(6));
            if (found == nullptr) {
                fault = "the answer before has no " + text.substr(6);
            } else {
                value.CopyFrom(*found, allocator);
            }
        } else if (text.find(kept_mark) != std::string::npos) {
            replace_kept(value, text, allocator, fault);
        }
    }

    void replace_kept(Value& value, std::string text, Document::AllocatorType& allocator, std::string& fault) const {
        for (auto at = text.find(kept_mark); at != std::string::npos; at = text.find(kept_mark, at)) {
            const auto begin = at + kept_mark.size();
            const auto end = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz", begin), text.size());
            const std::string name = text.substr(begin, end - begin);
            if (!kept_.HasMember(name.c_str())) {
                fault = "no call before keeps \"" + name + '"';
                return;
            }
            const Value& kept = kept_[name.c_str()];
            if (at == 0 && end == text.size()) {
                value.CopyFrom(kept, allocator);
                return;
            }
            const std::string inner = kept.IsString() ? kept.GetString() : to_text(kept);
            text.replace(at, end - at, inner);
            at += inner.size();
        }
        value.SetString(text.c_str(), allocator);
    }

    static constexpr std::string_view kept_mark = "$kept.";

    Document last_{rapidjson::kObjectType};
    Document kept_{rapidjson::kObjectType};
};

std::string check_error(const Value& call, const Document& answer, int status) {
    const std::string wanted = text_of(call, "error");
    const std::string type = text_of(answer, "__type");
    if (status < 400 || type.substr(type.find('#') + 1) != wanted) return "expected " + wanted;
    const std::string message = text_of(answer, answer.HasMember("message") ? "message" : "Message");
    if (call.HasMember("message") && message != call["message"].GetString()) {
        return "expected the message \"" + std::string(call["message"].GetString()) + "\"";
    }
    if (call.HasMember("messages")) {
        for (const Value& each : call["messages"].GetArray()) {
            if (message == each.GetString()) return {};
        }
        return "expected one of the messages " + to_text(call["messages"]);
    }
    return {};
}

std::string check_answer(const Value& call, const Document& answer, int status) {
    if (call.HasMember("error")) {
        auto fault = check_error(call, answer, status);
        if (!fault.empty()) return fault;
    } else if (status != 200) {
        return "expected success";
    }
    const bool unordered = call.HasMember("unordered") && call["unordered"].GetBool();
    if (call.HasMember("out")) {
        auto fault = difference(call["out"], answer, {false, unordered});
        if (!fault.empty()) return fault;
    }
    if (call.HasMember("has")) {
        auto fault = difference(call["has"], answer, {true, unordered});
        if (!fault.empty()) return fault;
    }
    if (call.HasMember("lacks")) {
        for (const Value& name : call["lacks"].GetArray()) {
            if (find_at(answer, name.GetString()) != nullptr)
                return "expected no member " + std::string(name.GetString());
        }
    }
    return {};
}

// One case at one door.
class Run {
public:
    Run(const Value& file, const Value& test, const Door& door)
        : file_(file), test_(test), door_(door), account_(account_of_case(text_of(test, "name"))) {}

    std::string failure() {
        std::string fault = play();
        if (!door_.give_back || !door_.give_back(account_)) delete_tables();
        return fault;
    }

private:
    std::string play() {
        std::string fault = set_up();
        if (!fault.empty() || !test_.HasMember("calls")) return fault;
        Answers answers;
        int number = 0;
        for (const Value& call : test_["calls"].GetArray()) {
            ++number;
            fault = make_call(call, answers);
            if (!fault.empty()) {
                return "call " + std::to_string(number) + " (" + call["op"].GetString() + "): " + fault;
            }
        }
        return {};
    }

    // Every call of the case passes here: tables that it makes are noted.
    Reply call(const std::string& operation, const std::string& body) {
        Reply reply = door_.call(operation, body, account_);
        Document request;
        if (operation == "CreateTable" && reply.status == 200 && !request.Parse(body.c_str()).HasParseError()) {
            tables_.insert(text_of(request, "TableName"));
        }
        return reply;
    }

    std::string make_call(const Value& written, Answers& answers) {
        Document call;
        call.CopyFrom(written, call.GetAllocator());
        std::string fault = answers.substitute(call, call.GetAllocator());
        if (!fault.empty()) return fault;
        const Reply reply = this->call(call["op"].GetString(), to_text(call["in"]));
        Document answer;
        if (answer.Parse(reply.body.c_str()).HasParseError()) answer.SetObject();
        for (const char* name : {"out", "has"}) {
            if (call.HasMember(name)) accept_alike(call[name], answer, call.GetAllocator());
        }
        fault = check_answer(call, answer, reply.status);
        if (fault.empty()) fault = answers.keep_answer(call, answer);
        return fault.empty() ? fault : fault + "\n    got " + std::to_string(reply.status) + " " + reply.body;
    }

    std::string set_up() {
        if (test_.HasMember("tables")) {
            for (const Value& name : test_["tables"].GetArray()) {
                auto fault = create_table(name.GetString());
                if (!fault.empty()) return fault;
            }
        }
        if (!test_.HasMember("items")) return {};
        for (const auto& table : test_["items"].GetObject()) {
            for (const Value& item : table.value.GetArray()) {
                const Reply reply =
                    call("PutItem", "{\"TableName\":" + to_text(table.name) + ",\"Item\":" + to_text(item) + "}");
                if (reply.status != 200) return "an item could not be put: " + reply.body;
            }
        }
        return {};
    }

    std::string create_table(const char* name) {
        if (!file_["tables"].HasMember(name)) return std::string("the file defines no table ") + name;
        const Reply reply = call("CreateTable", to_text(file_["tables"][name]));
        if (reply.status != 200) return "the table could not be created: " + reply.body;
        for (int attempt = 0; attempt < attempts_max; ++attempt) {
            const Reply described = call("DescribeTable", std::string("{\"TableName\":\"") + name + "\"}");
            if (described.body.find("\"TableStatus\":\"ACTIVE\"") != std::string::npos) return {};
            std::this_thread::sleep_for(between_attempts);
        }
        return std::string("the table did not become ACTIVE: ") + name;
    }

    // Tables in use are asked for again: those that become ACTIVE meanwhile can be deleted then.
    void delete_tables() {
        for (const std::string& name : tables_) {
            const std::string body = "{\"TableName\":" + in_json(name) + "}";
            for (int attempt = 0; attempt < attempts_max; ++attempt) {
                const Reply reply = door_.call("DeleteTable", body, account_);
                if (reply.body.find("ResourceInUseException") != std::string::npos) {
                    std::this_thread::sleep_for(between_attempts);
                } else if (reply.body.find("protected against deletion") == std::string::npos || !unprotect(name)) {
                    break;
                }
            }
        }
    }

    bool unprotect(const std::string& name) {
        const std::string body = "{\"TableName\":" + in_json(name) + ",\"DeletionProtectionEnabled\":false}";
        return door_.call("UpdateTable", body, account_).status == 200;
    }

    static constexpr int attempts_max = 100;
    static constexpr std::chrono::milliseconds between_attempts{20};

    const Value& file_;
    const Value& test_;
    const Door& door_;
    const std::string account_;
    std::set<std::string> tables_;
};

}  // namespace

CaseFile::CaseFile(const std::string& path) : path_(path) {
    if (document_.Parse(read_file(path).c_str()).HasParseError()) {
        throw std::runtime_error("The case file " + path + " is not JSON: look near byte " +
                                 std::to_string(document_.GetErrorOffset()) + ".");
    }
    const std::string fault = fault_of_case_file(document_);
    if (!fault.empty()) throw std::runtime_error("The case file " + path + " cannot be run: " + fault + ".");
}

std::size_t CaseFile::count() const {
    return document_["cases"].Size();
}

std::vector<CaseResult> CaseFile::run(const Door& door, const std::string& only) const {
    std::vector<CaseResult> results;
    for (const Value& test : document_["cases"].GetArray()) {
        const std::string name = text_of(test, "name");
        if (name.find(only) == std::string::npos) continue;
        results.push_back({name, text_of(test, "rule"), Run(document_, test, door).failure()});
    }
    return results;
}

std::vector<std::string> CaseFile::rules() const {
    std::vector<std::string> out;
    for (const Value& test : document_["cases"].GetArray()) out.push_back(text_of(test, "rule"));
    return out;
}

}  // namespace minamo::conformance
