// Backups, point-in-time recovery and the restores from both.
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// clang-format off
constexpr Shape backup_name = text(3, 255, &patterns::name);

constexpr Field create_backup_fields[] = {
    {"TableName",  &table_name,  required},
    {"BackupName", &backup_name, required},
};
constexpr Shape create_backup_input = structure("CreateBackupInput", create_backup_fields);

constexpr Shape backup_arn = text(37, 1024);

constexpr Field delete_backup_fields[] = {
    {"BackupArn", &backup_arn, required},
};
constexpr Shape delete_backup_input = structure("DeleteBackupInput", delete_backup_fields);

constexpr Field describe_backup_fields[] = {
    {"BackupArn", &backup_arn, required},
};
constexpr Shape describe_backup_input = structure("DescribeBackupInput", describe_backup_fields);

constexpr Shape page_limit = whole(1, 100);
constexpr Shape backup_type = choice("[USER, SYSTEM, AWS_BACKUP, ALL]");

constexpr Field list_backups_fields[] = {
    {"TableName",               &table_name},
    {"Limit",                   &page_limit},
    {"TimeRangeLowerBound",     &moment},
    {"TimeRangeUpperBound",     &moment},
    {"ExclusiveStartBackupArn", &backup_arn},
    {"BackupType",              &backup_type},
};
constexpr Shape list_backups_input = structure("ListBackupsInput", list_backups_fields);

constexpr Field describe_continuous_backups_fields[] = {
    {"TableName", &table_name, required},
};
constexpr Shape describe_continuous_backups_input =
    structure("DescribeContinuousBackupsInput", describe_continuous_backups_fields);

constexpr Shape recovery_days = whole(1, 35);

constexpr Field recovery_specification_fields[] = {
    {"PointInTimeRecoveryEnabled", &flag,          required},
    {"RecoveryPeriodInDays",       &recovery_days},
};
constexpr Shape recovery_specification = structure("PointInTimeRecoverySpecification", recovery_specification_fields);

constexpr Field update_continuous_backups_fields[] = {
    {"TableName",                        &table_name,             required},
    {"PointInTimeRecoverySpecification", &recovery_specification, required},
};
constexpr Shape update_continuous_backups_input =
    structure("UpdateContinuousBackupsInput", update_continuous_backups_fields);

constexpr Field restore_table_from_backup_fields[] = {
    {"TargetTableName",               &plain_table_name,       required},
    {"BackupArn",                     &backup_arn,             required},
    {"BillingModeOverride",           &billing_mode},
    {"GlobalSecondaryIndexOverride",  &global_indexes},
    {"LocalSecondaryIndexOverride",   &local_indexes},
    {"ProvisionedThroughputOverride", &provisioned_throughput},
    {"OnDemandThroughputOverride",    &on_demand_throughput},
    {"SSESpecificationOverride",      &sse_specification},
    {"VectorIndexOverride",           &vector_indexes},
};
constexpr Shape restore_table_from_backup_input =
    structure("RestoreTableFromBackupInput", restore_table_from_backup_fields);

constexpr Field restore_table_to_point_in_time_fields[] = {
    {"SourceTableArn",                &table_arn},
    {"SourceTableName",               &plain_table_name},
    {"TargetTableName",               &plain_table_name,       required},
    {"UseLatestRestorableTime",       &flag},
    {"RestoreDateTime",               &moment},
    {"BillingModeOverride",           &billing_mode},
    {"GlobalSecondaryIndexOverride",  &global_indexes},
    {"LocalSecondaryIndexOverride",   &local_indexes},
    {"ProvisionedThroughputOverride", &provisioned_throughput},
    {"OnDemandThroughputOverride",    &on_demand_throughput},
    {"SSESpecificationOverride",      &sse_specification},
    {"VectorIndexOverride",           &vector_indexes},
};
constexpr Shape restore_table_to_point_in_time_input =
    structure("RestoreTableToPointInTimeInput", restore_table_to_point_in_time_fields);
// clang-format on

}  // namespace minamo::api
