// Time to live in storage: which attributes expire, what writes keep of it, and what sweeps delete.
#include "storage/expiry.hpp"

#include <string>
#include <vector>

#include "storage/expiry_rows.hpp"
#include "storage/journal.hpp"
#include "storage/record_cursor.hpp"
#include "tests/storage/fixtures.hpp"

namespace minamo::storage {
namespace {

constexpr std::int64_t second_ms = 1000;

Table expiring_table(std::string name = "t") {
    Table table = simple_table(std::move(name));
    table.ttl_attribute = "ttl";
    return table;
}

std::string row(std::string_view partition, std::string_view seconds) {
    return item({{"p", text(partition)}, {"s", text("s")}, {"ttl", number(seconds)}});
}
std::string keys(std::string_view partition) {
    return item({{"p", text(partition)}, {"s", text("s")}});
}

// Runs what is due up to the moment; how many items went.
std::uint64_t sweep_until(WriteTransaction& transaction, std::int64_t now_ms, std::size_t limit = SIZE_MAX) {
    std::uint64_t items = 0;
    while (const auto due = transaction.first_due(now_ms)) {
        transaction.erase_due(*due);
        if (due->kind() == DueKind::expiry) items += sweep(transaction, *due, now_ms, limit).items;
    }
    return items;
}

Written put_at(WriteTransaction& transaction, const Table& table, const std::string& encoded, std::int64_t now_ms) {
    const RowKey key = table_row_key(table, ItemView(encoded));
    return write(transaction, table, key, transaction.get(table, key), ItemView(encoded), now_ms);
}

bool is_there(Transaction& transaction, const Table& table, std::string_view partition) {
    return !get(transaction, table, keys(partition)).empty();
}

TEST_CASE("Expiry: a number of seconds is a moment", "[expiry]") {
    const std::pair<const char*, std::int64_t> numbers[] = {
        {"0", 1},      {"1", 1001},      {"1800000000", 1800000000001}, {"1800000000.5", 1800000000501},
        {"0.0005", 1}, {"1.2345", 1235}, {"1E9", 1000000000001},        {"999999999999999", 999999999999999001},
    };
    for (const auto& [seconds, moment_ms] : numbers) {
        CAPTURE(seconds);
        const std::string encoded = item({{"ttl", number(seconds)}});
        CHECK(expires_ms(ItemView(encoded), "ttl") == moment_ms);
    }
}

TEST_CASE("Expiry: what is no moment never expires", "[expiry]") {
    const std::string items[] = {
        item({{"other", number("1")}}), item({{"ttl", text("1")}}),      item({{"ttl", binary("1")}}),
        item({{"ttl", number("-1")}}),  item({{"ttl", number("1E15")}}), item({{"ttl", number("1E125")}}),
    };
    for (const std::string& encoded : items) CHECK_FALSE(expires_ms(ItemView(encoded), "ttl"));
}

TEST_CASE("Sweep: an item goes once its second has passed", "[expiry]") {
    const auto store = open_store();
    const Table table = create(*store, expiring_table());
    auto transaction = store->begin_write();
    put_at(transaction, table, row("a", "100"), 0);
    CHECK(sweep_until(transaction, 100 * second_ms) == 0);
    CHECK(is_there(transaction, table, "a"));
    CHECK(sweep_until(transaction, 100 * second_ms + 1) == 1);
    CHECK_FALSE(is_there(transaction, table, "a"));
    CHECK(transaction.counters(table, 0) == Counters{});
    CHECK_FALSE(transaction.next_due_moment());
}

TEST_CASE("Sweep: a delay keeps expired items", "[expiry]") {
    StoreOptions options;
    options.expiry_delay_ms = 500;
    const auto store = open_store(options);
    const Table table = create(*store, expiring_table());
    auto transaction = store->begin_write();
    put_at(transaction, table, row("a", "100"), 0);
    CHECK(sweep_until(transaction, 100 * second_ms + 500) == 0);
    CHECK(sweep_until(transaction, 100 * second_ms + 501) == 1);
}

TEST_CASE("Sweep: items that share a moment all go", "[expiry]") {
    const auto store = open_store();
    const Table table = create(*store, expiring_table());
    auto transaction = store->begin_write();
    for (int i = 0; i < 50; ++i) put_at(transaction, table, row(partition_name(i), "100"), 0);
    CHECK(sweep_until(transaction, 101 * second_ms, 7) == 50);
    CHECK(transaction.counters(table, 0) == Counters{});
}

TEST_CASE("Sweep: a limit leaves the rest due", "[expiry]") {
    const auto store = open_store();
    const Table table = create(*store, expiring_table());
    auto transaction = store->begin_write();
    for (int i = 0; i < 5; ++i) put_at(transaction, table, row(partition_name(i), std::to_string(i + 1)), 0);
    const Due due = transaction.first_due(INT64_MAX).value();
    transaction.erase_due(due);
    const Swept swept = sweep(transaction, due, 100 * second_ms, 2);
    CHECK(swept.table == "t");
    CHECK(swept.items == 2);
    CHECK(transaction.next_due_moment() == 3001);
}

TEST_CASE("Sweep: what comes later is due at its moment", "[expiry]") {
    const auto store = open_store();
    const Table table = create(*store, expiring_table());
    auto transaction = store->begin_write();
    put_at(transaction, table, row("late", "200"), 0);
    CHECK(transaction.next_due_moment() == 200001);
    put_at(transaction, table, row("early", "100"), 0);
    CHECK(transaction.next_due_moment() == 100001);
    CHECK(sweep_until(transaction, 150 * second_ms) == 1);
    CHECK(transaction.next_due_moment() == 200001);
}

TEST_CASE("Sweep: an item that has expired when it is written is due at once", "[expiry]") {
    const auto store = open_store();
    const Table table = create(*store, expiring_table());
    auto transaction = store->begin_write();
    put_at(transaction, table, row("a", "100"), 200 * second_ms);
    CHECK(transaction.earliest_due_added() == 200 * second_ms);
    CHECK(sweep_until(transaction, 200 * second_ms) == 1);
}

TEST_CASE("Sweep: a changed attribute saves the item", "[expiry]") {
    const auto store = open_store();
    const Table table = create(*store, expiring_table());
    const std::string saved[] = {row("a", "300"), keys("a"),
                                 item({{"p", text("a")}, {"s", text("s")}, {"ttl", text("100")}})};
    for (const std::string& encoded : saved) {
        auto transaction = store->begin_write();
        put_at(transaction, table, row("a", "100"), 0);
        put_at(transaction, table, encoded, 0);
        CHECK(sweep_until(transaction, 200 * second_ms) == 0);
        CHECK(is_there(transaction, table, "a"));
    }
}

TEST_CASE("Sweep: an item deleted by its user is not deleted again", "[expiry]") {
    const auto store = open_store();
    const Table table = create(*store, expiring_table());
    auto transaction = store->begin_write();
    put_at(transaction, table, row("a", "100"), 0);
    erase(transaction, table, keys("a"));
    CHECK(sweep_until(transaction, 200 * second_ms) == 0);
}

TEST_CASE("Sweep: five years are too long ago", "[expiry]") {
    const auto store = open_store();
    const Table table = create(*store, expiring_table());
    auto transaction = store->begin_write();
    const std::int64_t now_ms = 100 * second_ms + expiry_age_max_ms;
    put_at(transaction, table, row("just", "100"), now_ms);
    put_at(transaction, table, row("past", "99"), now_ms);
    CHECK(sweep_until(transaction, now_ms) == 1);
    CHECK_FALSE(is_there(transaction, table, "just"));
    CHECK(is_there(transaction, table, "past"));
    CHECK_FALSE(transaction.next_due_moment());
    put_at(transaction, table, keys("past"), now_ms);
    CHECK(is_there(transaction, table, "past"));
}

TEST_CASE("Sweep: indexes follow", "[expiry]") {
    const auto store = open_store();
    Table defined = expiring_table();
    add_index(defined, "by-ttl", IndexKind::global, {{"ttl", Type::N}}, {});
    const Table table = create(*store, std::move(defined));
    auto transaction = store->begin_write();
    put_at(transaction, table, row("a", "100"), 0);
    CHECK(transaction.counters(table, 1).items == 1);
    CHECK(sweep_until(transaction, 200 * second_ms) == 1);
    CHECK(transaction.counters(table, 1) == Counters{});
}

TEST_CASE("Sweep: each deletion is journaled at its own moment", "[expiry]") {
    const auto store = open_store();
    auto transaction = store->begin_write();
    Table table = transaction.put_table(expiring_table());
    const Stream stream = open_stream(transaction, table, StreamView::old_image, "label", 1, 0, 0);
    table.stream = {true, StreamView::old_image, "label", stream.number};
    table = transaction.put_table(table);
    put_at(transaction, table, row("b", "200"), 50);
    put_at(transaction, table, row("a", "100"), 60);
    CHECK(sweep_until(transaction, 1000 * second_ms) == 2);
    RecordCursor cursor(transaction, list_shards(transaction, stream).front());
    std::vector<std::int64_t> moments;
    for (bool found = cursor.seek(0); found; found = cursor.next()) {
        const Record record = cursor.record();
        if (record.event != RecordEvent::remove) continue;
        CHECK(record.cause == Cause::time_to_live);
        moments.push_back(record.moment_ms);
    }
    CHECK(moments == std::vector<std::int64_t>{100001, 200001});
}

TEST_CASE("Sweep: a table that has gone, is going or has no attribute any more is left alone", "[expiry]") {
    const auto store = open_store();
    auto transaction = store->begin_write();
    Table table = transaction.put_table(expiring_table());
    put_at(transaction, table, row("a", "100"), 0);
    const Due due = transaction.first_due(INT64_MAX).value();
    SECTION("gone") {
        transaction.erase_table(table);
    }
    SECTION("another of its name") {
        transaction.erase_table(table);
        Table other = expiring_table();
        transaction.put_table(other);
    }
    SECTION("going") {
        table.status = TableStatus::deleting;
        transaction.put_table(table);
    }
    SECTION("no attribute") {
        table.ttl_attribute.clear();
        transaction.put_table(table);
    }
    CHECK(sweep(transaction, due, 1000 * second_ms, SIZE_MAX).items == 0);
}

TEST_CASE("Expiry: rows of a filled table are made in steps", "[expiry]") {
    const auto store = open_store();
    Table table = create(*store, simple_table("t"));
    auto transaction = store->begin_write();
    for (int i = 0; i < 25; ++i) put(transaction, table, row(partition_name(i), std::to_string(100 + i)));
    put(transaction, table, keys("never"));
    table.ttl_attribute = "ttl";
    table = transaction.put_table(table);
    int steps = 0;
    std::string resume;
    do {
        resume = fill_expiries(transaction, table, resume, 10, 0);
        ++steps;
    } while (!resume.empty());
    CHECK(steps == 3);
    CHECK(transaction.next_due_moment() == 100001);
    CHECK(sweep_until(transaction, 200 * second_ms) == 25);
    CHECK(is_there(transaction, table, "never"));
}

TEST_CASE("Expiry: rows are removed in steps", "[expiry]") {
    const auto store = open_store();
    Table table = create(*store, expiring_table());
    auto transaction = store->begin_write();
    for (int i = 0; i < 25; ++i) put(transaction, table, row(partition_name(i), "100"));
    table.ttl_attribute.clear();
    table = transaction.put_table(table);
    CHECK(erase_expiries(transaction, table, 10) == 10);
    CHECK(erase_expiries(transaction, table, 10) == 10);
    CHECK(erase_expiries(transaction, table, 10) == 5);
    CHECK(erase_expiries(transaction, table, 10) == 0);
    CHECK(transaction.counters(table, 0).items == 25);
    CHECK(rows(transaction, table, {}).size() == 25);
}

}  // namespace
}  // namespace minamo::storage
