// What is attached to tables and the account: tags, policies, contributor insights, Kinesis destinations, limits.
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// clang-format off
constexpr Shape no_input = structure("NoInput", {});

constexpr Sentences table_arn_sentences = {.absent = "Invalid TableArn"};

constexpr Field tag_resource_fields[] = {
    {"ResourceArn", &resource_arn, required, full, &table_arn_sentences},
    {"Tags",        &tags,         required},
};
constexpr Shape tag_resource_input = structure("TagResourceInput", tag_resource_fields);

constexpr Field untag_resource_fields[] = {
    {"ResourceArn", &resource_arn, required, full, &table_arn_sentences},
    {"TagKeys",     &tag_keys,     required},
};
constexpr Shape untag_resource_input = structure("UntagResourceInput", untag_resource_fields);

constexpr Field list_tags_of_resource_fields[] = {
    {"ResourceArn", &resource_arn, required, full, &table_arn_sentences},
    {"NextToken",   &next_token},
};
constexpr Shape list_tags_of_resource_input = structure("ListTagsOfResourceInput", list_tags_of_resource_fields);

constexpr Shape policy_revision_id = text(1, 255);

constexpr Field put_resource_policy_fields[] = {
    {"ResourceArn",                     &resource_arn,       required},
    {"Policy",                          &plain_text,         required},
    {"ExpectedRevisionId",              &policy_revision_id},
    {"ConfirmRemoveSelfResourceAccess", &flag},
};
constexpr Shape put_resource_policy_input = structure("PutResourcePolicyInput", put_resource_policy_fields);

constexpr Field get_resource_policy_fields[] = {
    {"ResourceArn", &resource_arn, required},
};
constexpr Shape get_resource_policy_input = structure("GetResourcePolicyInput", get_resource_policy_fields);

constexpr Field delete_resource_policy_fields[] = {
    {"ResourceArn",        &resource_arn,       required},
    {"ExpectedRevisionId", &policy_revision_id},
};
constexpr Shape delete_resource_policy_input = structure("DeleteResourcePolicyInput", delete_resource_policy_fields);

constexpr Field describe_contributor_insights_fields[] = {
    {"TableName", &table_name, required},
    {"IndexName", &index_name},
};
constexpr Shape describe_contributor_insights_input =
    structure("DescribeContributorInsightsInput", describe_contributor_insights_fields);

constexpr Shape insights_action = choice("[ENABLE, DISABLE]");
constexpr Shape insights_mode = choice("[ACCESSED_AND_THROTTLED_KEYS, THROTTLED_KEYS]");

constexpr Field update_contributor_insights_fields[] = {
    {"TableName",                 &table_name,      required},
    {"IndexName",                 &index_name},
    {"ContributorInsightsAction", &insights_action, required},
    {"ContributorInsightsMode",   &insights_mode},
};
constexpr Shape update_contributor_insights_input =
    structure("UpdateContributorInsightsInput", update_contributor_insights_fields);

constexpr Shape insights_limit = whole({}, 100);

constexpr Field list_contributor_insights_fields[] = {
    {"TableName",  &table_name},
    {"NextToken",  &next_token},
    {"MaxResults", &insights_limit},
};
constexpr Shape list_contributor_insights_input =
    structure("ListContributorInsightsInput", list_contributor_insights_fields);

constexpr Field describe_kinesis_streaming_destination_fields[] = {
    {"TableName", &table_name, required},
};
constexpr Shape describe_kinesis_streaming_destination_input =
    structure("DescribeKinesisStreamingDestinationInput", describe_kinesis_streaming_destination_fields);

constexpr Shape creation_time_precision = choice("[MILLISECOND, MICROSECOND]");

constexpr Field enable_configuration_fields[] = {
    {"ApproximateCreationDateTimePrecision", &creation_time_precision},
};
constexpr Shape enable_configuration = structure("EnableKinesisStreamingConfiguration", enable_configuration_fields);

constexpr Field enable_kinesis_streaming_destination_fields[] = {
    {"TableName",                           &table_name,           required},
    {"StreamArn",                           &stream_arn,           required},
    {"EnableKinesisStreamingConfiguration", &enable_configuration},
};
constexpr Shape enable_kinesis_streaming_destination_input =
    structure("KinesisStreamingDestinationInput", enable_kinesis_streaming_destination_fields);

constexpr Field disable_kinesis_streaming_destination_fields[] = {
    {"TableName",                           &table_name,           required},
    {"StreamArn",                           &stream_arn,           required},
    {"EnableKinesisStreamingConfiguration", &enable_configuration},
};
constexpr Shape disable_kinesis_streaming_destination_input =
    structure("KinesisStreamingDestinationInput", disable_kinesis_streaming_destination_fields);

constexpr Field update_configuration_fields[] = {
    {"ApproximateCreationDateTimePrecision", &creation_time_precision},
};
constexpr Shape update_configuration = structure("UpdateKinesisStreamingConfiguration", update_configuration_fields);

constexpr Field update_kinesis_streaming_destination_fields[] = {
    {"TableName",                           &table_name,           required},
    {"StreamArn",                           &stream_arn,           required},
    {"UpdateKinesisStreamingConfiguration", &update_configuration},
};
constexpr Shape update_kinesis_streaming_destination_input =
    structure("UpdateKinesisStreamingDestinationInput", update_kinesis_streaming_destination_fields);
// clang-format on

}  // namespace minamo::api
