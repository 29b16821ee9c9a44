// Expression members are checked first, then values, then legacy parameters, then expressions.
#include "emulator/items/write_requests.hpp"

#include <string>
#include <utility>

#include "emulator/wire/input.hpp"
#include "emulator/wire/words.hpp"

namespace minamo {
namespace {

constexpr std::string_view put_legacy[] = {"Expected", "ConditionalOperator"};
constexpr std::string_view put_expressions[] = {"ConditionExpression"};
constexpr ExpressionMembers put_members{put_legacy, put_expressions, "ConditionExpression is"};

constexpr std::string_view update_legacy[] = {"AttributeUpdates", "Expected", "ConditionalOperator"};
constexpr std::string_view update_expressions[] = {"UpdateExpression", "ConditionExpression"};
constexpr ExpressionMembers update_members{update_legacy, update_expressions,
                                           "UpdateExpression and ConditionExpression are"};

constexpr std::string_view get_legacy[] = {"AttributesToGet"};
constexpr std::string_view get_expressions[] = {"ProjectionExpression"};
constexpr ExpressionMembers get_members{get_legacy, get_expressions, {}};

// Put and delete return either nothing or the old item.
Result<void> check_return_values(Input input) {
    const auto asked = from_word<ReturnValues>(input.text("ReturnValues"));
    if (!asked || *asked == ReturnValues::none || *asked == ReturnValues::all_old) return {};
    return invalid(RequestFault::return_values, "ReturnValues can only be ALL_OLD or NONE");
}

Result<void> read_key(Input input, ItemWrite& write) {
    TRY_LET(key, encoded_item(*input.find("Key")));
    write.key = std::move(key);
    return {};
}

// Expected, or the expressions with their names and values; the update before the condition.
Result<void> read_expressions(Input input, ItemWrite& write) {
    const std::string_view on_failure = input.text("ReturnValuesOnConditionCheckFailure");
    write.return_old_on_failure = from_word<ReturnValues>(on_failure) == ReturnValues::all_old;
    TRY_LET(legacy, bind_expected_of(input));
    write.condition = std::move(legacy);
    TRY(write.substitutions.read(input.find("ExpressionAttributeNames"), input.find("ExpressionAttributeValues")));
    const json::Value* update = write.action == WriteAction::update ? input.find("UpdateExpression") : nullptr;
    if (update != nullptr) {
        TRY_LET(bound, bind_update(json::text(*update), write.substitutions));
        write.update = std::move(bound);
    }
    if (const json::Value* text = input.find("ConditionExpression")) {
        TRY_LET(bound, bind_condition(ConditionKind::condition, json::text(*text), write.substitutions));
        write.condition = std::move(bound);
    }
    return write.substitutions.check_used();
}

}  // namespace

Result<void> take_put(Input input, ItemWrite& write) {
    write.action = WriteAction::put;
    TRY(check_expression_members(input, put_members));
    TRY_LET(item, encoded_item(*input.find("Item")));
    write.item = std::move(item);
    TRY(check_return_values(input));
    TRY(check_item_size(storage::ItemView(write.item).size_bytes()));
    return read_expressions(input, write);
}

Result<void> take_update(Input input, ItemWrite& write) {
    write.action = WriteAction::update;
    TRY(check_expression_members(input, update_members));
    TRY(read_key(input, write));
    if (const json::Value* updates = input.find("AttributeUpdates")) {
        TRY_LET(bound, bind_attribute_updates(*updates));
        write.update = std::move(bound);
    }
    return read_expressions(input, write);
}

Result<void> take_delete(Input input, ItemWrite& write) {
    write.action = WriteAction::remove;
    TRY(check_expression_members(input, put_members));
    TRY(read_key(input, write));
    TRY(check_return_values(input));
    return read_expressions(input, write);
}

Result<void> take_condition_check(Input input, ItemWrite& write) {
    write.action = WriteAction::check;
    TRY(check_expression_members(input, put_members));
    TRY(read_key(input, write));
    return read_expressions(input, write);
}

Result<BoundProjection> take_projection_members(Input input, Substitutions& substitutions) {
    BoundProjection projection;
    if (const json::Value* list = input.find("AttributesToGet")) {
        TRY_LET(bound, bind_attributes_to_get(*list));
        projection = std::move(bound);
    }
    TRY(substitutions.read(input.find("ExpressionAttributeNames"), nullptr));
    if (const json::Value* text = input.find("ProjectionExpression")) {
        TRY_LET(bound, bind_projection(json::text(*text), substitutions));
        projection = std::move(bound);
    }
    TRY(substitutions.check_used());
    return projection;
}

Result<void> check_read_members(Input input) {
    return check_expression_members(input, get_members);
}

Result<void> take_get(Input input, ReadOne& read) {
    read.consistent = input.flag("ConsistentRead");
    read.capacity = capacity_detail(input);
    TRY(check_read_members(input));
    TRY_LET(key, encoded_item(*input.find("Key")));
    read.key = std::move(key);
    TRY_LET(projection, take_projection_members(input, read.substitutions));
    read.projection = std::move(projection);
    return {};
}

}  // namespace minamo
