// BatchGetItem, BatchWriteItem, TransactGetItems, TransactWriteItems. The published model also limits the number of
// tables of a batch; the service counts items instead.
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// clang-format off
constexpr Shape key_list = list_of(attribute_map, 1, 100);

constexpr Field keys_and_attributes_fields[] = {
    {"Keys",                     &key_list,          required, full, nullptr, Report::as_named},
    {"AttributesToGet",          &attributes_to_get},
    {"ConsistentRead",           &flag},
    {"ProjectionExpression",     &plain_text},
    {"ExpressionAttributeNames", &expression_names},
};
constexpr Shape keys_and_attributes = structure("KeysAndAttributes", keys_and_attributes_fields);

constexpr Shape get_requests = map_of(keys_and_attributes, 1, &table_name);

// Older deployments have a sentence for a batch without tables, and BatchWriteItem has it still.
constexpr Sentences get_requests_sentences = {
    .empty = "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: "
             "Member must have length greater than or equal to 1",
    .classic_empty = "The requestItems parameter is required for BatchGetItem",
};
constexpr std::string_view no_write_requests = "The requestItems parameter is required for BatchWriteItem";
constexpr Sentences write_requests_sentences = {.empty = no_write_requests, .classic_empty = no_write_requests};

constexpr Field batch_get_item_fields[] = {
    {"ReturnConsumedCapacity", &return_consumed_capacity},
    {"RequestItems",           &get_requests,             required, full, &get_requests_sentences},
};
constexpr Shape batch_get_item_input = structure("BatchGetItemInput", batch_get_item_fields);

constexpr Field put_request_fields[] = {
    {"Item", &attribute_map, required},
};
constexpr Shape put_request = structure("PutRequest", put_request_fields);

constexpr Field delete_request_fields[] = {
    {"Key", &attribute_map, required},
};
constexpr Shape delete_request = structure("DeleteRequest", delete_request_fields);

constexpr Field write_request_fields[] = {
    {"PutRequest",    &put_request},
    {"DeleteRequest", &delete_request},
};
constexpr Shape write_request = structure("WriteRequest", write_request_fields);

constexpr Shape write_requests = list_of(write_request, 1, 25);
constexpr Shape write_requests_by_table = map_of(write_requests, 1, &table_name);

constexpr Field batch_write_item_fields[] = {
    {"RequestItems",                &write_requests_by_table,        required, full, &write_requests_sentences},
    {"ReturnConsumedCapacity",      &return_consumed_capacity},
    {"ReturnItemCollectionMetrics", &return_item_collection_metrics},
};
constexpr Shape batch_write_item_input = structure("BatchWriteItemInput", batch_write_item_fields);

constexpr Field get_action_fields[] = {
    {"Key",                      &attribute_map,    required},
    {"TableName",                &table_name,       required},
    {"ProjectionExpression",     &plain_text},
    {"ExpressionAttributeNames", &expression_names},
};
constexpr Shape get_action = structure("Get", get_action_fields);

constexpr Field transact_get_fields[] = {
    {"Get", &get_action, required},
};
constexpr Shape transact_get = structure("TransactGetItem", transact_get_fields);

constexpr Shape transact_gets = list_of(transact_get, 1, 100);

constexpr Field transact_get_items_fields[] = {
    {"TransactItems",          &transact_gets,            required},
    {"ReturnConsumedCapacity", &return_consumed_capacity},
};
constexpr Shape transact_get_items_input = structure("TransactGetItemsInput", transact_get_items_fields);

constexpr Field condition_check_fields[] = {
    {"Key",                                 &attribute_map,            required},
    {"TableName",                           &table_name,               required},
    {"ConditionExpression",                 &plain_text,               required},
    {"ExpressionAttributeNames",            &expression_names},
    {"ExpressionAttributeValues",           &attribute_map},
    {"ReturnValuesOnConditionCheckFailure", &return_values_on_failure},
};
constexpr Shape condition_check = structure("ConditionCheck", condition_check_fields);

constexpr Field put_action_fields[] = {
    {"Item",                                &attribute_map,            required},
    {"TableName",                           &table_name,               required},
    {"ConditionExpression",                 &plain_text},
    {"ExpressionAttributeNames",            &expression_names},
    {"ExpressionAttributeValues",           &attribute_map},
    {"ReturnValuesOnConditionCheckFailure", &return_values_on_failure},
};
constexpr Shape put_action = structure("Put", put_action_fields);

constexpr Field delete_action_fields[] = {
    {"Key",                                 &attribute_map,            required},
    {"TableName",                           &table_name,               required},
    {"ConditionExpression",                 &plain_text},
    {"ExpressionAttributeNames",            &expression_names},
    {"ExpressionAttributeValues",           &attribute_map},
    {"ReturnValuesOnConditionCheckFailure", &return_values_on_failure},
};
constexpr Shape delete_action = structure("Delete", delete_action_fields);

constexpr Field update_action_fields[] = {
    {"Key",                                 &attribute_map,            required},
    {"UpdateExpression",                    &plain_text,               required},
    {"TableName",                           &table_name,               required},
    {"ConditionExpression",                 &plain_text},
    {"ExpressionAttributeNames",            &expression_names},
    {"ExpressionAttributeValues",           &attribute_map},
    {"ReturnValuesOnConditionCheckFailure", &return_values_on_failure},
};
constexpr Shape update_action = structure("Update", update_action_fields);

constexpr Field transact_write_fields[] = {
    {"ConditionCheck", &condition_check},
    {"Put",            &put_action},
    {"Delete",         &delete_action},
    {"Update",         &update_action},
};
constexpr Shape transact_write = structure("TransactWriteItem", transact_write_fields);

constexpr Shape transact_writes = list_of(transact_write, 1, 100);
constexpr Field transact_write_items_fields[] = {
    {"TransactItems",               &transact_writes,                required},
    {"ReturnConsumedCapacity",      &return_consumed_capacity},
    {"ReturnItemCollectionMetrics", &return_item_collection_metrics},
    {"ClientRequestToken",          &request_token},
};
constexpr Shape transact_write_items_input = structure("TransactWriteItemsInput", transact_write_items_fields);
// clang-format on

}  // namespace minamo::api
