// Exports to S3, imports from it, bulk loads.
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// clang-format off
constexpr Shape page_limit = whole(1, 25);
constexpr Shape s3_bucket = text({}, 255, &patterns::bucket);
constexpr Shape s3_bucket_owner = text({}, {}, &patterns::account);
constexpr Shape s3_prefix = text({}, 1024);
constexpr Shape s3_sse_algorithm = choice("[AES256, KMS]");
constexpr Shape s3_sse_kms_key_id = text(1, 2048);
constexpr Shape export_format = choice("[DYNAMODB_JSON, ION]");
constexpr Shape export_type = choice("[FULL_EXPORT, INCREMENTAL_EXPORT]");
constexpr Shape export_view_type = choice("[NEW_IMAGE, NEW_AND_OLD_IMAGES]");

constexpr Field incremental_export_fields[] = {
    {"ExportFromTime", &moment},
    {"ExportToTime",   &moment},
    {"ExportViewType", &export_view_type},
};
constexpr Shape incremental_export = structure("IncrementalExportSpecification", incremental_export_fields);

constexpr Field filter_specification_fields[] = {
    {"FilterExpression",          &plain_text},
    {"ProjectionExpression",      &plain_text},
    {"KeyConditionExpression",    &plain_text},
    {"ExpressionAttributeNames",  &expression_names},
    {"ExpressionAttributeValues", &attribute_map},
};
constexpr Shape filter_specification = structure("FilterSpecification", filter_specification_fields);

constexpr Field export_table_to_point_in_time_fields[] = {
    {"TableArn",                       &table_arn,            required},
    {"ExportTime",                     &moment},
    {"ClientToken",                    &client_token},
    {"S3Bucket",                       &s3_bucket,            required},
    {"S3BucketOwner",                  &s3_bucket_owner},
    {"S3Prefix",                       &s3_prefix},
    {"S3SseAlgorithm",                 &s3_sse_algorithm},
    {"S3SseKmsKeyId",                  &s3_sse_kms_key_id},
    {"ExportFormat",                   &export_format},
    {"ExportType",                     &export_type},
    {"IncrementalExportSpecification", &incremental_export},
    {"FilterSpecification",            &filter_specification},
};
constexpr Shape export_table_to_point_in_time_input =
    structure("ExportTableToPointInTimeInput", export_table_to_point_in_time_fields);

constexpr Shape export_arn = text(37, 1024);

constexpr Field describe_export_fields[] = {
    {"ExportArn", &export_arn, required},
};
constexpr Shape describe_export_input = structure("DescribeExportInput", describe_export_fields);


constexpr Field list_exports_fields[] = {
    {"TableArn",   &table_arn},
    {"MaxResults", &page_limit},
    {"NextToken",  &next_token},
};
constexpr Shape list_exports_input = structure("ListExportsInput", list_exports_fields);

constexpr Field s3_bucket_source_fields[] = {
    {"S3BucketOwner", &s3_bucket_owner},
    {"S3Bucket",      &s3_bucket,       required},
    {"S3KeyPrefix",   &s3_prefix},
};
constexpr Shape s3_bucket_source = structure("S3BucketSource", s3_bucket_source_fields);

constexpr Shape input_format = choice("[DYNAMODB_JSON, ION, CSV]");
constexpr Shape csv_delimiter = text(1, 1, &patterns::csv_delimiter);
constexpr Shape csv_header = text(1, 65536, &patterns::csv_header);
constexpr Shape csv_headers = list_of(csv_header, 1, 255);

constexpr Field csv_options_fields[] = {
    {"Delimiter",  &csv_delimiter},
    {"HeaderList", &csv_headers},
};
constexpr Shape csv_options = structure("CsvOptions", csv_options_fields);

constexpr Field input_format_options_fields[] = {
    {"Csv", &csv_options},
};
constexpr Shape input_format_options = structure("InputFormatOptions", input_format_options_fields);

constexpr Shape input_compression_type = choice("[GZIP, ZSTD, NONE]");

constexpr Field table_creation_parameters_fields[] = {
    {"TableName",              &plain_table_name,       required},
    {"AttributeDefinitions",   &attribute_definitions,  required},
    {"KeySchema",              &table_key_schema,       required},
    {"BillingMode",            &billing_mode},
    {"ProvisionedThroughput",  &provisioned_throughput},
    {"OnDemandThroughput",     &on_demand_throughput},
    {"SSESpecification",       &sse_specification},
    {"GlobalSecondaryIndexes", &global_indexes},
    {"VectorIndexes",          &vector_indexes},
};
constexpr Shape table_creation_parameters = structure("TableCreationParameters", table_creation_parameters_fields);

constexpr Field import_table_fields[] = {
    {"ClientToken",             &client_token},
    {"S3BucketSource",          &s3_bucket_source,          required},
    {"InputFormat",             &input_format,              required},
    {"InputFormatOptions",      &input_format_options},
    {"InputCompressionType",    &input_compression_type},
    {"TableCreationParameters", &table_creation_parameters, required},
};
constexpr Shape import_table_input = structure("ImportTableInput", import_table_fields);

constexpr Shape import_arn = text(37, 1024);

constexpr Field describe_import_fields[] = {
    {"ImportArn", &import_arn, required},
};
constexpr Shape describe_import_input = structure("DescribeImportInput", describe_import_fields);

constexpr Shape import_next_token = text(112, 1024, &patterns::hex_token);

constexpr Field list_imports_fields[] = {
    {"TableArn",  &table_arn},
    {"PageSize",  &page_limit},
    {"NextToken", &import_next_token},
};
constexpr Shape list_imports_input = structure("ListImportsInput", list_imports_fields);

constexpr Shape bulk_input_format = choice("[DYNAMODB_JSON, ION]");

constexpr Field input_s3_configuration_fields[] = {
    {"S3BucketOwner",        &s3_bucket_owner},
    {"S3Bucket",             &s3_bucket,              required},
    {"S3KeyPrefix",          &s3_prefix},
    {"InputFormat",          &bulk_input_format,      required},
    {"InputCompressionType", &input_compression_type},
};
constexpr Shape input_s3_configuration = structure("InputS3Configuration", input_s3_configuration_fields);

constexpr Shape output_type_enum = choice("[ERROR, CONDITION_CHECK_FAILURE]");
constexpr Shape output_type_list = list_of(output_type_enum);

constexpr Field output_s3_configuration_fields[] = {
    {"S3BucketOwner",  &s3_bucket_owner},
    {"S3Bucket",       &s3_bucket},
    {"S3KeyPrefix",    &s3_prefix},
    {"S3SseAlgorithm", &s3_sse_algorithm},
    {"S3SseKmsKeyId",  &s3_sse_kms_key_id},
    {"OutputType",     &output_type_list,  required},
};
constexpr Shape output_s3_configuration = structure("OutputS3Configuration", output_s3_configuration_fields);

constexpr Shape bulk_write_units = long_whole(1024);
constexpr Shape performance_tier = choice("[STANDARD, ACCELERATED]");

constexpr Field start_bulk_put_items_fields[] = {
    {"ClientToken",           &client_token},
    {"InputS3Configuration",  &input_s3_configuration,  required},
    {"OutputS3Configuration", &output_s3_configuration, required},
    {"TableName",             &table_name,              required},
    {"MaxWriteRequestUnits",  &bulk_write_units},
    {"PerformanceTier",       &performance_tier},
};
constexpr Shape start_bulk_put_items_input = structure("StartBulkPutItemsInput", start_bulk_put_items_fields);

constexpr Shape bulk_operation_arn = text(37, 1024);

constexpr Field describe_bulk_operation_fields[] = {
    {"BulkOperationArn", &bulk_operation_arn, required},
};
constexpr Shape describe_bulk_operation_input = structure("DescribeBulkOperationInput", describe_bulk_operation_fields);

constexpr Field cancel_bulk_operation_fields[] = {
    {"BulkOperationArn", &bulk_operation_arn, required},
};
constexpr Shape cancel_bulk_operation_input = structure("CancelBulkOperationInput", cancel_bulk_operation_fields);

constexpr Shape bulk_next_token = text(1, 1024, &patterns::hex_token);

constexpr Field list_bulk_operations_fields[] = {
    {"MaxResults", &page_limit},
    {"NextToken",  &bulk_next_token},
};
constexpr Shape list_bulk_operations_input = structure("ListBulkOperationsInput", list_bulk_operations_fields);
// clang-format on

}  // namespace minamo::api
