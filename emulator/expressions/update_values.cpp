// Values are decoded where they are read: what an action computes from them ends in the new item anyway.
#include "emulator/expressions/update_values.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "emulator/expressions/paths.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

using grammar::FunctionName;
using grammar::Operand;
using grammar::Path;
using storage::AttributeValue;
using storage::Decimal;
using storage::ValueView;

tl::unexpected<Error> missing_attribute() {
    return invalid("The provided expression refers to an attribute that does not exist in the item");
}

tl::unexpected<Error> wrong_type() {
    return invalid("An operand in the update expression has an incorrect data type");
}

// A sum that 38 digits cannot hold is told as one that is too large.
Result<AttributeValue> number(const tl::expected<Decimal, storage::NumberFault>& sum) {
    using enum storage::NumberFault;
    if (!sum) return invalid(number_message(sum.error() == too_precise ? overflow : sum.error(), {}));
    return AttributeValue{*sum};
}

template <class Set>
void sort_members(Set& set) {
    std::ranges::sort(set.members);
    const auto repeated = std::ranges::unique(set.members);
    set.members.erase(repeated.begin(), repeated.end());
    normalize(set);
}

// Calls `f` with the two sets where both values are sets of one type; false where not.
template <class F>
bool with_sets(AttributeValue& a, AttributeValue& b, F&& f) {
    const auto both = [&]<class Set>(std::in_place_type_t<Set>) {
        auto* left = std::get_if<Set>(&a.data);
        auto* right = std::get_if<Set>(&b.data);
        if (left == nullptr || right == nullptr) return false;
        f(*left, *right);
        return true;
    };
    return both(std::in_place_type<storage::StringSet>) || both(std::in_place_type<storage::NumberSet>) ||
           both(std::in_place_type<storage::BinarySet>);
}

// Adds the members of `b` to `a`.
bool unite(AttributeValue& a, AttributeValue& b) {
    return with_sets(a, b, [](auto& left, auto& right) {
        std::ranges::move(right.members, std::back_inserter(left.members));
        sort_members(left);
    });
}

// Takes the members of `b` from `a`. `left_over` says whether any remain.
bool subtract_sets(AttributeValue& a, AttributeValue& b, bool& left_over) {
    return with_sets(a, b, [&left_over](auto& left, auto& right) {
        std::ranges::sort(right.members);
        std::erase_if(left.members,
                      [&](const auto& member) { return std::ranges::binary_search(right.members, member); });
        left_over = !left.members.empty();
    });
}

class UpdateValues {
public:
    UpdateValues(const BoundUpdate& update, const Attributes& item) : update_(update), item_(item) {}

    Result<Change> compute(const grammar::UpdateAction& action) const {
        return std::visit(
            [this](const auto& any) -> Result<Change> {
                Change change;
                change.path = resolve(any.path, update_.binding);
                TRY(compute(any, change));
                return change;
            },
            action);
    }

private:
    Result<void> compute(const grammar::SetAction& action, Change& change) const {
        TRY_LET(value, read(action.value));
        return put(change, std::move(value));
    }

    Result<void> compute(const grammar::RemoveAction&, Change& change) const {
        change.effect = Effect::erase;
        return {};
    }

    Result<void> compute(const grammar::AddAction& action, Change& change) const {
        TRY_LET(operand, read(action.value));
        const ValueView stored = find(item_, action.path, update_.binding);
        if (stored.empty()) return put(change, std::move(operand));
        AttributeValue old = decode(stored);
        const auto* a = std::get_if<Decimal>(&old.data);
        const auto* b = std::get_if<Decimal>(&operand.data);
        if (a != nullptr && b != nullptr) {
            TRY_LET(sum, number(add(*a, *b)));
            return put(change, std::move(sum));
        }
        if (!unite(old, operand) && !(update_.legacy && append_list(old, operand))) return stored_type_fault();
        return put(change, std::move(old));
    }

    Result<void> compute(const grammar::DeleteAction& action, Change& change) const {
        TRY_LET(operand, read(action.value));
        const ValueView stored = find(item_, action.path, update_.binding);
        if (stored.empty()) return {};
        AttributeValue old = decode(stored);
        bool left_over = false;
        if (!subtract_sets(old, operand, left_over)) return stored_type_fault();
        if (left_over) return put(change, std::move(old));
        change.effect = Effect::erase;
        return {};
    }

    static Result<void> put(Change& change, AttributeValue&& value) {
        change.effect = Effect::put;
        change.value = std::move(value);
        return {};
    }

    tl::unexpected<Error> stored_type_fault() const {
        return update_.legacy ? invalid("Type mismatch for attribute to update") : wrong_type();
    }

    static bool append_list(AttributeValue& a, AttributeValue& b) {
        auto* left = std::get_if<storage::List>(&a.data);
        auto* right = std::get_if<storage::List>(&b.data);
        if (left == nullptr || right == nullptr) return false;
        std::ranges::move(*right, std::back_inserter(*left));
        return true;
    }

    Result<AttributeValue> read(const Operand& operand) const {
        if (const auto* slot = std::get_if<grammar::ValueSlot>(&operand)) {
            return decode(update_.binding.values[slot->slot]);
        }
        if (const auto* path = std::get_if<Path>(&operand)) {
            const ValueView stored = find(item_, *path, update_.binding);
            if (stored.empty()) return missing_attribute();
            return decode(stored);
        }
        if (const auto* sum = std::get_if<std::unique_ptr<const grammar::Sum>>(&operand)) return add_up(**sum);
        const grammar::Function& function = *std::get<std::unique_ptr<const grammar::Function>>(operand);
        return function.name == FunctionName::if_not_exists ? if_not_exists(function) : list_append(function);
    }

    Result<AttributeValue> add_up(const grammar::Sum& sum) const {
        TRY_LET(left, read(sum.left));
        TRY_LET(right, read(sum.right));
        const auto* a = std::get_if<Decimal>(&left.data);
        const auto* b = std::get_if<Decimal>(&right.data);
        if (a == nullptr || b == nullptr) return wrong_type();
        return number(sum.arithmetic == grammar::Arithmetic::plus ? add(*a, *b) : subtract(*a, *b));
    }

    // The second operand is read only where the first leads nowhere.
    Result<AttributeValue> if_not_exists(const grammar::Function& function) const {
        const ValueView stored = find(item_, std::get<Path>(function.arguments[0]), update_.binding);
        if (stored.empty()) return read(function.arguments[1]);
        return decode(stored);
    }

    Result<AttributeValue> list_append(const grammar::Function& function) const {
        TRY_LET(left, read(function.arguments[0]));
        TRY_LET(right, read(function.arguments[1]));
        if (!append_list(left, right)) return wrong_type();
        return std::move(left);
    }

    const BoundUpdate& update_;
    const Attributes& item_;
};

}  // namespace

Result<std::vector<Change>> compute_changes(const BoundUpdate& update, const Attributes& item) {
    const UpdateValues values(update, item);
    std::vector<Change> changes;
    if (!update) return changes;
    changes.reserve(update.tree->actions.size());
    for (const auto& action : update.tree->actions) {
        TRY_LET(change, values.compute(action));
        changes.push_back(std::move(change));
    }
    return changes;
}

}  // namespace minamo
