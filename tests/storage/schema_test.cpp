// Tables as catalog rows; keys, indexes and projections by name.
#include "storage/schema.hpp"

#include <stdexcept>

#include "tests/storage/random_values.hpp"
#include "tests/support.hpp"

namespace minamo::storage {
namespace {

Table rich_table() {
    Table table;
    table.number = 1234567890123;
    table.name = "orders";
    table.id = "8a1b2c3d-0000-4000-8000-123456789abc";
    table.status = TableStatus::updating;
    table.created_ms = 1'700'000'000'123;
    table.keys = {{{"pk", Type::S}}, {{"sk", Type::N}}};
    Index local;
    local.number = 1;
    local.name = "by_date";
    local.keys = {{{"pk", Type::S}}, {{"date", Type::B}}};
    local.projection = Projection::keys_only;
    Index global;
    global.number = 254;
    global.kind = IndexKind::global;
    global.name = "by_customer";
    global.keys = {{{"customer", Type::S}, {"region", Type::S}}, {{"total", Type::N}, {"note", Type::S}}};
    global.projection = Projection::include;
    global.non_key_attributes = {"status", "", "a\0b"};
    global.status = IndexStatus::creating;
    global.backfilling = true;
    global.opaque = R"({"ReadCapacityUnits":5})";
    Index whole;
    whole.number = 7;
    whole.kind = IndexKind::global;
    whole.name = "everything";
    whole.keys = {{{"customer", Type::S}}, {}};
    whole.projection = Projection::all;
    table.indexes = {local, global, whole};
    table.index_number_next = 255;
    table.stream = {true, StreamView::new_and_old_images, "2026-01-02T03:04:05.678"};
    table.ttl_attribute = "expires";
    table.opaque = std::string(1000, '{');
    return table;
}

TEST_CASE("Schema: a table comes back as it was", "[schema]") {
    CHECK((decode_table(encode(Table())) == Table()));
    CHECK((decode_table(encode(rich_table())) == rich_table()));
}

TEST_CASE("Schema: each member of a table is kept", "[schema]") {
    const std::pair<std::string, void (*)(Table&)> changes[] = {
        {"number", [](Table& t) { t.number = ~std::uint64_t{0}; }},
        {"name", [](Table& t) { t.name += "x"; }},
        {"id", [](Table& t) { t.id.clear(); }},
        {"status", [](Table& t) { t.status = TableStatus::deleting; }},
        {"created_ms", [](Table& t) { t.created_ms = -5; }},
        {"partition key", [](Table& t) { t.keys.partition[0].type = Type::B; }},
        {"sort key", [](Table& t) { t.keys.sort.clear(); }},
        {"indexes", [](Table& t) { t.indexes.pop_back(); }},
        {"index order", [](Table& t) { std::swap(t.indexes[0], t.indexes[1]); }},
        {"index number", [](Table& t) { t.indexes[0].number = 2; }},
        {"global", [](Table& t) { t.indexes[0].kind = IndexKind::global; }},
        {"index name", [](Table& t) { t.indexes[0].name = "other"; }},
        {"index keys", [](Table& t) { t.indexes[1].keys.partition.pop_back(); }},
        {"projection", [](Table& t) { t.indexes[0].projection = Projection::all; }},
        {"non-key attributes", [](Table& t) { t.indexes[1].non_key_attributes.clear(); }},
        {"index status", [](Table& t) { t.indexes[1].status = IndexStatus::deleting; }},
        {"backfilling", [](Table& t) { t.indexes[1].backfilling = false; }},
        {"index opaque", [](Table& t) { t.indexes[2].opaque = "{}"; }},
        {"index_number_next", [](Table& t) { t.index_number_next = 3; }},
        {"stream enabled", [](Table& t) { t.stream.enabled = false; }},
        {"stream view", [](Table& t) { t.stream.view = StreamView::old_image; }},
        {"stream label", [](Table& t) { t.stream.label.clear(); }},
        {"ttl_attribute", [](Table& t) { t.ttl_attribute.clear(); }},
        {"opaque", [](Table& t) { t.opaque.clear(); }},
    };
    for (const auto& [what, change] : changes) {
        CAPTURE(what);
        Table table = rich_table();
        change(table);
        CHECK_FALSE((table == rich_table()));
        CHECK((decode_table(encode(table)) == table));
    }
}

TEST_CASE("Schema: no part of a table is one, and no table with more behind it", "[schema]") {
    const std::string bytes = encode(rich_table());
    for (std::size_t length = 0; length + 1 < bytes.size(); ++length) {
        CAPTURE(length);
        CHECK_THROWS_AS(decode_table(bytes.substr(0, length)), std::runtime_error);
    }
    CHECK_THROWS_AS(decode_table(bytes + '\0'), std::runtime_error);
}

TEST_CASE("Schema: a row of the first format has no number of a stream", "[schema]") {
    Table table = rich_table();
    table.stream.number = 0;
    std::string bytes = encode(table);
    bytes.pop_back();
    CHECK((decode_table(bytes) == table));
}

TEST_CASE("Schema: values that do not exist are refused", "[schema]") {
    Table table;
    table.name = "t";
    table.keys.partition = {{"k", Type::S}};
    const std::string bytes = encode(table);
    // number 0, name "t", id "", status, created_ms, one partition key "k" of type S, no sort key, no index, ...
    const std::string expected("\0\1t\0\3\0\1\1k\0\0\0\1\0\0\0\0\0\0", 19);
    REQUIRE(bytes == expected);
    const std::pair<std::size_t, char> changes[] = {
        {1, '\x7F'},  // a name past the end
        {4, '\4'},    // status
        {4, '\x7F'},  // status
        {6, '\x7F'},  // more keys than bytes
        {9, '\3'},    // BOOL as a key's type
        {9, '\x09'},  // M as a key's type
        {11, '\1'},   // an index that is not there
        {13, '\2'},   // a flag
        {14, '\4'},   // stream view
        {17, '\2'},   // opaque past the end
    };
    for (const auto& [at, byte] : changes) {
        CAPTURE(at);
        std::string changed = bytes;
        changed[at] = byte;
        CHECK_THROWS_AS(decode_table(changed), std::runtime_error);
    }
}

TEST_CASE("Schema: changed bytes are a table that encodes to them, or none", "[schema]") {
    test::Draw draw(16);
    const std::string bytes = encode(rich_table());
    int tables = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string changed = bytes;
        for (int changes = draw.number(1, 4); changes > 0; --changes) {
            changed[static_cast<std::size_t>(draw.number(0, 300))] = static_cast<char>(draw.number(0, 255));
        }
        try {
            if (encode(decode_table(changed)) != changed) FAIL_CHECK("table " << i);
            ++tables;
        } catch (const std::runtime_error&) {
        }
    }
    CHECK(tables > 100);
}

TEST_CASE("Schema: keys are found by name", "[schema]") {
    const KeySchema keys = rich_table().indexes[1].keys;
    CHECK(keys.find("customer") == &keys.partition[0]);
    CHECK(keys.find("region") == &keys.partition[1]);
    CHECK(keys.find("note") == &keys.sort[1]);
    for (const auto name : {"", "Customer", "customer ", "pk", "custome"}) {
        CAPTURE(name);
        CHECK(keys.find(name) == nullptr);
    }
    CHECK(KeySchema().find("") == nullptr);
}

TEST_CASE("Schema: indexes are found by name", "[schema]") {
    Table table = rich_table();
    CHECK(table.find_index("by_customer") == &table.indexes[1]);
    CHECK(std::as_const(table).find_index("by_date") == &table.indexes[0]);
    for (const auto name : {"", "by_custome", "BY_DATE", "orders", "pk"}) {
        CAPTURE(name);
        CHECK(table.find_index(name) == nullptr);
    }
}

TEST_CASE("Schema: a table has local indexes if one is not global", "[schema]") {
    Table table = rich_table();
    CHECK(table.has_local_indexes());
    table.indexes.erase(table.indexes.begin());
    CHECK_FALSE(table.has_local_indexes());
    CHECK_FALSE(Table().has_local_indexes());
}

TEST_CASE("Schema: an index projects its keys, the table's and what it lists", "[schema]") {
    const Table table = rich_table();
    const auto& [local, global, whole] = std::tie(table.indexes[0], table.indexes[1], table.indexes[2]);
    for (const auto name : {"pk", "sk", "date"}) CHECK(projects(table, local, name));
    for (const auto name : {"customer", "status", "total", "", "p", "PK"}) CHECK_FALSE(projects(table, local, name));
    for (const auto name : {"pk", "sk", "customer", "region", "total", "note", "status", ""}) {
        CAPTURE(name);
        CHECK(projects(table, global, name));
    }
    for (const auto name : {"date", "Status", "statu", "expires"}) CHECK_FALSE(projects(table, global, name));
    for (const auto name : {"pk", "anything", ""}) CHECK(projects(table, whole, name));
}

TEST_CASE("Schema: a list of attributes counts with INCLUDE alone", "[schema]") {
    Table table = rich_table();
    table.indexes[1].projection = Projection::keys_only;
    CHECK_FALSE(projects(table, table.indexes[1], "status"));
    CHECK(projects(table, table.indexes[1], "note"));
}

TEST_CASE("Schema: index numbers go round, past those that are taken, and end where none is left", "[schema]") {
    Table table;
    const auto take = [&table] {
        Index index;
        index.number = table.take_index_number();
        table.indexes.push_back(index);
        return int{index.number};
    };
    for (int expected = 1; expected <= 254; ++expected) REQUIRE(take() == expected);
    CHECK_THROWS_AS(take(), std::length_error);
    table.indexes.erase(table.indexes.begin() + 99);
    CHECK(take() == 100);
    CHECK_THROWS_AS(take(), std::length_error);
    table.indexes.clear();
    table.index_number_next = 0;  // no row of ours holds these two
    CHECK(take() == 1);
    table.index_number_next = 255;
    CHECK(take() == 2);
}

}  // namespace
}  // namespace minamo::storage
