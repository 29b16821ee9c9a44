// What tables and indexes are made of: shapes that CreateTable, UpdateTable, restores and imports share.
#include "emulator/api/shapes.hpp"

namespace minamo::api {

// clang-format off
constexpr Shape attribute_type = choice("[B, N, S]");

constexpr Field attribute_definition_fields[] = {
    {"AttributeName", &key_attribute_name, required},
    {"AttributeType", &attribute_type,     required},
};
constexpr Shape attribute_definition = structure("AttributeDefinition", attribute_definition_fields);

constexpr Shape attribute_definitions = list_of(attribute_definition);
constexpr Shape key_type = choice("[HASH, RANGE]");

constexpr Field key_schema_element_fields[] = {
    {"AttributeName", &key_attribute_name, required},
    {"KeyType",       &key_type,           required},
};
constexpr Shape key_schema_element = structure("KeySchemaElement", key_schema_element_fields);

// The published model has no upper bound; a table or LSI takes 2 elements, a GSI up to 4 HASH and 4 RANGE.
constexpr Shape table_key_schema = list_of(key_schema_element, 1, 2);
constexpr Shape global_index_key_schema = list_of(key_schema_element, 1, 8);

constexpr Field provisioned_throughput_fields[] = {
    {"ReadCapacityUnits",  &positive_long, required},
    {"WriteCapacityUnits", &positive_long, required},
};
constexpr Shape provisioned_throughput = structure("ProvisionedThroughput", provisioned_throughput_fields);

constexpr Field on_demand_throughput_fields[] = {
    {"MaxReadRequestUnits",  &any_long},
    {"MaxWriteRequestUnits", &any_long},
};
constexpr Shape on_demand_throughput = structure("OnDemandThroughput", on_demand_throughput_fields);

constexpr Field warm_throughput_fields[] = {
    {"ReadUnitsPerSecond",  &any_long},
    {"WriteUnitsPerSecond", &any_long},
};
constexpr Shape warm_throughput = structure("WarmThroughput", warm_throughput_fields);

constexpr Shape billing_mode = choice("[PROVISIONED, PAY_PER_REQUEST]");
constexpr Shape table_class = choice("[STANDARD, STANDARD_INFREQUENT_ACCESS]");
constexpr Shape sse_type = choice("[AES256, KMS]");

constexpr Field sse_specification_fields[] = {
    {"Enabled",        &flag},
    {"SSEType",        &sse_type},
    {"KMSMasterKeyId", &plain_text},
};
constexpr Shape sse_specification = structure("SSESpecification", sse_specification_fields);

constexpr Shape stream_view_type = choice("[NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES, KEYS_ONLY]");

constexpr Field stream_specification_fields[] = {
    {"StreamEnabled",  &flag,             required},
    {"StreamViewType", &stream_view_type},
};
constexpr Shape stream_specification = structure("StreamSpecification", stream_specification_fields);

constexpr Shape projection_type = choice("[ALL, INCLUDE, KEYS_ONLY]");
constexpr Shape non_key_attributes = list_of(key_attribute_name, 1, 20);

constexpr Field projection_fields[] = {
    {"ProjectionType",   &projection_type},
    {"NonKeyAttributes", &non_key_attributes},
};
constexpr Shape projection = structure("Projection", projection_fields);

constexpr Field local_index_fields[] = {
    {"IndexName",  &index_name,       required},
    {"KeySchema",  &table_key_schema, required},
    {"Projection", &projection,       required},
};
constexpr Shape local_index = structure("LocalSecondaryIndex", local_index_fields);

constexpr Shape local_indexes = list_of(local_index);

constexpr Field global_index_fields[] = {
    {"IndexName",             &index_name,              required},
    {"KeySchema",             &global_index_key_schema, required},
    {"Projection",            &projection,              required},
    {"ProvisionedThroughput", &provisioned_throughput},
    {"OnDemandThroughput",    &on_demand_throughput},
    {"WarmThroughput",        &warm_throughput},
};
constexpr Shape global_index = structure("GlobalSecondaryIndex", global_index_fields);

constexpr Shape global_indexes = list_of(global_index);

constexpr Field update_index_fields[] = {
    {"IndexName",             &index_name,             required},
    {"ProvisionedThroughput", &provisioned_throughput},
    {"OnDemandThroughput",    &on_demand_throughput},
    {"WarmThroughput",        &warm_throughput},
};
constexpr Shape update_index = structure("UpdateGlobalSecondaryIndexAction", update_index_fields);

constexpr Shape create_index = structure("CreateGlobalSecondaryIndexAction", global_index_fields);

constexpr Field delete_index_fields[] = {
    {"IndexName", &index_name, required},
};
constexpr Shape delete_index = structure("DeleteGlobalSecondaryIndexAction", delete_index_fields);

constexpr Field global_index_update_fields[] = {
    {"Update", &update_index},
    {"Create", &create_index},
    {"Delete", &delete_index},
};
constexpr Shape global_index_update = structure("GlobalSecondaryIndexUpdate", global_index_update_fields);

constexpr Shape global_index_updates = list_of(global_index_update);

constexpr Field vector_attribute_fields[] = {
    {"AttributeName", &key_attribute_name, required},
};
constexpr Shape vector_attribute = structure("VectorAttributeDefinition", vector_attribute_fields);

constexpr Shape search_schema_element_type = choice("[HASH, INLINE_FILTER]");

constexpr Field search_schema_element_fields[] = {
    {"AttributeName",           &attribute_name,             required},
    {"SearchSchemaElementType", &search_schema_element_type, required},
};
constexpr Shape search_schema_element = structure("SearchSchemaElement", search_schema_element_fields);

constexpr Shape search_schema = list_of(search_schema_element, 1);
constexpr Shape distance_function = choice("[COSINE, DOT_PRODUCT, EUCLIDEAN]");

constexpr Field vector_index_fields[] = {
    {"IndexName",        &index_name,        required},
    {"VectorAttribute",  &vector_attribute,  required},
    {"SearchSchema",     &search_schema},
    {"Projection",       &projection,        required},
    {"Dimensions",       &positive_long,     required},
    {"DistanceFunction", &distance_function, required},
};
constexpr Shape vector_index = structure("VectorIndex", vector_index_fields);

constexpr Shape vector_indexes = list_of(vector_index);

constexpr Shape create_vector_index = structure("CreateVectorIndexAction", vector_index_fields);

constexpr Shape delete_vector_index = structure("DeleteVectorIndexAction", delete_index_fields);

constexpr Field vector_index_update_fields[] = {
    {"Create", &create_vector_index},
    {"Delete", &delete_vector_index},
};
constexpr Shape vector_index_update = structure("VectorIndexUpdate", vector_index_update_fields);

constexpr Shape vector_index_updates = list_of(vector_index_update);
constexpr Shape tag_key = text(1, 128);
constexpr Shape tag_value = text(0, 256);

constexpr Field tag_fields[] = {
    {"Key",   &tag_key,   required},
    {"Value", &tag_value, required},
};
constexpr Shape tag = structure("Tag", tag_fields);

constexpr Shape tags = list_of(tag);
constexpr Shape tag_keys = list_of(tag_key);
// clang-format on

}  // namespace minamo::api
