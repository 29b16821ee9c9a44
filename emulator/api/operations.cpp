// All operations, by family.
#include "emulator/api/operations.hpp"

#include <algorithm>
#include <array>

#include "emulator/api/shapes.hpp"

namespace minamo::api {
namespace {

using enum Plane;
constexpr bool reads = false;
constexpr bool writes = true;
constexpr bool streams = true;

// clang-format off
constexpr auto rows = std::to_array<Operation>({
    // Items: api/items.cpp
    {"PutItem",    data, writes, &put_item_input,    full, false, Front::put},
    {"GetItem",    data, reads,  &get_item_input,    full},
    {"UpdateItem", data, writes, &update_item_input, full, false, Front::update},
    {"DeleteItem", data, writes, &delete_item_input, full, false, Front::remove},

    // Queries: api/queries.cpp
    {"Query",         data, reads, &query_input,          full, false, Front::query},
    {"Scan",          data, reads, &scan_input,           full},
    {"SearchVectors", data, reads, &search_vectors_input, refused},

    // Batches and transactions: api/batches.cpp
    {"BatchGetItem",       data, reads,  &batch_get_item_input,       full},
    {"BatchWriteItem",     data, writes, &batch_write_item_input,     full},
    {"TransactGetItems",   data, reads,  &transact_get_items_input,   full},
    {"TransactWriteItems", data, writes, &transact_write_items_input, full},

    // PartiQL: api/statements.cpp
    {"ExecuteStatement",      data, writes, &execute_statement_input,       full},
    {"BatchExecuteStatement", data, writes, &batch_execute_statement_input, full},
    {"ExecuteTransaction",    data, writes, &execute_transaction_input,     full},

    // Tables: api/tables.cpp
    {"CreateTable",        control, writes, &create_table_input,          full},
    {"UpdateTable",        control, writes, &update_table_input,          full},
    {"DeleteTable",        control, writes, &delete_table_input,          full},
    {"DescribeTable",      control, reads,  &describe_table_input,        full},
    {"ListTables",         account, reads,  &list_tables_input,           full},
    {"DescribeTimeToLive", control, reads,  &describe_time_to_live_input, full},
    {"UpdateTimeToLive",   control, writes, &update_time_to_live_input,   full},

    // Tags and policies: api/settings.cpp
    {"TagResource",          control, writes, &tag_resource_input,           refused},
    {"UntagResource",        control, writes, &untag_resource_input,         refused},
    {"ListTagsOfResource",   control, reads,  &list_tags_of_resource_input,  refused},
    {"PutResourcePolicy",    control, writes, &put_resource_policy_input,    refused},
    {"GetResourcePolicy",    control, reads,  &get_resource_policy_input,    refused},
    {"DeleteResourcePolicy", control, writes, &delete_resource_policy_input, refused},

    // Contributor insights and Kinesis: api/settings.cpp
    {"DescribeContributorInsights",         control, reads,  &describe_contributor_insights_input,          refused},
    {"UpdateContributorInsights",           control, writes, &update_contributor_insights_input,            refused},
    {"ListContributorInsights",             account, reads,  &list_contributor_insights_input,              refused},
    {"DescribeKinesisStreamingDestination", control, reads,  &describe_kinesis_streaming_destination_input, refused},
    {"EnableKinesisStreamingDestination",   control, writes, &enable_kinesis_streaming_destination_input,   refused},
    {"DisableKinesisStreamingDestination",  control, writes, &disable_kinesis_streaming_destination_input,  refused},
    {"UpdateKinesisStreamingDestination",   control, writes, &update_kinesis_streaming_destination_input,   refused},

    // The account
    {"DescribeLimits",    account, reads, &no_input, full},
    {"DescribeEndpoints", account, reads, &no_input, full},

    // Backups: api/backups.cpp
    {"CreateBackup",              control, writes, &create_backup_input,                  refused},
    {"DeleteBackup",              control, writes, &delete_backup_input,                  refused},
    {"DescribeBackup",            control, reads,  &describe_backup_input,                refused},
    {"ListBackups",               account, reads,  &list_backups_input,                   refused},
    {"DescribeContinuousBackups", control, reads,  &describe_continuous_backups_input,    full},
    {"UpdateContinuousBackups",   control, writes, &update_continuous_backups_input,      refused},
    {"RestoreTableFromBackup",    control, writes, &restore_table_from_backup_input,      refused},
    {"RestoreTableToPointInTime", control, writes, &restore_table_to_point_in_time_input, refused},

    // Exports, imports, bulk loads: api/transfers.cpp
    {"ExportTableToPointInTime", control, writes, &export_table_to_point_in_time_input, refused},
    {"DescribeExport",           control, reads,  &describe_export_input,               refused},
    {"ListExports",              account, reads,  &list_exports_input,                  refused},
    {"ImportTable",              control, writes, &import_table_input,                  refused},
    {"DescribeImport",           control, reads,  &describe_import_input,               refused},
    {"ListImports",              account, reads,  &list_imports_input,                  refused},
    {"StartBulkPutItems",        control, writes, &start_bulk_put_items_input,          refused},
    {"DescribeBulkOperation",    control, reads,  &describe_bulk_operation_input,       refused},
    {"CancelBulkOperation",      control, writes, &cancel_bulk_operation_input,         refused},
    {"ListBulkOperations",       account, reads,  &list_bulk_operations_input,          refused},

    // Global tables: api/global_tables.cpp
    {"CreateGlobalTable",               control, writes, &create_global_table_input,                 refused},
    {"UpdateGlobalTable",               control, writes, &update_global_table_input,                 refused},
    {"DescribeGlobalTable",             control, reads,  &describe_global_table_input,               refused},
    {"DescribeGlobalTableSettings",     control, reads,  &describe_global_table_settings_input,      refused},
    {"UpdateGlobalTableSettings",       control, writes, &update_global_table_settings_input,        refused},
    {"ListGlobalTables",                account, reads,  &list_global_tables_input,                  refused},
    {"DescribeTableReplicaAutoScaling", control, reads,  &describe_table_replica_auto_scaling_input, refused},
    {"UpdateTableReplicaAutoScaling",   control, writes, &update_table_replica_auto_scaling_input,   refused},

    // Streams: api/streams.cpp
    {"ListStreams",      account, reads, &list_streams_input,       full, streams},
    {"DescribeStream",   data,    reads, &describe_stream_input,    full, streams},
    {"GetShardIterator", data,    reads, &get_shard_iterator_input, full, streams},
    {"GetRecords",       data,    reads, &get_records_input,        full, streams},
});
// clang-format on
static_assert(rows.size() == 66);

constexpr auto by_name(std::array<Operation, rows.size()> operations) {
    std::ranges::sort(operations, std::ranges::less{}, &Operation::name);
    return operations;
}
constexpr auto sorted = by_name(rows);

}  // namespace

std::span<const Operation> operations() {
    return sorted;
}

const Operation* find_operation(std::string_view name) {
    const auto found = std::ranges::lower_bound(sorted, name, std::ranges::less{}, &Operation::name);
    return found != sorted.end() && found->name == name ? &*found : nullptr;
}

}  // namespace minamo::api
