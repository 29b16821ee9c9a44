// Ranges by hand: every sort operator, both ways, segments, and runs of keys that are cut.
#include "storage/range.hpp"

#include <algorithm>
#include <random>

#include "storage/range_bounds.hpp"
#include "tests/storage/fixtures.hpp"

namespace minamo::storage {
namespace {

// The sort values of table rows with partition "p", in the order of the cursor.
std::vector<std::string> sort_texts(const Rows& rows) {
    std::vector<std::string> out;
    for (const std::string& row : rows) out.emplace_back(ItemView(row).find("s").text());
    return out;
}

TEST_CASE("Range: sort operators on a table", "[range]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table"));
    auto transaction = store->begin_write();
    const std::vector<std::string> all = {
        std::string("\0", 1), "a", std::string("a\0", 2), std::string("a\0b", 3), "aa", "ab", "b", "\xff", "\xff\xff"};
    for (const std::string& value : all) put(transaction, table, item({{"p", text("p")}, {"s", text(value)}}));
    put(transaction, table, item({{"p", text("q")}, {"s", text("a")}}));
    struct Case {
        SortOperator sort_operator;
        std::string low, high;
        std::vector<std::size_t> expected;  // positions in `all`
    };
    const std::string zero("\0", 1);
    const Case cases[] = {
        {SortOperator::none, "", "", {0, 1, 2, 3, 4, 5, 6, 7, 8}},
        {SortOperator::eq, "a", "", {1}},
        {SortOperator::eq, "aaa", "", {}},
        {SortOperator::eq, zero, "", {0}},
        {SortOperator::lt, "a", "", {0}},
        {SortOperator::lt, zero, "", {}},
        {SortOperator::lt, "\xff\xff\xff", "", {0, 1, 2, 3, 4, 5, 6, 7, 8}},
        {SortOperator::le, "a", "", {0, 1}},
        {SortOperator::le, "a" + zero, "", {0, 1, 2}},
        {SortOperator::gt, "a", "", {2, 3, 4, 5, 6, 7, 8}},
        {SortOperator::gt, "\xff\xff", "", {}},
        {SortOperator::ge, "a", "", {1, 2, 3, 4, 5, 6, 7, 8}},
        {SortOperator::ge, "ac", "", {6, 7, 8}},
        {SortOperator::between, "a", "ab", {1, 2, 3, 4, 5}},
        {SortOperator::between, "ab", "a", {}},
        {SortOperator::between, "a", "a", {1}},
        {SortOperator::between, "aaa", "aab", {}},
        {SortOperator::begins_with, "a", "", {1, 2, 3, 4, 5}},
        {SortOperator::begins_with, "a" + zero, "", {2, 3}},
        {SortOperator::begins_with, "\xff", "", {7, 8}},
        {SortOperator::begins_with, "c", "", {}},
        {SortOperator::begins_with, "", "", {0, 1, 2, 3, 4, 5, 6, 7, 8}},
    };
    for (const Case& c : cases) {
        KeyRange range = of_partition(table.keys, item({{"p", text("p")}}));
        range.sort_operator = c.sort_operator;
        range.sort_low = encode(text(c.low));
        range.sort_high = encode(text(c.high));
        std::vector<std::string> expected;
        for (const std::size_t i : c.expected) expected.push_back(all[i]);
        INFO(static_cast<int>(c.sort_operator) << " " << c.low << " " << c.high);
        CHECK(sort_texts(rows(transaction, table, range)) == expected);
        range.forward = false;
        CHECK(sort_texts(rows(transaction, table, range)) == reversed(expected));
    }
}

TEST_CASE("Range: equality as the first sort value on a table is that one row", "[range]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table"));
    auto transaction = store->begin_write();
    for (const char* value : {"a", "aa", "b"}) put(transaction, table, item({{"p", text("p")}, {"s", text(value)}}));
    KeyRange range = of_partition(table.keys, item({{"p", text("p")}}));
    range.sort_equal = {encode(text("a"))};
    CHECK(sort_texts(rows(transaction, table, range)) == std::vector<std::string>{"a"});
    range.forward = false;
    CHECK(sort_texts(rows(transaction, table, range)) == std::vector<std::string>{"a"});
}

TEST_CASE("Range: numbers walk by value", "[range]") {
    const auto store = open_store();
    Table table = simple_table("table");
    table.keys.sort = {{"s", Type::N}};
    table = create(*store, table);
    auto transaction = store->begin_write();
    const std::vector<std::string> all = {"-1e125", "-10", "-9.5", "-1e-130", "0", "1e-130", "1", "9.5", "10", "9e125"};
    for (const std::string& value : all) put(transaction, table, item({{"p", text("p")}, {"s", number(value)}}));
    KeyRange range = of_partition(table.keys, item({{"p", text("p")}}));
    const auto values = [&] {
        std::vector<std::string> out;
        for (const std::string& row : rows(transaction, table, range)) {
            out.push_back(ItemView(row).find("s").number().to_string());
        }
        return out;
    };
    const auto plain = [&](std::size_t from, std::size_t to) {
        std::vector<std::string> out;
        for (std::size_t i = from; i < to; ++i) out.push_back(Decimal::parse(all[i])->to_string());
        return out;
    };
    CHECK(values() == plain(0, 10));
    range.sort_operator = SortOperator::between;
    range.sort_low = encode(number("-9.5"));
    range.sort_high = encode(number("1.0"));
    CHECK(values() == plain(2, 7));
    range.low_open = true;
    CHECK(values() == plain(3, 7));
    range.high_open = true;
    CHECK(values() == plain(3, 6));
    range.low_open = false;
    CHECK(values() == plain(2, 6));
    range.sort_operator = SortOperator::gt;
    range.sort_low = encode(number("0"));
    CHECK(values() == plain(5, 10));
    range.sort_operator = SortOperator::lt;
    CHECK(values() == plain(0, 4));
    range.sort_operator = SortOperator::eq;
    CHECK(values() == plain(4, 5));
}

TEST_CASE("Range: a table without sort key gives the one row of a partition", "[range]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table", false));
    auto transaction = store->begin_write();
    const std::string row = item({{"p", text("1")}});
    put(transaction, table, row);
    put(transaction, table, item({{"p", text("2")}}));
    KeyRange range = of_partition(table.keys, row);
    CHECK(rows(transaction, table, range) == Rows{row});
    range.start_after = row;
    CHECK(rows(transaction, table, range).empty());
    range.forward = false;
    CHECK(rows(transaction, table, range).empty());
    range.start_after.clear();
    CHECK(rows(transaction, table, range) == Rows{row});
}

TEST_CASE("Range: an empty table has no rows", "[range]") {
    const auto store = open_store();
    Table table = simple_table("table");
    add_index(table, "index", IndexKind::global, {{"g", Type::S}}, {});
    table = create(*store, table);
    auto transaction = store->begin_read();
    for (const bool forward : {true, false}) {
        KeyRange range;
        range.forward = forward;
        CHECK(rows(transaction, table, range).empty());
        range.index = &table.indexes[0];
        CHECK(rows(transaction, table, range).empty());
        range.start_after = item({{"p", text("1")}, {"s", text("2")}, {"g", text("3")}});
        CHECK(rows(transaction, table, range).empty());
    }
}

TEST_CASE("Range: the end is the end however often one asks", "[range]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table", false));
    put(*store, table, item({{"p", text("1")}}));
    auto transaction = store->begin_read();
    RangeCursor cursor(transaction, table, {});
    CHECK_FALSE(cursor.next().empty());
    for (int i = 0; i < 3; ++i) CHECK(cursor.next().empty());
}

TEST_CASE("Range: rows of one table do not see another's, nor an index another's", "[range]") {
    const auto store = open_store();
    Table table = simple_table("table");
    add_index(table, "one", IndexKind::global, {{"g", Type::S}}, {});
    add_index(table, "two", IndexKind::global, {{"h", Type::S}}, {});
    table = create(*store, table);
    create(*store, simple_table("other"));
    const std::string in_one = item({{"p", text("1")}, {"s", text("1")}, {"g", text("x")}});
    const std::string in_two = item({{"p", text("1")}, {"s", text("2")}, {"h", text("x")}});
    put(*store, table, in_one);
    put(*store, table, in_two);
    auto transaction = store->begin_read();
    KeyRange range;
    range.index = &table.indexes[0];
    CHECK(rows(transaction, table, range) == Rows{in_one});
    range.index = &table.indexes[1];
    CHECK(rows(transaction, table, range) == Rows{in_two});
    CHECK(rows(transaction, *transaction.find_table("other"), {}).empty());
}

TEST_CASE("Segments: are disjoint and together everything", "[range]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table"));
    auto transaction = store->begin_write();
    for (int i = 0; i < 200; ++i) {
        for (const char* sort : {"a", "b"})
            put(transaction, table, item({{"p", text(std::to_string(i))}, {"s", text(sort)}}));
    }
    const Rows all = rows(transaction, table, {});
    REQUIRE(all.size() == 400);
    for (const std::uint32_t total : {1U, 2U, 3U, 7U, 64U, 1000U, 1000000U}) {
        Rows together;
        for (std::uint32_t segment = 0; segment < std::min(total, 1000U); ++segment) {
            KeyRange range;
            range.segment = Segment{segment, total};
            for (const std::string& row : rows(transaction, table, range)) {
                REQUIRE(in_segment(partition_hash(table.keys, ItemView(row)), *range.segment));
                together.push_back(row);
            }
        }
        if (total <= 1000) CHECK(together == all);
    }
}

TEST_CASE("Segments: a million of them hold each hash once", "[range]") {
    std::mt19937_64 random(3);
    for (int i = 0; i < 1000; ++i) {
        PartitionHash hash;
        for (auto& byte : hash) byte = static_cast<unsigned char>(i == 0 ? 0 : i == 1 ? 255 : random());
        for (const std::uint32_t total : {1U, 3U, 999999U, 1000000U}) {
            // The hash says where to look; neighbours must not hold it.
            const auto guess = static_cast<std::uint32_t>(
                (static_cast<std::uint64_t>(hash[0]) << 24 | hash[1] << 16 | hash[2] << 8 | hash[3]) * total >> 32);
            int holders = 0;
            for (std::uint32_t s = guess > 0 ? guess - 1 : 0; s <= std::min(guess + 1, total - 1); ++s) {
                holders += in_segment(hash, {s, total}) ? 1 : 0;
            }
            CHECK(holders == 1);
        }
    }
}

TEST_CASE("Segments: a page goes on within its segment", "[range]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table", false));
    auto transaction = store->begin_write();
    for (int i = 0; i < 100; ++i) put(transaction, table, item({{"p", text(std::to_string(i))}}));
    KeyRange range;
    range.segment = Segment{1, 3};
    const Rows segment = rows(transaction, table, range);
    REQUIRE(segment.size() > 10);
    range.start_after = segment[4];
    CHECK(rows(transaction, table, range) == Rows(segment.begin() + 5, segment.end()));
}

TEST_CASE("Range: a run of a thousand rows is in order", "[range]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table"));
    auto transaction = store->begin_write();
    std::vector<std::string> expected;
    for (int i = 0; i < 1000; ++i) {
        expected.push_back(std::string(600, 'x') + std::to_string(1000 + i) + std::string(i % 3 == 0 ? 400 : 0, 'y'));
        put(transaction, table, item({{"p", text("p")}, {"s", text(expected.back())}}));
    }
    KeyRange range = of_partition(table.keys, item({{"p", text("p")}}));
    CHECK(sort_texts(rows(transaction, table, range)) == expected);
    range.sort_operator = SortOperator::begins_with;
    range.sort_low = encode(text(std::string(600, 'x') + "15"));
    CHECK(sort_texts(rows(transaction, table, range)) ==
          std::vector<std::string>(expected.begin() + 500, expected.begin() + 600));
    range.forward = false;
    CHECK(rows(transaction, table, range, 1).size() == 1);
    CHECK(sort_texts(rows(transaction, table, range, 1)).front() == expected[599]);
}

TEST_CASE("Range: rows shorter than a run come before it and longer ones after", "[range]") {
    const auto store = open_store();
    const Table table = create(*store, simple_table("table"));
    auto transaction = store->begin_write();
    std::vector<std::string> expected;
    for (std::size_t size = ordered_bytes_max - 3; size < ordered_bytes_max + 25; ++size)
        expected.emplace_back(size, 'x');
    expected.push_back(std::string(ordered_bytes_max - 1, 'x') + "y");
    expected.push_back(std::string(ordered_bytes_max - 2, 'x') + "z");
    for (const std::string& value : expected) put(transaction, table, item({{"p", text("p")}, {"s", text(value)}}));
    KeyRange range = of_partition(table.keys, item({{"p", text("p")}}));
    CHECK(sort_texts(rows(transaction, table, range)) == expected);
    range.forward = false;
    CHECK(sort_texts(rows(transaction, table, range)) == reversed(expected));
}

}  // namespace
}  // namespace minamo::storage
