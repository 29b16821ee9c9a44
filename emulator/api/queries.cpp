// Query, Scan, SearchVectors.
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// clang-format off
constexpr Field query_fields[] = {
    {"Select",                    &select_mode},
    {"IndexName",                 &index_name},
    {"ReturnConsumedCapacity",    &return_consumed_capacity},
    {"QueryFilter",               &conditions},
    {"TableName",                 &table_name,               required, full, &item_table_sentences},
    {"ConditionalOperator",       &conditional_operator},
    {"AttributesToGet",           &attributes_to_get},
    {"Limit",                     &positive,                 optional, full, nullptr, Report::as_named},
    {"KeyConditions",             &conditions},
    {"ExclusiveStartKey",         &attribute_map},
    {"KeyConditionExpression",    &plain_text},
    {"FilterExpression",          &plain_text},
    {"ProjectionExpression",      &plain_text},
    {"ExpressionAttributeValues", &attribute_map},
    {"ExpressionAttributeNames",  &expression_names},
    {"ConsistentRead",            &flag},
    {"ScanIndexForward",          &flag},
};
constexpr Shape query_input = structure("QueryInput", query_fields);

constexpr Shape total_segments = whole(1, 1000000);
constexpr Shape segment = whole(0, 999999);

constexpr Field scan_fields[] = {
    {"Select",                    &select_mode},
    {"IndexName",                 &index_name},
    {"TotalSegments",             &total_segments},
    {"ReturnConsumedCapacity",    &return_consumed_capacity},
    {"TableName",                 &table_name,               required, full, &item_table_sentences},
    {"ConditionalOperator",       &conditional_operator},
    {"ScanFilter",                &conditions},
    {"Segment",                   &segment},
    {"Limit",                     &positive},
    {"AttributesToGet",           &attributes_to_get},
    {"ExclusiveStartKey",         &attribute_map},
    {"FilterExpression",          &plain_text},
    {"ProjectionExpression",      &plain_text},
    {"ExpressionAttributeValues", &attribute_map},
    {"ExpressionAttributeNames",  &expression_names},
    {"ConsistentRead",            &flag},
};
constexpr Shape scan_input = structure("ScanInput", scan_fields);

constexpr Shape search_vector = list_of(attribute_value, 1, 4096);

constexpr Field search_vectors_fields[] = {
    {"TableName",                 &table_name,               required},
    {"IndexName",                 &index_name,               required},
    {"ReturnConsumedCapacity",    &return_consumed_capacity},
    {"ExpressionAttributeNames",  &expression_names},
    {"ExpressionAttributeValues", &attribute_map},
    {"ProjectionExpression",      &plain_text},
    {"SearchVector",              &search_vector,            required},
    {"SearchConditionExpression", &plain_text},
    {"TopK",                      &positive,                 required},
};
constexpr Shape search_vectors_input = structure("SearchVectorsInput", search_vectors_fields);
// clang-format on

}  // namespace minamo::api
