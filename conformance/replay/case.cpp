// Each case runs as an account of its own, so that cases neither meet nor need cleaning up.
#include "conformance/replay/case.hpp"

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

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

std::string account_of_case(const std::string& name) {
    return "case-" + std::to_string(std::hash<std::string>{}(name)) + "-" +
           std::to_string(std::chrono::steady_clock::now().time_since_epoch().count());
}

// The value at X.Y.0, or null.
const Value* find_at(const Value& value, const std::string& path) {
    const Value* found = &value;
    std::istringstream parts(path);
    for (std::string part; std::getline(parts, part, '.');) {
        if (found->IsArray()) {
            const auto index = static_cast<rapidjson::SizeType>(std::stoul(part));
            if (index >= found->Size()) return nullptr;
            found = &(*found)[index];
        } else {
            if (!found->IsObject() || !found->HasMember(part.c_str())) return nullptr;
            found = &(*found)[part.c_str()];
        }
    }
    return found;
}

// N times TEXT, of "$times.N.TEXT".
std::string repeated(const std::string& what) {
    const auto dot = what.find('.', 7);
    std::string out;
    for (auto left = std::stoul(what.substr(7)); left > 0; --left) out.append(what, dot + 1);
    return out;
}

// Replaces "$last.X.Y" by what the answer before had there, "$times.N.TEXT" by the long text.
void substitute(Value& value, const Document& last, Document::AllocatorType& allocator) {
    if (value.IsObject()) {
        for (auto& member : value.GetObject()) substitute(member.value, last, allocator);
    } else if (value.IsArray()) {
        for (auto& element : value.GetArray()) substitute(element, last, allocator);
    } else if (value.IsString()) {
        const std::string text = value.GetString();
        if (text.starts_with("$times.")) {
            value.SetString(repeated(text).c_str(), allocator);
        } else if (text.starts_with("$last.")) {
            const Value* found = find_at(last, text.substr(6));
            if (found != nullptr) value.CopyFrom(*found, allocator);
        }
    }
}

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

std::string check(const Value& call, const Document& answer, int status) {
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
        std::string fault = set_up();
        if (!fault.empty() || !test_.HasMember("calls")) return fault;
        Document last(rapidjson::kObjectType);
        int number = 0;
        for (const Value& call : test_["calls"].GetArray()) {
            ++number;
            Document request;
            request.CopyFrom(call["in"], request.GetAllocator());
            substitute(request, last, request.GetAllocator());
            const Reply reply = door_(call["op"].GetString(), to_text(request), account_);
            Document answer;
            if (answer.Parse(reply.body.c_str()).HasParseError()) answer.SetObject();
            fault = check(call, answer, reply.status);
            if (!fault.empty()) {
                return "call " + std::to_string(number) + " (" + call["op"].GetString() + "): " + fault + "\n    got " +
                       std::to_string(reply.status) + " " + reply.body;
            }
            last.Swap(answer);
        }
        return {};
    }

private:
    std::string set_up() {
        if (test_.HasMember("tables")) {
            for (const Value& name : test_["tables"].GetArray()) {
                auto fault = create(name.GetString());
                if (!fault.empty()) return fault;
            }
        }
        if (!test_.HasMember("items")) return {};
        for (const auto& table : test_["items"].GetObject()) {
            for (const Value& item : table.value.GetArray()) {
                const Reply reply = door_(
                    "PutItem", "{\"TableName\":" + to_text(table.name) + ",\"Item\":" + to_text(item) + "}", account_);
                if (reply.status != 200) return "an item could not be put: " + reply.body;
            }
        }
        return {};
    }

    std::string create(const char* name) {
        if (!file_["tables"].HasMember(name)) return std::string("the file defines no table ") + name;
        const Reply reply = door_("CreateTable", to_text(file_["tables"][name]), account_);
        if (reply.status != 200) return "the table could not be created: " + reply.body;
        for (int attempt = 0; attempt < 100; ++attempt) {
            const Reply described = door_("DescribeTable", std::string("{\"TableName\":\"") + name + "\"}", account_);
            if (described.body.find("\"TableStatus\":\"ACTIVE\"") != std::string::npos) return {};
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return std::string("the table did not become ACTIVE: ") + name;
    }

    const Value& file_;
    const Value& test_;
    const Door& door_;
    const std::string account_;
};

}  // namespace

CaseFile::CaseFile(const std::string& path) : path_(path) {
    if (document_.Parse(read_file(path).c_str()).HasParseError() || !document_.IsObject() ||
        !document_.HasMember("cases")) {
        throw std::runtime_error("The case file " + path + " is not JSON with \"cases\": look near byte " +
                                 std::to_string(document_.GetErrorOffset()) + ".");
    }
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
