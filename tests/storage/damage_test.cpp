// Files that were cut or damaged: a sentence or an error, never a signal, and never without an end.
#include <lmdb.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <random>

#include "storage/expiry.hpp"
#include "storage/journal.hpp"
#include "storage/lmdb.hpp"
#include "storage/page_check.hpp"
#include "storage/record_cursor.hpp"
#include "tests/storage/fixtures.hpp"
#include "tests/storage/random_values.hpp"

namespace minamo::storage {
namespace {

namespace files = std::filesystem;

constexpr std::size_t page_bytes = 4096;

void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::string row(int i, std::string_view sort, std::size_t filling) {
    Map inner;
    inner.set("list", {List{{text("a"), number(std::to_string(i)), AttributeValue{true}}}});
    return item({{"p", text(std::to_string(i % 40))},
                 {"s", text(sort)},
                 {"i", number(std::to_string(i))},
                 {"ttl", number(std::to_string(1000 + i % 7))},
                 {"m", {inner}},
                 {"set", {NumberSet{{*Decimal::parse("1"), *Decimal::parse("2.5")}}}},
                 {"v", text(std::string(filling, 'v'))}});
}

// Two tables, one with indexes, a stream and items that expire; rows of all sizes; pages that were given up again.
void make_store(const std::string& path) {
    const auto store = open_store(at(path));
    Table table = simple_table("table");
    add_index(table, "global", IndexKind::global, {{"i", Type::N}}, {});
    add_index(table, "local", IndexKind::local, {{"p", Type::S}}, {{"i", Type::N}}, Projection::keys_only);
    table.ttl_attribute = "ttl";
    {
        auto transaction = store->begin_write();
        const Table& made = transaction.put_table(table);
        const Stream stream = open_stream(transaction, made, StreamView::new_and_old_images, "label", 2, 1000, 1000);
        table = made;
        table.stream = {true, StreamView::new_and_old_images, "label", stream.number};
        transaction.put_table(table);
        transaction.put_table(simple_table("other", false));
        transaction.set_named_row("name", "text");
        transaction.add_due(5000, "event");
        transaction.commit();
    }
    for (int i = 0; i < 120; ++i) put(*store, table, row(i, std::string(static_cast<std::size_t>(i) * 6, 's'), 300));
    put(*store, table, row(200, "large", 20000));
    for (int i = 0; i < 120; i += 3) {
        auto transaction = store->begin_write();
        const std::string key =
            item({{"p", text(std::to_string(i % 40))}, {"s", text(std::string(static_cast<std::size_t>(i) * 6, 's'))}});
        erase(transaction, table, key);
        transaction.commit();
    }
}

void walk(ItemView view) {
    view.size_bytes();
    const Item item = decode(view);
    if (!view.empty()) encode(item);
}

void read_all(Store& store) {
    auto transaction = store.begin_read();
    for (const std::string& name : transaction.table_names({}, 10)) {
        const Table* table = transaction.find_table(name);
        if (table == nullptr) continue;
        RangeCursor cursor(transaction, *table, {});
        for (ItemView found = cursor.next(); !found.empty(); found = cursor.next()) walk(found);
        for (const Index& index : table->indexes) {
            KeyRange range;
            range.index = &index;
            RangeCursor entries(transaction, *table, range);
            for (ItemView found = entries.next(); !found.empty(); found = entries.next()) walk(found);
        }
    }
    for (const Stream& stream : list_streams(transaction, {}, {}, 10)) {
        for (const Shard& shard : list_shards(transaction, stream)) {
            RecordCursor cursor(transaction, shard);
            for (bool found = cursor.seek(0); found; found = cursor.next()) {
                const Record record = cursor.record();
                for (const ItemView image : {record.new_image, record.old_image, record.keys}) walk(image);
            }
            cursor.seek_moment(1000);
        }
    }
}

// Puts, erases and expires, each in a transaction of its own.
void change_all(Store& store) {
    const auto change = [&](const auto& body) {
        try {
            auto transaction = store.begin_write();
            body(transaction);
            transaction.commit();
        } catch (const MapFull&) {
            store.grow();
        } catch (const std::exception&) {  // what is damaged
        }
    };
    for (int i = 0; i < 30; ++i) {
        change([&](WriteTransaction& transaction) {
            const Table* table = transaction.find_table("table");
            if (table != nullptr)
                put(transaction, *table, row(i, std::string(static_cast<std::size_t>(i) * 6, 's'), i));
        });
    }
    for (int i = 0; i < 10; ++i) {
        change([&](WriteTransaction& transaction) {
            const auto due = transaction.first_due(INT64_MAX);
            if (!due) return;
            transaction.erase_due(*due);
            if (due->kind() == DueKind::trim) trim(transaction, *due, 3000000000000, 100);
            if (due->kind() == DueKind::expiry) sweep(transaction, *due, 3000000000000, 20);
        });
    }
    change([](WriteTransaction& transaction) { transaction.clear(); });
}

bool is_sentence(const std::string& text) {
    return (text.starts_with("The store ") || text.starts_with("The file ")) && text.ends_with(".");
}

// What becomes of the file: 0 it opens, 1 it is refused in a sentence, 2 in none. A child that takes too long gets a
// signal.
int use(const std::string& path) {
    const rlimit seconds{20, 20};
    setrlimit(RLIMIT_CPU, &seconds);
    alarm(60);
    auto store = Store::open(at(path));
    if (!store) return is_sentence(store.error().message) ? 1 : 2;
    try {
        read_all(**store);
    } catch (const std::exception&) {
    }
    change_all(**store);
    return 0;
}

TEST_CASE("Damage: a store that is whole passes the look at its pages", "[damage]") {
    const TemporaryFolder folder;
    make_store(folder.file("store"));
    CHECK(lmdb::check_file(folder.file("store")) == lmdb::FileState::whole);
    CHECK(in_child([&] { return use(folder.file("store")); }) == 0);
    CHECK(lmdb::check_file(folder.file("store")) == lmdb::FileState::whole);
}

TEST_CASE("Damage: a file that was cut is a sentence, wherever it was cut", "[damage]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store");
    make_store(path);
    const std::string whole = content(path);
    int refused = 0;
    int rounds = 0;
    for (std::size_t bytes = 0; bytes < whole.size(); bytes += bytes < 4 * page_bytes ? 512 : 3 * page_bytes + 100) {
        write_file(path, whole.substr(0, bytes));
        const int result = in_child([&] { return use(path); });
        CAPTURE(bytes);
        CHECK((result == 0 || result == 1));  // the last pages may be free ones
        refused += result == 1 ? 1 : 0;
        ++rounds;
        write_file(path, whole);
    }
    CHECK(refused > rounds * 3 / 4);
}

TEST_CASE("Damage: the sentence for a cut file says what to do", "[damage]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store");
    make_store(path);
    const std::string whole = content(path);
    for (const std::size_t bytes : {std::size_t{0}, page_bytes, 2 * page_bytes, whole.size() / 2}) {
        CAPTURE(bytes);
        write_file(path, whole.substr(0, bytes));
        const auto store = Store::open(at(path));
        REQUIRE_FALSE(store);
        CHECK(store.error().message == "The store " + path +
                                           " is cut off, its last pages are missing: put a whole copy in its place, "
                                           "or move it away.");
        CHECK(content(path).size() == bytes);
    }
}

TEST_CASE("Damage: a page that is not what it should be is a sentence", "[damage]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store");
    make_store(path);
    std::string damaged = content(path);
    for (std::size_t page = 2; page * page_bytes < damaged.size(); ++page) damaged[page * page_bytes + 10] = '\x7F';
    write_file(path, damaged);
    const auto store = Store::open(at(path));
    REQUIRE_FALSE(store);
    CHECK(store.error().message ==
          "The store " + path + " is damaged: put a whole copy in its place, or move it away.");
}

// A store of another program's, with a row in a tree of these flags; without a name it is the main one.
void make_foreign_store(const std::string& path, const char* name, unsigned flags) {
    MDB_env* environment = nullptr;
    MDB_txn* transaction = nullptr;
    MDB_dbi tree = 0;
    std::string key = "12345678";
    std::string data = "row";
    MDB_val key_val{key.size(), key.data()};
    MDB_val data_val{data.size(), data.data()};
    REQUIRE(mdb_env_create(&environment) == 0);
    REQUIRE(mdb_env_set_maxdbs(environment, 2) == 0);
    REQUIRE(mdb_env_open(environment, path.c_str(), MDB_NOSUBDIR | MDB_NOLOCK, 0644) == 0);
    REQUIRE(mdb_txn_begin(environment, nullptr, 0, &transaction) == 0);
    REQUIRE(mdb_dbi_open(transaction, name, MDB_CREATE | flags, &tree) == 0);
    REQUIRE(mdb_put(transaction, tree, &key_val, &data_val, 0) == 0);
    data = "another row";
    data_val = {data.size(), data.data()};
    REQUIRE(mdb_put(transaction, tree, &key_val, &data_val, 0) == 0);
    REQUIRE(mdb_txn_commit(transaction) == 0);
    mdb_env_close(environment);
}

TEST_CASE("Damage: a store of another program is said to be none of minamo's", "[damage]") {
    const char* const names[] = {nullptr, "meta", "other"};
    const unsigned kinds[] = {0, MDB_DUPSORT, MDB_INTEGERKEY, MDB_REVERSEKEY};
    for (const char* name : names) {
        for (const unsigned flags : kinds) {
            const TemporaryFolder folder;
            const std::string path = folder.file("store");
            make_foreign_store(path, name, flags);
            const std::string whole = content(path);
            const auto store = Store::open(at(path));
            CAPTURE(std::string(name != nullptr ? name : ""), flags);
            REQUIRE_FALSE(store);
            CHECK(store.error().message ==
                  "The file " + path + " is not a store of minamo: name another, or move it away.");
            CHECK(content(path) == whole);
        }
    }
}

TEST_CASE("Damage: a store without its first pages is damaged, and still minamo's", "[damage]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store");
    make_store(path);
    std::string damaged = content(path);
    damaged.replace(0, 2 * page_bytes, 2 * page_bytes, 'x');
    write_file(path, damaged);
    const auto store = Store::open(at(path));
    REQUIRE_FALSE(store);
    CHECK(store.error().message ==
          "The store " + path + " is damaged: put a whole copy in its place, or move it away.");
}

TEST_CASE("Damage: no flipped bit of a file ends the process or holds it up", "[damage]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store");
    make_store(path);
    const std::string whole = content(path);
    std::mt19937 random(7);
    const auto below = [&random](std::size_t bound) { return static_cast<std::size_t>(random()) % bound; };
    int opened = 0;
    for (int round = 0; round < 120; ++round) {
        std::size_t place = below(whole.size());
        if (round % 3 == 1) place = place / page_bytes * page_bytes + below(64);  // heads of pages
        if (round % 12 == 2) place = below(2 * page_bytes) % page_bytes + below(200);
        std::string damaged = whole;
        damaged[place] = static_cast<char>(damaged[place] ^ (1 << below(8)));
        write_file(path, damaged);
        const int result = in_child([&] { return use(path); });
        CAPTURE(round, place);
        CHECK((result == 0 || result == 1));
        opened += result == 0 ? 1 : 0;
    }
    CHECK(opened > 25);
}

TEST_CASE("Damage: rows with any bit flipped are decoded or refused", "[damage]") {
    std::mt19937 random(11);
    int refused = 0;
    for (int round = 0; round < 20000; ++round) {
        const std::string whole = row(round, "s", round % 5);
        const std::size_t place = static_cast<std::size_t>(random()) % whole.size();
        std::vector<char> damaged(whole.begin(), whole.end());  // of just this size, for sanitizers
        damaged[place] = static_cast<char>(damaged[place] ^ (1 << random() % 8));
        const std::string_view bytes(damaged.data(), damaged.size());
        const bool valid = valid_item(bytes);
        try {
            const Item decoded = decode(ItemView(bytes));
            if (valid) CHECK(encode(decoded) == bytes);
            static_cast<void>(ItemView(bytes).size_bytes());
            for (const auto& [name, value] : ItemView(bytes).attributes()) static_cast<void>(value.size_bytes());
        } catch (const Damaged&) {
            CHECK_FALSE(valid);
            ++refused;
        }
    }
    CHECK(refused > 1000);
}

}  // namespace
}  // namespace minamo::storage
