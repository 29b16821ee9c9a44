// Trees of values: maps that keep their names sorted, sets that are sorted once, sizes and depths.
#include "storage/value.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <utility>

namespace minamo::storage {
namespace {

template <class Attributes>
auto lower_bound(Attributes& attributes, std::string_view name) {
    return std::lower_bound(
        attributes.begin(), attributes.end(), name,
        [](const Attribute& attribute, std::string_view sought) { return attribute.name < sought; });
}

template <class Member>
bool sort_distinct(std::vector<Member>& members) {
    std::sort(members.begin(), members.end());
    return std::adjacent_find(members.begin(), members.end()) == members.end();
}

template <class Members, class Size>
std::size_t sum(const Members& members, Size size) {
    return std::accumulate(members.begin(), members.end(), std::size_t{0},
                           [&](std::size_t total, const auto& member) { return total + size(member); });
}

bool ascends(const std::vector<Attribute>& attributes) {
    return std::ranges::adjacent_find(attributes, std::ranges::greater_equal{}, &Attribute::name) == attributes.end();
}

// Ascending by name, each once: the last of those with one name. Sorts where they are, so that each moves once.
void sort_last_distinct(std::vector<Attribute>& attributes) {
    if (ascends(attributes)) return;
    std::vector<Attribute*> order;
    order.reserve(attributes.size());
    for (Attribute& attribute : attributes) order.push_back(&attribute);
    std::ranges::sort(order, [](const Attribute* a, const Attribute* b) {
        const auto by_name = a->name <=> b->name;
        return by_name < 0 || (by_name == 0 && a < b);
    });
    std::vector<Attribute> sorted;
    sorted.reserve(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool superseded = i + 1 < order.size() && order[i + 1]->name == order[i]->name;
        if (!superseded) sorted.push_back(std::move(*order[i]));
    }
    attributes = std::move(sorted);
}

// One overload for each alternative of a value: its size in bytes.
struct SizeOf {
    static constexpr std::size_t container_bytes = 3;
    static constexpr std::size_t element_bytes = 1;

    std::size_t operator()(const std::string& text) const { return text.size(); }
    std::size_t operator()(const Decimal& number) const { return number.size_bytes(); }
    std::size_t operator()(const Binary& binary) const { return binary.bytes.size(); }
    std::size_t operator()(bool) const { return 1; }
    std::size_t operator()(const Null&) const { return 1; }
    std::size_t operator()(const StringSet& set) const { return sum(set.members, *this); }
    std::size_t operator()(const NumberSet& set) const { return sum(set.members, *this); }
    std::size_t operator()(const BinarySet& set) const { return sum(set.members, *this); }
    std::size_t operator()(const List& list) const {
        return container_bytes +
               sum(list, [](const AttributeValue& element) { return element_bytes + size_bytes(element); });
    }
    std::size_t operator()(const Map& map) const {
        return container_bytes + element_bytes * map.size() + size_bytes(map);
    }
};

}  // namespace

std::string_view type_name(Type type) {
    static constexpr std::array<std::string_view, 10> names{"S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M"};
    return names[static_cast<std::size_t>(type)];
}

const AttributeValue* Map::find(std::string_view name) const {
    const auto at = lower_bound(attributes_, name);
    return at != attributes_.end() && at->name == name ? &at->value : nullptr;
}

AttributeValue* Map::find(std::string_view name) {
    return const_cast<AttributeValue*>(static_cast<const Map*>(this)->find(name));
}

AttributeValue& Map::set(std::string_view name, AttributeValue value) {
    if (attributes_.empty() || attributes_.back().name < name) {
        return attributes_.emplace_back(Attribute{std::string(name), std::move(value)}).value;
    }
    const auto at = lower_bound(attributes_, name);
    if (at->name != name) return attributes_.insert(at, Attribute{std::string(name), std::move(value)})->value;
    at->value = std::move(value);
    return at->value;
}

bool Map::erase(std::string_view name) {
    const auto at = lower_bound(attributes_, name);
    if (at == attributes_.end() || at->name != name) return false;
    attributes_.erase(at);
    return true;
}

void Map::set_all(std::vector<Attribute> given) {
    sort_last_distinct(given);
    if (attributes_.empty()) {
        attributes_ = std::move(given);
        return;
    }
    std::vector<Attribute> both;
    both.reserve(attributes_.size() + given.size());
    std::ranges::merge(std::make_move_iterator(attributes_.begin()), std::make_move_iterator(attributes_.end()),
                       std::make_move_iterator(given.begin()), std::make_move_iterator(given.end()),
                       std::back_inserter(both),
                       [](const Attribute& a, const Attribute& b) { return a.name < b.name; });
    attributes_ = std::move(both);
    sort_last_distinct(attributes_);
}

void Map::erase_all(std::vector<std::string_view> names) {
    std::ranges::sort(names);
    std::erase_if(attributes_,
                  [&](const Attribute& attribute) { return std::ranges::binary_search(names, attribute.name); });
}

void Map::reserve(std::size_t n) {
    attributes_.reserve(n);
}

bool Map::operator==(const Map& other) const {
    return attributes_ == other.attributes_;
}

bool normalize(StringSet& set) {
    return sort_distinct(set.members);
}
bool normalize(NumberSet& set) {
    return sort_distinct(set.members);
}
bool normalize(BinarySet& set) {
    return sort_distinct(set.members);
}

std::size_t size_bytes(const AttributeValue& value) {
    return std::visit(SizeOf{}, value.data);
}

std::size_t size_bytes(const Item& item) {
    return sum(item, [](const Attribute& attribute) { return attribute.name.size() + size_bytes(attribute.value); });
}

std::size_t depth(const AttributeValue& value) {
    std::size_t below = 0;
    if (const auto* list = std::get_if<List>(&value.data)) {
        for (const AttributeValue& element : *list) below = std::max(below, depth(element));
    } else if (const auto* map = std::get_if<Map>(&value.data)) {
        for (const Attribute& attribute : *map) below = std::max(below, depth(attribute.value));
    }
    return 1 + below;
}

}  // namespace minamo::storage
