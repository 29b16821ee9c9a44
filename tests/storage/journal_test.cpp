// The journal: what writes leave in it, how shards divide and follow each other, and what trims take.
#include "storage/journal.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/journal_records.hpp"
#include "storage/record_cursor.hpp"
#include "tests/storage/fixtures.hpp"

namespace minamo::storage {
namespace {

constexpr std::int64_t hour_ms = 60LL * 60 * 1000;

// A store with the table `t` and a stream of it.
class Streamed {
public:
    explicit Streamed(StreamView view = StreamView::new_and_old_images, unsigned shards = 1, StoreOptions options = {})
        : store(open_store(std::move(options))) {
        auto transaction = store->begin_write();
        table = transaction.put_table(simple_table("t"));
        open(transaction, view, "first", shards, 0);
        transaction.commit();
    }

    void open(WriteTransaction& transaction, StreamView view, std::string_view label, unsigned shards,
              std::int64_t now_ms) {
        const Stream stream = open_stream(transaction, table, view, label, shards, now_ms, now_ms);
        table.stream = {true, view, std::string(label), stream.number};
        table = transaction.put_table(table);
    }

    Written write_item(const std::string& encoded, std::int64_t now_ms, Cause cause = Cause::user) {
        auto transaction = store->begin_write();
        const RowKey key = table_row_key(table, ItemView(encoded));
        const Written out =
            write(transaction, table, key, transaction.get(table, key), ItemView(encoded), now_ms, cause);
        transaction.commit();
        return out;
    }
    void erase_item(const std::string& encoded, std::int64_t now_ms, Cause cause = Cause::user) {
        auto transaction = store->begin_write();
        const RowKey key = table_row_key(table, ItemView(encoded));
        write(transaction, table, key, transaction.get(table, key), {}, now_ms, cause);
        transaction.commit();
    }

    Stream stream() {
        auto transaction = store->begin_read();
        return find_stream(transaction, table.stream.number).value();
    }
    std::vector<Shard> shards() {
        auto transaction = store->begin_read();
        return list_shards(transaction, find_stream(transaction, table.stream.number).value());
    }
    Resharded split(std::string_view id, unsigned into, std::int64_t now_ms) {
        auto transaction = store->begin_write();
        const auto out =
            reshard(transaction, find_stream(transaction, table.stream.number).value(), {.id = id}, into, now_ms);
        transaction.commit();
        return out;
    }
    // Runs what is due up to the moment; how many records went.
    std::uint64_t trim_until(std::int64_t now_ms, std::size_t limit = SIZE_MAX) {
        auto transaction = store->begin_write();
        std::uint64_t records = 0;
        while (const auto due = transaction.first_due(now_ms)) {
            transaction.erase_due(*due);
            REQUIRE(due->kind() == DueKind::trim);
            records += trim(transaction, *due, now_ms, limit).records;
        }
        transaction.commit();
        return records;
    }

    std::unique_ptr<Store> store;
    Table table;
};

std::string row(std::string_view partition, std::string_view value) {
    return item({{"p", text(partition)}, {"s", text("s")}, {"v", text(value)}});
}
std::string keys(std::string_view partition) {
    return item({{"p", text(partition)}, {"s", text("s")}});
}

// A record as text: event, then which parts it has, then the value of `v` in the images.
std::string shown(const Record& record) {
    std::string out = record.event == RecordEvent::insert   ? "INSERT"
                      : record.event == RecordEvent::modify ? "MODIFY"
                                                            : "REMOVE";
    if (record.cause == Cause::time_to_live) out += " expired";
    if (!record.keys.empty()) out += " keys " + std::string(record.keys.find("p").text());
    const auto image = [&](const char* name, ItemView view) {
        if (view.empty()) return;
        const ValueView value = view.find("v");
        out.append(" ").append(name).append(" ").append(value.empty() ? "-" : value.text());
    };
    image("new", record.new_image);
    image("old", record.old_image);
    return out;
}

std::vector<std::string> records(Streamed& world, const Shard& shard) {
    auto transaction = world.store->begin_read();
    std::vector<std::string> out;
    RecordCursor cursor(transaction, shard);
    for (bool found = cursor.seek(0); found; found = cursor.next()) out.push_back(shown(cursor.record()));
    return out;
}

using Shown = std::vector<std::string>;

TEST_CASE("Journal: each view keeps what it shows", "[journal]") {
    const std::pair<StreamView, Shown> views[] = {
        {StreamView::keys_only, {"INSERT keys a", "MODIFY keys a", "REMOVE keys a"}},
        {StreamView::new_image, {"INSERT new 1", "MODIFY new 2", "REMOVE keys a"}},
        {StreamView::old_image, {"INSERT keys a", "MODIFY old 1", "REMOVE old 2"}},
        {StreamView::new_and_old_images, {"INSERT new 1", "MODIFY new 2 old 1", "REMOVE old 2"}},
    };
    for (const auto& [view, expected] : views) {
        CAPTURE(static_cast<int>(view));
        Streamed world(view);
        world.write_item(row("a", "1"), 10);
        world.write_item(row("a", "2"), 20);
        world.erase_item(keys("a"), 30);
        CHECK(records(world, world.shards().front()) == expected);
    }
}

TEST_CASE("Journal: a write that changes nothing leaves no record", "[journal]") {
    Streamed world;
    world.write_item(row("a", "1"), 10);
    world.write_item(row("a", "1"), 20);
    world.erase_item(keys("b"), 30);
    CHECK(records(world, world.shards().front()) == Shown{"INSERT new 1"});
}

TEST_CASE("Journal: a transaction that is given up leaves no record", "[journal]") {
    Streamed world;
    {
        auto transaction = world.store->begin_write();
        const RowKey key = table_row_key(world.table, ItemView(keys("a")));
        write(transaction, world.table, key, {}, ItemView(row("a", "1")), 10);
    }
    world.write_item(row("b", "2"), 20);
    CHECK(records(world, world.shards().front()) == Shown{"INSERT new 2"});
    CHECK(world.stream().trim_ms == 20 + journal_kept_ms + 1);
    CHECK(world.trim_until(20 + journal_kept_ms + 1) == 1);
}

TEST_CASE("Journal: a table without a stream leaves no record", "[journal]") {
    Streamed world;
    const Table other = create(*world.store, simple_table("other"));
    put(*world.store, other, row("a", "1"));
    CHECK(records(world, world.shards().front()).empty());
}

TEST_CASE("Journal: a deletion by time to live says so", "[journal]") {
    Streamed world;
    world.write_item(row("a", "1"), 10);
    world.erase_item(keys("a"), 20, Cause::time_to_live);
    CHECK(records(world, world.shards().front()) == Shown{"INSERT new 1", "REMOVE expired old 1"});
}

TEST_CASE("Journal: moments never go back", "[journal]") {
    Streamed world;
    world.write_item(row("a", "1"), 50);
    world.write_item(row("b", "1"), 20);
    auto transaction = world.store->begin_read();
    RecordCursor cursor(transaction, list_shards(transaction, *find_stream(transaction, "t", "first")).front());
    REQUIRE(cursor.seek(0));
    CHECK(cursor.record().moment_ms == 50);
    REQUIRE(cursor.next());
    CHECK(cursor.record().moment_ms == 50);
    CHECK_FALSE(cursor.next());
}

TEST_CASE("Journal: a cursor finds positions by number and by moment", "[journal]") {
    Streamed world;
    for (int i = 1; i <= 9; ++i) world.write_item(row("a", std::to_string(i)), i * 10);
    const Stream stream = world.stream();
    auto transaction = world.store->begin_read();
    RecordCursor cursor(transaction, list_shards(transaction, stream).front());
    REQUIRE(cursor.seek_last());
    CHECK(shown(cursor.record()) == "MODIFY new 9 old 8");
    REQUIRE(cursor.seek_moment(35));
    CHECK(shown(cursor.record()) == "MODIFY new 4 old 3");
    REQUIRE(cursor.seek_moment(40));
    CHECK(shown(cursor.record()) == "MODIFY new 4 old 3");
    REQUIRE(cursor.seek_moment(0));
    CHECK(shown(cursor.record()) == "INSERT new 1");
    CHECK_FALSE(cursor.seek_moment(91));
    const std::uint64_t sequence = [&] {
        cursor.seek_moment(40);
        return cursor.record().sequence;
    }();
    REQUIRE(cursor.seek(sequence));
    CHECK(cursor.record().sequence == sequence);
    REQUIRE(cursor.seek(sequence + 1));
    CHECK(shown(cursor.record()) == "MODIFY new 5 old 4");
    CHECK_FALSE(cursor.seek(latest_sequence(transaction) + 1));
}

TEST_CASE("Journal: several shards share the partitions", "[journal]") {
    Streamed world(StreamView::keys_only, 4);
    for (int i = 0; i < 400; ++i) world.write_item(row(partition_name(i), "1"), 10);
    const auto shards = world.shards();
    REQUIRE(shards.size() == 4);
    std::size_t total = 0;
    for (const Shard& shard : shards) {
        const std::size_t count = records(world, shard).size();
        CHECK(count > 50);
        total += count;
    }
    CHECK(total == 400);
}

TEST_CASE("Journal: records of one partition stay in one shard", "[journal]") {
    Streamed world(StreamView::new_image, 3);
    for (int i = 0; i < 30; ++i) world.write_item(row("same", std::to_string(i)), 10);
    std::size_t used = 0;
    for (const Shard& shard : world.shards()) used += records(world, shard).empty() ? 0 : 1;
    CHECK(used == 1);
}

TEST_CASE("Journal: ids of shards have the form of the service", "[journal]") {
    Streamed world(StreamView::keys_only, 3);
    for (const Shard& shard : world.shards()) {
        CAPTURE(shard.id);
        REQUIRE(shard.id.size() == 8 + 20 + 1 + 8);
        CHECK(shard.id.starts_with("shardId-"));
        CHECK(shard.id[28] == '-');
        CHECK(shard.id.find_first_not_of("0123456789", 8) == 28);
        CHECK(shard.id.find_first_not_of("0123456789abcdef", 29) == std::string::npos);
    }
}

TEST_CASE("Journal: a split closes the parent", "[journal]") {
    Streamed world;
    world.write_item(row("a", "1"), 10);
    const std::string parent = world.shards().front().id;
    const Resharded split = world.split(parent, 2, 1000);
    CHECK(split.closed == Shown{parent});
    REQUIRE(split.opened.size() == 2);
    const auto shards = world.shards();
    REQUIRE(shards.size() == 3);
    CHECK(shards[0].id == parent);
    CHECK(shards[0].closed_ms == 1000);
    CHECK(shards[0].last > shards[0].first);
    for (std::size_t i = 1; i < 3; ++i) {
        CHECK(shards[i].parent_id == parent);
        CHECK(shards[i].closed_ms == not_yet_ms);
        CHECK(shards[i].last == 0);
        CHECK(shards[i].first > shards[0].last);
    }
}

TEST_CASE("Journal: after a split an item's records go on in a child", "[journal]") {
    Streamed world;
    for (int i = 0; i < 40; ++i) world.write_item(row(partition_name(i), "before"), 10);
    world.split({}, 2, 1000);
    for (int i = 0; i < 40; ++i) world.write_item(row(partition_name(i), "after"), 2000);
    const auto shards = world.shards();
    CHECK(records(world, shards[0]) == Shown(40, "INSERT new before"));
    const auto left = records(world, shards[1]);
    const auto right = records(world, shards[2]);
    CHECK(left.size() + right.size() == 40);
    CHECK(left.size() > 5);
    CHECK(right.size() > 5);
}

TEST_CASE("Journal: a split in the moment of creation still orders ids", "[journal]") {
    Streamed world;
    for (int i = 0; i < 5; ++i) {
        const auto before = world.shards();
        world.split({}, 1, 0);
        const auto after = world.shards();
        REQUIRE(after.size() == before.size() + 1);
        CHECK(after.back().parent_id == before.back().id);
    }
}

TEST_CASE("Journal: a split of a shard that is closed does nothing", "[journal]") {
    Streamed world;
    const std::string parent = world.shards().front().id;
    world.split(parent, 2, 10);
    const Resharded again = world.split(parent, 2, 20);
    CHECK(again.closed.empty());
    CHECK(again.opened.empty());
    CHECK(world.shards().size() == 3);
}

TEST_CASE("Journal: closing a stream closes its shards", "[journal]") {
    Streamed world(StreamView::keys_only, 2);
    auto transaction = world.store->begin_write();
    close_stream(transaction, world.table.stream.number, 500, 700);
    transaction.commit();
    CHECK(world.stream().closed_ms == 500);
    CHECK(world.stream().settled_ms == 700);
    for (const Shard& shard : world.shards()) CHECK(shard.closed_ms == 500);
}

TEST_CASE("Journal: streams of one table are apart", "[journal]") {
    Streamed world;
    world.write_item(row("a", "1"), 10);
    const Stream first = world.stream();
    {
        auto transaction = world.store->begin_write();
        close_stream(transaction, first.number, 20, 20);
        world.open(transaction, StreamView::keys_only, "second", 1, 30);
        transaction.commit();
    }
    world.write_item(row("a", "2"), 40);
    CHECK(records(world, world.shards().front()) == Shown{"MODIFY keys a"});
    auto transaction = world.store->begin_read();
    CHECK(find_stream(transaction, "t", "first")->number == first.number);
    CHECK(find_stream(transaction, "t", "second")->number == world.table.stream.number);
    CHECK_FALSE(find_stream(transaction, "t", "third"));
    CHECK_FALSE(find_stream(transaction, "other", "first"));
}

TEST_CASE("Journal: streams are listed by table and label", "[journal]") {
    const auto store = open_store();
    auto transaction = store->begin_write();
    for (const char* name : {"b", "a", "ab"}) {
        const Table table = transaction.put_table(simple_table(name));
        for (const char* label : {"2", "1"}) open_stream(transaction, table, StreamView::keys_only, label, 1, 0, 0);
    }
    const auto listed = [&](std::string_view table, std::string_view label, std::size_t limit) {
        std::string out;
        for (const Stream& stream : list_streams(transaction, table, label, limit))
            out += stream.table + stream.label + " ";
        return out;
    };
    CHECK(listed({}, {}, 100) == "a1 a2 ab1 ab2 b1 b2 ");
    CHECK(listed({}, {}, 3) == "a1 a2 ab1 ");
    CHECK(listed("a", "1", 100) == "a2 ab1 ab2 b1 b2 ");
    CHECK(listed("a", "15", 100) == "a2 ab1 ab2 b1 b2 ");
    CHECK(listed("b", "2", 100).empty());
}

TEST_CASE("Trim: records go when they are older than a day", "[journal]") {
    Streamed world;
    world.write_item(row("a", "1"), 10);
    world.write_item(row("a", "2"), 20);
    CHECK(world.trim_until(10 + journal_kept_ms) == 0);
    CHECK(records(world, world.shards().front()).size() == 2);
    CHECK(world.trim_until(10 + journal_kept_ms + 1) == 1);
    CHECK(records(world, world.shards().front()) == Shown{"MODIFY new 2 old 1"});
    CHECK(world.shards().front().trimmed_last != 0);
    CHECK(world.trim_until(20 + journal_kept_ms + 1) == 1);
    CHECK(world.stream().trim_ms == not_yet_ms);
}

TEST_CASE("Trim: a limit leaves the rest due at once", "[journal]") {
    Streamed world;
    for (int i = 0; i < 10; ++i) world.write_item(row("a", std::to_string(i)), 10);
    auto transaction = world.store->begin_write();
    const std::int64_t now_ms = 10 + journal_kept_ms + 1;
    int runs = 0;
    std::uint64_t records = 0;
    while (const auto due = transaction.first_due(now_ms)) {
        transaction.erase_due(*due);
        const Trimmed trimmed = trim(transaction, *due, now_ms, 4);
        CHECK(trimmed.table == "t");
        CHECK(trimmed.records <= 4);
        records += trimmed.records;
        ++runs;
    }
    CHECK(records == 10);
    CHECK(runs == 3);
}

TEST_CASE("Trim: a closed shard goes a day after it was closed", "[journal]") {
    Streamed world;
    world.split({}, 1, hour_ms);
    CHECK(world.trim_until(hour_ms + journal_kept_ms) == 0);
    CHECK(world.shards().size() == 2);
    world.trim_until(hour_ms + journal_kept_ms + 1);
    REQUIRE(world.shards().size() == 1);
    CHECK_FALSE(world.shards().front().parent_id.empty());
}

TEST_CASE("Trim: a closed stream goes with all it has", "[journal]") {
    Streamed world(StreamView::keys_only, 3);
    for (int i = 0; i < 10; ++i) world.write_item(row(partition_name(i), "1"), 10);
    {
        auto transaction = world.store->begin_write();
        close_stream(transaction, world.table.stream.number, hour_ms, hour_ms);
        transaction.commit();
    }
    world.trim_until(hour_ms + journal_kept_ms);
    CHECK(world.shards().size() == 3);
    CHECK(world.trim_until(hour_ms + journal_kept_ms + 1) == 0);
    auto transaction = world.store->begin_write();
    CHECK_FALSE(find_stream(transaction, "t", "first"));
    CHECK(list_streams(transaction, {}, {}, 10).empty());
    CHECK_FALSE(transaction.next_due_moment());
}

TEST_CASE("Trim: what was noted for another moment does nothing", "[journal]") {
    Streamed world;
    world.write_item(row("a", "1"), 10);
    auto transaction = world.store->begin_write();
    auto due = transaction.first_due(INT64_MAX).value();
    due.moment_ms -= 1;
    CHECK(trim(transaction, due, INT64_MAX / 2, SIZE_MAX).records == 0);
}

TEST_CASE("Journal: numbers go on after a restart", "[journal][disk]") {
    const TemporaryFolder folder;
    const StoreOptions options = at(folder.file("store"));
    std::uint64_t latest = 0;
    Table table;
    std::vector<Shard> shards;
    {
        Streamed world(StreamView::new_image, 2, options);
        for (int i = 0; i < 20; ++i) world.write_item(row(partition_name(i), "1"), 10);
        auto transaction = world.store->begin_read();
        latest = latest_sequence(transaction);
        table = world.table;
        shards = list_shards(transaction, *find_stream(transaction, "t", "first"));
    }
    const auto trim_first = GENERATE(false, true);
    const auto store = open_store(options);
    {
        auto transaction = store->begin_write();
        CHECK(list_shards(transaction, *find_stream(transaction, "t", "first")) == shards);
        if (trim_first) {
            const auto due = transaction.first_due(INT64_MAX).value();
            CHECK(trim(transaction, due, 20 + journal_kept_ms, SIZE_MAX).records == 20);
        }
        const RowKey key = table_row_key(table, ItemView(keys("new")));
        write(transaction, table, key, {}, ItemView(row("new", "1")), 10);
        CHECK(latest_sequence(transaction) == latest + 1);
        transaction.commit();
    }
}

TEST_CASE("Journal: numbers never come again after trims and restarts", "[journal][disk]") {
    const TemporaryFolder folder;
    const StoreOptions options = at(folder.file("store"));
    std::uint64_t latest = 0;
    {
        Streamed world(StreamView::new_image, 1, options);
        for (int i = 0; i < 20; ++i) world.write_item(row("a", std::to_string(i)), 10);
        CHECK(world.trim_until(20 + journal_kept_ms) == 20);
        auto transaction = world.store->begin_read();
        latest = latest_sequence(transaction);
    }
    const auto store = open_store(options);
    auto transaction = store->begin_read();
    CHECK(latest_sequence(transaction) == latest);
}

TEST_CASE("Journal: clearing it leaves nothing to read", "[journal]") {
    Streamed world;
    world.write_item(row("a", "1"), 10);
    auto transaction = world.store->begin_write();
    const std::uint64_t latest = latest_sequence(transaction);
    clear_journal(transaction.state());
    CHECK(list_streams(transaction, {}, {}, 10).empty());
    CHECK_FALSE(find_stream(transaction, world.table.stream.number));
    CHECK(latest_sequence(transaction) >= latest);
}

}  // namespace
}  // namespace minamo::storage
