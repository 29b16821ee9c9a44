// Document paths: their slots resolved, looked up in an item, compared, printed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "emulator/expressions.hpp"

namespace minamo {

// The name that an element stands for; data() is null where the request does not define it. Not for list indexes.
inline std::string_view name_of(const grammar::PathElement& element, const Binding& binding) {
    if (const auto* name = std::get_if<std::string>(&element)) return *name;
    return binding.names[std::get<grammar::NameSlot>(element).slot];
}

// What the path leads to in the item, empty() where it leads nowhere: an absent attribute, an index past the end, or a
// step into something that is no map or no list.
storage::ValueView find(storage::ItemView item, const grammar::Path& path, const Binding& binding);
storage::ValueView find(storage::ItemView item, std::span<const ResolvedElement> path);

ResolvedPath resolve(const grammar::Path& path, const Binding& binding);

// The paths that the actions of an update write to, in expression order.
const grammar::Path& target_of(const grammar::UpdateAction& action);
std::vector<const grammar::Path*> targets_of(const grammar::UpdateExpression& update);

bool same_path(const grammar::Path& a, const grammar::Path& b, const Binding& binding);

// As messages show a path: [a, b, [0]].
std::string path_text(const grammar::Path& path, const Binding& binding);

}  // namespace minamo
