// See the header.
#include "emulator/statements/equalities.hpp"

#include <algorithm>
#include <string>
#include <variant>

#include "emulator/expressions/paths.hpp"

namespace minamo {

using storage::ValueView;

Equalities::Equalities(const BoundCondition& where) : binding_(where.binding) {
    if (where) add(where.tree->root);
}

void Equalities::add(const grammar::Condition& condition) {
    if (const auto* all = std::get_if<grammar::Conjunction>(&condition.node)) {
        for (const grammar::Condition& part : all->conditions) add(part);
        return;
    }
    ++joined_;
    const auto* comparison = std::get_if<grammar::Comparison>(&condition.node);
    if (comparison == nullptr || comparison->comparator != grammar::Comparator::eq) return;
    add(comparison->left, comparison->right);
    add(comparison->right, comparison->left);
}

void Equalities::add(const grammar::Operand& left, const grammar::Operand& right) {
    const auto* path = std::get_if<grammar::Path>(&left);
    const auto* slot = std::get_if<grammar::ValueSlot>(&right);
    if (path == nullptr || slot == nullptr || path->elements.size() != 1) return;
    found_.push_back({name_of(path->elements[0], binding_), binding_.values[slot->slot]});
}

ValueView Equalities::first_value_of(std::string_view name) const {
    const auto found = std::ranges::find(found_, name, &Equality::name);
    return found == found_.end() ? ValueView() : found->value;
}

Result<ValueView> Equalities::only_value_of(std::string_view name) const {
    const ValueView first = first_value_of(name);
    for (const Equality& equality : found_) {
        if (equality.name != name || equal(equality.value, first)) continue;
        return invalid("Multiple conditions on same key " + std::string(name) +
                       ". Only single item Update/Insert/Delete are supported");
    }
    return first;
}

}  // namespace minamo
