// The tables of a store: one row each in the tree `catalog` (name -> encoded Table), and all of them decoded.
//
// What a write transaction changes is apart until it commits. find() may run in any number of read transactions at
// once; everything else only in a write transaction, which alone has the lock.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/lmdb.hpp"
#include "storage/schema.hpp"

namespace minamo::storage {

class Catalog {
public:
    // Opens the tree, makes it where it is not there, and decodes all rows. Throws Damaged on a row that is none.
    void load(lmdb::Transaction& transaction);

    // Null where there is no such table. Lives until the transaction ends.
    const Table* find(std::string_view name) const;
    // Names in ascending byte order, after `after`.
    std::vector<std::string> names(const lmdb::Transaction& transaction, std::string_view after,
                                   std::size_t limit) const;
    std::size_t count(const lmdb::Transaction& transaction) const { return transaction.row_count(rows_); }

    const Table& put(lmdb::Transaction& transaction, Table table);
    void erase(lmdb::Transaction& transaction, const Table& table);

    void commit() noexcept;
    void abort() noexcept;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
    };
    using ByName = std::unordered_map<std::string, std::unique_ptr<const Table>, Hash, std::equal_to<>>;

    lmdb::Database rows_;
    ByName tables_;
    ByName changes_;                                      // of the present write transaction; null: erased
    std::vector<std::unique_ptr<const Table>> replaced_;  // among them: callers may still look at these
};

}  // namespace minamo::storage
