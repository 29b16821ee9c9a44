// ExpressionAttributeNames and ExpressionAttributeValues: keys first, then what they stand for. Entries are kept sorted
// by placeholder, so that a slot is found without a map; values are encoded into one string.
#include <algorithm>
#include <string>
#include <utility>

#include "emulator/expressions/expressions.hpp"
#include "emulator/wire/json_members.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

constexpr std::size_t placeholder_bytes_max = 255;        // developer guide, "Constraints": expression parameters
constexpr std::size_t substitution_bytes_max = 2u << 20;  // ibid.: all substitution variables of an expression

constexpr std::string_view names_member = "ExpressionAttributeNames";
constexpr std::string_view values_member = "ExpressionAttributeValues";

bool is_placeholder(std::string_view text, char mark) {
    if (text.size() < 2 || text[0] != mark) return false;
    return std::all_of(text.begin() + 1, text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

Result<void> check_placeholder(std::string_view member, std::string_view text, char mark) {
    const std::string start = std::string(member) + " contains invalid key: ";
    if (!is_placeholder(text, mark)) return invalid(start + "Syntax error; key: \"" + std::string(text) + "\"");
    if (text.size() > placeholder_bytes_max) {
        return invalid(start + "The expression attribute map contains a key that is too long; size of key: " +
                       std::to_string(text.size()));
    }
    return {};
}

Result<void> check_name(std::string_view name, std::string_view placeholder) {
    const std::string_view what = attribute_name_fault(name);
    if (what.empty()) return {};
    return invalid(std::string(names_member) + " contains invalid value: " + std::string(what) + " for key " +
                   std::string(placeholder));
}

// Names the placeholder in a fault of its value: recent deployments do so in few, older ones in all but deep nesting.
Error value_fault(Error error, std::string_view placeholder) {
    if (error->fault == RequestFault::nesting) return error;
    error->classic = std::string(values_member) +
                     " contains invalid value: " + (error->classic.empty() ? error->message : error->classic) +
                     " for key " + std::string(placeholder);
    if (error->fault == RequestFault::datatype || error->fault == RequestFault::map_name)
        error->message = error->classic;
    return error;
}

template <class Entry>
std::string unused(const std::vector<Entry>& entries) {
    std::string list;
    for (const Entry& entry : entries) {
        if (entry.used) continue;
        list.append(list.empty() ? "" : ", ").append(entry.placeholder);
    }
    return list;
}

Result<void> check_all_used(std::string_view member, const std::string& unused_list) {
    if (unused_list.empty()) return {};
    return invalid(RequestFault::unused,
                   "Value provided in " + std::string(member) + " unused in expressions: keys: {" + unused_list + "}");
}

}  // namespace

Result<void> Substitutions::read(const json::Value* names, const json::Value* values) {
    if (names != nullptr) TRY(read_names(*names));
    if (values != nullptr) TRY(read_values(*values));
    std::size_t bytes = encoded_.size();
    for (const Entry& entry : names_) bytes += entry.placeholder.size() + entry.name.size();
    for (const Entry& entry : values_) bytes += entry.placeholder.size();
    if (bytes <= substitution_bytes_max) return {};
    return invalid(
        "ExpressionAttributeNames and ExpressionAttributeValues have exceeded the maximum allowed size of 2 MB");
}

Result<void> Substitutions::read_names(const json::Value& names) {
    const auto members = distinct_members(names);
    if (members.empty()) return invalid("ExpressionAttributeNames must not be empty");
    names_.reserve(members.size());
    for (const JsonMember& member : members) TRY(check_placeholder(names_member, member.name, '#'));
    for (const JsonMember& member : members) {
        TRY(check_name(json::text(*member.value), member.name));
        names_.push_back({member.name, json::text(*member.value), {}, false});
    }
    std::ranges::sort(names_, {}, &Entry::placeholder);
    return {};
}

Result<void> Substitutions::read_values(const json::Value& values) {
    const auto members = distinct_members(values);
    if (members.empty()) return invalid(RequestFault::no_values, "ExpressionAttributeValues must not be empty");
    for (const JsonMember& member : members) TRY(check_placeholder(values_member, member.name, ':'));
    std::vector<std::size_t> ends;
    ends.reserve(members.size());
    for (const JsonMember& member : members) {
        auto value = value_from_json(*member.value);
        if (!value) return tl::unexpected(value_fault(std::move(value).error(), member.name));
        storage::encode(encoded_, *value);
        ends.push_back(encoded_.size());
    }
    values_.reserve(members.size());
    std::size_t begin = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const auto bytes = std::string_view(encoded_).substr(begin, ends[i] - begin);
        values_.push_back({members[i].name, {}, storage::ValueView(bytes), false});
        begin = ends[i];
    }
    std::ranges::sort(values_, {}, &Entry::placeholder);
    return {};
}

Result<void> Substitutions::check_used() const {
    TRY(check_all_used(names_member, unused(names_)));
    return check_all_used(values_member, unused(values_));
}

int Substitutions::use(std::vector<Entry>& entries, std::string_view placeholder) {
    const auto found = std::ranges::lower_bound(entries, placeholder, {}, &Entry::placeholder);
    if (found == entries.end() || found->placeholder != placeholder) return -1;
    found->used = true;
    return static_cast<int>(found - entries.begin());
}

int Substitutions::use_name(std::string_view placeholder) {
    return use(names_, placeholder);
}
int Substitutions::use_value(std::string_view placeholder) {
    return use(values_, placeholder);
}

std::string_view Substitutions::name(int position) const {
    return names_[static_cast<std::size_t>(position)].name;
}
storage::ValueView Substitutions::value(int position) const {
    return values_[static_cast<std::size_t>(position)].value;
}

}  // namespace minamo
