// Key conditions against a key schema: equality on every partition attribute, then sort attributes left to right,
// equality on all but the last that has a condition. Tables and most indexes have one of each
// (conformance/behaviour/indexes.md, section 1, has the rules for more).
#include <algorithm>
#include <string>
#include <utility>

#include "emulator/operations/item_keys.hpp"
#include "emulator/plan.hpp"

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

tl::unexpected<Error> missed(const KeyAttribute& key) {
    return invalid("Query condition missed key schema element: " + key.name);
}

class KeyPlan {
public:
    KeyPlan(const std::vector<KeyCondition>& conditions, const KeySchema& keys) : conditions_(conditions), keys_(keys) {
        for (const KeyAttribute& key : keys.sort) {
            if (find(key) != nullptr) used_ = static_cast<std::size_t>(&key - keys.sort.data()) + 1;
        }
    }

    Result<void> check() const {
        TRY(check_operators());
        TRY(check_partition());
        TRY(check_sort());
        for (const KeyAttribute& key : keys_.partition) TRY(check_value(key, false));
        for (std::size_t i = 0; i < used_; ++i) TRY(check_value(keys_.sort[i], true));
        return {};
    }

    void fill(KeyRange& range) const {
        range.partition = partition_hash(keys_, storage::ItemView(partition_item()));
        range.sort_equal.clear();
        if (used_ == 0) return;
        for (std::size_t i = 0; i + 1 < used_; ++i) range.sort_equal.push_back(find(keys_.sort[i])->low);
        const KeyCondition& last = *find(keys_.sort[used_ - 1]);
        range.sort_operator = last.comparison;
        range.sort_low = last.low;
        range.sort_high = last.high;
    }

private:
    const KeyCondition* find(const KeyAttribute& key) const {
        const auto found = std::ranges::find(conditions_, key.name, &KeyCondition::attribute);
        return found == conditions_.end() ? nullptr : &*found;
    }

    Result<void> check_operators() const {
        if (conditions_.size() > 2 && keys_.partition.size() == 1 && keys_.sort.size() <= 1) {
            return invalid("Conditions can be of length 1 or 2 only");
        }
        for (const KeyCondition& condition : conditions_) {
            if (condition.comparison == SortOperator::none && keys_.find(condition.attribute) != nullptr) {
                return invalid("Attempted conditional constraint is not an indexable operation");
            }
        }
        if (conditions_.size() > keys_.partition.size() + keys_.sort.size()) return not_supported();
        return {};
    }

    Result<void> check_partition() const {
        for (const KeyAttribute& key : keys_.partition) {
            const KeyCondition* condition = find(key);
            if (condition == nullptr) return missed(key);
            if (condition->comparison != SortOperator::eq) return not_supported();
        }
        return {};
    }

    // Up to the last sort attribute with a condition, the earlier ones need equality. A condition on another attribute
    // stands in the place of the sort attribute that has none.
    Result<void> check_sort() const {
        for (std::size_t i = 0; i + 1 < used_; ++i) {
            const KeyCondition* condition = find(keys_.sort[i]);
            if (condition == nullptr) {
                return invalid(
                    "RANGE key attributes " + keys_.sort[i].name +
                    " must have equality conditions specified in the query because a condition is present on "
                    "key attribute " +
                    keys_.sort[used_ - 1].name);
            }
            if (condition->comparison != SortOperator::eq) return not_supported();
        }
        for (const KeyCondition& condition : conditions_) {
            if (keys_.find(condition.attribute) != nullptr) continue;
            return used_ < keys_.sort.size() ? missed(keys_.sort[used_]) : not_supported();
        }
        return {};
    }

    Result<void> check_value(const KeyAttribute& key, bool sort) const {
        const KeyCondition& condition = *find(key);
        const bool two = condition.comparison == SortOperator::between;
        for (const std::string* operand : {&condition.low, &condition.high}) {
            if (operand == &condition.high && !two) break;
            if (ValueView(*operand).type() == key.type) continue;
            return invalid(
                "One or more parameter values were invalid: Condition parameter type does not match schema type");
        }
        TRY(check_key_value(key.name, ValueView(condition.low), sort));
        return two ? check_key_value(key.name, ValueView(condition.high), sort) : Result<void>{};
    }

    std::string partition_item() const {
        std::vector<const KeyCondition*> parts;
        parts.reserve(keys_.partition.size());
        for (const KeyAttribute& key : keys_.partition) parts.push_back(find(key));
        std::ranges::sort(parts, {}, &KeyCondition::attribute);
        storage::ItemEncoder item;
        for (const KeyCondition* part : parts) item.add(part->attribute, ValueView(part->low));
        return item.finish();
    }

    const std::vector<KeyCondition>& conditions_;
    const KeySchema& keys_;
    std::size_t used_ = 0;  // sort attributes up to the last with a condition
};

}  // namespace

Result<void> plan_keys(const std::vector<KeyCondition>& conditions, const storage::Table& table, KeyRange& range) {
    const KeyPlan plan(conditions, range.index != nullptr ? range.index->keys : table.keys);
    TRY(plan.check());
    plan.fill(range);
    return {};
}

}  // namespace minamo
