// Live item counts and sizes of a table and its indexes: one row in the tree `counters`. In a tree of their own they
// cost least: it is so small that a write copies one page for it, where in the table's tree it would copy another path.
//
//   key   = table number (8, big endian)
//   value = (index number (1) + items (8) + bytes (8))*, numbers little endian; without those that count nothing
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/counters.hpp"
#include "storage/lmdb.hpp"

namespace minamo::storage {

class TableCounters {
public:
    // As stored; all zero where nothing is.
    TableCounters(const lmdb::Transaction& transaction, lmdb::Database database, std::uint64_t table_number);
    static void erase(lmdb::Transaction& transaction, lmdb::Database database, std::uint64_t table_number);

    Counters of(std::uint8_t index_number) const;
    // An entry of `old_bytes` becomes one of `new_bytes`; 0: there is none.
    void replace(std::uint8_t index_number, std::size_t old_bytes, std::size_t new_bytes);

    void store(lmdb::Transaction& transaction, lmdb::Database database) const;

    std::uint64_t table_number() const { return table_number_; }

private:
    struct Entry {
        std::uint8_t index_number = 0;
        Counters counters;
    };
    std::uint64_t table_number_;
    std::vector<Entry> entries_;
};

}  // namespace minamo::storage
