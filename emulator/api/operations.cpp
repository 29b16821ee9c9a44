// All operations. A handler of null is an operation that is known and validated, but refused.
#include "emulator/api/operations.hpp"

#include <algorithm>
#include <array>

#include "emulator/api/shapes.hpp"
#include "emulator/operations/handlers.hpp"

namespace minamo::api {
namespace {

using enum Plane;
constexpr Handler not_built = nullptr;
constexpr bool reads = false;
constexpr bool writes = true;
constexpr bool streams = true;

// clang-format off
constexpr auto rows = std::to_array<Operation>({
    // Items: api_items.cpp
    {"PutItem",    data, writes, &put_item_input,    put_item},
    {"GetItem",    data, reads,  &get_item_input,    get_item},
    {"UpdateItem", data, writes, &update_item_input, update_item},
    {"DeleteItem", data, writes, &delete_item_input, delete_item},

    // Queries: api_queries.cpp
    {"Query",         data, reads, &query_input,          query},
    {"Scan",          data, reads, &scan_input,           scan},
    {"SearchVectors", data, reads, &search_vectors_input, not_built},

    // Batches and transactions: api_batches.cpp
    {"BatchGetItem",       data, reads,  &batch_get_item_input,       batch_get_item},
    {"BatchWriteItem",     data, writes, &batch_write_item_input,     batch_write_item},
    {"TransactGetItems",   data, reads,  &transact_get_items_input,   transact_get_items},
    {"TransactWriteItems", data, writes, &transact_write_items_input, transact_write_items},

    // PartiQL: api_statements.cpp
    {"ExecuteStatement",      data, writes, &execute_statement_input,       not_built},
    {"BatchExecuteStatement", data, writes, &batch_execute_statement_input, not_built},
    {"ExecuteTransaction",    data, writes, &execute_transaction_input,     not_built},

    // Tables: api_tables.cpp
    {"CreateTable",        control, writes, &create_table_input,          create_table},
    {"UpdateTable",        control, writes, &update_table_input,          update_table},
    {"DeleteTable",        control, writes, &delete_table_input,          delete_table},
    {"DescribeTable",      control, reads,  &describe_table_input,        describe_table},
    {"ListTables",         account, reads,  &list_tables_input,           list_tables},
    {"DescribeTimeToLive", control, reads,  &describe_time_to_live_input, describe_time_to_live},
    {"UpdateTimeToLive",   control, writes, &update_time_to_live_input,   update_time_to_live},

    // Tags and policies: api_settings.cpp
    {"TagResource",          control, writes, &tag_resource_input,           not_built},
    {"UntagResource",        control, writes, &untag_resource_input,         not_built},
    {"ListTagsOfResource",   control, reads,  &list_tags_of_resource_input,  not_built},
    {"PutResourcePolicy",    control, writes, &put_resource_policy_input,    not_built},
    {"GetResourcePolicy",    control, reads,  &get_resource_policy_input,    not_built},
    {"DeleteResourcePolicy", control, writes, &delete_resource_policy_input, not_built},

    // Contributor insights and Kinesis: api_settings.cpp
    {"DescribeContributorInsights",         control, reads,  &describe_contributor_insights_input,          not_built},
    {"UpdateContributorInsights",           control, writes, &update_contributor_insights_input,            not_built},
    {"ListContributorInsights",             account, reads,  &list_contributor_insights_input,              not_built},
    {"DescribeKinesisStreamingDestination", control, reads,  &describe_kinesis_streaming_destination_input, not_built},
    {"EnableKinesisStreamingDestination",   control, writes, &enable_kinesis_streaming_destination_input,   not_built},
    {"DisableKinesisStreamingDestination",  control, writes, &disable_kinesis_streaming_destination_input,  not_built},
    {"UpdateKinesisStreamingDestination",   control, writes, &update_kinesis_streaming_destination_input,   not_built},

    // The account
    {"DescribeLimits",    account, reads, &no_input, describe_limits},
    {"DescribeEndpoints", account, reads, &no_input, describe_endpoints},

    // Backups: api_backups.cpp
    {"CreateBackup",              control, writes, &create_backup_input,                  not_built},
    {"DeleteBackup",              control, writes, &delete_backup_input,                  not_built},
    {"DescribeBackup",            control, reads,  &describe_backup_input,                not_built},
    {"ListBackups",               account, reads,  &list_backups_input,                   not_built},
    {"DescribeContinuousBackups", control, reads,  &describe_continuous_backups_input,    describe_continuous_backups},
    {"UpdateContinuousBackups",   control, writes, &update_continuous_backups_input,      not_built},
    {"RestoreTableFromBackup",    control, writes, &restore_table_from_backup_input,      not_built},
    {"RestoreTableToPointInTime", control, writes, &restore_table_to_point_in_time_input, not_built},

    // Exports, imports, bulk loads: api_transfers.cpp
    {"ExportTableToPointInTime", control, writes, &export_table_to_point_in_time_input, not_built},
    {"DescribeExport",           control, reads,  &describe_export_input,               not_built},
    {"ListExports",              account, reads,  &list_exports_input,                  not_built},
    {"ImportTable",              control, writes, &import_table_input,                  not_built},
    {"DescribeImport",           control, reads,  &describe_import_input,               not_built},
    {"ListImports",              account, reads,  &list_imports_input,                  not_built},
    {"StartBulkPutItems",        control, writes, &start_bulk_put_items_input,          not_built},
    {"DescribeBulkOperation",    control, reads,  &describe_bulk_operation_input,       not_built},
    {"CancelBulkOperation",      control, writes, &cancel_bulk_operation_input,         not_built},
    {"ListBulkOperations",       account, reads,  &list_bulk_operations_input,          not_built},

    // Global tables: api_global_tables.cpp
    {"CreateGlobalTable",               control, writes, &create_global_table_input,                 not_built},
    {"UpdateGlobalTable",               control, writes, &update_global_table_input,                 not_built},
    {"DescribeGlobalTable",             control, reads,  &describe_global_table_input,               not_built},
    {"DescribeGlobalTableSettings",     control, reads,  &describe_global_table_settings_input,      not_built},
    {"UpdateGlobalTableSettings",       control, writes, &update_global_table_settings_input,        not_built},
    {"ListGlobalTables",                account, reads,  &list_global_tables_input,                  not_built},
    {"DescribeTableReplicaAutoScaling", control, reads,  &describe_table_replica_auto_scaling_input, not_built},
    {"UpdateTableReplicaAutoScaling",   control, writes, &update_table_replica_auto_scaling_input,   not_built},

    // Streams: api_streams.cpp
    {"ListStreams",      account, reads, &list_streams_input,       list_streams, streams},
    {"DescribeStream",   data,    reads, &describe_stream_input,    describe_stream, streams},
    {"GetShardIterator", data,    reads, &get_shard_iterator_input, get_shard_iterator, streams},
    {"GetRecords",       data,    reads, &get_records_input,        get_records, streams},
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
