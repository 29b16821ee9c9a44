// Key conditions against a key schema: equality on every partition attribute, then sort attributes left to right,
// equality on all but the last that has a condition. Tables and most indexes have one of each
// (conformance/behaviour/indexes.md, section 1, has the rules for more).
#include <algorithm>
#include <string>
#include <utility>

#include "emulator/items/item_keys.hpp"
#include "emulator/queries/plan.hpp"

namespace minamo {
namespace {

using storage::KeyAttribute;
using storage::KeyRange;
using storage::KeySchema;
using storage::SortOperator;
using storage::ValueView;

tl::unexpected<Error> not_supported() {
    return invalid("Query key condition not supported");
}

tl::unexpected<Error> missed_key(const KeyAttribute& key) {
    return invalid("Query condition missed key schema element: " + key.name);
}

class KeyPlan {
public:
    KeyPlan(const std::vector<KeyCondition>& conditions, const KeySchema& keys) : conditions_(conditions), keys_(keys) {
        for (const KeyAttribute& key : keys.sort) {
            if (condition_on(key) != nullptr) used_ = static_cast<std::size_t>(&key - keys.sort.data()) + 1;
        }
    }

    // Key by key in the service's order: the start key's part, then the condition.
    Result<void> check_conditions(storage::ItemView start_key) const {
        TRY(check_count());
        for (const KeyAttribute& key : keys_.partition) TRY(check_key(key, start_key, false));
        for (const KeyAttribute& key : keys_.sort) TRY(check_key(key, start_key, true));
        TRY(check_others());
        for (const KeyAttribute& key : keys_.partition) TRY(check_values(key, false));
        for (std::size_t i = 0; i < used_; ++i) TRY(check_values(keys_.sort[i], true));
        return {};
    }

    void fill_range(KeyRange& range) const {
        range.partition = partition_hash(keys_, storage::ItemView(partition_item()));
        range.sort_equal.clear();
        if (used_ == 0) return;
        for (std::size_t i = 0; i + 1 < used_; ++i) range.sort_equal.push_back(condition_on(keys_.sort[i])->low);
        const KeyCondition& last = *condition_on(keys_.sort[used_ - 1]);
        range.sort_operator = last.comparison;
        range.sort_low = last.low;
        range.sort_high = last.high;
    }

private:
    const KeyCondition* condition_on(const KeyAttribute& key) const {
        const auto found = std::ranges::find(conditions_, key.name, &KeyCondition::attribute);
        return found == conditions_.end() ? nullptr : &*found;
    }

    // Keys that only a GSI can have, with sentences of their own.
    bool is_multiple() const { return keys_.partition.size() > 1 || keys_.sort.size() > 1; }

    Result<void> check_count() const {
        const std::size_t attributes = keys_.partition.size() + keys_.sort.size();
        if (conditions_.size() <= std::max<std::size_t>(attributes, 2)) return {};
        return invalid("The number of query conditions (" + std::to_string(conditions_.size()) +
                       ") exceeds the number of key attributes defined in the schema (" + std::to_string(attributes) +
                       ")");
    }

    Result<void> check_key(const KeyAttribute& key, storage::ItemView start_key, bool sort) const {
        if (!start_key.empty()) TRY(check_start_key_part(key, start_key));
        if (keys_.partition.size() + keys_.sort.size() == 1 && conditions_.size() > 1) return not_supported();
        const KeyCondition* condition = condition_on(key);
        if (condition == nullptr) return check_absent(key, sort);
        if (condition->comparison == SortOperator::none) {
            return invalid("Attempted conditional constraint is not an indexable operation");
        }
        TRY(check_types(key, *condition));
        return condition->comparison == SortOperator::eq ? Result<void>{} : check_inequality(key, sort);
    }

    // Of a key that has no condition: the partition needs one on each attribute, and two conditions one on the sort
    // key.
    Result<void> check_absent(const KeyAttribute& key, bool sort) const {
        if (is_multiple()) return sort ? check_before_last(key) : needs_equality(key);
        return !sort || conditions_.size() > 1 ? missed_key(key) : Result<void>{};
    }

    Result<void> check_inequality(const KeyAttribute& key, bool sort) const {
        if (sort) return check_before_last(key);
        return is_multiple() ? needs_equality(key) : not_supported();
    }

    static tl::unexpected<Error> needs_equality(const KeyAttribute& key) {
        return invalid("HASH key attributes " + key.name + " must have equality conditions specified in the query");
    }

    // Up to the last sort attribute with a condition, the earlier ones need equality.
    Result<void> check_before_last(const KeyAttribute& key) const {
        const auto position = static_cast<std::size_t>(&key - keys_.sort.data());
        if (position + 1 >= used_) return {};
        return invalid("RANGE key attributes " + key.name +
                       " must have equality conditions specified in the query "
                       "because a condition is present on key attribute " +
                       keys_.sort[used_ - 1].name);
    }

    // A condition on another attribute stands in the place of the sort attribute that has none.
    Result<void> check_others() const {
        for (const KeyCondition& condition : conditions_) {
            if (keys_.find(condition.attribute) != nullptr) continue;
            return used_ < keys_.sort.size() ? missed_key(keys_.sort[used_]) : not_supported();
        }
        return {};
    }

    static Result<void> check_types(const KeyAttribute& key, const KeyCondition& condition) {
        for (const std::string* operand : {&condition.low, &condition.high}) {
            if (operand->empty() || ValueView(*operand).type() == key.type) continue;
            return invalid(
                "One or more parameter values were invalid: Condition parameter type does not match schema type");
        }
        return {};
    }

    Result<void> check_values(const KeyAttribute& key, bool sort) const {
        const KeyCondition& condition = *condition_on(key);
        TRY(check_key_value(key.name, ValueView(condition.low), sort));
        if (condition.high.empty()) return {};
        return check_key_value(key.name, ValueView(condition.high), sort);
    }

    std::string partition_item() const {
        std::vector<storage::AttributeView> parts;
        parts.reserve(keys_.partition.size());
        for (const KeyAttribute& key : keys_.partition) parts.push_back({key.name, ValueView(condition_on(key)->low)});
        return encode(std::move(parts));
    }

    const std::vector<KeyCondition>& conditions_;
    const KeySchema& keys_;
    std::size_t used_ = 0;  // sort attributes up to the last with a condition
};

}  // namespace

Result<void> plan_keys(const std::vector<KeyCondition>& conditions, const storage::Table& table,
                       storage::ItemView start_key, KeyRange& range) {
    const KeyPlan plan(conditions, range.index != nullptr ? range.index->keys : table.keys);
    TRY(plan.check_conditions(start_key));
    plan.fill_range(range);
    return {};
}

}  // namespace minamo
