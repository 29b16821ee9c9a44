// ItemCollectionMetrics of calls that write several items: by table, each item collection once.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/items/capacity.hpp"
#include "emulator/wire/json.hpp"
#include "storage/store.hpp"

namespace minamo {

class CollectionMetrics {
public:
    explicit CollectionMetrics(bool asked) : asked_(asked) {}

    // Notes the collection that `key` belongs to, where the table has collections (it has an LSI).
    void add(std::string_view given_name, const storage::Table& table, storage::ItemView key);

    // The member, where it was asked for and there are collections.
    void write_to(json::Writer& out, storage::Transaction& transaction) const;

private:
    struct Collection {
        const storage::Table* table;
        std::string partition;  // an encoded item of the partition key alone
        bool operator==(const Collection&) const = default;
    };
    bool asked_;
    std::map<std::string, std::vector<Collection>> by_table_;
};

}  // namespace minamo
