// Key conditions against the keys of tables and indexes.
#include "emulator/queries/plan.hpp"
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::KeyRange;
using storage::SortOperator;
using storage::Table;
using storage::Type;

// Partition key h (S), sort key r (N); an index on g (B) alone; an index on p (S), q (N) with sort x (S), y (N), z (B).
Table table_of_tests() {
    Table table;
    table.keys = {{{"h", Type::S}}, {{"r", Type::N}}};
    Index single;
    single.name = "single";
    single.kind = storage::IndexKind::global;
    single.keys = {{{"g", Type::B}}, {}};
    Index multi;
    multi.name = "multi";
    multi.kind = storage::IndexKind::global;
    multi.keys = {{{"q", Type::N}, {"p", Type::S}}, {{"x", Type::S}, {"y", Type::N}, {"z", Type::B}}};
    Index local;
    local.name = "local";
    local.keys = {{{"h", Type::S}}, {{"s", Type::S}}};
    table.indexes = {single, multi, local};
    return table;
}

constexpr const char* values =
    "{':s':{'S':'v'},':t':{'S':'w'},':n':{'N':'1'},':m':{'N':'2'},':b':{'B':'AQ=='},':es':{'S':''},':eb':{'B':''},"
    "':bool':{'BOOL':true},':null':{'NULL':true},':l':{'L':[]}}";

struct Planned {
    Table table = table_of_tests();
    KeyRange range;
    std::string message;
};

// Plans a KeyConditionExpression, or KeyConditions where the text begins with a brace.
std::unique_ptr<Planned> plan(const std::string& index, const std::string& text) {
    auto out = std::make_unique<Planned>();
    out->range.index = index.empty() ? nullptr : out->table.find_index(index);
    const auto conditions = [&]() -> Result<std::vector<KeyCondition>> {
        if (text[0] == '{') return legacy_key_conditions(Json(text).value());
        Request request("", values);
        auto bound = bind_condition(ConditionKind::key_condition, text, request.substitutions());
        if (!bound) return tl::unexpected(bound.error());
        return key_conditions(*bound);
    }();
    INFO(text << " " << fault(conditions));
    REQUIRE(conditions);
    out->message = fault(plan_keys(*conditions, out->table, {}, out->range));
    return out;
}

std::string legacy(std::initializer_list<std::pair<const char*, const char*>> conditions) {
    std::string out;
    for (const auto& [name, condition] : conditions) {
        const std::string_view text(condition);
        const std::size_t end = text.find(' ');
        out += (out.empty() ? "{'" : ",'") + std::string(name) + "':{'ComparisonOperator':'" +
               std::string(text.substr(0, end)) + "','AttributeValueList':[" +
               (end == std::string_view::npos ? "" : std::string(text.substr(end))) + "]}";
    }
    return out + "}";
}

}  // namespace

TEST_CASE("Plan: conditions that do not fit the keys", "[plan]") {
    const std::string missed = "Query condition missed key schema element: ";
    const std::string unsupported = "Query key condition not supported";
    const auto too_many = [](int attributes) {
        return "The number of query conditions (3) exceeds the number of key attributes defined in the schema (" +
               std::to_string(attributes) + ")";
    };
    const std::string wrong_type =
        "One or more parameter values were invalid: Condition parameter type does not match schema type";
    const std::string empty_text =
        "One or more parameter values are not valid. "
        "The AttributeValue for a key attribute cannot contain an empty string value. Key: ";
    const std::string empty_binary =
        "One or more parameter values are not valid. "
        "The AttributeValue for a key attribute cannot contain an empty binary value. Key: ";
    struct PlanCase {
        std::string index;
        std::string text;
        std::string message;
    };
    const PlanCase cases[] = {
        {"", "x = :s", missed + "h"},
        {"", "r = :n", missed + "h"},
        {"", "r = :n AND x = :s", missed + "h"},
        {"", "h = :s AND x = :s", missed + "r"},
        {"", "h = :s AND s = :s", missed + "r"},
        {"local", "h = :s AND r = :n", missed + "s"},
        {"single", "h = :s", missed + "g"},
        {"", "h < :s", unsupported},
        {"", "h BETWEEN :s AND :t AND r = :n", unsupported},
        {"", "begins_with(h, :s)", unsupported},
        {"", "h >= :s AND r = :n", unsupported},
        {"single", "g = :b AND x = :s", unsupported},
        {"single", "x = :s AND y = :s", unsupported},
        {"", "h = :s AND r = :n AND x = :s", too_many(2)},
        {"", "a = :s AND b = :n AND x = :s", too_many(2)},
        {"single", "g = :b AND r = :n AND x = :s", too_many(1)},
        {"", "h = :n", wrong_type},
        {"", "h > :n", wrong_type},
        {"", "h > :n AND r = :n", wrong_type},
        {"", "h > :s AND r = :s", unsupported},
        {"", "h = :b", wrong_type},
        {"", "h = :null", wrong_type},
        {"", "h = :l", wrong_type},
        {"", "h = :s AND r = :s", wrong_type},
        {"", "h = :s AND r < :b", wrong_type},
        {"", "h = :s AND r BETWEEN :s AND :t", wrong_type},
        {"", "h = :s AND begins_with(r, :s)", wrong_type},
        {"local", "h = :s AND begins_with(s, :b)", wrong_type},
        {"", "h = :n AND r = :s", wrong_type},
        {"", "h = :es", empty_text + "h"},
        {"", "h = :es AND r = :n", empty_text + "h"},
        {"single", "g = :eb", empty_binary + "g"},
        {"local", "h = :s AND s = :es", empty_text + "s"},
        {"local", "h = :s AND begins_with(s, :es)", empty_text + "s"},
        {"local", "h = :s AND s BETWEEN :es AND :t", empty_text + "s"},
        {"", "h = :es AND x = :s", missed + "r"},
    };
    for (const PlanCase& each : cases) {
        INFO(each.index << " " << each.text);
        CHECK(plan(each.index, each.text)->message == each.message);
    }
}

TEST_CASE("Plan: legacy operators that no index serves", "[plan]") {
    const std::string not_indexable = "Attempted conditional constraint is not an indexable operation";
    const char* h = "EQ {'S':'v'}";
    const std::pair<std::string, std::string> cases[] = {
        {legacy({{"h", h}, {"r", "NE {'N':'1'}"}}), not_indexable},
        {legacy({{"h", h}, {"r", "IN {'N':'1'}"}}), not_indexable},
        {legacy({{"h", h}, {"r", "CONTAINS {'N':'1'}"}}), not_indexable},
        {legacy({{"h", h}, {"r", "NOT_CONTAINS {'N':'1'}"}}), not_indexable},
        {legacy({{"h", h}, {"r", "NULL"}}), not_indexable},
        {legacy({{"h", h}, {"r", "NOT_NULL"}}), not_indexable},
        {legacy({{"h", "NE {'S':'v'}"}}), not_indexable},
        {legacy({{"h", "IN {'S':'v'},{'S':'w'}"}, {"r", "EQ {'N':'1'}"}}), not_indexable},
        {legacy({{"h", h}, {"x", "NE {'N':'1'}"}}), "Query condition missed key schema element: r"},
        {legacy({{"h", "LT {'S':'v'}"}}), "Query key condition not supported"},
        {legacy({{"x", "NE {'S':'v'}"}}), "Query condition missed key schema element: h"},
        {legacy({{"h", h}, {"r", "EQ {'S':'1'}"}}),
         "One or more parameter values were invalid: Condition parameter type does not match schema type"},
        {legacy({{"h", h}, {"r", "EQ {'N':'1'}"}, {"x", "NULL"}}),
         "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)"},
        {legacy({{"h", h}}), ""},
        {legacy({{"r", "BETWEEN {'N':'1'},{'N':'2'}"}, {"h", h}}), ""},
    };
    for (const auto& [json, message] : cases) {
        INFO(json);
        CHECK(plan("", json)->message == message);
    }
}

TEST_CASE("Plan: a table's partition with a sort condition", "[plan]") {
    const auto hash = [](const Table& table, const char* item) {
        return partition_hash(table.keys, storage::ItemView(encoded_item(item)));
    };
    const auto alone = plan("", "h = :s");
    REQUIRE(alone->message == "");
    CHECK(alone->range.partition == hash(alone->table, "{'h':{'S':'v'}}"));
    CHECK(alone->range.partition != hash(alone->table, "{'h':{'S':'w'}}"));
    CHECK(alone->range.sort_operator == SortOperator::none);
    CHECK(alone->range.sort_equal.empty());

    const auto equal = plan("", "r = :n AND h = :s");
    REQUIRE(equal->message == "");
    CHECK(equal->range.partition == alone->range.partition);
    CHECK(equal->range.sort_operator == SortOperator::eq);
    CHECK(equal->range.sort_low == encoded_value("{'N':'1'}"));
    CHECK(equal->range.sort_equal.empty());

    const auto between = plan("", "h = :s AND r BETWEEN :n AND :m");
    REQUIRE(between->message == "");
    CHECK(between->range.sort_operator == SortOperator::between);
    CHECK(between->range.sort_low == encoded_value("{'N':'1'}"));
    CHECK(between->range.sort_high == encoded_value("{'N':'2'}"));

    const auto mirrored = plan("", ":n < r AND h = :s");
    REQUIRE(mirrored->message == "");
    CHECK(mirrored->range.sort_operator == SortOperator::gt);

    const auto prefix = plan("local", "h = :s AND begins_with(s, :t)");
    REQUIRE(prefix->message == "");
    CHECK(prefix->range.sort_operator == SortOperator::begins_with);
    CHECK(prefix->range.sort_low == encoded_value("{'S':'w'}"));
}

TEST_CASE("Plan: keys of several attributes", "[plan]") {
    struct MultiCase {
        std::string text;
        std::string message;
    };
    const auto partition = [](const std::string& name) {
        return "HASH key attributes " + name + " must have equality conditions specified in the query";
    };
    const auto gap = [](const std::string& missing, const std::string& later) {
        return "RANGE key attributes " + missing +
               " must have equality conditions specified in the query because a condition is present on key "
               "attribute " +
               later;
    };
    const std::string both = "p = :s AND q = :n";
    const MultiCase cases[] = {
        {"p = :s", partition("q")},
        {"q = :n", partition("p")},
        {"p = :s AND q > :n", partition("q")},
        {"begins_with(p, :s) AND q = :n", partition("p")},
        {both + " AND y = :n", gap("x", "y")},
        {both + " AND z = :b", gap("x", "z")},
        {both + " AND x = :s AND z = :b", gap("y", "z")},
        {both + " AND x > :s AND y = :n", gap("x", "y")},
        {both + " AND x = :s AND y < :n AND z = :b", gap("y", "z")},
        {both + " AND w = :s", "Query condition missed key schema element: x"},
        {both + " AND x = :s AND w = :s", "Query condition missed key schema element: y"},
        {both + " AND x = :s AND y = :n AND z = :b AND w = :s",
         "The number of query conditions (6) exceeds the number of key attributes defined in the schema (5)"},
        {both + " AND x = :n",
         "One or more parameter values were invalid: Condition parameter type does not match "
         "schema type"},
        {both + " AND x = :s AND y = :n AND begins_with(z, :s)",
         "One or more parameter values were invalid: Condition parameter type does not match schema type"},
        {both, ""},
        {both + " AND x > :s", ""},
        {both + " AND x = :s AND y BETWEEN :n AND :m", ""},
        {both + " AND z <= :b AND y = :n AND x = :s", ""},
    };
    for (const MultiCase& each : cases) {
        INFO(each.text);
        CHECK(plan("multi", each.text)->message == each.message);
    }
    const auto full = plan("multi", "z <= :b AND y = :n AND q = :m AND x = :s AND p = :t");
    REQUIRE(full->message == "");
    const auto& keys = full->range.index->keys;
    CHECK(full->range.partition ==
          partition_hash(keys, storage::ItemView(encoded_item("{'p':{'S':'w'},'q':{'N':'2'}}"))));
    CHECK(full->range.sort_equal == std::vector<std::string>{encoded_value("{'S':'v'}"), encoded_value("{'N':'1'}")});
    CHECK(full->range.sort_operator == SortOperator::le);
    CHECK(full->range.sort_low == encoded_value("{'B':'AQ=='}"));
}

TEST_CASE("Plan: key values have their limits", "[plan]") {
    const auto planned = [](const std::string& value) {
        Table table = table_of_tests();
        KeyRange range;
        Request request("", "{':v':{'S':'" + value + "'}}");
        const auto bound = bind_condition(ConditionKind::key_condition, "h = :v", request.substitutions());
        return fault(plan_keys(key_conditions(*bound).value(), table, {}, range));
    };
    CHECK(planned(std::string(2048, 'x')) == "");
    CHECK(
        planned(std::string(2049, 'x')) ==
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes");
}

}  // namespace minamo
