// DynamoDB Streams. A Limit over its maximum has a sentence of its own, of another wording for each operation.
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// clang-format off
constexpr Shape streams_limit = whole(1, 100);
constexpr Shape records_limit = whole(1, 1000);

constexpr Sentences list_streams_limit = {
    .above = "One or more parameter values were invalid: Limit cannot be greater than the maximum allowed size: 100",
};
constexpr Sentences describe_stream_limit = {
    .above = "One or more parameter values were invalid: Limit cannot be greater than the maximum: 100",
};
constexpr Sentences get_records_limit = {
    .above = "One or more parameter values were invalid: Limit should be less than or equal to 1000",
};

constexpr Field list_streams_fields[] = {
    {"TableName",               &plain_table_name},
    {"Limit",                   &streams_limit,    optional, full, &list_streams_limit},
    {"ExclusiveStartStreamArn", &stream_arn},
};
constexpr Shape list_streams_input = structure("ListStreamsInput", list_streams_fields);

constexpr Shape shard_id = text(28, 65);
constexpr Shape shard_filter_type = choice("[CHILD_SHARDS]");

constexpr Field shard_filter_fields[] = {
    {"Type",    &shard_filter_type},
    {"ShardId", &shard_id},
};
constexpr Shape shard_filter = structure("ShardFilter", shard_filter_fields);

constexpr Field describe_stream_fields[] = {
    {"StreamArn",             &stream_arn,    required},
    {"Limit",                 &streams_limit, optional, full, &describe_stream_limit},
    {"ExclusiveStartShardId", &shard_id},
    {"ShardFilter",           &shard_filter},
};
constexpr Shape describe_stream_input = structure("DescribeStreamInput", describe_stream_fields);

constexpr Shape shard_iterator_type =
    choice("[TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, AT_TIMESTAMP]");
constexpr Shape sequence_number = text(21, 40);

constexpr Field get_shard_iterator_fields[] = {
    {"StreamArn",         &stream_arn,          required},
    {"ShardId",           &shard_id,            required},
    {"ShardIteratorType", &shard_iterator_type, required},
    {"SequenceNumber",    &sequence_number},
    {"Timestamp",         &moment},
};
constexpr Shape get_shard_iterator_input = structure("GetShardIteratorInput", get_shard_iterator_fields);

constexpr Shape shard_iterator = text(1, 2048);

constexpr Field get_records_fields[] = {
    {"ShardIterator", &shard_iterator, required},
    {"Limit",         &records_limit,  optional, full, &get_records_limit},
};
constexpr Shape get_records_input = structure("GetRecordsInput", get_records_fields);
// clang-format on

}  // namespace minamo::api
