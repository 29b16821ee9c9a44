// The API table: that it is whole and sound, and what every operation says to an empty body.
#include "emulator/api/operations.hpp"
#include "emulator/operations/handlers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "emulator/api/dump.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/validation/constraint_words.hpp"

namespace minamo {
namespace {

using api::Field;
using api::Kind;
using api::Shape;
using test::invalid_answer;
using test::validated;

// All shapes beneath one, each once.
void collect(const Shape& shape, std::set<const Shape*>& out) {
    if (!out.insert(&shape).second) return;
    if (shape.element != nullptr) collect(*shape.element, out);
    if (shape.key != nullptr) collect(*shape.key, out);
    for (const Field& field : shape.fields) collect(*field.shape, out);
}

std::set<const Shape*> all_shapes() {
    std::set<const Shape*> out;
    for (const api::Operation& operation : api::operations()) collect(*operation.input, out);
    return out;
}

// The answer to {} where these members are required.
std::string required_answer(const std::vector<std::string_view>& paths) {
    std::vector<std::string> each;
    for (const std::string_view path : paths) each.push_back(test::missing(path));
    return test::faults(each);
}

const std::string no_table_name =
    invalid_answer("The parameter 'TableName' is required but was not present in the request");
const std::string no_table_arn = invalid_answer("Invalid TableArn");

const std::map<std::string_view, std::string>& answers_to_nothing() {
    static const std::map<std::string_view, std::string> answers = {
        {"BatchExecuteStatement", required_answer({"statements"})},
        {"BatchGetItem", required_answer({"requestItems"})},
        {"BatchWriteItem", required_answer({"requestItems"})},
        {"CancelBulkOperation", required_answer({"bulkOperationArn"})},
        {"CreateBackup", required_answer({"tableName", "backupName"})},
        {"CreateGlobalTable", required_answer({"globalTableName", "replicationGroup"})},
        {"CreateTable", no_table_name},
        {"DeleteBackup", required_answer({"backupArn"})},
        {"DeleteItem", required_answer({"tableName", "key"})},
        {"DeleteResourcePolicy", required_answer({"resourceArn"})},
        {"DeleteTable", no_table_name},
        {"DescribeBackup", required_answer({"backupArn"})},
        {"DescribeBulkOperation", required_answer({"bulkOperationArn"})},
        {"DescribeContinuousBackups", required_answer({"tableName"})},
        {"DescribeContributorInsights", required_answer({"tableName"})},
        {"DescribeEndpoints", "ok"},
        {"DescribeExport", required_answer({"exportArn"})},
        {"DescribeGlobalTable", required_answer({"globalTableName"})},
        {"DescribeGlobalTableSettings", required_answer({"globalTableName"})},
        {"DescribeImport", required_answer({"importArn"})},
        {"DescribeKinesisStreamingDestination", required_answer({"tableName"})},
        {"DescribeLimits", "ok"},
        {"DescribeStream", required_answer({"streamArn"})},
        {"DescribeTable", no_table_name},
        {"DescribeTableReplicaAutoScaling", required_answer({"tableName"})},
        {"DescribeTimeToLive", no_table_name},
        {"DisableKinesisStreamingDestination", required_answer({"tableName", "streamArn"})},
        {"EnableKinesisStreamingDestination", required_answer({"tableName", "streamArn"})},
        {"ExecuteStatement", required_answer({"statement"})},
        {"ExecuteTransaction", required_answer({"transactStatements"})},
        {"ExportTableToPointInTime", required_answer({"tableArn", "s3Bucket"})},
        {"GetItem", required_answer({"tableName", "key"})},
        {"GetRecords", required_answer({"shardIterator"})},
        {"GetResourcePolicy", required_answer({"resourceArn"})},
        {"GetShardIterator", required_answer({"streamArn", "shardId", "shardIteratorType"})},
        {"ImportTable", required_answer({"s3BucketSource", "inputFormat", "tableCreationParameters"})},
        {"ListBackups", "ok"},
        {"ListBulkOperations", "ok"},
        {"ListContributorInsights", "ok"},
        {"ListExports", "ok"},
        {"ListGlobalTables", "ok"},
        {"ListImports", "ok"},
        {"ListStreams", "ok"},
        {"ListTables", "ok"},
        {"ListTagsOfResource", no_table_arn},
        {"PutItem", required_answer({"tableName", "item"})},
        {"PutResourcePolicy", required_answer({"resourceArn", "policy"})},
        {"Query", required_answer({"tableName"})},
        {"RestoreTableFromBackup", required_answer({"targetTableName", "backupArn"})},
        {"RestoreTableToPointInTime", required_answer({"targetTableName"})},
        {"Scan", required_answer({"tableName"})},
        {"SearchVectors", required_answer({"tableName", "indexName", "searchVector", "topK"})},
        {"StartBulkPutItems", required_answer({"inputS3Configuration", "outputS3Configuration", "tableName"})},
        {"TagResource", no_table_arn},
        {"TransactGetItems", required_answer({"transactItems"})},
        {"TransactWriteItems", required_answer({"transactItems"})},
        {"UntagResource", no_table_arn},
        {"UpdateContinuousBackups", required_answer({"tableName", "pointInTimeRecoverySpecification"})},
        {"UpdateContributorInsights", required_answer({"tableName", "contributorInsightsAction"})},
        {"UpdateGlobalTable", required_answer({"globalTableName", "replicaUpdates"})},
        {"UpdateGlobalTableSettings", required_answer({"globalTableName"})},
        {"UpdateItem", required_answer({"tableName", "key"})},
        {"UpdateKinesisStreamingDestination", required_answer({"tableName", "streamArn"})},
        {"UpdateTable", no_table_name},
        {"UpdateTableReplicaAutoScaling", required_answer({"tableName"})},
        {"UpdateTimeToLive", no_table_name},
    };
    return answers;
}

}  // namespace

TEST_CASE("API: only what the table calls built has a handler", "[api]") {
    for (const api::Operation& operation : api::operations()) {
        CAPTURE(operation.name);
        CHECK((handler_of(operation) != nullptr) == (operation.support != api::Support::refused));
    }
}

TEST_CASE("API: there are 66 operations", "[api]") {
    int streams = 0;
    std::map<api::Plane, int> planes;
    for (const api::Operation& operation : api::operations()) {
        streams += operation.streams;
        ++planes[operation.plane];
    }
    CHECK(api::operations().size() == 66);
    CHECK(streams == 4);
    CHECK(planes[api::Plane::data] == 17);
    CHECK(planes[api::Plane::control] == 39);
    CHECK(planes[api::Plane::account] == 10);
}

TEST_CASE("API: every operation is found by its name alone", "[api]") {
    for (const api::Operation& operation : api::operations()) {
        CHECK(api::find_operation(operation.name) == &operation);
        CHECK(api::find_operation(std::string(operation.name) + "s") == nullptr);
        CHECK(api::find_operation(operation.name.substr(1)) == nullptr);
    }
    for (const std::string_view name : {"", "putItem", "PUTITEM", "Put Item", "AAA", "zzz", "PutItem."}) {
        CHECK(api::find_operation(name) == nullptr);
    }
}

TEST_CASE("API: every operation has its answer to an empty body", "[api]") {
    CHECK(answers_to_nothing().size() == api::operations().size());
    for (const api::Operation& operation : api::operations()) {
        INFO(operation.name);
        REQUIRE(answers_to_nothing().contains(operation.name));
        CHECK(validated(operation.name, "{}") == answers_to_nothing().at(operation.name));
    }
}

TEST_CASE("API: the shapes are sound", "[api]") {
    for (const Shape* shape : all_shapes()) {
        const bool is_collection = shape->kind == Kind::list || shape->kind == Kind::map;
        const bool is_structure = shape->kind == Kind::structure;
        CHECK((shape->element != nullptr) == is_collection);
        CHECK((shape->fields.empty() || is_structure));
        CHECK((!is_structure || !shape->name.empty()));
        CHECK((shape->key == nullptr || shape->kind == Kind::map));
        CHECK((shape->pattern == nullptr || shape->kind == Kind::string));
        CHECK((shape->values.empty() || (shape->values.starts_with('[') && shape->values.ends_with(']'))));
        CHECK((!shape->or_table_arn || shape->pattern != nullptr));
        CHECK((!shape->min || !shape->max || *shape->min <= *shape->max));
        CHECK(shape->fields.size() <= api::fields_max);
    }
}

TEST_CASE("API: no structure has two members of one name", "[api]") {
    for (const Shape* shape : all_shapes()) {
        std::set<std::string_view> names;
        for (const Field& field : shape->fields) {
            INFO(shape->name << "." << field.name);
            CHECK(names.insert(field.name).second);
        }
    }
}

TEST_CASE("API: a structure's name names one structure", "[api]") {
    std::map<std::string_view, const Shape*> by_name;
    std::set<const Shape*> inputs;
    for (const api::Operation& operation : api::operations()) inputs.insert(operation.input);
    for (const Shape* shape : all_shapes()) {
        if (shape->kind != Kind::structure || inputs.contains(shape)) continue;
        INFO(shape->name);
        CHECK(by_name.emplace(shape->name, shape).second);
    }
    CHECK(by_name.size() > 60);
}

TEST_CASE("API: only members of inputs have sentences, support or reports of their own", "[api]") {
    std::set<const Shape*> inputs;
    for (const api::Operation& operation : api::operations()) inputs.insert(operation.input);
    for (const Shape* shape : all_shapes()) {
        if (inputs.contains(shape)) continue;
        for (const Field& field : shape->fields) {
            CHECK(field.sentences == nullptr);
            CHECK(field.support == api::full);
        }
    }
}

TEST_CASE("API: nothing beneath an unconstrained structure has constraints", "[api]") {
    for (const Shape* top : all_shapes()) {
        if (!top->unconstrained) continue;
        std::set<const Shape*> beneath;
        collect(*top, beneath);
        for (const Shape* shape : beneath) {
            CHECK_FALSE(shape->min.has_value());
            CHECK_FALSE(shape->max.has_value());
            CHECK(shape->pattern == nullptr);
            CHECK(shape->values.empty());
            for (const Field& field : shape->fields) CHECK_FALSE(field.required);
        }
    }
}

TEST_CASE("API: members of item calls stand in the service's order", "[api]") {
    const auto names = [](std::string_view operation) {
        std::string out;
        for (const Field& field : api::find_operation(operation)->input->fields) {
            out.append(out.empty() ? "" : " ").append(field.name);
        }
        return out;
    };
    CHECK(names("PutItem") ==
          "ReturnConsumedCapacity TableName Item ConditionalOperator Expected ReturnValues ReturnItemCollectionMetrics "
          "ConditionExpression ExpressionAttributeValues ExpressionAttributeNames ReturnValuesOnConditionCheckFailure");
    CHECK(names("GetItem") ==
          "ReturnConsumedCapacity AttributesToGet TableName Key ProjectionExpression ExpressionAttributeNames "
          "ConsistentRead");
    CHECK(names("BatchGetItem") == "ReturnConsumedCapacity RequestItems");
    CHECK(names("UpdateTable").starts_with("TableName ProvisionedThroughput BillingMode GlobalSecondaryIndexUpdates "));
}

TEST_CASE("dump_api: it is JSON that tells every operation with its structures", "[api]") {
    std::string text;
    json::Writer out(text);
    dump_api(out);
    json::Document document;
    const json::Value* dump = document.parse(text);
    REQUIRE(dump != nullptr);
    const json::Value& operations = *json::find(*dump, "operations");
    REQUIRE(operations.Size() == 66);
    CHECK(json::text(*json::find(operations[0], "name")) == "BatchExecuteStatement");
    CHECK(json::text(*json::find(operations[0], "plane")) == "data");
    const auto* one = std::find_if(operations.Begin(), operations.End(), [](const json::Value& operation) {
        return json::text(*json::find(operation, "name")) == "DescribeTimeToLive";
    });
    REQUIRE(one != operations.End());
    CHECK_THAT(json::to_text(*one),
               tests::is_json(R"({"name":"DescribeTimeToLive","plane":"control","streams":false,"writes":false,)"
                              R"("support":"full","members":[{"name":"TableName","required":true,"support":"full",)"
                              R"("kind":"string","min":3,"max":255,"pattern":"[a-zA-Z0-9_.-]+"}]})"));
    const auto field = [](const std::string& name, const std::string& shape) {
        return R"({"name":")" + name + R"(","required":false,"support":"full",)" + shape + "}";
    };
    const std::string nested = R"("element":{"kind":"structure","shape":"AttributeValue"})";
    const std::string texts = R"("kind":"list","element":{"kind":"string"})";
    CHECK_THAT(text,
               tests::has_json(
                   "/structures/AttributeValue",
                   "[" + field("S", R"("kind":"string")") + "," + field("N", R"("kind":"string")") + "," +
                       field("B", R"("kind":"blob")") + "," + field("SS", texts) + "," + field("NS", texts) + "," +
                       field("BS", R"("kind":"list","element":{"kind":"blob"})") + "," +
                       field("M", R"("kind":"map",)" + nested) + "," + field("L", R"("kind":"list",)" + nested) + "," +
                       field("NULL", R"("kind":"boolean")") + "," + field("BOOL", R"("kind":"boolean")") + "]"));
}

}  // namespace minamo
