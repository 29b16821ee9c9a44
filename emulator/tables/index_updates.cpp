// Each update names one index and does one thing: the member that is there says which.
#include "emulator/tables/index_updates.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "emulator/limits.hpp"
#include "emulator/tables/definitions.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/tables/setting_changes.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/words.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::IndexStatus;

constexpr std::string_view one_at_a_time =
    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";

const json::Value* updates_of(Input request) {
    return request.find("GlobalSecondaryIndexUpdates");
}

enum class IndexAction : std::uint8_t { none, create, change, remove };

struct IndexUpdate {
    IndexAction action = IndexAction::none;  // the first of several
    Input object;
    std::string name;
};

// Each is a member of its own.
constexpr Word<IndexAction> actions[] = {
    {IndexAction::create, "Create"}, {IndexAction::change, "Update"}, {IndexAction::remove, "Delete"}};

std::ptrdiff_t count_actions(const json::Value& element) {
    return std::ranges::count_if(actions, [&](const auto& row) { return json::find(element, row.text) != nullptr; });
}

IndexUpdate read_update(const json::Value& element) {
    for (const auto& [action, member] : actions) {
        if (const json::Value* object = json::find(element, member)) {
            const Input in(*object);
            return {action, in, std::string(in.text("IndexName"))};
        }
    }
    return {};
}

bool is_busy(const Index& index) {
    return index.status == IndexStatus::creating || index.status == IndexStatus::deleting;
}

std::string schema_text(const storage::KeySchema& keys) {
    std::string out;
    const auto add = [&out](const storage::KeyAttribute& key, KeyType type) {
        out.append(out.empty() ? "" : ", ").append("SchemaElement: key{").append(key.name).append(":");
        out.append(type_name(key.type)).append(":").append(word_of(type)).append("}");
    };
    for (const auto& key : keys.partition) add(key, KeyType::partition);
    for (const auto& key : keys.sort) add(key, KeyType::sort);
    return "Schema:[" + out + "]";
}

// A type once defined stays: an attribute that is a key of the table or of an index already has that type here too.
Result<void> check_same_types(const storage::Table& table, const storage::KeySchema& keys) {
    const auto check = [&keys](const storage::KeySchema& existing) -> Result<void> {
        for (const auto* attributes : {&keys.partition, &keys.sort}) {
            for (const storage::KeyAttribute& key : *attributes) {
                const storage::KeyAttribute* known = existing.find(key.name);
                if (known == nullptr || known->type == key.type) continue;
                return invalid_parameters(
                    "Attributes cannot be redefined. "
                    "Please check that your attribute has the same type as previously defined. "
                    "Existing schema: " +
                    schema_text(existing) + " New schema: " + schema_text(keys));
            }
        }
        return {};
    };
    TRY(check(table.keys));
    for (const Index& index : table.indexes) TRY(check(index.keys));
    return {};
}

Result<void> create_index(const Call& call, const IndexUpdate& update, const TableSettings& settings,
                          storage::Table& table, IndexChange& change) {
    if (table.find_index(update.name) != nullptr) {
        return invalid("Attempting to create an index which already exists");
    }
    if (std::ranges::any_of(table.indexes, is_busy)) {
        return fail(ErrorKind::limit_exceeded, std::string(one_at_a_time));
    }
    const json::Value* defined = call.input.find("AttributeDefinitions");
    if (defined == nullptr) {
        return invalid_parameters("AttributeDefinitions is not specified for index: " + update.name);
    }
    TRY_LET(definitions, attribute_definitions(defined));
    TRY_LET(index, read_global_index(update.object.object(), definitions, settings));
    TRY(check_same_types(table, index.keys));
    index.status = IndexStatus::creating;
    const auto global =
        static_cast<std::size_t>(std::ranges::count(table.indexes, storage::IndexKind::global, &Index::kind));
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
    if (index != nullptr && index->kind == storage::IndexKind::global) return index;
    if (index != nullptr) {
        const std::string verb = update.action == IndexAction::remove ? "delete" : "update";
        return invalid("Cannot " + verb + " an index that is not a GlobalSecondaryIndex: " + update.name);
    }
    return fail(ErrorKind::resource_not_found,
                "Requested resource not found: Index " + update.name + " for table " + table.name);
}

Result<void> remove_index(const IndexUpdate& update, storage::Table& table, IndexChange& change) {
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

// Units that no index can have are told before the index is looked for.
Result<void> check_units(const IndexUpdate& update) {
    const json::Value* given = update.object.find("ProvisionedThroughput");
    const Throughput wanted = given != nullptr ? throughput_from_json(*given) : Throughput{};
    if (std::max(wanted.read_units, wanted.write_units) <= limits::throughput_units_max) return {};
    return invalid(
        "This operation cannot be performed with given input values. "
        "Please contact DynamoDB service team for more info: Action Blocked: IndexUpdate");
}

Result<void> change_index(const IndexUpdate& update, storage::Table& table, const TableSettings& settings,
                          std::int64_t now_ms) {
    TRY(check_units(update));
    TRY_LET(index, find_global(update, table));
    const json::Value* units = update.object.find("ProvisionedThroughput");
    if (units != nullptr && settings.on_demand) {
        return units_on_demand(index->name);
    }
    IndexSettings kept = decode_index_settings(index->opaque);
    if (units != nullptr) change_throughput(kept.throughput, throughput_from_json(*units), now_ms);
    const json::Value* warm = update.object.find("WarmThroughput");
    if (warm != nullptr) {
        TRY(check_warm_throughput(*warm, settings.on_demand, kept.throughput, "index " + index->name));
        kept.warm_throughput = warm_throughput(*warm, settings.on_demand, kept.throughput, kept.warm_throughput);
    }
    if (units == nullptr && warm == nullptr) return {};
    index->opaque = encode(kept);
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
        if (update.action == IndexAction::none) {
            return invalid_parameters(
                "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                "GlobalSecondaryIndexUpdate.Delete must not be null");
        }
        if (count_actions(element) > 1) {
            return invalid_parameters(
                "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
        }
        if (!names.insert(update.name).second) {
            return invalid_parameters(
                "Only one global secondary index update per index is allowed simultaneously. Index: " + update.name);
        }
        online += update.action != IndexAction::change;
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
        if (update.action == IndexAction::create) {
            TRY(create_index(call, update, settings, table, change));
        } else if (update.action == IndexAction::remove) {
            TRY(remove_index(update, table, change));
        } else {
            TRY(change_index(update, table, settings, call.now_ms));
        }
    }
    return change;
}

}  // namespace minamo
