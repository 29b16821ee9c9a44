// Document paths: their slots resolved, looked up in an item, compared, printed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "emulator/expressions/expressions.hpp"

namespace minamo {

// The name that an element stands for; data() is null where the request does not define it. Not for list indexes.
inline std::string_view name_of(const grammar::PathElement& element, const Binding& binding) {
    if (const auto* name = std::get_if<std::string>(&element)) return *name;
    return binding.names[std::get<grammar::NameSlot>(element).slot];
}

// The attributes of one item, for lookups by name. A view, as that of the item is.
class Attributes {
public:
    // Each lookup searches the item.
    Attributes(storage::ItemView item) : item_(item) {}  // NOLINT: an item is its attributes
    // Lookups search among `found`, all there are, ascending.
    Attributes(storage::ItemView item, std::span<const storage::AttributeView> found) : item_(item), found_(found) {}

    // empty() where absent.
    storage::ValueView find(std::string_view name) const {
        return found_.empty() ? item_.find(name) : find_among_all(name);
    }

private:
    storage::ValueView find_among_all(std::string_view name) const;

    storage::ItemView item_;
    std::span<const storage::AttributeView> found_;
};

// Whether so many lookups are worth finding all attributes first: one search reads no more than the walk that does.
constexpr bool pays_to_find_all(std::size_t lookups) {
    return lookups > 16;
}
std::vector<storage::AttributeView> find_all(storage::ItemView item);

// Finds names that ascend in attributes: one walk for all.
class AttributeWalk {
public:
    explicit AttributeWalk(const storage::AttributeRange& attributes)
        : at_(attributes.begin()), end_(attributes.end()) {}

    // No less than any name before. empty() where absent.
    storage::ValueView find(std::string_view name);

private:
    storage::AttributeRange::iterator at_;
    storage::AttributeRange::iterator end_;
};

// What the path leads to in the item, empty() where it leads nowhere: an absent attribute, an index past the end, or a
// step into something that is no map or no list.
storage::ValueView find(const Attributes& attributes, const grammar::Path& path, const Binding& binding);
storage::ValueView find(const Attributes& attributes, std::span<const ResolvedElement> path);

ResolvedPath resolve(const grammar::Path& path, const Binding& binding);

// The paths that the actions of an update write to, in expression order.
const grammar::Path& target_of(const grammar::UpdateAction& action);
std::vector<const grammar::Path*> targets_of(const grammar::UpdateExpression& update);

bool same_path(const grammar::Path& a, const grammar::Path& b, const Binding& binding);

// As messages show a path: [a, b, [0]].
std::string path_text(const grammar::Path& path, const Binding& binding);

}  // namespace minamo
