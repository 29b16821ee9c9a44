// Rows are compared as canonical JSON: a row goes through the storage encoding, which has one form for equal values.
#include "minamo/testing/table.hpp"

#include "emulator/wire/arns.hpp"
#include "emulator/wire/base64.hpp"
#include "emulator/wire/json.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace test {
namespace {

std::string json_string(std::string_view text) {
    std::string out;
    json::append_string(out, text);
    return out;
}

std::string members(std::initializer_list<std::string_view> texts) {
    std::string out = "[";
    for (const std::string_view text : texts) out.append(out.size() > 1 ? "," : "").append(json_string(text));
    return out + "]";
}

std::string attributes_json(std::initializer_list<std::pair<std::string_view, Value>> attributes) {
    std::string out = "{";
    for (const auto& [name, value] : attributes) {
        out.append(out.size() > 1 ? "," : "").append(json_string(name)).append(":").append(value.json);
    }
    return out + "}";
}

std::string canonical(std::string_view json) {
    json::Document document;
    const json::Value* parsed = document.parse(json);
    if (parsed == nullptr || !parsed->IsObject()) throw std::invalid_argument("not a row: " + std::string(json));
    const auto item = item_from_json(*parsed);
    if (!item) throw std::invalid_argument(item.error()->message + ": " + std::string(json));
    std::string out;
    append_json(out, storage::ItemView(encode(*item)));
    return out;
}

Response checked(Emulator& emulator, std::string_view operation, const std::string& body, const Caller& caller) {
    Response response = emulator.call(operation, body, caller);
    if (!response.ok()) throw CallError(std::string(operation), response);
    return response;
}

// "ValidationException: ...": the error's type and its message, which a few spell with a capital letter. The whole body
// where it has none.
std::string error_text(const Response& response) {
    json::Document document;
    const json::Value* body = document.parse(response.body);
    if (body == nullptr || !body->IsObject()) return response.type + ": " + response.body;
    const json::Value* message = json::find(*body, "message");
    if (message == nullptr) message = json::find(*body, "Message");
    const bool is_text = message != nullptr && message->IsString();
    return response.type + ": " + (is_text ? std::string(json::text(*message)) : response.body);
}

std::string member_text(const json::Value& object, std::string_view name) {
    const json::Value* value = json::find(object, name);
    return value != nullptr ? json::to_text(*value) : std::string{};
}

}  // namespace

CallError::CallError(const std::string& operation, const Response& response)
    : std::runtime_error(operation + ": " + error_text(response)), type_(response.type) {}

Value S(std::string_view text) {
    return {"{\"S\":" + json_string(text) + "}"};
}
Value N(std::int64_t number) {
    return {"{\"N\":\"" + std::to_string(number) + "\"}"};
}
Value N(std::string_view number) {
    return {"{\"N\":" + json_string(number) + "}"};
}
Value B(std::string_view bytes) {
    std::string text;
    append_base64(text, bytes);
    return {"{\"B\":\"" + text + "\"}"};
}
Value Bool(bool flag) {
    return {flag ? "{\"BOOL\":true}" : "{\"BOOL\":false}"};
}
Value Null() {
    return {"{\"NULL\":true}"};
}
Value SS(std::initializer_list<std::string_view> texts) {
    return {"{\"SS\":" + members(texts) + "}"};
}
Value NS(std::initializer_list<std::string_view> numbers) {
    return {"{\"NS\":" + members(numbers) + "}"};
}
Value L(std::initializer_list<Value> elements) {
    std::string out = "{\"L\":[";
    bool first = true;
    for (const Value& element : elements) {
        out.append(first ? "" : ",").append(element.json);
        first = false;
    }
    return {out + "]}"};
}
Value M(std::initializer_list<std::pair<std::string_view, Value>> attributes) {
    return {"{\"M\":" + attributes_json(attributes) + "}"};
}

Row::Row(std::initializer_list<std::pair<std::string_view, Value>> attributes)
    : json_(canonical(attributes_json(attributes))) {}

Row Row::from_json(std::string_view json) {
    Row row;
    row.json_ = canonical(json);
    return row;
}

std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.json();
}

Table::Table(Emulator& emulator, std::string name, Caller caller) noexcept
    : emulator_(&emulator), name_(std::move(name)), caller_(std::move(caller)) {}

Table& Table::put(const Row& row) {
    checked(*emulator_, "PutItem", "{\"TableName\":" + json_string(name_) + ",\"Item\":" + row.json() + "}", caller_);
    return *this;
}

Table& Table::put(std::initializer_list<Row> rows) {
    for (const Row& row : rows) put(row);
    return *this;
}

Table& Table::remove(const Row& key) {
    checked(*emulator_, "DeleteItem", "{\"TableName\":" + json_string(name_) + ",\"Key\":" + key.json() + "}", caller_);
    return *this;
}

Table& Table::update(const Row& key, std::string_view expression, const Row& values) {
    std::string body = "{\"TableName\":" + json_string(name_) + ",\"Key\":" + key.json() +
                       ",\"UpdateExpression\":" + json_string(expression);
    if (values != Row{}) body.append(",\"ExpressionAttributeValues\":").append(values.json());
    checked(*emulator_, "UpdateItem", body + "}", caller_);
    return *this;
}

std::optional<Row> Table::get(const Row& key) const {
    const std::string body =
        "{\"TableName\":" + json_string(name_) + ",\"ConsistentRead\":true,\"Key\":" + key.json() + "}";
    const Response response = checked(*emulator_, "GetItem", body, caller_);
    json::Document document;
    const std::string item = member_text(*document.parse(response.body), "Item");
    if (item.empty()) return std::nullopt;
    return Row::from_json(item);
}

std::vector<Row> Table::read_all(std::string_view operation, const std::string& request_members) const {
    std::vector<Row> rows;
    std::string start;
    do {
        std::string body = "{\"TableName\":" + json_string(name_) + request_members;
        if (!start.empty()) body.append(",\"ExclusiveStartKey\":").append(start);
        const Response response = checked(*emulator_, operation, body + "}", caller_);
        json::Document document;
        const json::Value& answer = *document.parse(response.body);
        for (const auto& item : json::find(answer, "Items")->GetArray())
            rows.push_back(Row::from_json(json::to_text(item)));
        start = member_text(answer, "LastEvaluatedKey");
    } while (!start.empty());
    return rows;
}

std::vector<Row> Table::rows() const {
    return read_all("Scan", "");
}

std::vector<Row> Table::rows(std::string_view key_condition, const Row& values, std::string_view index) const {
    std::string request_members =
        ",\"KeyConditionExpression\":" + json_string(key_condition) + ",\"ExpressionAttributeValues\":" + values.json();
    if (!index.empty()) request_members.append(",\"IndexName\":").append(json_string(index));
    return read_all("Query", request_members);
}

namespace {

Change change_of(const json::Value& record) {
    const json::Value& parts = *json::find(record, "dynamodb");
    const auto image = [&parts](std::string_view name) -> std::optional<Row> {
        const json::Value* found = json::find(parts, name);
        if (found == nullptr) return std::nullopt;
        return Row::from_json(json::to_text(*found));
    };
    return {std::string(json::text(*json::find(record, "eventName"))), *image("Keys"), image("OldImage"),
            image("NewImage"), json::find(record, "userIdentity") != nullptr};
}

// The text member of an answer; empty where it is not there.
std::string plain_text(const json::Value& object, std::string_view name) {
    const json::Value* found = json::find(object, name);
    return found != nullptr ? std::string(json::text(*found)) : std::string{};
}

}  // namespace

std::vector<Change> Table::changes() const {
    const auto ask = [this](json::Document& document, std::string_view operation, const std::string& members) {
        return document.parse(checked(*emulator_, operation, "{" + members + "}", caller_).body);
    };
    json::Document document;
    const json::Value* table =
        json::find(*ask(document, "DescribeTable", "\"TableName\":" + json_string(name_)), "Table");
    const std::string arn = "\"StreamArn\":" + json_string(plain_text(*table, "LatestStreamArn"));
    std::vector<std::string> shards;
    for (std::string start;;) {
        const json::Value* stream = json::find(*ask(document, "DescribeStream", arn + start), "StreamDescription");
        for (const auto& shard : json::find(*stream, "Shards")->GetArray())
            shards.push_back(plain_text(shard, "ShardId"));
        const std::string last = plain_text(*stream, "LastEvaluatedShardId");
        if (last.empty()) break;
        start = ",\"ExclusiveStartShardId\":" + json_string(last);
    }
    std::map<std::string, Change> by_sequence;
    for (const std::string& shard : shards) {
        std::string next =
            plain_text(*ask(document, "GetShardIterator",
                            arn + ",\"ShardIteratorType\":\"TRIM_HORIZON\",\"ShardId\":" + json_string(shard)),
                       "ShardIterator");
        for (bool more = true; more && !next.empty();) {
            const json::Value* page = ask(document, "GetRecords", "\"ShardIterator\":" + json_string(next));
            const json::Value& records = *json::find(*page, "Records");
            for (const auto& record : records.GetArray()) {
                by_sequence.emplace(plain_text(*json::find(record, "dynamodb"), "SequenceNumber"), change_of(record));
            }
            more = !records.Empty();
            next = plain_text(*page, "NextShardIterator");
        }
    }
    std::vector<Change> out;
    out.reserve(by_sequence.size());
    for (auto& [sequence, change] : by_sequence) out.push_back(std::move(change));
    return out;
}

std::ostream& operator<<(std::ostream& out, const Change& change) {
    out << change.event << " " << change.keys;
    if (change.old_image) out << " old " << *change.old_image;
    if (change.new_image) out << " new " << *change.new_image;
    return change.expired ? out << " expired" : out;
}

TableMaker::TableMaker(Emulator& emulator, std::string_view name, Caller caller)
    : emulator_(&emulator), name_(name), caller_(std::move(caller)) {}

void TableMaker::define(std::string_view attribute, char type) {
    types_[std::string(attribute)] = type;
}

namespace {

std::string key_schema(std::string_view partition, std::string_view sort) {
    std::string out = "[{\"AttributeName\":" + json_string(partition) + ",\"KeyType\":\"HASH\"}";
    if (!sort.empty()) out.append(",{\"AttributeName\":").append(json_string(sort)).append(",\"KeyType\":\"RANGE\"}");
    return out + "]";
}

std::string index_json(std::string_view name, std::string_view partition, std::string_view sort) {
    return "{\"IndexName\":" + json_string(name) + ",\"KeySchema\":" + key_schema(partition, sort) +
           ",\"Projection\":{\"ProjectionType\":\"ALL\"}}";
}

}  // namespace

TableMaker& TableMaker::partition_key(std::string_view attribute, char type) {
    partition_ = attribute;
    define(attribute, type);
    return *this;
}

TableMaker& TableMaker::sort_key(std::string_view attribute, char type) {
    sort_ = attribute;
    define(attribute, type);
    return *this;
}

TableMaker& TableMaker::index(std::string_view index_name, std::string_view partition, std::string_view sort,
                              char partition_type, char sort_type) {
    global_indexes_.append(global_indexes_.empty() ? "" : ",").append(index_json(index_name, partition, sort));
    define(partition, partition_type);
    if (!sort.empty()) define(sort, sort_type);
    return *this;
}

TableMaker& TableMaker::local_index(std::string_view index_name, std::string_view sort, char sort_type) {
    local_indexes_.append(local_indexes_.empty() ? "" : ",").append(index_json(index_name, partition_, sort));
    define(sort, sort_type);
    return *this;
}

TableMaker& TableMaker::stream(std::string_view view_type) {
    stream_view_ = view_type;
    return *this;
}

TableMaker& TableMaker::time_to_live(std::string_view attribute) {
    ttl_attribute_ = attribute;
    return *this;
}

Table TableMaker::make() {
    std::string definitions;
    for (const auto& [attribute, type] : types_) {
        definitions.append(definitions.empty() ? "" : ",").append("{\"AttributeName\":").append(json_string(attribute));
        definitions.append(",\"AttributeType\":\"").append(1, type).append("\"}");
    }
    std::string body = "{\"TableName\":" + json_string(name_) +
                       ",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":" + key_schema(partition_, sort_) +
                       ",\"AttributeDefinitions\":[" + definitions + "]";
    if (!global_indexes_.empty()) body.append(",\"GlobalSecondaryIndexes\":[").append(global_indexes_).append("]");
    if (!local_indexes_.empty()) body.append(",\"LocalSecondaryIndexes\":[").append(local_indexes_).append("]");
    if (!stream_view_.empty()) {
        body.append(",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":");
        body.append(json_string(stream_view_)).append("}");
    }
    checked(*emulator_, "CreateTable", body + "}", caller_);
    if (!ttl_attribute_.empty()) {
        checked(*emulator_, "UpdateTimeToLive",
                "{\"TableName\":" + json_string(name_) +
                    ",\"TimeToLiveSpecification\":{\"Enabled\":true,\"AttributeName\":" + json_string(ttl_attribute_) +
                    "}}",
                caller_);
    }
    return {*emulator_, name_, caller_};
}

}  // namespace test

std::ostream& operator<<(std::ostream& out, const Response& response) {
    out << response.status << " ";
    return out << (response.ok() ? response.body : test::error_text(response));
}

}  // namespace minamo
