// A map may have a hundred thousand members: what is superseded is found by sorting, not by searching for each.
#include "emulator/wire/json_members.hpp"

#include <algorithm>
#include <cstddef>

namespace minamo {
namespace {

// Clears the value of members that a later one of the same name supersedes.
void drop_superseded(std::vector<JsonMember>& members) {
    std::vector<std::size_t> by_name(members.size());
    for (std::size_t i = 0; i < by_name.size(); ++i) by_name[i] = i;
    std::ranges::stable_sort(by_name, {}, [&](std::size_t i) { return members[i].name; });
    for (std::size_t i = 1; i < by_name.size(); ++i) {
        JsonMember& earlier = members[by_name[i - 1]];
        if (earlier.name == members[by_name[i]].name) earlier.value = nullptr;
    }
}

}  // namespace

std::vector<JsonMember> distinct_members(const json::Value& object) {
    std::vector<JsonMember> members;
    members.reserve(object.MemberCount());
    for (const auto& member : object.GetObject()) {
        members.push_back({json::text(member.name), member.value.IsNull() ? nullptr : &member.value});
    }
    if (members.size() > 1) drop_superseded(members);
    std::erase_if(members, [](const JsonMember& member) { return member.value == nullptr; });
    return members;
}

}  // namespace minamo
