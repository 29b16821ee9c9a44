// The one door for writes: what it reports, and what it leaves in table, indexes and counters.
#include "storage/write.hpp"

#include <algorithm>
#include <csignal>
#include <functional>
#include <map>
#include <random>

#include "storage/store_state.hpp"
#include "tests/storage/fixtures.hpp"

namespace minamo::storage {
namespace {

Table indexed_table(std::string name) {
    Table table = simple_table(std::move(name));
    add_index(table, "local", IndexKind::local, {{"p", Type::S}}, {{"n", Type::N}}, Projection::keys_only);
    add_index(table, "global", IndexKind::global, {{"g", Type::S}}, {{"n", Type::N}});
    add_index(table, "included", IndexKind::global, {{"g", Type::S}}, {}, Projection::include).non_key_attributes = {
        "a"};
    return table;
}

std::size_t size_of(const std::string& encoded) {
    return ItemView(encoded).size_bytes();
}

std::vector<std::string> index_rows(Transaction& transaction, const Table& table, std::string_view name) {
    KeyRange range;
    range.index = table.find_index(name);
    return rows(transaction, table, range);
}

TEST_CASE("write: a new row is told with its sizes", "[write]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table"));
    const std::string row = item({{"p", text("1")}, {"s", text("2")}, {"a", text("value")}});
    auto transaction = store->begin_write();
    const Written written = put(transaction, table, row);
    CHECK(written.changed);
    CHECK(written.old_bytes == 0);
    CHECK(written.new_bytes == size_of(row));
    CHECK(written.indexes.empty());
    CHECK(get(transaction, table, row) == row);
    CHECK(transaction.counters(table, 0) == Counters{1, size_of(row)});
    transaction.commit();
    CHECK(get(*store, table, row) == row);
    CHECK(store->begin_read().counters(table, 0) == Counters{1, size_of(row)});
}

TEST_CASE("write: an equal row changes nothing", "[write]") {
    const auto store = open_store();
    const Table table = create(*store, indexed_table("table"));
    const std::string row = item({{"p", text("1")}, {"s", text("2")}, {"g", text("3")}});
    put(*store, table, row);
    const std::size_t before = store->begin_read().state().transaction.id();
    auto transaction = store->begin_write();
    const Written written = put(transaction, table, row);
    transaction.commit();
    CHECK_FALSE(written.changed);
    CHECK(written.old_bytes == size_of(row));
    CHECK(written.new_bytes == size_of(row));
    CHECK(store->begin_read().state().transaction.id() == before);
}

TEST_CASE("write: erasing what is not there changes nothing", "[write]") {
    const auto store = open_store();
    const Table table = create(*store, indexed_table("table"));
    auto transaction = store->begin_write();
    const Written written = erase(transaction, table, item({{"p", text("1")}, {"s", text("2")}}));
    CHECK_FALSE(written.changed);
    CHECK(written.old_bytes == 0);
    CHECK(transaction.counters(table, 0) == Counters{});
}

TEST_CASE("write: a replaced row counts once", "[write]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table"));
    const std::string before = item({{"p", text("1")}, {"s", text("2")}, {"a", text("a long value")}});
    const std::string after = item({{"p", text("1")}, {"s", text("2")}});
    put(*store, table, before);
    auto transaction = store->begin_write();
    const Written written = put(transaction, table, after);
    CHECK(written.changed);
    CHECK(written.old_bytes == size_of(before));
    CHECK(written.new_bytes == size_of(after));
    CHECK(transaction.counters(table, 0) == Counters{1, size_of(after)});
    CHECK(get(transaction, table, before) == after);
}

TEST_CASE("write: a deleted row is gone from table, indexes and counters", "[write]") {
    const auto store = open_store();
    const Table table = create(*store, indexed_table("table"));
    const std::string row = item({{"p", text("1")}, {"s", text("2")}, {"g", text("3")}, {"n", number("4")}});
    put(*store, table, row);
    auto transaction = store->begin_write();
    const Written written = erase(transaction, table, row);
    CHECK(written.changed);
    CHECK(written.old_bytes == size_of(row));
    CHECK(written.new_bytes == 0);
    CHECK(written.indexes.size() == 3);
    for (const IndexWritten& index : written.indexes) {
        CHECK(index.old_bytes > 0);
        CHECK(index.new_bytes == 0);
        CHECK(index.content_changed);
        CHECK_FALSE(index.key_changed);
        CHECK(transaction.counters(table, index.index->number) == Counters{});
        CHECK(index_rows(transaction, table, index.index->name).empty());
    }
    CHECK(get(transaction, table, row).empty());
    CHECK(transaction.counters(table, 0) == Counters{});
}

TEST_CASE("write: index rows hold what their index projects", "[write]") {
    const auto store = open_store();
    const Table table = create(*store, indexed_table("table"));
    const std::string row = item({{"p", text("1")},
                                  {"s", text("2")},
                                  {"g", text("3")},
                                  {"n", number("4")},
                                  {"a", text("included")},
                                  {"b", text("only in the table")}});
    put(*store, table, row);
    auto transaction = store->begin_read();
    const std::string local = item({{"p", text("1")}, {"s", text("2")}, {"n", number("4")}});
    const std::string included = item({{"p", text("1")}, {"s", text("2")}, {"g", text("3")}, {"a", text("included")}});
    CHECK(index_rows(transaction, table, "local") == std::vector{local});
    CHECK(index_rows(transaction, table, "global") == std::vector{row});
    CHECK(index_rows(transaction, table, "included") == std::vector{included});
    CHECK(transaction.counters(table, 1) == Counters{1, size_of(local)});
    CHECK(transaction.counters(table, 2) == Counters{1, size_of(row)});
    CHECK(transaction.counters(table, 3) == Counters{1, size_of(included)});
    CHECK(transaction.counters(table, 4) == Counters{});
}

TEST_CASE("write: an index row moves when its key changes", "[write]") {
    const auto store = open_store();
    const Table table = create(*store, indexed_table("table"));
    put(*store, table, item({{"p", text("1")}, {"s", text("2")}, {"n", number("4")}, {"g", text("3")}}));
    const std::string after = item({{"p", text("1")}, {"s", text("2")}, {"n", number("5")}, {"g", text("3")}});
    auto transaction = store->begin_write();
    const Written written = put(transaction, table, after);
    REQUIRE(written.indexes.size() == 3);
    CHECK(written.indexes[0].key_changed);
    CHECK(written.indexes[1].key_changed);
    CHECK_FALSE(written.indexes[2].key_changed);
    CHECK_FALSE(written.indexes[2].content_changed);
    CHECK(index_rows(transaction, table, "global") == std::vector{after});
    CHECK(transaction.counters(table, 2) == Counters{1, size_of(after)});
}

TEST_CASE("write: an item without an index's keys leaves the index", "[write]") {
    const auto store = open_store();
    const Table table = create(*store, indexed_table("table"));
    put(*store, table, item({{"p", text("1")}, {"s", text("2")}, {"n", number("4")}, {"g", text("3")}}));
    auto transaction = store->begin_write();
    const Written written = put(transaction, table, item({{"p", text("1")}, {"s", text("2")}, {"n", number("4")}}));
    REQUIRE(written.indexes.size() == 3);
    CHECK_FALSE(written.indexes[0].content_changed);
    CHECK(written.indexes[1].new_bytes == 0);
    CHECK(written.indexes[2].new_bytes == 0);
    CHECK(index_rows(transaction, table, "local").size() == 1);
    CHECK(index_rows(transaction, table, "global").empty());
    CHECK(transaction.counters(table, 2) == Counters{});
}

TEST_CASE("write: what is not committed changes no counter", "[write]") {
    const auto store = open_store();
    const Table table = create(*store, indexed_table("table"));
    const std::string row = item({{"p", text("1")}, {"s", text("2")}, {"g", text("3")}});
    {
        auto transaction = store->begin_write();
        put(transaction, table, row);
        CHECK(transaction.counters(table, 0).items == 1);
    }
    auto transaction = store->begin_read();
    CHECK(transaction.counters(table, 0) == Counters{});
    CHECK(transaction.counters(table, 3) == Counters{});
    CHECK(get(transaction, table, row).empty());
    CHECK(index_rows(transaction, table, "included").empty());
}

TEST_CASE("write: views of before are found out in debug builds", "[write]") {
    const std::string row = item({{"p", text("1")}});
    const auto read_after = [&](auto&& change) {
        return in_child([&] {
            const auto store = open_store();
            const Table table = create(*store, simple_table("table", false));
            put(*store, table, row);
            std::unique_ptr<WriteTransaction> transaction(new WriteTransaction(store->begin_write()));
            const ItemView view = transaction->get(table, table_row_key(table, ItemView(row)));
            change(transaction, table);
            return view.count() == 1 ? 0 : 1;
        });
    };
    using Change = std::function<void(std::unique_ptr<WriteTransaction>&, const Table&)>;
    const Change nothing = [](auto&, auto&) {};
    const Change reads = [&](auto& transaction, auto& table) { get(*transaction, table, row); };
    const Change writes = [](auto& transaction, auto& table) { put(*transaction, table, item({{"p", text("2")}})); };
    const Change names = [](auto& transaction, auto&) { transaction->set_named_row("name", "text"); };
    const Change ends = [](auto& transaction, auto&) { transaction.reset(); };
    CHECK(read_after(nothing) == 0);
    CHECK(read_after(reads) == 0);
#ifndef NDEBUG
    for (const Change& change : {writes, names, ends}) CHECK(read_after(change) == -SIGABRT);
#endif
}

TEST_CASE("write: a large item is kept whole", "[write]") {
    const auto store = open_store();
    const Table table = create(*store, indexed_table("table"));
    const std::string row = item({{"p", text("1")},
                                  {"s", text("2")},
                                  {"g", text("3")},
                                  {"n", number("1")},
                                  {"v", text(std::string(400000, 'v'))}});
    put(*store, table, row);
    auto transaction = store->begin_read();
    CHECK(get(transaction, table, row) == row);
    CHECK(index_rows(transaction, table, "global") == std::vector{row});
}

TEST_CASE("erase_index_rows: removes the rows of one index, some at a time", "[write]") {
    const auto store = open_store();
    const Table table = create(*store, indexed_table("table"));
    auto transaction = store->begin_write();
    for (int i = 0; i < 1000; ++i) {
        put(transaction, table,
            item({{"p", text(std::to_string(i))}, {"s", text("s")}, {"g", text("g")}, {"n", number("1")}}));
    }
    CHECK(transaction.erase_index_rows(table, 2, 300) == 300);
    CHECK(transaction.counters(table, 2).items == 700);
    CHECK(index_rows(transaction, table, "global").size() == 700);
    CHECK(transaction.erase_index_rows(table, 2, 10000) == 700);
    CHECK(transaction.erase_index_rows(table, 2, 10000) == 0);
    CHECK(transaction.counters(table, 2) == Counters{});
    CHECK(index_rows(transaction, table, "local").size() == 1000);
    CHECK(index_rows(transaction, table, "included").size() == 1000);
    CHECK(transaction.counters(table, 0).items == 1000);
    CHECK(rows(transaction, table, {}).size() == 1000);
}

struct Backfilled {
    std::unique_ptr<Store> store = open_store();
    Table table = create(*store, simple_table("table"));
    std::map<std::string, std::string> expected;  // encoded rows that the index must hold

    std::string row(int i, bool indexed) {
        Item out;
        out.set("p", text(std::to_string(i)));
        out.set("s", text("s"));
        if (indexed) out.set("g", text(std::string("g").append(std::to_string(i % 3))));
        return encode(out);
    }
    // The table with an index that is still to be filled.
    void add_creating_index() {
        add_index(table, "late", IndexKind::global, {{"g", Type::S}}, {}).status = IndexStatus::creating;
        auto transaction = store->begin_write();
        transaction.put_table(table);
        transaction.commit();
    }
    void check() {
        auto transaction = store->begin_read();
        std::vector<std::string> in_table;
        for (const std::string& encoded : rows(transaction, table, {})) {
            if (!ItemView(encoded).find("g").empty()) in_table.push_back(encoded);
        }
        std::vector<std::string> in_index = index_rows(transaction, table, "late");
        std::size_t bytes = 0;
        for (const std::string& encoded : in_index) bytes += size_of(encoded);
        CHECK(transaction.counters(table, 1) == Counters{in_index.size(), bytes});
        std::ranges::sort(in_table);
        std::ranges::sort(in_index);
        CHECK(in_index == in_table);
    }
};

TEST_CASE("backfill: fills an index from the rows that have its keys", "[write]") {
    for (const std::size_t limit : {1U, 7U, 100U, 1000U}) {
        Backfilled of;
        for (int i = 0; i < 100; ++i) put(*of.store, of.table, of.row(i, i % 4 != 0));
        of.add_creating_index();
        std::string resume;
        std::size_t steps = 0;
        do {
            auto transaction = of.store->begin_write();
            resume = backfill(transaction, of.table, of.table.indexes[0], resume, limit);
            transaction.commit();
            ++steps;
        } while (!resume.empty());
        CHECK(steps == (100 + limit - 1) / limit);
        of.check();
    }
}

TEST_CASE("backfill: an empty table is filled at once", "[write]") {
    Backfilled of;
    of.add_creating_index();
    auto transaction = of.store->begin_write();
    CHECK(backfill(transaction, of.table, of.table.indexes[0], {}, 1).empty());
}

TEST_CASE("backfill: writes that go on meanwhile are counted once", "[write]") {
    std::mt19937 random(20251101);
    for (int round = 0; round < 20; ++round) {
        Backfilled of;
        for (int i = 0; i < 60; ++i) put(*of.store, of.table, of.row(i, random() % 4 != 0));
        of.add_creating_index();
        std::string resume;
        do {
            auto transaction = of.store->begin_write();
            for (int n = 0; n < 5; ++n) {
                const int i = static_cast<int>(random() % 80);
                if (random() % 3 == 0) {
                    erase(transaction, of.table, of.row(i, false));
                } else {
                    Item changed = decode(ItemView(of.row(i, random() % 4 != 0)));
                    changed.set("v", number(std::to_string(random() % 100)));
                    put(transaction, of.table, encode(changed));
                }
            }
            resume = backfill(transaction, of.table, of.table.indexes[0], resume, 5);
            transaction.commit();
        } while (!resume.empty());
        of.check();
    }
}

// Random writes beside a map; counters and index rows must always be what the map says.
TEST_CASE("write: counters and indexes follow a thousand random writes", "[write]") {
    std::mt19937 random(7);
    const auto store = open_store();
    const Table table = create(*store, indexed_table("table"));
    std::map<std::string, std::string> model;
    for (int step = 0; step < 200; ++step) {
        auto transaction = store->begin_write();
        auto next = model;
        for (int n = 0; n < 5; ++n) {
            Item row;
            row.set("p", text(std::to_string(random() % 5)));
            row.set("s", text(std::to_string(random() % 8)));
            const std::string key = encode(row);
            if (random() % 2) row.set("g", text(std::to_string(random() % 3)));
            if (random() % 2) row.set("n", number(std::to_string(random() % 3)));
            if (random() % 2) row.set("a", text(std::string(random() % 20, 'a')));
            if (random() % 4 == 0) {
                CHECK(erase(transaction, table, key).changed == (next.erase(key) == 1));
            } else {
                const std::string encoded = encode(row);
                const auto before = next.find(key);
                CHECK(put(transaction, table, encoded).changed == (before == next.end() || before->second != encoded));
                next[key] = encoded;
            }
        }
        if (random() % 4 == 0) continue;
        transaction.commit();
        model = std::move(next);
        auto reading = store->begin_read();
        for (const Index* index :
             {static_cast<const Index*>(nullptr), &table.indexes[0], &table.indexes[1], &table.indexes[2]}) {
            std::vector<std::string> expected;
            Counters counters;
            for (const auto& [key, row] : model) {
                if (index != nullptr && !index_row_key(table, *index, ItemView(row))) continue;
                expected.push_back(index != nullptr ? index_entry(table, *index, ItemView(row)) : row);
                counters.items += 1;
                counters.bytes += size_of(expected.back());
            }
            KeyRange range;
            range.index = index;
            auto found = rows(reading, table, range);
            std::ranges::sort(found);
            std::ranges::sort(expected);
            REQUIRE(found == expected);
            REQUIRE(reading.counters(table, index != nullptr ? index->number : std::uint8_t{0}) == counters);
        }
    }
}

}  // namespace
}  // namespace minamo::storage
