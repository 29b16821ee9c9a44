// Random schemas, rows and ranges beside a model that sorts values and knows nothing of keys.
#include <algorithm>
#include <map>
#include <random>

#include "storage/range.hpp"
#include "tests/storage/fixtures.hpp"

namespace minamo::storage {
namespace {

// The attributes of the keys of table and index, as ExclusiveStartKey has them.
std::string key_of(const Table& table, const Index* index, const std::string& row) {
    Item out;
    const auto add = [&](const std::vector<KeyAttribute>& keys) {
        for (const KeyAttribute& key : keys) out.set(key.name, decode(ItemView(row).find(key.name)));
    };
    add(table.keys.partition);
    add(table.keys.sort);
    if (index != nullptr) {
        add(index->keys.partition);
        add(index->keys.sort);
    }
    return encode(out);
}

constexpr std::size_t cut_bytes = ordered_bytes_max;

class Random {
public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}
    std::size_t below(std::size_t bound) { return engine_() % bound; }
    bool one_in(std::size_t n) { return below(n) == 0; }

    // Bytes that are hard for keys: long common beginnings around the cut, and few different bytes.
    std::string bytes(std::size_t size_max) {
        static constexpr std::size_t beginnings[] = {0,
                                                     0,
                                                     0,
                                                     1,
                                                     cut_bytes - 40,
                                                     cut_bytes - 3,
                                                     cut_bytes - 1,
                                                     cut_bytes,
                                                     cut_bytes + 1,
                                                     cut_bytes + 14,
                                                     cut_bytes + 30,
                                                     600,
                                                     1000};
        std::string out(beginnings[below(std::size(beginnings))], one_in(3) ? '\xff' : 'a');
        const std::size_t tail = below(4) + (out.empty() ? 1 : 0);
        for (std::size_t i = 0; i < tail; ++i)
            out.push_back(
                "\0\x01\xfe\xff"
                "ab"[below(6)]);
        if (one_in(10)) out.append(below(60), '\0');
        out.resize(std::min(out.size(), size_max));
        return out;
    }
    AttributeValue value(Type type, std::size_t size_max = sort_key_bytes_max) {
        if (type == Type::S) return {bytes(size_max)};
        if (type == Type::B) return {Binary{bytes(size_max)}};
        static constexpr const char* numbers[] = {"0",   "1",    "-1",    "10",     "-10",
                                                  "1.5", "-1.5", "1e100", "-1e100", "1e-100"};
        return {*Decimal::parse(numbers[below(std::size(numbers))])};
    }
    Type type() {
        static constexpr Type types[] = {Type::S, Type::N, Type::B, Type::B};
        return types[below(4)];
    }

private:
    std::mt19937 engine_;
};

struct World {
    Table table;
    Rows rows;  // of the table
};

std::vector<KeyAttribute> attributes(Random& random, std::string_view prefix, std::size_t count) {
    std::vector<KeyAttribute> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back({std::string(prefix) + std::to_string(i), random.type()});
    return out;
}

Table random_table(Random& random) {
    Table table;
    table.name = "table";
    table.keys.partition = attributes(random, "p", 1);
    table.keys.sort = attributes(random, "s", random.one_in(5) ? 0 : 1);
    if (!table.keys.sort.empty())
        add_index(table, "local", IndexKind::local, table.keys.partition, attributes(random, "l", 1));
    add_index(table, "global", IndexKind::global, attributes(random, "g", 1), attributes(random, "h", random.below(2)));
    add_index(table, "multiple", IndexKind::global, attributes(random, "m", 1 + random.below(3)),
              attributes(random, "n", random.below(4)), Projection::keys_only);
    return table;
}

std::string random_row(Random& random, const Table& table) {
    Item out;
    const auto add = [&](const KeySchema& keys) {
        for (const KeyAttribute& key : keys.partition) {
            if (out.find(key.name) != nullptr) continue;
            // Few partitions, so that there is much to order.
            const bool second = random.one_in(4);
            if (key.type == Type::S) out.set(key.name, text(second ? std::string(2000, 'q') : "p"));
            if (key.type == Type::B) out.set(key.name, binary(second ? std::string("\0", 1) : "p"));
            if (key.type == Type::N) out.set(key.name, number(second ? "2" : "1"));
        }
        for (const KeyAttribute& key : keys.sort) out.set(key.name, random.value(key.type));
    };
    add(table.keys);
    for (const Index& index : table.indexes) add(index.keys);
    return encode(out);
}

World random_world(Random& random, Store& store, std::size_t row_count) {
    World world;
    auto transaction = store.begin_write();
    world.table = transaction.put_table(random_table(random));
    std::map<std::string, std::string> by_key;
    for (std::size_t i = 0; i < row_count; ++i) {
        const std::string row = random_row(random, world.table);
        put(transaction, world.table, row);
        by_key[key_of(world.table, nullptr, row)] = row;
    }
    transaction.commit();
    for (const auto& [key, row] : by_key) world.rows.push_back(row);
    return world;
}

std::strong_ordering order(const std::vector<KeyAttribute>& keys, const std::string& a, const std::string& b) {
    for (const KeyAttribute& key : keys) {
        const auto ordered = *compare(ItemView(a).find(key.name), ItemView(b).find(key.name));
        if (ordered != 0) return ordered;
    }
    return std::strong_ordering::equal;
}

bool same_partition(const KeySchema& keys, const std::string& a, const std::string& b) {
    return std::ranges::all_of(keys.partition, [&](const KeyAttribute& key) {
        return equal(ItemView(a).find(key.name), ItemView(b).find(key.name));
    });
}

bool satisfies(ValueView value, const KeyRange& range) {
    const auto against = [&](const std::string& operand) { return *compare(value, ValueView(operand)); };
    switch (range.sort_operator) {
        case SortOperator::none:
            return true;
        case SortOperator::eq:
            return against(range.sort_low) == 0;
        case SortOperator::lt:
            return against(range.sort_low) < 0;
        case SortOperator::le:
            return against(range.sort_low) <= 0;
        case SortOperator::gt:
            return against(range.sort_low) > 0;
        case SortOperator::ge:
            return against(range.sort_low) >= 0;
        case SortOperator::between:
            return against(range.sort_low) >= 0 && against(range.sort_high) <= 0;
        case SortOperator::begins_with:
            return value.text().starts_with(ValueView(range.sort_low).text());
    }
    return false;
}

// The rows that a range must give, in order where the order is defined: by sort values, and on a local index by the
// table's sort value.
Rows model_rows(const World& world, const KeyRange& range, const std::string& of) {
    const KeySchema& keys = range.index != nullptr ? range.index->keys : world.table.keys;
    Rows out;
    for (const std::string& row : world.rows) {
        if (range.partition && !same_partition(keys, row, of)) continue;
        bool in = true;
        for (std::size_t i = 0; i < range.sort_equal.size(); ++i) {
            in = in && equal(ItemView(row).find(keys.sort[i].name), ValueView(range.sort_equal[i]));
        }
        if (range.sort_operator != SortOperator::none) {
            in = in && satisfies(ItemView(row).find(keys.sort[range.sort_equal.size()].name), range);
        }
        if (in) out.push_back(range.index != nullptr ? index_entry(world.table, *range.index, ItemView(row)) : row);
    }
    return out;
}

void check_order(const World& world, const KeyRange& range, const Rows& found) {
    const KeySchema& keys = range.index != nullptr ? range.index->keys : world.table.keys;
    for (std::size_t i = 1; i < found.size(); ++i) {
        if (!same_partition(keys, found[i - 1], found[i])) continue;
        auto ordered = order(keys.sort, found[i - 1], found[i]);
        if (ordered == 0 && range.index != nullptr && range.index->kind == IndexKind::local) {
            ordered = order(world.table.keys.sort, found[i - 1], found[i]);
            CHECK((ordered != 0));
        }
        CHECK((ordered <= 0));
    }
}

// Rows of one partition must stand together.
void check_partitions(const World& world, const KeyRange& range, const Rows& found) {
    const KeySchema& keys = range.index != nullptr ? range.index->keys : world.table.keys;
    std::vector<std::string> left;
    for (std::size_t i = 1; i < found.size(); ++i) {
        if (same_partition(keys, found[i - 1], found[i])) continue;
        left.push_back(found[i - 1]);
        for (const std::string& row : left) CHECK_FALSE(same_partition(keys, row, found[i]));
    }
}

// A page of one row, from every position, with and without the row at the position.
void check_pages(Store& store, const World& world, KeyRange range, const Rows& found, Random& random) {
    auto transaction = store.begin_write();
    for (std::size_t i = 0; i < found.size(); ++i) {
        range.start_after = key_of(world.table, range.index, found[i]);
        const Rows expected = i + 1 < found.size() ? Rows{found[i + 1]} : Rows{};
        REQUIRE(rows(transaction, world.table, range, 1) == expected);
        if (!random.one_in(8)) continue;
        // As another would have it: the row at the position is gone when the next page is read.
        const RowKey key = table_row_key(world.table, ItemView(found[i]));
        const std::string row(transaction.get(world.table, key).encoded());
        write(transaction, world.table, key, transaction.get(world.table, key), {}, 0);
        REQUIRE(rows(transaction, world.table, range, 1) == expected);
        put(transaction, world.table, row);
    }
}

void check_range(Store& store, const World& world, KeyRange range, const std::string& of, Random& random, bool pages) {
    range.forward = true;
    Rows found;
    {
        auto transaction = store.begin_read();
        found = rows(transaction, world.table, range);
        range.forward = false;
        REQUIRE(rows(transaction, world.table, range) == reversed(found));
    }
    check_order(world, range, found);
    check_partitions(world, range, found);
    Rows sorted = found;
    Rows expected = model_rows(world, range, of);
    std::ranges::sort(sorted);
    std::ranges::sort(expected);
    REQUIRE(sorted == expected);
    if (!pages) return;
    check_pages(store, world, range, reversed(found), random);
    range.forward = true;
    check_pages(store, world, range, found, random);
}

// An operand near the values that there are: one of them, or one of them cut, continued or changed.
std::string random_operand(Random& random, const World& world, const KeyAttribute& key) {
    AttributeValue value = decode(ItemView(world.rows[random.below(world.rows.size())]).find(key.name));
    if (random.one_in(4)) value = random.value(key.type);
    std::string* bytes = nullptr;
    if (key.type == Type::S) bytes = &std::get<std::string>(value.data);
    if (key.type == Type::B) bytes = &std::get<Binary>(value.data).bytes;
    if (bytes != nullptr) {
        if (random.one_in(3)) bytes->resize(random.below(bytes->size() + 1));
        if (random.one_in(4)) bytes->push_back(random.one_in(2) ? '\0' : '\xff');
        if (bytes->empty()) bytes->push_back('a');
    }
    return encode(value);
}

KeyRange random_range(Random& random, const World& world, const Index* index, std::string& of) {
    const KeySchema& keys = index != nullptr ? index->keys : world.table.keys;
    of = world.rows[random.below(world.rows.size())];
    KeyRange range = of_partition(keys, of, index);
    std::size_t i = 0;
    for (; i < keys.sort.size() && random.one_in(3); ++i) {
        range.sort_equal.push_back(std::string(ItemView(of).find(keys.sort[i].name).encoded()));
    }
    if (i < keys.sort.size()) {
        const bool number = keys.sort[i].type == Type::N;
        range.sort_operator = static_cast<SortOperator>(random.below(number ? 7 : 8));
        range.sort_low = random_operand(random, world, keys.sort[i]);
        range.sort_high = random_operand(random, world, keys.sort[i]);
    }
    return range;
}

std::vector<const Index*> places(const Table& table) {
    std::vector<const Index*> out{nullptr};
    for (const Index& index : table.indexes) out.push_back(&index);
    return out;
}

TEST_CASE("Range: random queries find what a sorted list of values says", "[range]") {
    for (std::uint32_t seed = 1; seed <= 30; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const auto store = open_store();
        const World world = random_world(random, *store, 1 + random.below(60));
        for (const Index* index : places(world.table)) {
            for (int n = 0; n < 12; ++n) {
                std::string of;
                const KeyRange range = random_range(random, world, index, of);
                check_range(*store, world, range, of, random, n < 3);
            }
        }
    }
}

TEST_CASE("Range: random scans give each row once, partitions together, pages without a gap", "[range]") {
    for (std::uint32_t seed = 101; seed <= 120; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const auto store = open_store();
        const World world = random_world(random, *store, 1 + random.below(80));
        for (const Index* index : places(world.table)) {
            KeyRange range;
            range.index = index;
            check_range(*store, world, range, {}, random, true);
        }
    }
}

TEST_CASE("Range: a position where no row ever was divides the rows as their order does", "[range]") {
    for (std::uint32_t seed = 201; seed <= 220; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const auto store = open_store();
        const World world = random_world(random, *store, 40);
        for (const Index* index : places(world.table)) {
            const KeySchema& keys = index != nullptr ? index->keys : world.table.keys;
            if (keys.sort.empty()) continue;
            const std::string position = random_row(random, world.table);
            KeyRange range = of_partition(keys, position, index);
            auto transaction = store->begin_read();
            range.start_after = key_of(world.table, index, position);
            const Rows after = rows(transaction, world.table, range);
            range.forward = false;
            const Rows before = rows(transaction, world.table, range);
            for (const std::string& row : after) CHECK((order(keys.sort, row, position) >= 0));
            for (const std::string& row : before) CHECK((order(keys.sort, row, position) <= 0));
            range.forward = true;
            range.start_after.clear();
            Rows all = rows(transaction, world.table, range);
            std::erase_if(all, [&](const std::string& row) {
                return key_of(world.table, index, row) == key_of(world.table, index, position);
            });
            Rows together = reversed(before);
            together.insert(together.end(), after.begin(), after.end());
            CHECK((together == all));
        }
    }
}

}  // namespace
}  // namespace minamo::storage
