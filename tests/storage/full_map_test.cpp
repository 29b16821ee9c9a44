// Maps that are full: they grow for whoever met that, up to bytes_max, beyond which only deletions go.
#include <thread>

#include "storage/store_state.hpp"
#include "tests/storage/fixtures.hpp"

namespace minamo::storage {
namespace {

TEST_CASE("Store: a full map throws MapFull, and after grow() the call runs", "[full_map]") {
    StoreOptions options;
    options.map_bytes = std::size_t{1} << 20;
    const auto store = open_store(options);
    const Table table = create(*store, simple_table("table", false));
    std::size_t grown = 0;
    for (int i = 0; i < 100; ++i) {
        const std::string row = item({{"p", text(std::to_string(i))}, {"v", text(std::string(100000, 'v'))}});
        for (;;) {
            try {
                put(*store, table, row);
                break;
            } catch (const MapFull&) {
                ++grown;
                store->grow();
            }
        }
    }
    CHECK(grown == 2);  // 16 MiB hold ten million bytes, 4 MiB do not
    auto transaction = store->begin_read();
    CHECK(transaction.counters(table, 0).items == 100);
    CHECK(rows(transaction, table, {}).size() == 100);
}

TEST_CASE("Store: beyond bytes_max only deletions go on, and what is exempt", "[full_map]") {
    StoreOptions options;
    options.bytes_max = std::size_t{2} << 20;
    const auto store = open_store(options);
    const Table table = create(*store, simple_table("table", false));
    const auto row = [](int i) {
        return item({{"p", text(std::to_string(i))}, {"v", text(std::string(100000, 'v'))}});
    };
    const auto change = [&](const auto& body) {
        for (;;) {
            try {
                auto transaction = store->begin_write();
                body(transaction);
                transaction.commit();
                return true;
            } catch (const StorageFull&) {
                return false;
            } catch (const MapFull&) {
                try {
                    store->grow();
                } catch (const StorageFull&) {
                    return false;
                }
            }
        }
    };
    const auto puts = [&](int i) {
        return change([&](WriteTransaction& transaction) { put(transaction, table, row(i)); });
    };
    const auto erases = [&](int i) {
        return change([&](WriteTransaction& transaction) { erase(transaction, table, row(i)); });
    };
    int count = 0;
    while (puts(count)) ++count;
    CHECK(count > 10);
    for (int i = 1000; i < 1030; ++i) {
        CHECK(change([&](WriteTransaction& transaction) {
            transaction.exempt();
            put(transaction, table, row(i));
        }));
    }
    CHECK_FALSE(puts(2000));
    for (int i = 1000; i < 1030; ++i) CHECK(erases(i));
    for (int i = 0; i < 3; ++i) CHECK(erases(i));
    CHECK(puts(2000));
    while (puts(++count)) {
    }
    CHECK(erases(2000));
}

TEST_CASE("Store: threads that meet the same full map grow it once", "[full_map]") {
    StoreOptions options;
    options.map_bytes = lmdb::map_bytes_min;  // what fills a large one LMDB spills, and 0.9.24 keeps a MiB each time
    const auto store = open_store(options);
    const auto bytes = [&] { return store->begin_read().state().transaction.environment().map_bytes(); };
    const std::size_t before = bytes();
    const std::string filling(before, 'x');
    const auto meet = [&] {
        auto transaction = store->begin_write();
        transaction.set_named_row("name", filling);
        transaction.commit();
    };
    CHECK_THROWS_AS(meet(), MapFull);
    std::thread([&] {
        CHECK_THROWS_AS(meet(), MapFull);
        store->grow();
    }).join();
    CHECK(bytes() == 4 * before);
    store->grow();
    CHECK(bytes() == 4 * before);
    CHECK_NOTHROW(meet());
}

TEST_CASE("Store: whether a thread may go beyond bytes_max is no matter of another's", "[full_map]") {
    StoreOptions options;
    options.map_bytes = options.bytes_max = lmdb::map_bytes_min;
    const auto store = open_store(options);
    const Table table = create(*store, simple_table("table", false));
    const std::string filling(2 * options.bytes_max, 'x');
    const auto put_row = [&] { put(*store, table, item({{"p", text("a")}, {"v", text(filling)}})); };
    const auto put_named = [&] {  // adds nothing to tables
        auto transaction = store->begin_write();
        transaction.set_named_row("name", filling);
        transaction.commit();
    };
    const auto in_thread = [](const auto& body) { std::thread(body).join(); };
    CHECK_THROWS_AS(put_named(), MapFull);
    in_thread([&] {
        CHECK_THROWS_AS(put_row(), MapFull);
        CHECK_THROWS_AS(store->grow(), StorageFull);
    });
    CHECK_NOTHROW(store->grow());
    CHECK_THROWS_AS(put_row(), MapFull);
    in_thread([&] { CHECK_THROWS_AS(put_named(), MapFull); });
    CHECK_THROWS_AS(store->grow(), StorageFull);
}

}  // namespace
}  // namespace minamo::storage
