// The store's catalog, named texts, events and growth, and how its trees open and close.
#include "storage/store.hpp"

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "storage/store_state.hpp"
#include "tests/storage/fixtures.hpp"

namespace minamo::storage {
namespace {

using Names = std::vector<std::string>;

TEST_CASE("Store: a new one has nothing", "[store]") {
    const auto store = open_store();
    auto transaction = store->begin_read();
    CHECK(transaction.find_table("table") == nullptr);
    CHECK(transaction.find_table("") == nullptr);
    CHECK(transaction.table_names({}, 100).empty());
    CHECK(transaction.table_count() == 0);
    CHECK_FALSE(transaction.named_row("name"));
    CHECK_FALSE(transaction.first_due(INT64_MAX));
    CHECK_FALSE(transaction.next_due_moment());
}

TEST_CASE("Tables: a created table is found as it was given, with a number", "[store]") {
    const auto store = open_store();
    Table given = simple_table("table");
    add_index(given, "index", IndexKind::global, {{"a", Type::N}}, {{"b", Type::B}}, Projection::include)
        .non_key_attributes = {"c"};
    given.opaque = R"({"tags":[]})";
    const Table created = create(*store, given);
    CHECK(created.number != 0);
    given.number = created.number;
    CHECK(created == given);
    auto transaction = store->begin_read();
    REQUIRE(transaction.find_table("table") != nullptr);
    CHECK(*transaction.find_table("table") == given);
    CHECK(transaction.find_table("tabl") == nullptr);
    CHECK(transaction.find_table("table1") == nullptr);
}

TEST_CASE("Tables: numbers are never used again", "[store]") {
    const auto store = open_store();
    std::set<std::uint64_t> numbers;
    for (int i = 0; i < 5; ++i) {
        numbers.insert(create(*store, simple_table("table")).number);
        auto transaction = store->begin_write();
        transaction.erase_table(*transaction.find_table("table"));
        transaction.commit();
    }
    CHECK(numbers.size() == 5);
}

TEST_CASE("Tables: names come in byte order, after any name", "[store]") {
    const auto store = open_store();
    for (const char* name : {"b", "a.1", "B", "aa", "a-1", "a_1"}) create(*store, simple_table(name));
    auto transaction = store->begin_read();
    CHECK(transaction.table_names({}, 100) == Names{"B", "a-1", "a.1", "a_1", "aa", "b"});
    CHECK(transaction.table_names({}, 2) == Names{"B", "a-1"});
    CHECK(transaction.table_names({}, 0) == Names{});
    CHECK(transaction.table_names("a-1", 2) == Names{"a.1", "a_1"});
    CHECK(transaction.table_names("a/", 1) == Names{"a_1"});
    CHECK(transaction.table_names("b", 100) == Names{});
    CHECK(transaction.table_names(std::string(2000, 'a'), 100) == Names{"b"});
    CHECK(transaction.table_count() == 6);
}

TEST_CASE("Tables: what a transaction changes it sees itself", "[store]") {
    const auto store = open_store();
    create(*store, simple_table("old"));
    auto transaction = store->begin_write();
    const Table* created = &transaction.put_table(simple_table("new"));
    CHECK(transaction.find_table("new") == created);
    CHECK(transaction.table_names({}, 9) == Names{"new", "old"});
    transaction.erase_table(*transaction.find_table("old"));
    CHECK(transaction.find_table("old") == nullptr);
    CHECK(transaction.table_count() == 1);
    transaction.erase_table(*created);
    CHECK(transaction.find_table("new") == nullptr);
    CHECK(transaction.table_count() == 0);
}

TEST_CASE("Tables: what is not committed leaves them as they were", "[store]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table"));
    put(*store, table, item({{"p", text("1")}, {"s", text("1")}}));
    {
        auto transaction = store->begin_write();
        transaction.put_table(simple_table("other"));
        Table changed = table;
        changed.status = TableStatus::deleting;
        transaction.put_table(changed);
        transaction.erase_table(*transaction.find_table("table"));
    }
    auto transaction = store->begin_read();
    CHECK(transaction.find_table("other") == nullptr);
    REQUIRE(transaction.find_table("table") != nullptr);
    CHECK(*transaction.find_table("table") == table);
    CHECK(transaction.table_names({}, 9) == Names{"table"});
    CHECK(transaction.counters(table, 0).items == 1);
    CHECK_FALSE(get(transaction, table, item({{"p", text("1")}, {"s", text("1")}})).empty());
}

TEST_CASE("Tables: a replaced table stays readable until its transaction ends", "[store]") {
    const auto store = open_store();
    create(*store, simple_table("table"));
    auto transaction = store->begin_write();
    const Table* first = transaction.find_table("table");
    Table changed = *first;
    changed.ttl_attribute = "one";
    const Table* second = &transaction.put_table(changed);
    changed.ttl_attribute = "two";
    const Table* third = &transaction.put_table(changed);
    CHECK(first->ttl_attribute.empty());
    CHECK(second->ttl_attribute == "one");
    CHECK(third->ttl_attribute == "two");
    CHECK(transaction.find_table("table") == third);
}

TEST_CASE("Tables: a table of the same name begins empty", "[store]") {
    const auto store = open_store();
    const std::string row = item({{"p", text("1")}, {"s", text("1")}});
    const Table before = create(*store, simple_table("table"));
    put(*store, before, row);
    auto transaction = store->begin_write();
    transaction.erase_table(before);
    const Table& after = transaction.put_table(simple_table("table"));
    CHECK(after.number != before.number);
    CHECK(get(transaction, after, row).empty());
    CHECK(transaction.counters(after, 0) == Counters{});
    CHECK(get(transaction, before, row).empty());
    transaction.commit();
    CHECK(get(*store, after, row).empty());
}

TEST_CASE("Tables: reading one that is gone finds nothing", "[store]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table"));
    {
        auto transaction = store->begin_write();
        transaction.erase_table(table);
        transaction.commit();
    }
    auto transaction = store->begin_read();
    CHECK(get(transaction, table, item({{"p", text("1")}, {"s", text("1")}})).empty());
    CHECK(transaction.counters(table, 0) == Counters{});
    CHECK(rows(transaction, table, {}).empty());
}

TEST_CASE("Named rows: texts are kept by name", "[store]") {
    const auto store = open_store();
    const std::string large(100000, 'x');
    {
        auto transaction = store->begin_write();
        transaction.set_named_row("name", "first");
        transaction.set_named_row("name", "second");
        transaction.set_named_row("empty", "");
        transaction.set_named_row("large", large);
        transaction.set_named_row("erased", "text");
        transaction.erase_named_row("erased");
        transaction.erase_named_row("never there");
        CHECK(transaction.named_row("name") == "second");
        transaction.commit();
    }
    auto transaction = store->begin_read();
    CHECK(transaction.named_row("name") == "second");
    CHECK(transaction.named_row("empty") == "");
    CHECK(transaction.named_row("large") == large);
    CHECK_FALSE(transaction.named_row("erased"));
    CHECK_FALSE(transaction.named_row("nam"));
}

TEST_CASE("Named rows: they are listed by prefix", "[store]") {
    const auto store = open_store();
    create(*store, simple_table("b/table", false));  // takes a number, which is kept in a row of storage's own
    const Names all = {"\1", "a", "b", "b/", "b/1", "b/10", "b/2", "c", "\xff", "\xff\xff"};
    {
        auto transaction = store->begin_write();
        for (const char* name : {"b/2", "\xff\xff", "b/", "c", "b/10", "a", "\1", "b/1", "\xff", "b"}) {
            transaction.set_named_row(name, "text");
        }
        CHECK(transaction.named_rows("", "", SIZE_MAX) == all);
        transaction.commit();
    }
    struct Case {
        const char* prefix;
        std::string after;
        std::size_t limit;
        Names listed;
    };
    const Case cases[] = {
        {"", "", SIZE_MAX, all},
        {"", "b/2", SIZE_MAX, {"c", "\xff", "\xff\xff"}},
        {"", std::string("\0zzz", 4), 2, {"\1", "a"}},
        {"b/", "", SIZE_MAX, {"b/", "b/1", "b/10", "b/2"}},
        {"b/", "", 0, {}},
        {"b/", "", 2, {"b/", "b/1"}},
        {"b/", "b/1", 2, {"b/10", "b/2"}},
        {"b/", "b/11", 2, {"b/2"}},  // which is not there
        {"b/", "b/2", 2, {}},
        {"b/", "a", 1, {"b/"}},
        {"b/", "c", 1, {}},
        {"b/1", "", SIZE_MAX, {"b/1", "b/10"}},
        {"\xff", "", SIZE_MAX, {"\xff", "\xff\xff"}},
        {"\xff", "\xff\xff", SIZE_MAX, {}},
        {"d", "", SIZE_MAX, {}},
    };
    auto transaction = store->begin_read();
    for (const Case& each : cases) {
        CAPTURE(each.prefix, each.after, each.limit);
        CHECK(transaction.named_rows(each.prefix, each.after, each.limit) == each.listed);
    }
    CHECK(transaction.named_rows(std::string_view("\0", 1), "", SIZE_MAX).empty());
}

TEST_CASE("Named rows: none is left of a store that is cleared", "[store]") {
    const auto store = open_store();
    auto transaction = store->begin_write();
    for (const char* name : {"\1", "a", "\xff"}) transaction.set_named_row(name, "text");
    transaction.clear();
    CHECK(transaction.named_rows("", "", SIZE_MAX).empty());
}

TEST_CASE("Due: events come in order of moment, then in the order in which they were added", "[store]") {
    const auto store = open_store();
    auto transaction = store->begin_write();
    for (const auto& [moment, event] : std::vector<std::pair<std::int64_t, const char*>>{
             {5, "e"}, {3, "b"}, {-7, "a"}, {3, "c"}, {INT64_MAX, "f"}, {3, "d"}}) {
        transaction.add_due(moment, event);
    }
    CHECK(transaction.next_due_moment() == -7);
    std::string order;
    std::vector<std::int64_t> moments;
    while (const auto due = transaction.first_due(INT64_MAX)) {
        order += due->event;
        moments.push_back(due->moment_ms);
        transaction.erase_due(*due);
    }
    CHECK(order == "abcdef");
    CHECK(moments == std::vector<std::int64_t>{-7, 3, 3, 3, 5, INT64_MAX});
    CHECK_FALSE(transaction.next_due_moment());
}

TEST_CASE("Due: nothing is due before its moment", "[store]") {
    const auto store = open_store();
    auto transaction = store->begin_write();
    transaction.add_due(1000, "event");
    CHECK_FALSE(transaction.first_due(999));
    CHECK(transaction.first_due(1000)->event == "event");
    CHECK(transaction.first_due(1001)->moment_ms == 1000);
}

TEST_CASE("Due: erasing one event of a moment leaves the others", "[store]") {
    const auto store = open_store();
    auto transaction = store->begin_write();
    transaction.add_due(1, "a");
    transaction.add_due(1, "b");
    const auto first = transaction.first_due(1);
    transaction.erase_due(*first);
    transaction.erase_due(*first);
    CHECK(transaction.first_due(1)->event == "b");
    transaction.add_due(1, "c");
    transaction.erase_due(*transaction.first_due(1));
    CHECK(transaction.first_due(1)->event == "c");
}

TEST_CASE("Store: growth ends at bytes_max with a sentence", "[store]") {
    StoreOptions options;
    options.bytes_max = std::size_t{2} << 20;
    const auto store = open_store(options);
    const Table table = create(*store, simple_table("table", false));
    const auto fill = [&] {
        for (int i = 0; i < 1000; ++i) {
            put(*store, table, item({{"p", text(std::to_string(i))}, {"v", text(std::string(100000, 'v'))}}));
        }
    };
    CHECK_THROWS_AS(fill(), MapFull);
    CHECK_THROWS_WITH(store->grow(),
                      "The store has reached the 2097152 bytes that it may take: delete items or tables, for which "
                      "there is always room, or allow more. Stream records take room until they are 24 hours old.");
    auto transaction = store->begin_write();
    const auto items = transaction.counters(table, 0).items;
    CHECK(items > 10);
    CHECK(rows(transaction, table, {}).size() == items);
    erase(transaction, table, item({{"p", text("0")}}));
    transaction.commit();
}

Names many_tables(Store& store, std::size_t count) {
    Names names;
    for (std::size_t i = 0; i < count; ++i) {
        names.push_back("table" + std::to_string(1000 + i));
        const Table table = create(store, simple_table(names.back(), false));
        put(store, table, item({{"p", text("key")}, {"name", text(names.back())}}));
    }
    return names;
}

std::size_t open_trees(Store& store) {
    return store.begin_write().state().store.trees.open_count();
}

TEST_CASE("Trees: no more stay open than may, and every table is read all the same", "[store]") {
    const auto store = open_store();
    const Names names = many_tables(*store, 3 * TableTrees::kept_max);
    CHECK(open_trees(*store) == TableTrees::kept_max);
    for (int round = 0; round < 2; ++round) {
        for (const std::string& name : names) {
            auto transaction = store->begin_read();
            const Table* table = transaction.find_table(name);
            REQUIRE(table != nullptr);
            const ItemView row = transaction.get(*table, table_row_key(*table, ItemView(item({{"p", text("key")}}))));
            REQUIRE(row.find("name").text() == name);
        }
        CHECK(open_trees(*store) == TableTrees::kept_max);
    }
}

TEST_CASE("Trees: those in use stay open", "[store]") {
    const auto store = open_store();
    const Names names = many_tables(*store, TableTrees::kept_max + 50);
    const auto number = [&](const std::string& name) { return store->begin_read().find_table(name)->number; };
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
        number(names.back());
        number(names[i]);
    }
    auto transaction = store->begin_write();
    CHECK(transaction.state().store.trees.find(transaction.find_table(names.back())->number).is_open());
    CHECK_FALSE(transaction.state().store.trees.find(transaction.find_table(names.front())->number).is_open());
}

TEST_CASE("Trees: one transaction writes to more tables than stay open", "[store]") {
    const auto store = open_store();
    const Names names = many_tables(*store, TableTrees::kept_max + TableTrees::opened_max);
    auto transaction = store->begin_write();
    std::vector<const Table*> tables;
    for (const std::string& name : names) tables.push_back(transaction.find_table(name));
    for (std::size_t i = 0; i < names.size(); ++i) {
        put(transaction, *tables[i], item({{"p", text("key")}, {"name", text("new")}}));
    }
    for (const Table* table : tables) CHECK(transaction.counters(*table, 0).items == 1);
    transaction.commit();
    CHECK(open_trees(*store) == TableTrees::kept_max);
}

TEST_CASE("Trees: one transaction that uses too many tables is thrown back and harms nothing", "[store]") {
    const auto store = open_store();
    const Names names = many_tables(*store, 3 * TableTrees::kept_max);
    const auto use_all = [&] {
        auto transaction = store->begin_write();
        for (const std::string& name : names) {
            const Table* table = transaction.find_table(name);
            put(transaction, *table, item({{"p", text("key")}, {"name", text("new")}}));
        }
        transaction.commit();
    };
    CHECK_THROWS_AS(use_all(), std::runtime_error);
    for (const std::string& name : names) {
        auto transaction = store->begin_read();
        const std::string row = item({{"p", text("key")}, {"name", text(name)}});
        REQUIRE(get(transaction, *transaction.find_table(name), row) == row);
    }
}

TEST_CASE("Trees: a read transaction finds a hundred tables at one moment", "[store]") {
    const auto store = open_store();
    const Names names = many_tables(*store, TableTrees::kept_max + 100);
    auto transaction = store->begin_read();
    std::vector<const Table*> tables;
    for (std::size_t i = 0; i < 100; ++i) tables.push_back(transaction.find_table(names[i]));
    for (std::size_t i = 0; i < 100; ++i) {
        REQUIRE(tables[i]->name == names[i]);
        CHECK_FALSE(get(transaction, *tables[i], item({{"p", text("key")}})).empty());
    }
}

TEST_CASE("Trees: all tables go in one transaction", "[store]") {
    const auto store = open_store();
    many_tables(*store, 2 * TableTrees::kept_max);
    auto transaction = store->begin_write();
    for (const std::string& name : transaction.table_names({}, SIZE_MAX)) {
        transaction.erase_table(*transaction.find_table(name));
    }
    CHECK(transaction.table_count() == 0);
    transaction.commit();
    CHECK(open_trees(*store) == 0);
}

TEST_CASE("Trees: a transaction that is given up closes what it opened", "[store]") {
    const auto store = open_store();
    const Names names = many_tables(*store, TableTrees::kept_max + 1);
    { store->begin_write(); }
    {
        auto transaction = store->begin_write();
        const Table* table = transaction.find_table(names.front());
        CHECK_FALSE(get(transaction, *table, item({{"p", text("key")}})).empty());
    }
    auto transaction = store->begin_read();
    const Table* table = transaction.find_table(names.front());
    CHECK_FALSE(get(transaction, *table, item({{"p", text("key")}})).empty());
}

TEST_CASE("Outdated: a reader that has seen the past does not go on with the present", "[store]") {
    const auto store = open_store();
    const Names names = many_tables(*store, TableTrees::kept_max + 1);
    // The reader opens a table while a writer waits, which then goes before it.
    const auto race = [&](bool seen) {
        auto transaction = store->begin_read();
        if (seen) transaction.find_table(names.back());
        std::atomic<bool> begun{false};
        std::thread writer([&] {
            begun = true;
            auto writing = store->begin_write();
            writing.set_named_row("name", "text");
            writing.commit();
        });
        while (!begun) std::this_thread::yield();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        bool outdated = false;
        try {
            transaction.find_table(names.front());
        } catch (const Outdated&) {
            outdated = true;
        }
        writer.join();
        return outdated;
    };
    const auto close_first = [&] {
        for (std::size_t i = 1; i < names.size(); ++i) store->begin_read().find_table(names[i]);
        store->begin_write();
    };
    const auto bytes = [&] { return store->begin_read().state().transaction.environment().map_bytes(); };
    const std::size_t before = bytes();
    int outdated = 0;
    for (int round = 0; round < 5; ++round) {
        close_first();
        CHECK_FALSE(race(false));
        close_first();
        outdated += race(true) ? 1 : 0;
    }
    CHECK(outdated > 0);
    CHECK(bytes() == before);
    store->grow();
    CHECK(bytes() == 4 * before);
}

}  // namespace
}  // namespace minamo::storage
