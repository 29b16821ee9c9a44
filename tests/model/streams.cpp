// What streams tell of the writes: every change once, in the order of its item.
#include <algorithm>

#include "tests/model/world.hpp"

#include "emulator/wire/arns.hpp"

namespace minamo::model {
namespace {

const char* event_of(const Write& write) {
    if (write.old_item.empty()) return "INSERT";
    return write.new_item.empty() ? "REMOVE" : "MODIFY";
}

std::optional<Item> image(const rapidjson::Value& change, const char* name) {
    if (!change.HasMember(name)) return std::nullopt;
    return read_item(change[name]);
}

std::optional<Item> present(const Item& item) {
    return item.empty() ? std::nullopt : std::optional(item);
}

// The record is of the first unread write of its item.
void expect_record(const rapidjson::Value& record, Table& table) {
    const auto& change = record["dynamodb"];
    const Item key = read_item(change["Keys"]);
    const auto write = std::find_if(table.unread.begin(), table.unread.end(),
                                    [&key](const Write& each) { return compare(each.key, key) == 0; });
    expect(write != table.unread.end(), "a record of no write of " + to_json(key));
    expect(record["eventName"] == event_of(*write),
           std::string("expected ") + event_of(*write) + " of " + to_json(key));
    expect_equal(image(change, "OldImage"), present(write->old_item), "OldImage");
    expect_equal(image(change, "NewImage"), present(write->new_item), "NewImage");
    table.unread.erase(write);
}

}  // namespace

std::string World::first_iterator(const Table& table) {
    const Answer listed = call("ListStreams", "{\"TableName\":" + json_string(table.shape.name) + "}");
    const std::string arn = listed.member("Streams")[0]["StreamArn"].GetString();
    const Answer described = call("DescribeStream", "{\"StreamArn\":" + json_string(arn) + "}");
    const std::string shard = described.member("StreamDescription")["Shards"][0]["ShardId"].GetString();
    const Answer answer =
        call("GetShardIterator", "{\"StreamArn\":" + json_string(arn) + ",\"ShardId\":" + json_string(shard) +
                                     ",\"ShardIteratorType\":\"TRIM_HORIZON\"}");
    return answer.member("ShardIterator").GetString();
}

void World::read_stream(Random& random) {
    Table& table = this->table(random);
    if (table.iterator.empty()) table.iterator = first_iterator(table);
    for (bool more = true; more;) {
        const std::size_t limit = 1 + random.below(50);
        const Answer answer = call("GetRecords", "{\"ShardIterator\":" + json_string(table.iterator) +
                                                     ",\"Limit\":" + std::to_string(limit) + "}");
        expect_fault(answer, Fault::none);
        const auto& records = answer.member("Records");
        expect(records.Size() <= limit, "more records than the limit");
        for (const auto& record : records.GetArray()) expect_record(record, table);
        table.iterator = answer.member("NextShardIterator").GetString();
        more = records.Size() > 0;
    }
    expect(table.unread.empty(), std::to_string(table.unread.size()) + " writes have no record");
}

}  // namespace minamo::model
