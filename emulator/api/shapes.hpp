// What shapes are made with, and the shapes that several families of operations share. The rest stands beside the
// operations in <family>.cpp.
#pragma once

#include "emulator/api/shape.hpp"

namespace minamo::api {

using Bound = std::optional<std::int64_t>;

// Parts of a row.
constexpr Shape text(Bound min = {}, Bound max = {}, const Pattern* pattern = nullptr) {
    return {.min = min, .max = max, .pattern = pattern};
}
constexpr Shape choice(std::string_view values) {
    return {.values = values};
}
constexpr Shape whole(Bound min = {}, Bound max = {}) {
    return {.kind = Kind::integer, .min = min, .max = max};
}
constexpr Shape long_whole(Bound min = {}) {
    return {.kind = Kind::long_integer, .min = min};
}
constexpr Shape list_of(const Shape& element, Bound min = {}, Bound max = {}) {
    return {.kind = Kind::list, .element = &element, .min = min, .max = max};
}
constexpr Shape map_of(const Shape& value, Bound min = {}, const Shape* key = nullptr) {
    return {.kind = Kind::map, .element = &value, .min = min, .key = key};
}
constexpr Shape structure(std::string_view name, std::span<const Field> fields) {
    return {.kind = Kind::structure, .name = name, .fields = fields};
}

namespace patterns {
extern const Pattern name;       // of tables, indexes, backups
extern const Pattern account;    // 12 digits
extern const Pattern hex_token;  // of pages
extern const Pattern client_token;
extern const Pattern bucket;
extern const Pattern csv_delimiter;
extern const Pattern csv_header;
extern const Pattern printable;
extern const Pattern role_arn;
}  // namespace patterns

// shapes.cpp: scalars, values, names.
extern const Shape plain_text;
extern const Shape flag;
extern const Shape any_whole;
extern const Shape any_long;
extern const Shape positive;
extern const Shape positive_long;
extern const Shape real_number;
extern const Shape moment;
extern const Shape attribute_name;      // of attributes that are read or written
extern const Shape key_attribute_name;  // of attributes that tables define
extern const Shape attribute_value;
extern const Shape attribute_values;
extern const Shape attribute_map;  // Key, Item, ExpressionAttributeValues
extern const Shape expression_names;
extern const Shape attributes_to_get;
extern const Shape conditions;  // KeyConditions, QueryFilter, ScanFilter
extern const Shape expected;
extern const Shape table_name;        // a name of 3..255 or an ARN
extern const Shape plain_table_name;  // a name of 3..255
extern const Shape index_name;
extern const Shape table_arn;
extern const Shape stream_arn;
extern const Shape resource_arn;
extern const Shape region_name;
extern const Shape request_token;  // of transactions
extern const Shape client_token;
extern const Shape next_token;
extern const Shape return_consumed_capacity;
extern const Shape return_item_collection_metrics;
extern const Shape return_values;
extern const Shape return_values_on_failure;
extern const Shape conditional_operator;
extern const Shape select_mode;
extern const Sentences table_name_sentences;  // of calls on tables
extern const Sentences item_table_sentences;  // of calls on items

// table_shapes.cpp: what tables and indexes are made of.
extern const Shape attribute_definitions;
extern const Shape table_key_schema;
extern const Shape provisioned_throughput;
extern const Shape on_demand_throughput;
extern const Shape warm_throughput;
extern const Shape billing_mode;
extern const Shape table_class;
extern const Shape sse_specification;
extern const Shape stream_specification;
extern const Shape local_indexes;
extern const Shape global_indexes;
extern const Shape global_index_updates;
extern const Shape vector_indexes;
extern const Shape vector_index_updates;
extern const Shape tags;
extern const Shape tag_keys;

// The input of each operation, in its family's file.
// items.cpp
extern const Shape put_item_input;
extern const Shape get_item_input;
extern const Shape update_item_input;
extern const Shape delete_item_input;
// queries.cpp
extern const Shape query_input;
extern const Shape scan_input;
extern const Shape search_vectors_input;
// batches.cpp
extern const Shape batch_get_item_input;
extern const Shape batch_write_item_input;
extern const Shape transact_get_items_input;
extern const Shape transact_write_items_input;
// statements.cpp
extern const Shape execute_statement_input;
extern const Shape batch_execute_statement_input;
extern const Shape execute_transaction_input;
// tables.cpp
extern const Shape create_table_input;
extern const Shape update_table_input;
extern const Shape delete_table_input;
extern const Shape describe_table_input;
extern const Shape list_tables_input;
extern const Shape describe_time_to_live_input;
extern const Shape update_time_to_live_input;
// settings.cpp
extern const Shape tag_resource_input;
extern const Shape untag_resource_input;
extern const Shape list_tags_of_resource_input;
extern const Shape put_resource_policy_input;
extern const Shape get_resource_policy_input;
extern const Shape delete_resource_policy_input;
extern const Shape describe_contributor_insights_input;
extern const Shape update_contributor_insights_input;
extern const Shape list_contributor_insights_input;
extern const Shape describe_kinesis_streaming_destination_input;
extern const Shape enable_kinesis_streaming_destination_input;
extern const Shape disable_kinesis_streaming_destination_input;
extern const Shape update_kinesis_streaming_destination_input;
extern const Shape no_input;  // DescribeLimits, DescribeEndpoints
// backups.cpp
extern const Shape create_backup_input;
extern const Shape delete_backup_input;
extern const Shape describe_backup_input;
extern const Shape list_backups_input;
extern const Shape describe_continuous_backups_input;
extern const Shape update_continuous_backups_input;
extern const Shape restore_table_from_backup_input;
extern const Shape restore_table_to_point_in_time_input;
// transfers.cpp
extern const Shape export_table_to_point_in_time_input;
extern const Shape describe_export_input;
extern const Shape list_exports_input;
extern const Shape import_table_input;
extern const Shape describe_import_input;
extern const Shape list_imports_input;
extern const Shape start_bulk_put_items_input;
extern const Shape describe_bulk_operation_input;
extern const Shape cancel_bulk_operation_input;
extern const Shape list_bulk_operations_input;
// global_tables.cpp
extern const Shape create_global_table_input;
extern const Shape update_global_table_input;
extern const Shape describe_global_table_input;
extern const Shape describe_global_table_settings_input;
extern const Shape update_global_table_settings_input;
extern const Shape list_global_tables_input;
extern const Shape replica_updates;  // of UpdateTable
extern const Shape witness_updates;
extern const Shape describe_table_replica_auto_scaling_input;
extern const Shape update_table_replica_auto_scaling_input;
// streams.cpp
extern const Shape list_streams_input;
extern const Shape describe_stream_input;
extern const Shape get_shard_iterator_input;
extern const Shape get_records_input;

}  // namespace minamo::api
