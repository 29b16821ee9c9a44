// The calls and how answers are compared.
#include "tests/model/world.hpp"

#include <algorithm>

namespace minamo::model {
namespace {

std::string shown(const std::optional<Item>& item) {
    return item ? to_json(*item) : "nothing";
}

std::string shown(const std::vector<Item>& items) {
    std::string out;
    for (const Item& item : items) out += "\n    " + to_json(item);
    return out;
}

bool same(const std::vector<Item>& a, const std::vector<Item>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Item& x, const Item& y) { return compare(x, y) == 0; });
}

}  // namespace

void expect(bool right, const std::string& what) {
    if (!right) throw Mismatch(what);
}

void expect_fault(const Answer& answer, Fault fault) {
    const char* expected = fault == Fault::none        ? ""
                           : fault == Fault::condition ? "ConditionalCheckFailedException"
                                                       : "ValidationException";
    expect(answer.type == expected, "expected '" + std::string(expected) + "', answered " + answer.type + answer.body);
}

void expect_equal(const std::optional<Item>& actual, const std::optional<Item>& expected, const std::string& what) {
    const bool right = actual.has_value() == expected.has_value() && (!actual || compare(*actual, *expected) == 0);
    expect(right, what + ": expected\n    " + shown(expected) + "\nanswered\n    " + shown(actual));
}

void expect_same_items(std::vector<Item> actual, std::vector<Item> expected, const std::string& what) {
    const auto less = [](const Item& a, const Item& b) { return compare(a, b) < 0; };
    std::sort(actual.begin(), actual.end(), less);
    std::sort(expected.begin(), expected.end(), less);
    expect(same(actual, expected), what + ": expected" + shown(expected) + "\nanswered" + shown(actual));
}

const rapidjson::Value& Answer::member(const char* name) const {
    const auto found = json.FindMember(name);
    expect(found != json.MemberEnd(), std::string("no ") + name + " in " + body);
    return found->value;
}

std::optional<Item> Answer::item(const char* name) const {
    if (!json.HasMember(name)) return std::nullopt;
    return read_item(json[name]);
}

std::vector<Item> Answer::items(const char* name) const {
    std::vector<Item> out;
    if (!json.HasMember(name)) return out;
    for (const auto& each : json[name].GetArray()) out.push_back(read_item(each));
    return out;
}

std::size_t Answer::number(const char* name) const {
    return member(name).GetUint();
}

World::World(std::uint64_t seed) {
    Random random(seed);
    for (const char* name : {"one", "two"}) {
        tables_.emplace_back(random_shape(random, name));
        expect_fault(call("CreateTable", tables_.back().shape.create_request()), Fault::none);
    }
}

Answer World::call(const std::string& operation, const std::string& body) {
    requests.push_back(operation + " " + body);
    const Response response = emulator_.call(operation, body);
    Answer out{response.type, response.body, {}};
    out.json.Parse(response.body.data(), response.body.size());
    expect(!out.json.HasParseError() && out.json.IsObject(), "no JSON: " + response.body);
    return out;
}

void World::step(std::uint64_t seed) {
    Random random(seed);
    const std::size_t kind = random.below(100);
    if (random.chance(20)) return statement(random);
    if (kind < 20) return put_item(random);
    if (kind < 42) return update_item(random);
    if (kind < 50) return delete_item(random);
    if (kind < 54) return batch_write_item(random);
    if (kind < 62) return transact_write_items(random);
    if (kind < 67) return get_item(random);
    if (kind < 70) return batch_get_item(random);
    if (kind < 73) return transact_get_items(random);
    if (kind < 75) return describe_table(random);
    if (kind < 88) return query(random);
    if (kind < 97) return scan(random);
    read_stream(random);
}

void World::get_item(Random& random) {
    Table& table = this->table(random);
    Generator generator(random, table.shape, true);
    const Item key = generator.key();
    Text text;
    std::string body = "{\"TableName\":" + json_string(table.shape.name) + ",\"Key\":" + to_json(key);
    std::optional<Paths> paths;
    if (random.chance(50)) paths = generator.projection(nullptr);
    if (paths) body += ",\"ProjectionExpression\":" + json_string(text.projection(*paths));
    body += text.members();
    const Answer answer = call("GetItem", body + "}");
    if (paths && !well_formed(*paths)) return expect_fault(answer, Fault::validation);
    expect_fault(answer, Fault::none);
    const Item& item = table.get(key);
    std::optional<Item> expected;
    if (!item.empty()) expected = paths ? project(*paths, item) : item;
    expect_equal(answer.item("Item"), expected, "Item");
}

void World::batch_get_item(Random& random) {
    std::string body;
    bool fits = true;
    std::vector<std::vector<Item>> expected;
    for (Table& table : tables_) {
        Generator generator(random, table.shape, true);
        std::vector<Item> keys;
        std::string listed;
        std::optional<Paths> paths;
        if (random.chance(40)) paths = generator.projection(nullptr);
        auto& items = expected.emplace_back();
        const std::size_t count = 1 + random.below(5);
        for (std::size_t i = 0; i < count; ++i) {
            const Item key = generator.key();
            for (const Item& other : keys) fits = fits && compare(key, other) != 0;
            keys.push_back(key);
            listed += (listed.empty() ? "" : ",") + to_json(key);
            const Item& item = table.get(key);
            if (!item.empty()) items.push_back(paths ? project(*paths, item) : item);
        }
        body += (body.empty() ? "" : ",") + json_string(table.shape.name) + ":{\"Keys\":[" + listed + "]";
        Text text;
        if (paths) body += ",\"ProjectionExpression\":" + json_string(text.projection(*paths));
        body += text.members();
        body += "}";
        fits = fits && (!paths || well_formed(*paths));
    }
    const Answer answer = call("BatchGetItem", "{\"RequestItems\":{" + body + "}}");
    expect_fault(answer, fits ? Fault::none : Fault::validation);
    for (std::size_t i = 0; fits && i < tables_.size(); ++i) {
        std::vector<Item> actual;
        const char* name = tables_[i].shape.name.c_str();
        expect(answer.member("Responses").HasMember(name), "no answer for the table");
        for (const auto& each : answer.member("Responses")[name].GetArray()) actual.push_back(read_item(each));
        expect_same_items(actual, expected[i], "Responses");
    }
}

void World::transact_get_items(Random& random) {
    std::string body;
    bool fits = true;
    std::vector<std::optional<Item>> expected;
    std::vector<std::pair<const Table*, Item>> keys;
    const std::size_t count = 1 + random.below(5);
    for (std::size_t i = 0; i < count; ++i) {
        Table& table = this->table(random);
        Generator generator(random, table.shape, true);
        const Item key = generator.key();
        for (const auto& [other, taken] : keys) fits = fits && (other != &table || compare(key, taken) != 0);
        keys.emplace_back(&table, key);
        std::optional<Paths> paths;
        if (random.chance(40)) paths = generator.projection(nullptr);
        fits = fits && (!paths || well_formed(*paths));
        body += (body.empty() ? "" : ",") + ("{\"Get\":{\"TableName\":" + json_string(table.shape.name)) +
                ",\"Key\":" + to_json(key);
        Text text;
        if (paths) body += ",\"ProjectionExpression\":" + json_string(text.projection(*paths));
        body += text.members();
        body += "}}";
        const Item& item = table.get(key);
        const Item shown = paths ? project(*paths, item) : item;
        expected.push_back(shown.empty() ? std::nullopt : std::optional(shown));
    }
    const Answer answer = call("TransactGetItems", "{\"TransactItems\":[" + body + "]}");
    expect_fault(answer, fits ? Fault::none : Fault::validation);
    for (std::size_t i = 0; fits && i < expected.size(); ++i) {
        expect(answer.member("Responses").Size() == expected.size(), "a response for each Get");
        const auto& each = answer.member("Responses")[static_cast<rapidjson::SizeType>(i)];
        std::optional<Item> actual;
        if (each.HasMember("Item")) actual = read_item(each["Item"]);
        expect_equal(actual, expected[i], "response " + std::to_string(i));
    }
}

void World::describe_table(Random& random) {
    const Table& table = this->table(random);
    const Answer answer = call("DescribeTable", "{\"TableName\":" + json_string(table.shape.name) + "}");
    expect_fault(answer, Fault::none);
    const auto& described = answer.member("Table");
    expect(described["ItemCount"].GetUint() == table.count(nullptr), "ItemCount in " + answer.body);
    std::size_t seen = 0;
    for (const char* list : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
        if (!described.HasMember(list)) continue;
        for (const auto& each : described[list].GetArray()) {
            for (const Index& index : table.shape.indexes) {
                if (index.name != each["IndexName"].GetString()) continue;
                ++seen;
                expect(each["ItemCount"].GetUint() == table.count(&index),
                       index.name + "'s ItemCount in " + answer.body);
            }
        }
    }
    expect(seen == table.shape.indexes.size(), "every index is described");
}

}  // namespace minamo::model
