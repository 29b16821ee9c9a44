// CreateTable. Whether there is such a table already is the last question: the rest of a request can be judged by
// itself.
#include <algorithm>
#include <set>
#include <string>

#include "emulator/operations/handlers.hpp"
#include "emulator/streams/table_streams.hpp"
#include "emulator/tables/definitions.hpp"
#include "emulator/tables/description.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/tables/setting_changes.hpp"
#include "emulator/tables/tags.hpp"
#include "emulator/time/events.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/uuid.hpp"
#include "emulator/wire/words.hpp"
#include "emulator/world.hpp"

namespace minamo {
namespace {

Result<TableSettings> read_billing(const Call& call) {
    TableSettings settings;
    settings.on_demand = from_word<BillingMode>(call.input.text("BillingMode")) == BillingMode::pay_per_request;
    const json::Value* given = call.input.find("ProvisionedThroughput");
    if (settings.on_demand && given != nullptr) {
        return units_on_demand();
    }
    if (!settings.on_demand && given == nullptr) {
        return invalid_parameters(
            "ReadCapacityUnits and WriteCapacityUnits must both be specified "
            "when BillingMode is PROVISIONED");
    }
    if (settings.on_demand) settings.on_demand_since_ms = call.now_ms;
    if (given != nullptr) settings.throughput = throughput_from_json(*given);
    TRY(check_bounds(settings.throughput));
    return settings;
}

std::set<std::string> used_attributes(const storage::Table& table) {
    std::set<std::string> used;
    const auto add = [&used](const storage::KeySchema& keys) {
        for (const auto& key : keys.partition) used.insert(key.name);
        for (const auto& key : keys.sort) used.insert(key.name);
    };
    add(table.keys);
    for (const storage::Index& index : table.indexes) add(index.keys);
    return used;
}

Result<void> check_all_used(const AttributeDefinitions& definitions, const storage::Table& table) {
    const auto used = used_attributes(table);
    if (used.size() == definitions.size()) return {};
    if (table.indexes.empty()) {
        return invalid_parameters(
            "Number of attributes in KeySchema does not exactly match "
            "number of attributes defined in AttributeDefinitions");
    }
    std::string names;
    for (const std::string& name : used) names.append(names.empty() ? "" : ", ").append(name);
    return invalid_parameters("Some AttributeDefinitions are not used. AttributeDefinitions: " +
                              names_in_brackets(definitions) + ", keys used: [" + names + "]");
}

Result<void> check_on_demand_throughput(const Call& call, const TableSettings& settings) {
    const json::Value* given = call.input.find("OnDemandThroughput");
    if (given == nullptr) return {};
    for (const std::string_view member : on_demand_members) {
        const json::Value* units = json::find(*given, member);
        if (units == nullptr) continue;
        const std::string name(member);
        if (!settings.on_demand) {
            return invalid_parameters(name +
                                      " for OnDemandThroughput cannot be specified "
                                      "when table BillingMode is PROVISIONED.");
        }
        if (integer(*units) < 1) {
            return on_demand_out_of_range(member);
        }
    }
    return {};
}

// StreamSpecification: checked here; the stream is opened once the table is kept.
Result<void> read_stream(const Call& call, storage::Table& table) {
    const json::Value* given = call.input.find("StreamSpecification");
    if (given == nullptr) return {};
    const Input in(*given);
    const bool enabled = in.flag("StreamEnabled");
    if (!enabled && in.has("StreamViewType")) {
        return invalid_parameters(
            "Table is being created with a stream disabled, UpdateViewType should not be specified");
    }
    if (enabled) {
        TRY_LET(view, stream_view(in));
        table.stream = {true, view, {}, 0};
    }
    return {};
}

void read_kept(const Call& call, TableSettings& settings) {
    settings.deletion_protection = call.input.flag("DeletionProtectionEnabled");
    if (call.input.has("TableClass")) settings.table_class = call.input.text("TableClass");
    if (const json::Value* tags = call.input.find("Tags")) settings.tags = json::to_text(*tags);
    if (const json::Value* given = call.input.find("OnDemandThroughput")) {
        settings.on_demand_throughput = json::to_text(*given);
    }
    if (const json::Value* given = call.input.find("WarmThroughput")) {
        settings.warm_throughput = warm_throughput(*given, settings.on_demand, settings.throughput, {});
    }
    settings.sse = sse_description(call, call.input.find("SSESpecification"));
}

Result<storage::Table> read_table(Call& call, std::string_view name) {
    TRY_LET(settings, read_billing(call));
    storage::Table table;
    table.name = name;
    TRY_LET(definitions, attribute_definitions(call.input.find("AttributeDefinitions")));
    TRY_LET(keys, table_keys(*call.input.find("KeySchema"), definitions));
    table.keys = keys;
    if (!call.input.has("LocalSecondaryIndexes") && !call.input.has("GlobalSecondaryIndexes")) {
        TRY(check_all_used(definitions, table));
    }
    TRY(read_indexes(call.input, definitions, settings, table));
    TRY(check_all_used(definitions, table));
    TRY(check_on_demand_throughput(call, settings));
    TRY(read_stream(call, table));
    if (const json::Value* given = call.input.find("WarmThroughput")) {
        TRY(check_warm_throughput(*given, settings.on_demand, settings.throughput, "table"));
    }
    if (const json::Value* tags = call.input.find("Tags")) TRY(check_tags(*tags));
    read_kept(call, settings);
    table.id = make_uuid();
    table.created_ms = call.now_ms;
    table.status = storage::TableStatus::creating;
    for (storage::Index& index : table.indexes) {
        if (index.kind == storage::IndexKind::global) index.status = storage::IndexStatus::creating;
    }
    table.opaque = encode(settings);
    return table;
}

}  // namespace

Result<void> create_table(Call& call) {
    const std::string_view name = table_name(call);
    TRY_LET(table, read_table(call, name));
    const std::int64_t active_ms = call.now_ms + call.world.options.create_table.count();
    return call.space.write(
        [&](storage::WriteTransaction* transaction) -> Result<void> {
            if (transaction->find_table(name) != nullptr) {
                return fail(ErrorKind::resource_in_use, "Table already exists: " + std::string(name));
            }
            const storage::Table* created = &transaction->put_table(table);
            if (table.stream.enabled) {
                created = &open_table_stream(*transaction, *created, call.world.options.stream_shards, call.now_ms,
                                             active_ms);
            }
            schedule(*transaction, active_ms, table_active(*created));
            call.out.begin_object();
            call.out.key("TableDescription");
            write_description(call, *transaction, *created, Shown::created);
            call.out.end_object();
            return {};
        },
        true);
}

}  // namespace minamo
