// Copies of stores: the same content, of one moment, and from then on a store of its own.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "storage/journal.hpp"
#include "storage/record_cursor.hpp"
#include "tests/storage/fixtures.hpp"

namespace minamo::storage {
namespace {

// Everything that a store holds, as text.
std::string everything(Store& store) {
    auto transaction = store.begin_read();
    std::string out;
    for (const std::string& name : transaction.table_names({}, SIZE_MAX)) {
        const Table table = *transaction.find_table(name);
        out += encode(table) + "\n";
        for (const std::string& row : rows(transaction, table, KeyRange{})) out += row + "\n";
        out += std::to_string(transaction.counters(table, 0).items) + "\n";
        for (const Index& index : table.indexes) {
            KeyRange range;
            range.index = &index;
            for (const std::string& row : rows(transaction, table, range)) out += row + "\n";
            out += std::to_string(transaction.counters(table, index.number).bytes) + "\n";
        }
    }
    for (const std::string& name : transaction.named_rows({}, {}, SIZE_MAX)) {
        out += name + "=" + *transaction.named_row(name) + "\n";
    }
    transaction.visit_due(INT64_MAX, [&](const Due& due) {
        out += std::to_string(due.moment_ms) + "/" + std::to_string(due.sequence) + "=" + due.event + "\n";
        return true;
    });
    for (const Stream& stream : list_streams(transaction, {}, {}, SIZE_MAX)) {
        out += stream.table + stream.label + "\n";
        for (const Shard& shard : list_shards(transaction, stream)) {
            RecordCursor records(transaction, shard);
            for (bool found = records.seek(0); found; found = records.next()) {
                out += std::to_string(records.record().sequence) + std::string(records.record().new_image.encoded());
            }
        }
    }
    return out;
}

// A store with a table, indexes, a stream, an event and a named row.
void fill(Store& store, int items) {
    Table table = simple_table("full");
    add_index(table, "local", IndexKind::local, {{"p", Type::S}}, {{"n", Type::N}});
    add_index(table, "global", IndexKind::global, {{"n", Type::N}}, {}, Projection::keys_only);
    table = create(store, table);
    auto transaction = store.begin_write();
    const Stream stream = open_stream(transaction, table, StreamView::new_image, "label", 2, 0, 0);
    table.stream = {true, StreamView::new_image, "label", stream.number};
    table = transaction.put_table(table);
    for (int i = 0; i < items; ++i) {
        put(transaction, table,
            item({{"p", text(partition_name(i % 7))},
                  {"s", text(std::to_string(i))},
                  {"n", number(std::to_string(i % 13))}}));
    }
    transaction.add_due(77, "event");
    transaction.set_named_row("name", "text");
    transaction.commit();
}

std::unique_ptr<Store> copy(Store& store, const StoreOptions& options = {}) {
    auto copied = store.copy(options);
    INFO((copied ? "" : copied.error().message));
    REQUIRE(copied);
    return std::move(*copied);
}

void put_one(Store& store, const std::string& sort) {
    auto transaction = store.begin_write();
    put(transaction, *transaction.find_table("full"), item({{"p", text("new")}, {"s", text(sort)}}));
    transaction.commit();
}

}  // namespace

TEST_CASE("Copy: in memory it holds the same", "[copy]") {
    const auto store = open_store();
    fill(*store, 500);
    const auto copied = copy(*store);
    CHECK(everything(*copied) == everything(*store));
}

TEST_CASE("Copy: from then on each goes its own way", "[copy]") {
    const auto store = open_store();
    fill(*store, 20);
    const std::string before = everything(*store);
    const auto copied = copy(*store);
    put_one(*store, "in the first");
    CHECK(everything(*copied) == before);
    const std::string first = everything(*store);
    put_one(*copied, "in the second");
    CHECK(everything(*store) == first);
    CHECK(everything(*copied) != before);
}

TEST_CASE("Copy: into a file, out of it, and of an empty store", "[copy]") {
    const TemporaryFolder folder;
    const auto store = open_store();
    const auto empty = copy(*store, at(folder.file("empty")));
    CHECK(everything(*empty) == everything(*store));
    fill(*store, 300);
    copy(*store, at(folder.file("full")));
    const auto reopened = open_store(at(folder.file("full")));
    CHECK(everything(*reopened) == everything(*store));
    const auto back = copy(*reopened);
    put_one(*back, "behind");
    CHECK(everything(*reopened) == everything(*store));
}

TEST_CASE("Copy: a file that is there stays as it is", "[copy]") {
    const TemporaryFolder folder;
    const auto other = open_store(at(folder.file("other")));
    fill(*other, 3);
    const auto store = open_store();
    const auto locked = store->copy(at(folder.file("other")));
    REQUIRE_FALSE(locked);
    copy(*store, at(folder.file("free")));
    const auto taken = store->copy(at(folder.file("free")));
    REQUIRE_FALSE(taken);
    CHECK(taken.error().message ==
          "The file " + folder.file("free") + " is there already: name another for the copy, or move it away.");
}

TEST_CASE("Copy: while another thread writes it is of one moment", "[copy]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("pairs"));
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        for (int i = 0; !stop; ++i) {
            auto transaction = store->begin_write();
            for (const char* partition : {"left", "right"}) {
                put(transaction, table,
                    item({{"p", text(partition)},
                          {"s", text(std::to_string(i % 50))},
                          {"n", number(std::to_string(i))}}));
            }
            transaction.commit();
        }
    });
    for (int i = 0; i < 30; ++i) {
        const auto copied = copy(*store);
        auto transaction = copied->begin_read();
        const auto side = [&](const char* partition) {
            std::vector<std::string> numbers;
            for (const std::string& row :
                 rows(transaction, table, of_partition(table.keys, item({{"p", text(partition)}})))) {
                numbers.push_back(ItemView(row).find("n").number().to_string());
            }
            return numbers;
        };
        CHECK(side("left") == side("right"));
    }
    stop = true;
    writer.join();
}

TEST_CASE("Copy: its room grows as any store's", "[copy]") {
    const auto store = open_store();
    fill(*store, 50);
    const auto copied = copy(*store);
    const Table table = create(*copied, simple_table("large"));
    for (int i = 0; i < 60;) {
        try {
            put(*copied, table,
                item({{"p", text(partition_name(i))}, {"s", text("s")}, {"n", text(std::string(100000, 'x'))}}));
            ++i;
        } catch (const MapFull&) {
            copied->grow();
        }
    }
    auto transaction = copied->begin_read();
    CHECK(transaction.counters(table, 0).items == 60);
}

}  // namespace minamo::storage
