// Query: the items of one partition of a table or index, in the order of their sort keys. The range is planned in
// queries/plan.hpp and read in queries/read_page.hpp; here is what only Query asks.
#include <span>
#include <string>
#include <vector>

#include "emulator/items/item_keys.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/queries/plan.hpp"
#include "emulator/queries/read_page.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/base64.hpp"
#include "emulator/wire/input.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::ItemView;
using storage::KeyRange;
using storage::SortOperator;
using storage::Table;
using storage::ValueView;

constexpr std::string_view legacy_members[] = {"AttributesToGet", "QueryFilter", "ConditionalOperator",
                                               "KeyConditions"};
constexpr std::string_view expression_members[] = {"ProjectionExpression", "FilterExpression",
                                                   "KeyConditionExpression"};
constexpr ExpressionMembers members{legacy_members, expression_members,
                                    "FilterExpression and KeyConditionExpression are"};

Result<void> take_legacy(Input input, ReadRequest& request) {
    TRY_LET(bound, bind_legacy_filter_of(input, "QueryFilter"));
    request.filter = std::move(bound);
    request.legacy_filter = static_cast<bool>(request.filter);
    if (const json::Value* list = input.find("AttributesToGet")) {
        TRY_LET(projection, bind_attributes_to_get(*list));
        request.projection = std::move(projection);
    }
    return {};
}

// The expressions in the service's order, and the shape of the key conditions.
Result<std::vector<KeyCondition>> take_expressions(Input input, ReadRequest& request) {
    Substitutions& substitutions = request.substitutions;
    const json::Value* key_text = input.find("KeyConditionExpression");
    const json::Value* legacy = input.find("KeyConditions");
    if (key_text == nullptr && legacy == nullptr) {
        return invalid(
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
    }
    TRY(substitutions.read(input.find("ExpressionAttributeNames"), input.find("ExpressionAttributeValues")));
    BoundCondition key_condition;
    if (key_text != nullptr) {
        TRY_LET(bound, bind_condition(ConditionKind::key_condition, json::text(*key_text), substitutions));
        key_condition = std::move(bound);
    }
    if (const json::Value* text = input.find("FilterExpression")) {
        TRY_LET(bound, bind_condition(ConditionKind::filter, json::text(*text), substitutions));
        request.filter = std::move(bound);
    }
    if (const json::Value* text = input.find("ProjectionExpression")) {
        TRY_LET(bound, bind_projection(json::text(*text), substitutions));
        request.projection = std::move(bound);
    }
    TRY(substitutions.check_used());
    return key_text != nullptr ? key_conditions(key_condition) : legacy_key_conditions(*legacy);
}

bool satisfies(ValueView value, SortOperator comparison, ValueView low, ValueView high) {
    const auto order = compare(value, low);
    const auto upper = comparison == SortOperator::between ? compare(value, high) : order;
    if (!order || !upper) return false;
    switch (comparison) {
        case SortOperator::none:
            return true;
        case SortOperator::eq:
            return *order == 0;
        case SortOperator::lt:
            return *order < 0;
        case SortOperator::le:
            return *order <= 0;
        case SortOperator::gt:
            return *order > 0;
        case SortOperator::ge:
            return *order >= 0;
        case SortOperator::between:
            return *order >= 0 && *upper <= 0;
        case SortOperator::begins_with:
            return value.text().starts_with(low.text());
    }
    return false;
}

bool satisfies_sort(const storage::KeySchema& keys, const KeyRange& range, ItemView start_key) {
    std::size_t i = 0;
    for (const std::string& wanted : range.sort_equal) {
        if (!equal(start_key.find(keys.sort[i++].name), ValueView(wanted))) return false;
    }
    if (range.sort_operator == SortOperator::none) return true;
    return satisfies(start_key.find(keys.sort[i].name), range.sort_operator, ValueView(range.sort_low),
                     ValueView(range.sort_high));
}

// A key value as the service's own classes print it: {S:a}.
std::string key_text(ValueView value) {
    std::string out = std::string("{").append(type_name(value.type())).append(":");
    if (value.type() == storage::Type::N) {
        out.append(value.number().to_string());
    } else if (value.type() == storage::Type::B) {
        append_base64(out, value.text());
    } else {
        out.append(value.text());
    }
    return out + "}";
}

tl::unexpected<Error> not_restartable(const Table& table, ItemView start_key) {
    const std::string& name = table.keys.partition[0].name;
    return invalid("The provided exclusive start key is invalid: ExclusiveStartKey: {" + name +
                   "=AttributeValue: " + key_text(start_key.find(name)) + "}");
}

// A start key must lie within what the query asks for; where that is one item at most, none does.
Result<void> check_start_within(const Table& table, const KeyRange& range, ItemView start_key) {
    if (is_single_item(table, range)) return not_restartable(table, start_key);
    const storage::KeySchema& keys = range.index != nullptr ? range.index->keys : table.keys;
    const bool has_sort_condition = !range.sort_equal.empty() || range.sort_operator != SortOperator::none;
    if (has_sort_condition && !satisfies_sort(keys, range, start_key)) {
        return invalid("The provided starting key does not match the range key predicate");
    }
    if (partition_hash(keys, start_key) == *range.partition) return {};
    return has_sort_condition
               ? invalid("The query can return at most one row and cannot be restarted")
               : invalid("The provided starting key is outside query boundaries based on provided conditions");
}

// A filter cannot name keys of what is queried, ...
Result<void> check_filter_keys(const storage::KeySchema& keys, const ReadRequest& request,
                               std::span<const ResolvedPath> named) {
    for (const ResolvedPath& path : named) {
        if (keys.find(path[0].name) == nullptr) continue;
        return invalid(
            std::string(request.legacy_filter ? "QueryFilter" : "Filter Expression") +
            " can only contain non-primary key attributes: Primary key attribute: " + std::string(path[0].name));
    }
    return {};
}

// ... step into other keys, nor name what an index does not hold.
Result<void> check_filter_paths(const Table& table, const Index* index, std::span<const ResolvedPath> named) {
    TRY(check_steps(table, named));
    if (index == nullptr) return {};
    for (const ResolvedPath& path : named) {
        if (projects(table, *index, path[0].name)) continue;
        return invalid_parameters("Secondary index " + index->name +
                                  " does not project one or more filter attributes: [" + std::string(path[0].name) +
                                  "]");
    }
    return {};
}

// What is asked for, of a table and index that are there: start key, conditions, projection, filter.
Result<void> check_against(const Table& table, const std::vector<KeyCondition>& conditions, const ReadRequest& request,
                           KeyRange& range) {
    const bool starts_later = !request.start_key.empty();
    const ItemView start_key = starts_later ? ItemView(request.start_key) : ItemView();
    if (starts_later) TRY(check_start_key_count(table, range.index, start_key));
    TRY(plan_keys(conditions, table, start_key, range));
    if (starts_later) {
        TRY(check_start_key_of_table(table, start_key));
        TRY(check_start_within(table, range, start_key));
    }
    TRY(check_steps(table, request.projection));
    const auto named = request.filter ? paths(request.filter) : std::vector<ResolvedPath>();
    TRY(check_filter_keys(range.index != nullptr ? range.index->keys : table.keys, request, named));
    TRY(check_select(range.index, request));
    return check_filter_paths(table, range.index, named);
}

}  // namespace

Result<void> query(Call& call) {
    TRY(check_expression_members(call.input, members));
    ReadRequest request;
    take_page(call.input, request);
    TRY(take_legacy(call.input, request));
    TRY(take_start_key(call.input, request));
    TRY_LET(conditions, take_expressions(call.input, request));
    TRY(take_select(call.input, request));
    const std::string_view name = table_name(call);
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        TRY_LET(table, item_table(transaction, name));
        TRY_LET(index, find_index(*table, request));
        KeyRange range;
        range.index = index;
        range.forward = request.forward;
        range.start_after = request.start_key;
        TRY(check_against(*table, conditions, request, range));
        return answer_page(call.out, *transaction, *table, name, range, request);
    });
}

}  // namespace minamo
