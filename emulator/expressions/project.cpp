// Parts of items. Names at the top level are copied as they are encoded; below, the named parts are taken out of the
// structure, which is kept: maps with fewer attributes, lists with the named elements packed in ascending order.
#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "emulator/expressions/expressions.hpp"
#include "emulator/expressions/paths.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

using storage::AttributeValue;
using storage::ItemView;
using storage::Type;
using storage::ValueView;
using PathSpan = std::span<const ResolvedPath* const>;

// The whole order of paths: by their elements, a path before those that it begins.
bool path_less(const ResolvedPath* a, const ResolvedPath* b) {
    return std::ranges::lexicographical_compare(*a, *b, [](const ResolvedElement& x, const ResolvedElement& y) {
        if (x.is_index != y.is_index) return x.is_index;
        return x.is_index ? x.index < y.index : x.name < y.name;
    });
}

// Calls f(element, group) for each group of paths with the same element at `level`. Paths are sorted.
template <class F>
void each_group(PathSpan paths, std::size_t level, F&& f) {
    while (!paths.empty()) {
        const ResolvedElement& element = (*paths.front())[level];
        std::size_t count = 1;
        while (count < paths.size() && (*paths[count])[level] == element) ++count;
        f(element, paths.first(count));
        paths = paths.subspan(count);
    }
}

// Whether the group wants its value whole. Where a path ends, longer ones behind it add nothing.
bool ends_at(PathSpan group, std::size_t level) {
    return group.front()->size() == level + 1;
}

// The named part of a value, or nothing. `level` is the element that the value stands for.
std::optional<AttributeValue> part_of(ValueView value, PathSpan group, std::size_t level);

std::optional<AttributeValue> map_part(ValueView map, PathSpan group, std::size_t level) {
    storage::Map out;
    AttributeWalk walk(map.attributes());
    each_group(group, level, [&](const ResolvedElement& element, PathSpan inner) {
        if (element.is_index) return;
        if (auto part = part_of(walk.find(element.name), inner, level)) out.set(element.name, std::move(*part));
    });
    if (out.empty()) return std::nullopt;
    return AttributeValue{std::move(out)};
}

std::optional<AttributeValue> list_part(ValueView list, PathSpan group, std::size_t level) {
    storage::List out;
    each_group(group, level, [&](const ResolvedElement& element, PathSpan inner) {
        if (!element.is_index) return;
        if (auto part = part_of(list.at(element.index), inner, level)) out.push_back(std::move(*part));
    });
    if (out.empty()) return std::nullopt;
    return AttributeValue{std::move(out)};
}

std::optional<AttributeValue> part_of(ValueView value, PathSpan group, std::size_t level) {
    if (value.empty()) return std::nullopt;
    if (ends_at(group, level)) return decode(value);
    if (value.type() == Type::M) return map_part(value, group, level + 1);
    if (value.type() == Type::L) return list_part(value, group, level + 1);
    return std::nullopt;
}

std::string project_names(std::span<const std::string_view> names, ItemView item) {
    storage::ItemEncoder out;
    AttributeWalk walk(item.attributes());
    for (const std::string_view name : names) {
        const ValueView value = walk.find(name);
        if (!value.empty()) out.add(name, value);
    }
    return out.finish();
}

// Each path's value under the name of its column.
std::string project_columns(const BoundProjection& projection, ItemView item) {
    std::vector<storage::AttributeView> found;
    found.reserve(projection.columns.size());
    const std::vector<ResolvedPath> paths = minamo::paths(projection);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const ValueView value = find(Attributes(item), paths[i]);
        if (!value.empty()) found.push_back({projection.columns[i], value});
    }
    return encode(std::move(found));
}

}  // namespace

std::string project(std::span<const ResolvedPath> paths, ItemView item) {
    std::vector<const ResolvedPath*> sorted;
    sorted.reserve(paths.size());
    for (const ResolvedPath& path : paths) sorted.push_back(&path);
    std::ranges::sort(sorted, path_less);
    storage::ItemEncoder out;
    AttributeWalk walk(item.attributes());
    each_group(sorted, 0, [&](const ResolvedElement& element, PathSpan group) {
        const ValueView value = walk.find(element.name);
        if (value.empty()) return;
        if (ends_at(group, 0)) return out.add(element.name, value);
        if (const auto part = part_of(value, group, 0)) {
            const std::string encoded = encode(*part);
            out.add(element.name, ValueView(encoded));
        }
    });
    return out.finish();
}

std::string project(const BoundProjection& projection, ItemView item) {
    if (!projection) return std::string(item.encoded());
    if (!projection.top_level.empty()) return project_names(projection.top_level, item);
    if (!projection.columns.empty()) return project_columns(projection, item);
    return project(paths(projection), item);
}

void write_projected(json::Writer& out, const BoundProjection& projection, ItemView item) {
    const std::string part = projection ? project(projection, item) : std::string{};
    write_item(out, projection ? ItemView(part) : item);
}

}  // namespace minamo
