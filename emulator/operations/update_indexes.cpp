// Each update names one index and does one thing.
#include "emulator/operations/update_indexes.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "emulator/limits.hpp"
#include "emulator/operations/definitions.hpp"
#include "emulator/operations/table_settings.hpp"
#include "emulator/operations/tables.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::IndexStatus;

constexpr std::string_view one_at_a_time =
    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";

const json::Value* updates_of(Input request) {
    return request.find("GlobalSecondaryIndexUpdates");
}

struct IndexUpdate {
    std::string_view kind;  // "Create", "Update", "Delete"; empty where none is given
    Input object;
    std::string name;
};

IndexUpdate read_update(const json::Value& element) {
    for (const std::string_view kind : {"Create", "Update", "Delete"}) {
        if (const json::Value* object = json::find(element, kind)) {
            const Input in(*object);
            return {kind, in, std::string(in.text("IndexName"))};
        }
    }
    return {};
}

bool is_busy(const Index& index) {
    return index.status == IndexStatus::creating || index.status == IndexStatus::deleting;
}

Result<void> create(const Call& call, const IndexUpdate& update, const TableSettings& settings, storage::Table& table,
                    IndexChange& change) {
    if (table.find_index(update.name) != nullptr) {
        return invalid("Attempting to create an index which already exists");
    }
    if (std::ranges::any_of(table.indexes, is_busy)) {
        return fail(ErrorKind::limit_exceeded, std::string(one_at_a_time));
    }
    const auto definitions = attribute_definitions(call.input.find("AttributeDefinitions"));
    TRY_LET(index, read_global_index(update.object.object(), definitions, settings));
    const auto types_of = [&table](std::vector<storage::KeyAttribute>& keys) {  // a type once defined stays
        for (storage::KeyAttribute& key : keys) {
            if (const auto* known = table.keys.find(key.name)) key.type = known->type;
            for (const Index& other : table.indexes) {
                if (const auto* known = other.keys.find(key.name)) key.type = known->type;
            }
        }
    };
    types_of(index.keys.partition);
    types_of(index.keys.sort);
    index.status = IndexStatus::creating;
    const auto global = static_cast<std::size_t>(std::ranges::count(table.indexes, true, &Index::global));
    if (global >= limits::global_indexes_max) {
        return fail(ErrorKind::limit_exceeded, "GlobalSecondaryIndex count exceeds the per-table limit of 20");
    }
    index.number = table.take_index_number();
    change.created = index.number;
    table.indexes.push_back(std::move(index));
    return check_projected_attributes(table);
}

Result<Index*> find_global(const IndexUpdate& update, storage::Table& table) {
    Index* index = table.find_index(update.name);
    if (index == nullptr || !index->global) return fail(ErrorKind::resource_not_found, "Requested resource not found");
    return index;
}

Result<void> remove(const IndexUpdate& update, storage::Table& table, IndexChange& change) {
    TRY_LET(index, find_global(update, table));
    const bool other_busy =
        std::ranges::any_of(table.indexes, [index](const Index& other) { return &other != index && is_busy(other); });
    if (other_busy || index->status == IndexStatus::deleting) {
        return fail(ErrorKind::limit_exceeded, std::string(one_at_a_time));
    }
    if (index->status == IndexStatus::creating && !index->backfilling) {
        return fail(ErrorKind::resource_in_use,
                    "Attempt to change a resource which is still in use: Index is being created: " + index->name);
    }
    index->status = IndexStatus::deleting;
    index->backfilling = false;
    change.deleted = index->number;
    return {};
}

Result<void> provision(const IndexUpdate& update, storage::Table& table, const TableSettings& settings,
                       std::int64_t now_ms) {
    TRY_LET(index, find_global(update, table));
    const json::Value* given = update.object.find("ProvisionedThroughput");
    if (given == nullptr) return {};
    const Throughput wanted = throughput_from_json(*given);
    if (wanted.read_units > limits::throughput_units_max || wanted.write_units > limits::throughput_units_max) {
        return invalid(
            "This operation cannot be performed with given input values. Please contact DynamoDB service team for "
            "more info: Action Blocked: IndexUpdate");
    }
    if (settings.on_demand) {
        return invalid_parameters("ProvisionedThroughput should not be specified for index: " + index->name +
                                  " when BillingMode is PAY_PER_REQUEST");
    }
    Throughput throughput = decode_index_settings(index->opaque).throughput;
    change_throughput(throughput, wanted, now_ms);
    index->opaque = encode(IndexSettings{throughput});
    if (index->status == IndexStatus::active) index->status = IndexStatus::updating;
    return {};
}

}  // namespace

Result<void> check_index_updates(Input request) {
    const json::Value* updates = updates_of(request);
    if (updates == nullptr) return {};
    std::set<std::string> names;
    int online = 0;
    for (const auto& element : updates->GetArray()) {
        const IndexUpdate update = read_update(element);
        if (update.kind.empty()) {
            return invalid_parameters(
                "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                "GlobalSecondaryIndexUpdate.Delete must not be null");
        }
        if (!names.insert(update.name).second) {
            return invalid_parameters(
                "Only one global secondary index update per index is allowed simultaneously. Index: " + update.name);
        }
        online += update.kind != "Update";
    }
    if (online > 1) return fail(ErrorKind::limit_exceeded, std::string(one_at_a_time));
    return {};
}

Result<IndexChange> update_indexes(const Call& call, storage::Table& table, const TableSettings& settings) {
    IndexChange change;
    const json::Value* updates = updates_of(call.input);
    if (updates == nullptr) return change;
    for (const auto& element : updates->GetArray()) {
        const IndexUpdate update = read_update(element);
        if (update.kind == "Create") {
            TRY(create(call, update, settings, table, change));
        } else if (update.kind == "Delete") {
            TRY(remove(update, table, change));
        } else {
            TRY(provision(update, table, settings, call.now_ms));
        }
    }
    return change;
}

}  // namespace minamo
