// Scalars, attribute values and names: shapes that several families share.
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// clang-format off
constexpr Shape plain_text         = text();
constexpr Shape flag               = {.kind = Kind::boolean};
constexpr Shape any_whole          = whole();
constexpr Shape any_long           = long_whole();
constexpr Shape positive           = whole(1);
constexpr Shape positive_long      = long_whole(1);
constexpr Shape real_number        = {.kind = Kind::real};
constexpr Shape moment             = {.kind = Kind::timestamp};

// Names in maps (Item, Expected, ExpressionAttributeNames) have no constraint here: the rules of values have their own
// words for names that are empty or too long.
constexpr Shape attribute_name     = text({}, 65535);
constexpr Shape key_attribute_name = text(1, 255);
constexpr Shape attributes_to_get  = list_of(attribute_name, 1, 255);
constexpr Shape expression_names   = map_of(plain_text);

namespace {

constexpr Shape blob               = {.kind = Kind::blob};
constexpr Shape texts              = list_of(plain_text);
constexpr Shape blobs              = list_of(blob);

constexpr Field attribute_value_fields[] = {
    {"S",    &plain_text},
    {"N",    &plain_text},
    {"B",    &blob},
    {"SS",   &texts},
    {"NS",   &texts},
    {"BS",   &blobs},
    {"M",    &attribute_map},
    {"L",    &attribute_values},
    {"NULL", &flag},
    {"BOOL", &flag},
};

}  // namespace

constexpr Shape attribute_value    = {.kind = Kind::structure, .name = "AttributeValue",
                                      .fields = attribute_value_fields, .unconstrained = true};
constexpr Shape attribute_values   = list_of(attribute_value);
constexpr Shape attribute_map      = map_of(attribute_value);

namespace {

constexpr Shape comparison_operator =
    choice("[IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]");

constexpr Field condition_fields[] = {
    {"AttributeValueList", &attribute_values},
    {"ComparisonOperator", &comparison_operator, required},
};
constexpr Shape condition          = structure("Condition", condition_fields);

constexpr Field expected_fields[] = {
    {"Value",              &attribute_value},
    {"Exists",             &flag},
    {"ComparisonOperator", &comparison_operator},
    {"AttributeValueList", &attribute_values},
};
constexpr Shape expected_value     = structure("ExpectedAttributeValue", expected_fields);

}  // namespace

constexpr Shape conditions         = map_of(condition);
constexpr Shape expected           = map_of(expected_value);

constexpr Shape table_name         = {.min = 3, .max = 255, .pattern = &patterns::name, .or_table_arn = true};
constexpr Shape plain_table_name   = text(3, 255, &patterns::name);
constexpr Shape index_name         = text(3, 255, &patterns::name);
constexpr Shape table_arn          = text(1, 1024);
constexpr Shape stream_arn         = text(37, 1024);
constexpr Shape resource_arn       = text(1, 1283);
constexpr Shape region_name        = text();
constexpr Shape request_token      = text(1, 36);
constexpr Shape client_token       = text({}, {}, &patterns::client_token);
constexpr Shape next_token         = text();

constexpr Shape return_consumed_capacity       = choice("[INDEXES, TOTAL, NONE]");
constexpr Shape return_item_collection_metrics = choice("[SIZE, NONE]");
constexpr Shape return_values                  = choice("[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]");
constexpr Shape return_values_on_failure       = choice("[ALL_OLD, NONE]");
constexpr Shape conditional_operator           = choice("[OR, AND]");
constexpr Shape select_mode = choice("[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]");
// clang-format on

constexpr Sentences table_name_sentences = {
    .absent = "The parameter 'TableName' is required but was not present in the request",
};

constexpr Sentences item_table_sentences = {
    .empty =
        "1 validation error detected: Value at 'TableName' failed to satisfy constraint: "
        "Member must have length greater than or equal to 1",
};

}  // namespace minamo::api
