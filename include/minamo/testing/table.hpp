// A table in a few lines, for tests: make it, put rows, look at what is there. Standard headers only.
//
//   auto users = minamo::test::TableMaker(emulator, "users").partition_key("id").index("by-state", "state").make();
//   users.put({{"id", S("ada")}, {"state", S("new")}});
//   REQUIRE(users.get({{"id", S("ada")}}) == Row{{"id", S("ada")}, {"state", S("new")}});
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minamo/emulator.hpp"
#include "minamo/visibility.hpp"

namespace minamo {

// As a failed check shows it: "200 {...}", "400 ValidationException: ...".
MINAMO_API std::ostream& operator<<(std::ostream& out, const Response& response);

}  // namespace minamo

namespace minamo::test {

// Thrown where the emulator refuses a call: what() has its error type and message.
class MINAMO_API CallError : public std::runtime_error {
public:
    CallError(const std::string& operation, const Response& response);
    const std::string& type() const { return type_; }

private:
    std::string type_;
};

// An AttributeValue as JSON: made by the functions below, or from JSON text such as {"SS":["a"]}.
struct Value {
    std::string json;
};
MINAMO_API Value S(std::string_view text);
MINAMO_API Value N(std::int64_t number);
MINAMO_API Value N(std::string_view number);  // any of DynamoDB's numbers
MINAMO_API Value B(std::string_view bytes);
MINAMO_API Value Bool(bool flag);
MINAMO_API Value Null();
MINAMO_API Value SS(std::initializer_list<std::string_view> members);
MINAMO_API Value NS(std::initializer_list<std::string_view> members);
MINAMO_API Value L(std::initializer_list<Value> elements);
MINAMO_API Value M(std::initializer_list<std::pair<std::string_view, Value>> attributes);

// An item, or a key. Two are equal where DynamoDB's values are: 1 is 1.0, the order of a set does not matter.
class MINAMO_API Row {
public:
    Row() = default;
    Row(std::initializer_list<std::pair<std::string_view, Value>> attributes);
    static Row from_json(std::string_view json);
    const std::string& json() const { return json_; }  // canonical
    bool operator==(const Row&) const = default;

private:
    std::string json_ = "{}";
};
MINAMO_API std::ostream& operator<<(std::ostream& out, const Row& row);

// Empty where all is as expected, else lines for people: both, and below them what is expected and not there ("-") and
// what is there instead ("+"). Those of the fixtures' checks.
MINAMO_API std::string difference(const std::optional<Row>& found, const Row& expected);
MINAMO_API std::string difference(const std::vector<Row>& found, const std::vector<Row>& expected);

// One record of a table's stream.
struct Change {
    std::string event;  // "INSERT", "MODIFY" or "REMOVE"
    Row keys;
    std::optional<Row> old_image;  // images as far as the stream's view has them
    std::optional<Row> new_image;
    bool expired = false;  // deleted by time to live
    bool operator==(const Change&) const = default;
};
MINAMO_API std::ostream& operator<<(std::ostream& out, const Change& change);

// A table that exists. Calls throw CallError where the emulator refuses them.
class MINAMO_API Table {
public:
    Table(Emulator& emulator, std::string name, Caller caller) noexcept;

    const std::string& name() const { return name_; }

    Table& put(const Row& row);
    Table& put(std::initializer_list<Row> rows);
    Table& remove(const Row& key);
    // UpdateItem with `values` as ExpressionAttributeValues, e.g. {{":n", N(1)}}.
    Table& update(const Row& key, std::string_view expression, const Row& values = {});

    std::optional<Row> get(const Row& key) const;
    bool has(const Row& key) const { return get(key).has_value(); }
    // All rows, in Scan's order; of a partition, in Query's order: rows("id = :id", {{":id", S("ada")}}).
    std::vector<Row> rows() const;
    std::vector<Row> rows(std::string_view key_condition, const Row& values, std::string_view index = {}) const;
    std::size_t count() const { return rows().size(); }
    // All records of its stream that are there, in the order of the writes, over all shards. CallError where it has
    // none.
    std::vector<Change> changes() const;

private:
    std::vector<Row> read_all(std::string_view operation, const std::string& members) const;
    Emulator* emulator_;
    std::string name_;
    Caller caller_;
};

// Describes a table, then makes it, on demand.
class MINAMO_API TableMaker {
public:
    TableMaker(Emulator& emulator, std::string_view name, Caller caller = {});

    // `type` is 'S', 'N' or 'B'.
    TableMaker& partition_key(std::string_view attribute, char type = 'S');
    TableMaker& sort_key(std::string_view attribute, char type = 'S');
    // A global secondary index that projects everything; without `sort` it has a partition key only.
    TableMaker& index(std::string_view index_name, std::string_view partition, std::string_view sort = {},
                      char partition_type = 'S', char sort_type = 'S');
    // A local secondary index that projects everything.
    TableMaker& local_index(std::string_view index_name, std::string_view sort, char sort_type = 'S');
    // A stream: "NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE" or "KEYS_ONLY".
    TableMaker& stream(std::string_view view_type = "NEW_AND_OLD_IMAGES");
    // Time to live by this attribute.
    TableMaker& time_to_live(std::string_view attribute);

    Table make();

private:
    void define(std::string_view attribute, char type);
    Emulator* emulator_;
    std::string name_;
    Caller caller_;
    std::string partition_;
    std::string sort_;
    std::map<std::string, char> types_;
    std::string global_indexes_;  // JSON, comma separated
    std::string local_indexes_;
    std::string stream_view_;
    std::string ttl_attribute_;
};

}  // namespace minamo::test
