// Environments, transactions and cursors on their own, in memory as memfd and as temporary file.
#include "storage/lmdb.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "tests/storage/fixtures.hpp"

namespace minamo::storage::lmdb {
namespace {

constexpr std::size_t small_map_bytes = std::size_t{1} << 20;

std::unique_ptr<Environment> in_memory(std::size_t map_bytes = small_map_bytes, bool memfd = true) {
    EnvironmentOptions options;
    options.map_bytes = map_bytes;
    options.memfd = memfd;
    auto environment = Environment::open(options);
    REQUIRE(environment);
    return std::move(*environment);
}

Database make_tree(Environment& environment, const std::string& name) {
    Transaction transaction(environment, Access::write);
    const Database out = transaction.open(name, true);
    transaction.commit();
    return out;
}

void put(Environment& environment, Database tree, std::string_view key, std::string_view value) {
    Transaction transaction(environment, Access::write);
    transaction.put(tree, key, value);
    transaction.commit();
}

std::string get(Environment& environment, Database tree, std::string_view key) {
    const Transaction transaction(environment, Access::read);
    return std::string(transaction.get(tree, key).value_or("absent"));
}

TEST_CASE("Environment: a committed row is read back", "[lmdb]") {
    for (const bool memfd : {true, false}) {
        const auto environment = in_memory(small_map_bytes, memfd);
        const Database tree = make_tree(*environment, "tree");
        put(*environment, tree, "key", "value");
        CHECK(get(*environment, tree, "key") == "value");
        CHECK(get(*environment, tree, "kez") == "absent");
    }
}

TEST_CASE("Environment: what is not committed is gone", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    {
        Transaction transaction(*environment, Access::write);
        transaction.put(tree, "key", "value");
    }
    CHECK(get(*environment, tree, "key") == "absent");
}

TEST_CASE("Environment: environments in memory share nothing", "[lmdb]") {
    const auto one = in_memory();
    const auto other = in_memory();
    const Database in_one = make_tree(*one, "tree");
    const Database in_other = make_tree(*other, "tree");
    put(*one, in_one, "key", "value");
    CHECK(get(*other, in_other, "key") == "absent");
}

TEST_CASE("Environment: a map that the address space cannot hold is halved until it fits", "[lmdb]") {
    const auto environment = in_memory(std::size_t{1} << 48);
    const Transaction transaction(*environment, Access::read);
    CHECK(environment->map_bytes() < std::size_t{1} << 48);
    CHECK(environment->map_bytes() >= map_bytes_min);
}

TEST_CASE("Environment: a folder that is not there gives its code", "[lmdb]") {
    EnvironmentOptions options;
    options.path = "/no such folder/file";
    options.map_bytes = small_map_bytes;
    const auto environment = Environment::open(options);
    REQUIRE_FALSE(environment);
    CHECK(environment.error() == ENOENT);
    CHECK_FALSE(is_foreign_format(environment.error()));
    CHECK(describe(environment.error()) == "No such file or directory");
}

TEST_CASE("Environment: a full map throws MapFull, and grow() makes room", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    put(*environment, tree, "before", "kept");
    const std::string large(small_map_bytes, 'x');
    CHECK_THROWS_AS(put(*environment, tree, "large", large), MapFull);
    CHECK(get(*environment, tree, "large") == "absent");
    CHECK(environment->grow(0));
    put(*environment, tree, "large", large);
    CHECK(get(*environment, tree, "large") == large);
    CHECK(get(*environment, tree, "before") == "kept");
}

TEST_CASE("Environment: grow() goes up to its bound", "[lmdb]") {
    const auto environment = in_memory();
    const auto bytes = [&] {
        const Transaction transaction(*environment, Access::read);
        return environment->map_bytes();
    };
    CHECK(bytes() == small_map_bytes);
    CHECK(environment->grow(small_map_bytes * 5));
    CHECK(bytes() == small_map_bytes * 4);
    CHECK(environment->grow(small_map_bytes * 5));
    CHECK(bytes() == small_map_bytes * 5);
    CHECK_FALSE(environment->grow(small_map_bytes * 5));
    CHECK(bytes() == small_map_bytes * 5);
}

TEST_CASE("Environment: growth beyond the address space is refused and harms nothing", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    put(*environment, tree, "key", "value");
    bool refused = false;
    for (int i = 0; i < 40 && !refused; ++i) {
        try {
            environment->grow(0);
        } catch (const StorageFull&) {
            refused = true;
        }
    }
    CHECK(refused);
    put(*environment, tree, "other", "value");
    CHECK(get(*environment, tree, "key") == "value");
    CHECK(get(*environment, tree, "other") == "value");
}

TEST_CASE("Environment: a forked child does not see a map that is kept from it", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    put(*environment, tree, "key", "value");
    const auto mapped_in_child = [&] {
        const Transaction transaction(*environment, Access::read);
        const auto address = reinterpret_cast<std::uintptr_t>(transaction.get(tree, "key")->data());
        return in_child([&] {
            unsigned char resident = 0;
            return mincore(reinterpret_cast<void*>(address / 4096 * 4096), 4096, &resident) == 0 ? 1 : 0;
        });
    };
    CHECK(mapped_in_child() == 1);
    {
        const Transaction transaction(*environment, Access::read);
        environment->keep_from_children(*transaction.get(tree, "key"));
    }
    CHECK(mapped_in_child() == 0);
    CHECK(get(*environment, tree, "key") == "value");
}

TEST_CASE("Transaction: debug builds abort at a second one on the same thread", "[lmdb]") {
    const int ended = in_child([] {
        const auto environment = in_memory();
        const Transaction first(*environment, Access::read);
        const Transaction second(*environment, Access::read);
        return 0;
    });
#ifdef NDEBUG
    CHECK(ended == 0);
#else
    CHECK(ended == -SIGABRT);
#endif
}

TEST_CASE("Transaction: one of each of two environments is fine", "[lmdb]") {
    const auto one = in_memory();
    const auto other = in_memory();
    const Transaction first(*one, Access::write);
    const Transaction second(*other, Access::write);
    CHECK(first.is_active());
    CHECK(second.is_active());
}

TEST_CASE("Transaction: ending twice is harmless", "[lmdb]") {
    const auto environment = in_memory();
    Transaction transaction(*environment, Access::read);
    transaction.end();
    transaction.end();
    CHECK_FALSE(transaction.is_active());
    transaction.begin();
    CHECK(transaction.is_active());
}

TEST_CASE("Transaction: a reader that begins again sees the latest commit", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    for (int i = 0; i < 100; ++i) {
        const std::string value = std::to_string(i);
        put(*environment, tree, "key", value);
        CHECK(get(*environment, tree, "key") == value);
    }
}

TEST_CASE("Transaction: an empty commit does not move the id", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    const auto id = [&] { return Transaction(*environment, Access::read).id(); };
    const std::size_t before = id();
    {
        Transaction transaction(*environment, Access::write);
        transaction.commit();
    }
    CHECK(id() == before);
    put(*environment, tree, "key", "value");
    CHECK(id() != before);
}

TEST_CASE("Transaction: insert leaves a row that is there", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    Transaction transaction(*environment, Access::write);
    CHECK(transaction.insert(tree, "key", "first"));
    CHECK_FALSE(transaction.insert(tree, "key", "second"));
    CHECK(transaction.get(tree, "key") == "first");
    CHECK(transaction.row_count(tree) == 1);
}

TEST_CASE("Transaction: erase tells whether there was a row", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    Transaction transaction(*environment, Access::write);
    transaction.put(tree, "key", "value");
    CHECK(transaction.erase(tree, "key"));
    CHECK_FALSE(transaction.erase(tree, "key"));
    CHECK(transaction.row_count(tree) == 0);
}

TEST_CASE("Transaction: keys that LMDB does not take are thrown back", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    Transaction transaction(*environment, Access::write);
    CHECK_THROWS_AS(transaction.put(tree, "", "value"), std::runtime_error);
    CHECK_THROWS_AS(transaction.put(tree, std::string(512, 'k'), "value"), std::runtime_error);
    transaction.put(tree, std::string(511, 'k'), "value");
    CHECK(transaction.row_count(tree) == 1);
}

TEST_CASE("Transaction: a tree that is not there opens only where it may be made", "[lmdb]") {
    const auto environment = in_memory();
    Transaction transaction(*environment, Access::write);
    CHECK_FALSE(transaction.open("tree", false).is_open());
    CHECK(transaction.open("tree", true).is_open());
    CHECK(transaction.open("tree", false).is_open());
}

TEST_CASE("Transaction: a tree whose making was not committed is not there", "[lmdb]") {
    const auto environment = in_memory();
    { CHECK(Transaction(*environment, Access::write).open("tree", true).is_open()); }
    CHECK_FALSE(Transaction(*environment, Access::write).open("tree", false).is_open());
}

TEST_CASE("Transaction: a dropped tree is gone with its rows", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    put(*environment, tree, "key", "value");
    {
        Transaction transaction(*environment, Access::write);
        transaction.drop(tree);
        transaction.commit();
    }
    Transaction transaction(*environment, Access::write);
    CHECK_FALSE(transaction.open("tree", false).is_open());
    CHECK_FALSE(transaction.get(transaction.open("tree", true), "key"));
}

TEST_CASE("Transaction: a drop that is not committed leaves the tree, to be opened again", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    put(*environment, tree, "key", "value");
    { Transaction(*environment, Access::write).drop(tree); }
    Transaction transaction(*environment, Access::write);
    CHECK(transaction.get(transaction.open("tree", false), "key") == "value");
}

TEST_CASE("Transaction: the handle of a closed tree is used again", "[lmdb]") {
    const auto environment = in_memory();
    const Database first = make_tree(*environment, "first");
    {
        Transaction transaction(*environment, Access::write);
        transaction.close(first);
        const Database second = transaction.open("second", true);
        CHECK(second.handle == first.handle);
        transaction.put(second, "key", "of second");
        transaction.commit();
    }
    CHECK(get(*environment, first, "key") == "of second");
}

TEST_CASE("Cursor: walks both ways, and from where a key would be", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    for (const char* key : {"b", "d", "f"}) put(*environment, tree, key, std::string("of ") + key);
    const Transaction transaction(*environment, Access::read);
    Cursor cursor(transaction, tree);
    CHECK(cursor.first());
    CHECK(cursor.key() == "b");
    CHECK(cursor.next());
    CHECK(cursor.value() == "of d");
    CHECK(cursor.last());
    CHECK(cursor.key() == "f");
    CHECK_FALSE(cursor.next());
    CHECK(cursor.seek("c"));
    CHECK(cursor.key() == "d");
    CHECK(cursor.previous());
    CHECK(cursor.key() == "b");
    CHECK_FALSE(cursor.previous());
    CHECK(cursor.seek("f"));
    CHECK(cursor.key() == "f");
    CHECK_FALSE(cursor.seek("g"));
    CHECK(cursor.seek(""));
    CHECK(cursor.key() == "b");
}

TEST_CASE("Cursor: an empty tree has no row", "[lmdb]") {
    const auto environment = in_memory();
    const Database tree = make_tree(*environment, "tree");
    const Transaction transaction(*environment, Access::read);
    Cursor cursor(transaction, tree);
    CHECK_FALSE(cursor.first());
    CHECK_FALSE(cursor.last());
    CHECK_FALSE(cursor.seek("a"));
}

TEST_CASE("Cursor: erases every row it passes", "[lmdb]") {
    const auto environment = in_memory(std::size_t{16} << 20);
    const Database tree = make_tree(*environment, "tree");
    Transaction transaction(*environment, Access::write);
    const std::string value(300, 'v');  // some rows to a page, many pages
    for (int i = 0; i < 5000; ++i) transaction.put(tree, std::to_string(100000 + i), value);
    {
        Cursor cursor(transaction, tree);
        int kept = 0;
        for (bool found = cursor.first(); found; found = cursor.next()) {
            if (cursor.key().back() == '0') {
                ++kept;
            } else {
                cursor.erase();
            }
        }
        CHECK(kept == 500);
    }
    CHECK(transaction.row_count(tree) == 500);
}

}  // namespace
}  // namespace minamo::storage::lmdb
