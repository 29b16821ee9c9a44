// Capacity units as the developer guide counts them.
#include "emulator/items/capacity.hpp"

#include <string>

#include "tests/support.hpp"

using namespace minamo;

TEST_CASE("Capacity: reads count 4 KB, half when eventually consistent", "[capacity]") {
    const std::tuple<std::size_t, HalfUnits, HalfUnits> rows[] = {
        {0, 1, 2}, {1, 1, 2}, {4096, 1, 2}, {4097, 2, 4}, {8192, 2, 4}, {8193, 3, 6}, {409600, 100, 200}};
    for (const auto& [bytes, eventual, consistent] : rows) {
        CAPTURE(bytes);
        CHECK(Capacity::read_halves(bytes, false) == eventual);
        CHECK(Capacity::read_halves(bytes, true) == consistent);
    }
}

TEST_CASE("Capacity: writes count 1 KB, one at least", "[capacity]") {
    const std::pair<std::size_t, HalfUnits> rows[] = {{0, 2}, {1, 2}, {1024, 2}, {1025, 4}, {409600, 800}};
    for (const auto& [bytes, halves] : rows) {
        CAPTURE(bytes);
        CHECK(Capacity::write_halves(bytes) == halves);
    }
}

namespace {

storage::Index index_named(const char* name, storage::IndexKind kind) {
    storage::Index index;
    index.name = name;
    index.kind = kind;
    return index;
}

std::string shown(const Capacity& capacity, CapacityDetail detail, std::string_view transactional = {}) {
    std::string text;
    json::Writer out(text);
    capacity.write_to(out, "t", detail, transactional);
    return text;
}

}  // namespace

TEST_CASE("Capacity: index writes are charged by what changed", "[capacity]") {
    const storage::Index index = index_named("i", storage::IndexKind::global);
    // old bytes, new bytes, key changed, content changed, units of the index
    const std::tuple<std::size_t, std::size_t, bool, bool, double> rows[] = {
        {0, 100, false, true, 1},    {100, 0, false, true, 1},     {100, 100, false, false, 0},
        {100, 2000, false, true, 2}, {3000, 2000, false, true, 3}, {2000, 2000, true, true, 4},
        {0, 1025, false, true, 2}};
    for (const auto& [before, after, key_changed, content_changed, units] : rows) {
        storage::Written written;
        written.new_bytes = 10;
        written.indexes = {{&index, before, after, key_changed, content_changed}};
        Capacity capacity;
        capacity.add_write(written);
        const std::string text = shown(capacity, CapacityDetail::total);
        CHECK(text == "{\"TableName\":\"t\",\"CapacityUnits\":" + std::to_string(static_cast<int>(units) + 1) + ".0}");
    }
}

TEST_CASE("Capacity: INDEXES lists the table beside the indexes that were charged", "[capacity]") {
    const storage::Index global = index_named("g", storage::IndexKind::global);
    const storage::Index local = index_named("l", storage::IndexKind::local);
    Capacity capacity;
    capacity.add_table(1);
    capacity.add_index(global, 2);
    capacity.add_index(local, 4);
    capacity.add_index(index_named("unused", storage::IndexKind::global), 0);
    CHECK(
        shown(capacity, CapacityDetail::indexes) ==
        R"({"TableName":"t","CapacityUnits":3.5,"Table":{"CapacityUnits":0.5},)"
        R"("LocalSecondaryIndexes":{"l":{"CapacityUnits":2.0}},"GlobalSecondaryIndexes":{"g":{"CapacityUnits":1.0}}})");
}

TEST_CASE("Capacity: a transaction doubles the row under the name of its kind", "[capacity]") {
    storage::Written written;
    written.new_bytes = 100;
    Capacity capacity;
    capacity.add_write(written, true);
    CHECK(shown(capacity, CapacityDetail::total, "WriteCapacityUnits") ==
          R"({"TableName":"t","WriteCapacityUnits":2.0,"CapacityUnits":2.0})");
}
