// Global tables, of both versions, and the auto scaling of replicas.
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// clang-format off
constexpr Field provisioned_throughput_override_fields[] = {
    {"ReadCapacityUnits", &positive_long},
};
constexpr Shape provisioned_throughput_override =
    structure("ProvisionedThroughputOverride", provisioned_throughput_override_fields);

constexpr Field on_demand_throughput_override_fields[] = {
    {"MaxReadRequestUnits", &any_long},
};
constexpr Shape on_demand_throughput_override =
    structure("OnDemandThroughputOverride", on_demand_throughput_override_fields);

constexpr Field replica_index_fields[] = {
    {"IndexName",                     &index_name,                      required},
    {"ProvisionedThroughputOverride", &provisioned_throughput_override},
    {"OnDemandThroughputOverride",    &on_demand_throughput_override},
};
constexpr Shape replica_index = structure("ReplicaGlobalSecondaryIndex", replica_index_fields);

constexpr Shape replica_indexes = list_of(replica_index, 1);

constexpr Field member_fields[] = {
    {"RegionName",                    &region_name,                     required},
    {"KMSMasterKeyId",                &plain_text},
    {"ProvisionedThroughputOverride", &provisioned_throughput_override},
    {"OnDemandThroughputOverride",    &on_demand_throughput_override},
    {"GlobalSecondaryIndexes",        &replica_indexes},
    {"TableClassOverride",            &table_class},
};
constexpr Shape create_member = structure("CreateReplicationGroupMemberAction", member_fields);

constexpr Shape update_member = structure("UpdateReplicationGroupMemberAction", member_fields);

constexpr Field region_fields[] = {
    {"RegionName", &region_name, required},
};
constexpr Shape delete_member = structure("DeleteReplicationGroupMemberAction", region_fields);

constexpr Shape disassociation_mode = choice("[WAIT_FOR_REPLICATION]");

constexpr Field disassociate_member_fields[] = {
    {"RegionName",         &region_name,         required},
    {"DisassociationMode", &disassociation_mode, required},
};
constexpr Shape disassociate_member = structure("DisassociateReplicationGroupMemberAction", disassociate_member_fields);

constexpr Field member_update_fields[] = {
    {"Create",       &create_member},
    {"Update",       &update_member},
    {"Delete",       &delete_member},
    {"Disassociate", &disassociate_member},
};
constexpr Shape member_update = structure("ReplicationGroupUpdate", member_update_fields);

constexpr Shape replica_updates = list_of(member_update, 1);

constexpr Shape create_witness = structure("CreateGlobalTableWitnessGroupMemberAction", region_fields);

constexpr Shape delete_witness = structure("DeleteGlobalTableWitnessGroupMemberAction", region_fields);

constexpr Field witness_update_fields[] = {
    {"Create", &create_witness},
    {"Delete", &delete_witness},
};
constexpr Shape witness_update = structure("GlobalTableWitnessGroupUpdate", witness_update_fields);

constexpr Shape witness_updates = list_of(witness_update, 1, 1);

constexpr Field replica_fields[] = {
    {"RegionName", &region_name},
};
constexpr Shape replica = structure("Replica", replica_fields);

constexpr Shape replicas = list_of(replica);

constexpr Field create_global_table_fields[] = {
    {"GlobalTableName",  &plain_table_name, required},
    {"ReplicationGroup", &replicas,         required},
};
constexpr Shape create_global_table_input = structure("CreateGlobalTableInput", create_global_table_fields);

constexpr Shape create_replica = structure("CreateReplicaAction", region_fields);

constexpr Shape delete_replica = structure("DeleteReplicaAction", region_fields);

constexpr Field legacy_replica_update_fields[] = {
    {"Create", &create_replica},
    {"Delete", &delete_replica},
};
constexpr Shape legacy_replica_update = structure("ReplicaUpdate", legacy_replica_update_fields);

constexpr Shape legacy_replica_updates = list_of(legacy_replica_update);

constexpr Field update_global_table_fields[] = {
    {"GlobalTableName", &plain_table_name,       required},
    {"ReplicaUpdates",  &legacy_replica_updates, required},
};
constexpr Shape update_global_table_input = structure("UpdateGlobalTableInput", update_global_table_fields);

constexpr Field describe_global_table_fields[] = {
    {"GlobalTableName", &plain_table_name, required},
};
constexpr Shape describe_global_table_input = structure("DescribeGlobalTableInput", describe_global_table_fields);

constexpr Field describe_global_table_settings_fields[] = {
    {"GlobalTableName", &plain_table_name, required},
};
constexpr Shape describe_global_table_settings_input =
    structure("DescribeGlobalTableSettingsInput", describe_global_table_settings_fields);

constexpr Shape scaling_role_arn = text(1, 1600, &patterns::role_arn);
constexpr Shape scaling_policy_name = text(1, 256, &patterns::printable);

constexpr Field target_tracking_fields[] = {
    {"DisableScaleIn",   &flag},
    {"ScaleInCooldown",  &any_whole},
    {"ScaleOutCooldown", &any_whole},
    {"TargetValue",      &real_number, required},
};
constexpr Shape target_tracking =
    structure("AutoScalingTargetTrackingScalingPolicyConfigurationUpdate", target_tracking_fields);

constexpr Field scaling_policy_fields[] = {
    {"PolicyName",                               &scaling_policy_name},
    {"TargetTrackingScalingPolicyConfiguration", &target_tracking,     required},
};
constexpr Shape scaling_policy = structure("AutoScalingPolicyUpdate", scaling_policy_fields);

constexpr Field scaling_settings_fields[] = {
    {"MinimumUnits",        &positive_long},
    {"MaximumUnits",        &positive_long},
    {"AutoScalingDisabled", &flag},
    {"AutoScalingRoleArn",  &scaling_role_arn},
    {"ScalingPolicyUpdate", &scaling_policy},
};
constexpr Shape scaling_settings = structure("AutoScalingSettingsUpdate", scaling_settings_fields);

constexpr Field index_settings_update_fields[] = {
    {"IndexName",                                         &index_name,       required},
    {"ProvisionedWriteCapacityUnits",                     &positive_long},
    {"ProvisionedWriteCapacityAutoScalingSettingsUpdate", &scaling_settings},
};
constexpr Shape index_settings_update =
    structure("GlobalTableGlobalSecondaryIndexSettingsUpdate", index_settings_update_fields);

constexpr Shape index_settings_updates = list_of(index_settings_update, 1, 20);

constexpr Field replica_index_settings_update_fields[] = {
    {"IndexName",                                        &index_name,       required},
    {"ProvisionedReadCapacityUnits",                     &positive_long},
    {"ProvisionedReadCapacityAutoScalingSettingsUpdate", &scaling_settings},
};
constexpr Shape replica_index_settings_update =
    structure("ReplicaGlobalSecondaryIndexSettingsUpdate", replica_index_settings_update_fields);

constexpr Shape replica_index_settings_updates = list_of(replica_index_settings_update, 1, 20);

constexpr Field replica_settings_update_fields[] = {
    {"RegionName",                                              &region_name,                    required},
    {"ReplicaProvisionedReadCapacityUnits",                     &positive_long},
    {"ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate", &scaling_settings},
    {"ReplicaGlobalSecondaryIndexSettingsUpdate",               &replica_index_settings_updates},
    {"ReplicaTableClass",                                       &table_class},
};
constexpr Shape replica_settings_update = structure("ReplicaSettingsUpdate", replica_settings_update_fields);

constexpr Shape replica_settings_updates = list_of(replica_settings_update, 1, 50);

constexpr Field update_global_table_settings_fields[] = {
    {"GlobalTableName",                                              &plain_table_name,         required},
    {"GlobalTableBillingMode",                                       &billing_mode},
    {"GlobalTableProvisionedWriteCapacityUnits",                     &positive_long},
    {"GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate", &scaling_settings},
    {"GlobalTableGlobalSecondaryIndexSettingsUpdate",                &index_settings_updates},
    {"ReplicaSettingsUpdate",                                        &replica_settings_updates},
};
constexpr Shape update_global_table_settings_input =
    structure("UpdateGlobalTableSettingsInput", update_global_table_settings_fields);

constexpr Field list_global_tables_fields[] = {
    {"ExclusiveStartGlobalTableName", &plain_table_name},
    {"Limit",                         &positive},
    {"RegionName",                    &region_name},
};
constexpr Shape list_global_tables_input = structure("ListGlobalTablesInput", list_global_tables_fields);

constexpr Field describe_table_replica_auto_scaling_fields[] = {
    {"TableName", &table_name, required},
};
constexpr Shape describe_table_replica_auto_scaling_input =
    structure("DescribeTableReplicaAutoScalingInput", describe_table_replica_auto_scaling_fields);

constexpr Field index_scaling_update_fields[] = {
    {"IndexName",                                 &index_name},
    {"ProvisionedWriteCapacityAutoScalingUpdate", &scaling_settings},
};
constexpr Shape index_scaling_update = structure("GlobalSecondaryIndexAutoScalingUpdate", index_scaling_update_fields);

constexpr Shape index_scaling_updates = list_of(index_scaling_update, 1);

constexpr Field replica_index_scaling_update_fields[] = {
    {"IndexName",                                &index_name},
    {"ProvisionedReadCapacityAutoScalingUpdate", &scaling_settings},
};
constexpr Shape replica_index_scaling_update =
    structure("ReplicaGlobalSecondaryIndexAutoScalingUpdate", replica_index_scaling_update_fields);

constexpr Shape replica_index_scaling_updates = list_of(replica_index_scaling_update);

constexpr Field replica_scaling_update_fields[] = {
    {"RegionName",                                      &region_name,                   required},
    {"ReplicaGlobalSecondaryIndexUpdates",              &replica_index_scaling_updates},
    {"ReplicaProvisionedReadCapacityAutoScalingUpdate", &scaling_settings},
};
constexpr Shape replica_scaling_update = structure("ReplicaAutoScalingUpdate", replica_scaling_update_fields);

constexpr Shape replica_scaling_updates = list_of(replica_scaling_update, 1);

constexpr Field update_table_replica_auto_scaling_fields[] = {
    {"GlobalSecondaryIndexUpdates",               &index_scaling_updates},
    {"TableName",                                 &table_name,              required},
    {"ProvisionedWriteCapacityAutoScalingUpdate", &scaling_settings},
    {"ReplicaUpdates",                            &replica_scaling_updates},
};
constexpr Shape update_table_replica_auto_scaling_input =
    structure("UpdateTableReplicaAutoScalingInput", update_table_replica_auto_scaling_fields);
// clang-format on

}  // namespace minamo::api
