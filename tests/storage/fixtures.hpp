// What the tests of the store share: stores in memory and in files, tables and items in a line, and the whole of a
// range as a list.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/range.hpp"
#include "storage/store.hpp"
#include "storage/write.hpp"
#include "tests/in_child.hpp"
#include "tests/support.hpp"
#include "tests/temporary_folder.hpp"

namespace minamo::storage {

// Small enough for sanitizers.
inline constexpr std::size_t test_map_bytes = std::size_t{256} << 20;

inline std::unique_ptr<Store> open_store(StoreOptions options = {}) {
    if (options.map_bytes == 0) options.map_bytes = test_map_bytes;
    auto store = Store::open(options);
    INFO((store ? "" : store.error().message));
    REQUIRE(store);
    return std::move(*store);
}

inline StoreOptions at(const std::string& path) {
    StoreOptions options;
    options.path = path;
    options.map_bytes = test_map_bytes;
    return options;
}

inline std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

inline AttributeValue text(std::string_view value) {
    return {std::string(value)};
}
inline AttributeValue number(std::string_view value) {
    return {*Decimal::parse(value)};
}
inline AttributeValue binary(std::string_view value) {
    return {Binary{std::string(value)}};
}

// "p7"
inline std::string partition_name(int i) {
    std::string out("p");
    return out.append(std::to_string(i));
}

inline std::string item(std::initializer_list<std::pair<std::string_view, AttributeValue>> attributes) {
    Item out;
    for (const auto& [name, value] : attributes) out.set(name, value);
    return encode(out);
}

// Partition key `p` (S) and sort key `s` (S), none where `sorted` is false.
inline Table simple_table(std::string name, bool sorted = true) {
    Table table;
    table.name = std::move(name);
    table.id = "id of " + table.name;
    table.keys.partition = {{"p", Type::S}};
    if (sorted) table.keys.sort = {{"s", Type::S}};
    return table;
}

inline Index& add_index(Table& table, std::string name, IndexKind kind, std::vector<KeyAttribute> partition,
                        std::vector<KeyAttribute> sort, Projection projection = Projection::all) {
    Index index;
    index.number = table.take_index_number();
    index.kind = kind;
    index.name = std::move(name);
    index.keys = {std::move(partition), std::move(sort)};
    index.projection = projection;
    table.indexes.push_back(std::move(index));
    return table.indexes.back();
}

inline Table create(Store& store, Table table) {
    auto transaction = store.begin_write();
    Table created = transaction.put_table(std::move(table));
    transaction.commit();
    return created;
}

inline Written put(WriteTransaction& transaction, const Table& table, const std::string& encoded) {
    const RowKey key = table_row_key(table, ItemView(encoded));
    return write(transaction, table, key, transaction.get(table, key), ItemView(encoded), 0);
}

inline Written erase(WriteTransaction& transaction, const Table& table, const std::string& encoded_key) {
    const RowKey key = table_row_key(table, ItemView(encoded_key));
    return write(transaction, table, key, transaction.get(table, key), {}, 0);
}

inline void put(Store& store, const Table& table, const std::string& encoded) {
    auto transaction = store.begin_write();
    put(transaction, table, encoded);
    transaction.commit();
}

// The row with the key of `encoded`; empty where there is none.
inline std::string get(Transaction& transaction, const Table& table, const std::string& encoded) {
    return std::string(transaction.get(table, table_row_key(table, ItemView(encoded))).encoded());
}

inline std::string get(Store& store, const Table& table, const std::string& encoded) {
    auto transaction = store.begin_read();
    return get(transaction, table, encoded);
}

using Rows = std::vector<std::string>;

// `limit` rows of the range at most, encoded.
inline Rows rows(Transaction& transaction, const Table& table, const KeyRange& range, std::size_t limit = SIZE_MAX) {
    Rows out;
    RangeCursor cursor(transaction, table, range);
    while (out.size() < limit) {
        const ItemView row = cursor.next();
        if (row.empty()) break;
        out.emplace_back(row.encoded());
    }
    return out;
}

inline Rows reversed(Rows rows) {
    std::ranges::reverse(rows);
    return rows;
}

// The range of the partition that the item is in.
inline KeyRange of_partition(const KeySchema& keys, const std::string& encoded_item, const Index* index = nullptr) {
    KeyRange range;
    range.index = index;
    range.partition = partition_hash(keys, ItemView(encoded_item));
    return range;
}

}  // namespace minamo::storage
