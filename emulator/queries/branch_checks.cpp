// What may be wrong with the values of key conditions, and with what a read of an index filters by.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "emulator/expressions/paths.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/queries/branches.hpp"

namespace minamo {
namespace {

using grammar::Condition;
using storage::ValueView;

// Calls `f` with each predicate outside of NOT, in text order.
template <class F>
void each_predicate(const Condition& condition, const F& f) {
    if (const auto* all = std::get_if<grammar::Conjunction>(&condition.node)) {
        for (const Condition& part : all->conditions) each_predicate(part, f);
    } else if (const auto* any = std::get_if<grammar::Disjunction>(&condition.node)) {
        for (const Condition& part : any->conditions) each_predicate(part, f);
    } else {
        f(condition);
    }
}

// Java's hash of a text, of UTF-16 units: the service lists names in the order of a hash set.
std::uint32_t java_hash(std::string_view text) {
    std::uint32_t hash = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        std::uint32_t point = bytes == 1 ? lead : lead & (0x7FU >> bytes);
        for (std::size_t k = 1; k < bytes && i + k < text.size(); ++k) {
            point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        i += bytes;
        if (point >= 0x10000) {
            hash = hash * 31 + (0xD800 + ((point - 0x10000) >> 10));
            point = 0xDC00 + ((point - 0x10000) & 0x3FFU);
        }
        hash = hash * 31 + point;
    }
    return hash ^ hash >> 16;
}

std::string listed_as_set(std::vector<std::string_view> names) {
    std::size_t buckets = 16;
    while (names.size() * 4 > buckets * 3) buckets *= 2;
    std::ranges::stable_sort(names, {}, [&](std::string_view name) { return java_hash(name) & (buckets - 1); });
    std::string out = "[";
    for (const std::string_view name : names) out.append(out.size() > 1 ? ", " : "").append(name);
    return out + "]";
}

}  // namespace

Result<void> Branches::check_values() const {
    if (!condition_) return {};
    for (const ResolvedPath& path : nested_paths(condition_)) {
        if (keys_.find(path[0].name) == nullptr) continue;
        return not_scalar("Key: " + std::string(path[0].name));
    }
    std::vector<KeyTerm> found;
    found.reserve(2);
    each_predicate(condition_.tree->root, [&](const Condition& predicate) { add_terms(predicate, found); });
    if (std::ranges::all_of(found, &KeyTerm::sort)) return {};
    const auto key_of = [this](const KeyTerm& one) -> const storage::KeyAttribute& {
        return one.sort ? keys_.sort[0] : keys_.partition[0];
    };
    for (const KeyTerm& one : found) {
        for (const ValueView value : {one.low, one.high}) {
            if (!value.empty() && value.type() != key_of(one).type) return key_type_mismatch(key_of(one));
        }
    }
    for (const KeyTerm& one : found) {
        for (const ValueView value : {one.low, one.high}) {
            if (!value.empty()) TRY(check_key_value(key_of(one).name, value, one.sort));
        }
    }
    return {};
}

Result<void> Branches::check_filters() const {
    if (index_ == nullptr || !keyed_) return {};
    std::vector<std::string_view> named;
    for (const Branch& branch : branches_) {
        named.clear();
        for (const Condition* filter : branch.filters) {
            for (const ResolvedPath& path : paths(*filter, condition_.binding)) {
                const std::string_view name = path[0].name;
                if (projects(table_, *index_, name) || std::ranges::find(named, name) != named.end()) continue;
                named.push_back(name);
            }
        }
        if (named.empty()) return {};
    }
    if (named.empty()) return {};
    return invalid_parameters("Secondary index " + index_->name +
                              " does not project one or more filter attributes: " + listed_as_set(std::move(named)));
}

}  // namespace minamo
