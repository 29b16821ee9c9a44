// Scan: all items of a table or index, or of one segment of it, in the order in which they are stored.
#include <string>

#include "emulator/items/item_keys.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/queries/read_page.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/input.hpp"
#include "storage/range_bounds.hpp"

namespace minamo {
namespace {

constexpr std::string_view legacy_members[] = {"AttributesToGet", "ScanFilter", "ConditionalOperator"};
constexpr std::string_view expression_members[] = {"ProjectionExpression", "FilterExpression"};
constexpr ExpressionMembers members{legacy_members, expression_members, "FilterExpression is"};

Result<void> take_legacy(Input input, ReadRequest& request) {
    if (const json::Value* list = input.find("AttributesToGet")) {
        TRY_LET(projection, bind_attributes_to_get(*list));
        request.projection = std::move(projection);
    }
    TRY_LET(bound, bind_legacy_filter_of(input, "ScanFilter"));
    request.filter = std::move(bound);
    return {};
}

Result<void> take_expressions(Input input, ReadRequest& request) {
    if (const json::Value* text = input.find("FilterExpression")) {
        TRY_LET(bound, bind_condition(ConditionKind::filter, json::text(*text), request.substitutions));
        request.filter = std::move(bound);
    }
    if (const json::Value* text = input.find("ProjectionExpression")) {
        TRY_LET(bound, bind_projection(json::text(*text), request.substitutions));
        request.projection = std::move(bound);
    }
    return request.substitutions.check_used();
}

Result<std::optional<storage::Segment>> take_segment(Input input) {
    const bool segment = input.has("Segment");
    const bool total = input.has("TotalSegments");
    if (segment && !total) {
        return invalid(
            "The TotalSegments parameter is required but was not present in the request "
            "when Segment parameter is present");
    }
    if (total && !segment) {
        return invalid(
            "The Segment parameter is required but was not present in the request "
            "when parameter TotalSegments is present");
    }
    if (!segment) return std::nullopt;
    const storage::Segment out{static_cast<std::uint32_t>(input.integer("Segment")),
                               static_cast<std::uint32_t>(input.integer("TotalSegments"))};
    if (out.segment >= out.total) {
        return invalid("The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: " +
                       std::to_string(out.segment) + " is not less than TotalSegments: " + std::to_string(out.total));
    }
    return out;
}

// Of a table, whatever is wrong is told in one way.
Result<void> check_start_key(const storage::Table& table, const storage::Index* index, storage::ItemView start_key) {
    if (index != nullptr) {
        TRY(check_start_key_count(table, index, start_key));
        for (const auto* keys : {&index->keys.partition, &index->keys.sort}) {
            for (const storage::KeyAttribute& key : *keys) TRY(check_start_key_part(key, start_key));
        }
        return check_start_key_of_table(table, start_key);
    }
    if (!check_start_key_count(table, index, start_key)) start_key = {};
    return check_start_key_of_table(table, start_key);
}

Result<void> check_start_in_segment(const storage::Table& table, const storage::KeyRange& range,
                                    storage::ItemView start_key) {
    if (!range.segment) return {};
    const storage::KeySchema& keys = range.index != nullptr ? range.index->keys : table.keys;
    if (in_segment(partition_hash(keys, start_key), *range.segment)) return {};
    return invalid(
        "The provided starting key is invalid: Invalid ExclusiveStartKey. "
        "Please use ExclusiveStartKey with correct Segment. TotalSegments: " +
        std::to_string(range.segment->total) + " Segment: " + std::to_string(range.segment->segment));
}

}  // namespace

Result<void> scan(Call& call) {
    TRY(check_expression_members(call.input, members));
    ReadRequest request;
    take_page(call.input, request);
    TRY(take_legacy(call.input, request));
    TRY(take_start_key(call.input, request));
    TRY_LET(segment, take_segment(call.input));
    TRY(request.substitutions.read(call.input.find("ExpressionAttributeNames"),
                                   call.input.find("ExpressionAttributeValues")));
    TRY(take_expressions(call.input, request));
    TRY(take_select(call.input, request));
    const std::string_view name = table_name(call);
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        TRY_LET(table, item_table(transaction, name));
        TRY_LET(index, find_index(*table, request));
        storage::KeyRange range;
        range.index = index;
        range.segment = segment;
        range.start_after = request.start_key;
        if (!request.start_key.empty()) {
            const storage::ItemView start_key(request.start_key);
            TRY(check_start_key(*table, index, start_key));
            TRY(check_start_in_segment(*table, range, start_key));
        }
        TRY(check_steps(*table, request.projection));
        TRY(check_select(index, request));
        if (request.filter) TRY(check_steps(*table, paths(request.filter)));
        return answer_page(call.out, *transaction, *table, name, range, request);
    });
}

}  // namespace minamo
