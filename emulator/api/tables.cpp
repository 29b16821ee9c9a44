// Tables and their time to live. A TableName that is absent has a sentence of its own here. AttributeDefinitions and
// KeySchema of a new table are required, as long as there is no table to take them from (GlobalTableSourceArn).
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// clang-format off
constexpr Shape settings_replication_mode = choice("[ENABLED, DISABLED, ENABLED_WITH_OVERRIDES]");
constexpr Shape multi_region_consistency  = choice("[EVENTUAL, STRONG]");
constexpr Shape page_limit                = whole(1, 100);

constexpr Field create_table_fields[] = {
    {"AttributeDefinitions",               &attribute_definitions,     required},
    {"TableName",                          &table_name,                required, full, &table_name_sentences},
    {"BillingMode",                        &billing_mode},
    {"ProvisionedThroughput",              &provisioned_throughput},
    {"KeySchema",                          &table_key_schema,          required},
    {"LocalSecondaryIndexes",              &local_indexes},
    {"GlobalSecondaryIndexes",             &global_indexes},
    {"StreamSpecification",                &stream_specification},
    {"SSESpecification",                   &sse_specification,         optional, state_only},
    {"Tags",                               &tags},
    {"TableClass",                         &table_class,               optional, state_only},
    {"DeletionProtectionEnabled",          &flag},
    {"WarmThroughput",                     &warm_throughput,           optional, state_only},
    {"ResourcePolicy",                     &plain_text,                optional, refused},
    {"OnDemandThroughput",                 &on_demand_throughput,      optional, state_only},
    {"GlobalTableSourceArn",               &table_arn,                 optional, refused},
    {"GlobalTableSettingsReplicationMode", &settings_replication_mode, optional, refused},
    {"VectorIndexes",                      &vector_indexes,            optional, refused},
};

constexpr Field update_table_fields[] = {
    {"TableName",                          &table_name,                required, full, &table_name_sentences},
    {"ProvisionedThroughput",              &provisioned_throughput},
    {"BillingMode",                        &billing_mode},
    {"GlobalSecondaryIndexUpdates",        &global_index_updates},
    {"AttributeDefinitions",               &attribute_definitions},
    {"StreamSpecification",                &stream_specification},
    {"SSESpecification",                   &sse_specification,         optional, state_only},
    {"ReplicaUpdates",                     &replica_updates,           optional, refused},
    {"TableClass",                         &table_class,               optional, state_only},
    {"DeletionProtectionEnabled",          &flag},
    {"MultiRegionConsistency",             &multi_region_consistency,  optional, refused},
    {"GlobalTableWitnessUpdates",          &witness_updates,           optional, refused},
    {"OnDemandThroughput",                 &on_demand_throughput,      optional, state_only},
    {"WarmThroughput",                     &warm_throughput,           optional, state_only},
    {"GlobalTableSettingsReplicationMode", &settings_replication_mode, optional, refused},
    {"DisassociationProtectionEnabled",    &flag,                      optional, refused},
    {"VectorIndexUpdates",                 &vector_index_updates,      optional, refused},
};

// DeleteTable, DescribeTable, DescribeTimeToLive.
constexpr Field only_table_name_fields[] = {
    {"TableName", &table_name, required, full, &table_name_sentences},
};

constexpr Field list_tables_fields[] = {
    {"ExclusiveStartTableName", &plain_table_name},
    {"Limit",                   &page_limit},
};

constexpr Field time_to_live_specification_fields[] = {
    {"Enabled",       &flag,               required},
    {"AttributeName", &key_attribute_name, required},
};
constexpr Shape time_to_live_specification = structure("TimeToLiveSpecification", time_to_live_specification_fields);

constexpr Field update_time_to_live_fields[] = {
    {"TableName",               &table_name,                 required, full, &table_name_sentences},
    {"TimeToLiveSpecification", &time_to_live_specification, required},
};

constexpr Shape create_table_input          = structure("CreateTableInput", create_table_fields);
constexpr Shape update_table_input          = structure("UpdateTableInput", update_table_fields);
constexpr Shape delete_table_input          = structure("DeleteTableInput", only_table_name_fields);
constexpr Shape describe_table_input        = structure("DescribeTableInput", only_table_name_fields);
constexpr Shape list_tables_input           = structure("ListTablesInput", list_tables_fields);
constexpr Shape describe_time_to_live_input = structure("DescribeTimeToLiveInput", only_table_name_fields);
constexpr Shape update_time_to_live_input   = structure("UpdateTimeToLiveInput", update_time_to_live_fields);
// clang-format on

}  // namespace minamo::api
