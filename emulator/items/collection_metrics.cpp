// Two items of one partition are one collection.
#include "emulator/items/collection_metrics.hpp"

#include <algorithm>

namespace minamo {

void CollectionMetrics::add(std::string_view given_name, const storage::Table& table, storage::ItemView key) {
    if (!asked_ || !table.has_local_indexes()) return;
    const std::string& name = table.keys.partition[0].name;
    storage::ItemEncoder partition;
    partition.add(name, key.find(name));
    Collection collection{&table, partition.finish()};
    auto& collections = by_table_[std::string(given_name)];
    if (std::ranges::find(collections, collection) == collections.end()) collections.push_back(std::move(collection));
}

void CollectionMetrics::write_to(json::Writer& out, storage::Transaction& transaction) const {
    if (by_table_.empty()) return;
    out.key("ItemCollectionMetrics");
    out.begin_object();
    for (const auto& [name, collections] : by_table_) {
        out.key(name);
        out.begin_array();
        for (const Collection& collection : collections) {
            write_collection_metrics(out, *collection.table, storage::ItemView(collection.partition),
                                     transaction.counters(*collection.table, 0).bytes);
        }
        out.end_array();
    }
    out.end_object();
}

}  // namespace minamo
