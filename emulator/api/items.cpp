// PutItem, GetItem, UpdateItem, DeleteItem.
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// Recent deployments list these values, misspelled, whatever the operation takes.
constexpr Sentences return_values_sentences = {
    .unlisted =
        "1 validation error detected: Failed to satisfy constraint: Member must satisfy enum value set: "
        "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]",
};

// clang-format off
constexpr Field put_item_fields[] = {
    {"ReturnConsumedCapacity",              &return_consumed_capacity},
    {"TableName",                           &table_name,                     required, full, &item_table_sentences},
    {"Item",                                &attribute_map,                  required},
    {"ConditionalOperator",                 &conditional_operator},
    {"Expected",                            &expected},
    {"ReturnValues",                        &return_values,                  optional, full, &return_values_sentences},
    {"ReturnItemCollectionMetrics",         &return_item_collection_metrics},
    {"ConditionExpression",                 &plain_text},
    {"ExpressionAttributeValues",           &attribute_map},
    {"ExpressionAttributeNames",            &expression_names},
    {"ReturnValuesOnConditionCheckFailure", &return_values_on_failure},
};
constexpr Shape put_item_input = structure("PutItemInput", put_item_fields);

constexpr Field get_item_fields[] = {
    {"ReturnConsumedCapacity",   &return_consumed_capacity},
    {"AttributesToGet",          &attributes_to_get},
    {"TableName",                &table_name,               required, full, &item_table_sentences},
    {"Key",                      &attribute_map,            required},
    {"ProjectionExpression",     &plain_text},
    {"ExpressionAttributeNames", &expression_names},
    {"ConsistentRead",           &flag},
};
constexpr Shape get_item_input = structure("GetItemInput", get_item_fields);

constexpr Shape attribute_action = choice("[ADD, PUT, DELETE]");

constexpr Field attribute_value_update_fields[] = {
    {"Value",  &attribute_value},
    {"Action", &attribute_action},
};
constexpr Shape attribute_value_update = structure("AttributeValueUpdate", attribute_value_update_fields);

constexpr Shape attribute_updates = map_of(attribute_value_update);

constexpr Field update_item_fields[] = {
    {"ReturnConsumedCapacity",              &return_consumed_capacity},
    {"TableName",                           &table_name,                     required, full, &item_table_sentences},
    {"ReturnItemCollectionMetrics",         &return_item_collection_metrics},
    {"ReturnValues",                        &return_values,                  optional, full, &return_values_sentences},
    {"Key",                                 &attribute_map,                  required},
    {"ConditionalOperator",                 &conditional_operator},
    {"Expected",                            &expected},
    {"AttributeUpdates",                    &attribute_updates},
    {"ConditionExpression",                 &plain_text},
    {"UpdateExpression",                    &plain_text},
    {"ExpressionAttributeValues",           &attribute_map},
    {"ExpressionAttributeNames",            &expression_names},
    {"ReturnValuesOnConditionCheckFailure", &return_values_on_failure},
};
constexpr Shape update_item_input = structure("UpdateItemInput", update_item_fields);

constexpr Field delete_item_fields[] = {
    {"ReturnConsumedCapacity",              &return_consumed_capacity},
    {"TableName",                           &table_name,                     required, full, &item_table_sentences},
    {"ReturnValues",                        &return_values,                  optional, full, &return_values_sentences},
    {"ReturnItemCollectionMetrics",         &return_item_collection_metrics},
    {"Key",                                 &attribute_map,                  required},
    {"ConditionalOperator",                 &conditional_operator},
    {"Expected",                            &expected},
    {"ConditionExpression",                 &plain_text},
    {"ExpressionAttributeValues",           &attribute_map},
    {"ExpressionAttributeNames",            &expression_names},
    {"ReturnValuesOnConditionCheckFailure", &return_values_on_failure},
};
constexpr Shape delete_item_input = structure("DeleteItemInput", delete_item_fields);
// clang-format on

}  // namespace minamo::api
