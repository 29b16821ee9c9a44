// An update on a tree. Indexes in paths mean positions in the old lists whatever the order of the actions, so that the
// work goes in four rounds: targets are checked against the old item; what has a place is put there; what lies past the
// end of its list is appended, by ascending index; what goes is erased, later list positions first.
#include <algorithm>
#include <utility>
#include <vector>

#include "emulator/expressions/expressions.hpp"
#include "emulator/expressions/paths.hpp"
#include "emulator/expressions/update_values.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

using storage::AttributeValue;
using storage::Item;
using storage::ItemView;
using storage::Type;
using storage::ValueView;
using PathSpan = std::span<const ResolvedElement>;

PathSpan parent_of(const ResolvedPath& path) {
    return PathSpan(path).first(path.size() - 1);
}

// The last element needs a parent that exists and is of its kind.
Result<void> check_target(const Change& change, const Attributes& old_item) {
    if (change.path.size() == 1) return {};
    const ValueView parent = find(old_item, parent_of(change.path));
    if (!parent.empty() && parent.type() == (change.path.back().is_index ? Type::L : Type::M)) return {};
    return invalid("The document path provided in the update expression is invalid for update");
}

Result<void> check_nesting(const Change& change) {
    if (change.effect != Effect::put || change.path.size() - 1 + depth(change.value) <= nesting_levels_max) return {};
    return invalid("Nesting Levels have exceeded supported limits");
}

// What the path leads to in the tree; null where an element is absent.
AttributeValue* value_at(Item& item, PathSpan path) {
    AttributeValue* value = item.find(path[0].name);
    for (std::size_t i = 1; i < path.size() && value != nullptr; ++i) {
        if (path[i].is_index) {
            auto& list = std::get<storage::List>(value->data);
            value = path[i].index < list.size() ? &list[path[i].index] : nullptr;
        } else {
            value = std::get<storage::Map>(value->data).find(path[i].name);
        }
    }
    return value;
}

storage::Map& parent_map(Item& item, const ResolvedPath& path) {
    return path.size() == 1 ? item : std::get<storage::Map>(value_at(item, parent_of(path))->data);
}

storage::List& parent_list(Item& item, const ResolvedPath& path) {
    return std::get<storage::List>(value_at(item, parent_of(path))->data);
}

// Of a legacy update there may be tens of thousands: then those at the top level are made all at once.
constexpr std::size_t single_changes_max = 16;

// Puts in place what has one; what does not waits for the end of its list.
void put_in_place(Item& item, std::vector<Change>& changes, std::vector<Change*>& appended) {
    std::vector<storage::Attribute> attributes;
    for (Change& change : changes) {
        if (change.effect != Effect::put) continue;
        const ResolvedElement& last = change.path.back();
        if (change.path.size() == 1 && changes.size() > single_changes_max) {
            attributes.push_back({std::string(last.name), std::move(change.value)});
            continue;
        }
        if (!last.is_index) {
            parent_map(item, change.path).set(last.name, std::move(change.value));
            continue;
        }
        storage::List& list = parent_list(item, change.path);
        if (last.index < list.size()) {
            list[last.index] = std::move(change.value);
        } else {
            appended.push_back(&change);
        }
    }
    if (!attributes.empty()) item.set_all(std::move(attributes));
}

void append_to_lists(Item& item, std::vector<Change*>& appended) {
    std::ranges::stable_sort(appended, {}, [](const Change* change) { return change->path.back().index; });
    for (Change* change : appended) parent_list(item, change->path).push_back(std::move(change->value));
}

// Later positions first, at every level of the path: what is still to be erased keeps its position.
bool erased_before(const Change* a, const Change* b) {
    return std::ranges::lexicographical_compare(b->path, a->path,
                                                [](const ResolvedElement& x, const ResolvedElement& y) {
                                                    if (x.is_index != y.is_index) return x.is_index;
                                                    return x.is_index ? x.index < y.index : x.name < y.name;
                                                });
}

void erase(Item& item, std::vector<Change*>& erased) {
    std::ranges::sort(erased, erased_before);
    std::vector<std::string_view> names;
    for (const Change* change : erased) {
        const ResolvedElement& last = change->path.back();
        if (change->path.size() == 1 && erased.size() > single_changes_max) {
            names.push_back(last.name);
            continue;
        }
        if (last.is_index) {
            storage::List& list = parent_list(item, change->path);
            list.erase(list.begin() + last.index);
        } else {
            parent_map(item, change->path).erase(last.name);
        }
    }
    if (!names.empty()) item.erase_all(std::move(names));
}

// Erasures of what is there. Looked up before anything is appended: an index past the end of the old list stays so.
std::vector<Change*> erasures(std::vector<Change>& changes, const Attributes& old_item) {
    std::vector<Change*> out;
    for (Change& change : changes) {
        if (change.effect == Effect::erase && !find(old_item, change.path).empty()) out.push_back(&change);
    }
    return out;
}

// Whether the update only takes away: REMOVE, and DELETE of what is not there. Of no update at all it is not said.
bool only_takes(const std::vector<Change>& changes) {
    return !changes.empty() &&
           std::ranges::none_of(changes, [](const Change& change) { return change.effect == Effect::put; });
}

}  // namespace

Result<Item> apply(const BoundUpdate& update, ItemView item, ItemView key) {
    const std::size_t lookups = update ? update.tree->actions.size() : 0;
    const ItemView whole = item.empty() ? key : item;
    const auto found = pays_to_find_all(lookups) ? find_all(whole) : std::vector<storage::AttributeView>();
    const Attributes start(whole, found);
    TRY_LET(changes, compute_changes(update, start));
    if (item.empty() && only_takes(changes)) return Item{};  // nor does it matter where the paths lead
    for (const Change& change : changes) {
        TRY(check_target(change, start));
        TRY(check_nesting(change));
    }
    Item out = decode(whole);
    std::vector<Change*> erased = erasures(changes, start);
    std::vector<Change*> appended;
    put_in_place(out, changes, appended);
    append_to_lists(out, appended);
    erase(out, erased);
    return out;
}

}  // namespace minamo
