// Every pair is compared: most differ in their first name, and 4 KB of text hold no more than two thousand paths.
#include "emulator/expressions/overlaps.hpp"

#include <algorithm>

#include "emulator/expressions/paths.hpp"

namespace minamo {
namespace {

using grammar::ListIndex;
using grammar::Path;
using grammar::PathElement;

enum class Relation { apart, overlap, conflict };

Relation relation(const Path& a, const Path& b, const Binding& binding) {
    const std::size_t common = std::min(a.elements.size(), b.elements.size());
    for (std::size_t i = 0; i < common; ++i) {
        const PathElement& left = a.elements[i];
        const PathElement& right = b.elements[i];
        const auto* left_index = std::get_if<ListIndex>(&left);
        const auto* right_index = std::get_if<ListIndex>(&right);
        if ((left_index == nullptr) != (right_index == nullptr)) return Relation::conflict;
        const bool same =
            left_index != nullptr ? *left_index == *right_index : name_of(left, binding) == name_of(right, binding);
        if (!same) return Relation::apart;
    }
    return Relation::overlap;
}

bool is_defined(const Path& path, const Binding& binding) {
    return std::ranges::all_of(path.elements, [&](const PathElement& element) {
        return std::holds_alternative<ListIndex>(element) || name_of(element, binding).data() != nullptr;
    });
}

tl::unexpected<std::string> paths_fault(std::string_view verb, const Path& a, const Path& b, const Binding& binding) {
    return tl::unexpected("Two document paths " + std::string(verb) +
                          " with each other; must remove or rewrite one of these paths; path one: " +
                          path_text(a, binding) + ", path two: " + path_text(b, binding));
}

}  // namespace

Checked check_apart(std::span<const Path* const> paths, const Binding& binding) {
    if (paths.size() < 2) return {};
    std::vector<const Path*> defined;
    defined.reserve(paths.size());
    std::ranges::copy_if(paths, std::back_inserter(defined),
                         [&](const Path* path) { return is_defined(*path, binding); });
    const Path* one = nullptr;
    const Path* two = nullptr;
    for (std::size_t i = 0; i < defined.size(); ++i) {
        for (std::size_t j = i + 1; j < defined.size(); ++j) {
            const Relation found = relation(*defined[i], *defined[j], binding);
            if (found == Relation::overlap) return paths_fault("overlap", *defined[i], *defined[j], binding);
            if (found == Relation::conflict && one == nullptr) {
                one = defined[i];
                two = defined[j];
            }
        }
    }
    if (one == nullptr) return {};
    return paths_fault("conflict", *one, *two, binding);
}

}  // namespace minamo
