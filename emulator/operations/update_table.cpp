// UpdateTable: throughput, billing, class, protection, encryption, stream. Indexes are in tables/index_updates.hpp.
#include <algorithm>
#include <string>
#include <utility>

#include "emulator/operations/handlers.hpp"
#include "emulator/streams/table_streams.hpp"
#include "emulator/tables/definitions.hpp"
#include "emulator/tables/description.hpp"
#include "emulator/tables/index_updates.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/tables/setting_changes.hpp"
#include "emulator/time/events.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/words.hpp"
#include "emulator/world.hpp"
#include "storage/journal.hpp"

namespace minamo {
namespace {

constexpr std::string_view change_members[] = {
    "ProvisionedThroughput", "BillingMode",    "StreamSpecification", "GlobalSecondaryIndexUpdates",
    "SSESpecification",      "ReplicaUpdates", "TableClass",          "DeletionProtectionEnabled",
    "OnDemandThroughput",    "WarmThroughput"};

// An empty list asks for nothing.
bool asks_for_change(Input input, std::string_view member) {
    const json::Value* given = input.find(member);
    return given != nullptr && !(given->IsArray() && given->Empty());
}

Result<void> check_asks_for_change(Input input) {
    if (std::ranges::any_of(change_members, [&](auto member) { return asks_for_change(input, member); })) return {};
    return invalid(
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
        "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, "
        "DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required");
}

Result<void> check_request(Input input) {
    TRY(check_asks_for_change(input));
    if (input.has("StreamSpecification") && input.has("ProvisionedThroughput")) {
        return invalid_parameters("You cannot modify stream status while updating table IOPS");
    }
    const auto mode = from_word<BillingMode>(input.text("BillingMode"));
    if (mode == BillingMode::pay_per_request && input.has("ProvisionedThroughput")) {
        return units_on_demand();
    }
    if (mode == BillingMode::provisioned && !input.has("ProvisionedThroughput")) {
        return invalid_parameters("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
    if (const json::Value* given = input.find("ProvisionedThroughput")) TRY(check_bounds(throughput_from_json(*given)));
    TRY(attribute_definitions(input.find("AttributeDefinitions")));
    return check_index_updates(input);
}

tl::unexpected<Error> throughput_unchanged(const Throughput& now, const Throughput& given) {
    return invalid(
        "The provisioned throughput for the table will not change. "
        "The requested value equals the current value. "
        "Current ReadCapacityUnits provisioned for the table: " +
        std::to_string(now.read_units) + ". Requested ReadCapacityUnits: " + std::to_string(given.read_units) +
        ". Current WriteCapacityUnits provisioned for the table: " + std::to_string(now.write_units) +
        ". Requested WriteCapacityUnits: " + std::to_string(given.write_units) +
        ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
}

// Indexes without units of their own when a table goes back to PROVISIONED.
std::string indexes_left_out(Input input, const storage::Table& table) {
    std::string left_out;
    for (const storage::Index& index : table.indexes) {
        if (index.kind == storage::IndexKind::local) continue;
        bool given = false;
        if (const json::Value* updates = input.find("GlobalSecondaryIndexUpdates")) {
            for (const auto& update : updates->GetArray()) {
                const json::Value* change = json::find(update, "Update");
                given = given || (change != nullptr && Input(*change).text("IndexName") == index.name);
            }
        }
        if (!given) left_out.append(left_out.empty() ? "" : ",").append(index.name);
    }
    return left_out;
}

void go_on_demand(const Call& call, storage::Table& table, TableSettings& settings) {
    settings.on_demand = true;
    settings.on_demand_since_ms = call.now_ms;
    settings.throughput = {};
    for (storage::Index& index : table.indexes) {
        IndexSettings kept = decode_index_settings(index.opaque);
        kept.throughput = {};
        index.opaque = encode(kept);
    }
}

Result<void> update_billing(const Call& call, storage::Table& table, TableSettings& settings) {
    const auto mode = from_word<BillingMode>(call.input.text("BillingMode"));
    const json::Value* given = call.input.find("ProvisionedThroughput");
    if (mode == BillingMode::pay_per_request && !settings.on_demand) {
        go_on_demand(call, table, settings);
        return {};
    }
    const bool to_provisioned = mode == BillingMode::provisioned && settings.on_demand;
    if (to_provisioned) {
        const std::string left_out = indexes_left_out(call.input, table);
        if (!left_out.empty())
            return invalid_parameters("ProvisionedThroughput must be specified for index: " + left_out);
        settings.on_demand = false;
        settings.on_demand_throughput.clear();
    }
    if (given == nullptr) return {};
    if (settings.on_demand) {
        return units_on_demand();
    }
    const Throughput wanted = throughput_from_json(*given);
    const bool same =
        wanted.read_units == settings.throughput.read_units && wanted.write_units == settings.throughput.write_units;
    if (same && !call.input.has("GlobalSecondaryIndexUpdates"))
        return throughput_unchanged(settings.throughput, wanted);
    if (!same) change_throughput(settings.throughput, wanted, call.now_ms);
    return {};
}

Result<void> update_stream(const Call& call, storage::Table& table) {
    const json::Value* given = call.input.find("StreamSpecification");
    if (given == nullptr) return {};
    const Input in(*given);
    if (in.flag("StreamEnabled")) {
        if (table.stream.enabled) {
            return invalid("Table already has an enabled stream: TableName: " + table.name);
        }
        TRY_LET(view, stream_view(in));
        table.stream = {true, view, {}, 0};
        return {};
    }
    if (in.has("StreamViewType")) {
        return invalid("Invalid StreamViewType: Stream StreamEnabled was false but a StreamViewType was present.");
    }
    if (!table.stream.enabled) return invalid("Table has no stream to disable: TableName: " + table.name);
    table.stream.enabled = false;
    return {};
}

// What was kept, with the members that are given now; -1 takes one away.
std::string merged_on_demand_throughput(const std::string& kept, const json::Value& given) {
    json::Document document;
    const json::Value* before = kept.empty() ? nullptr : document.parse(kept);
    std::string text;
    json::Writer out(text);
    bool any = false;
    out.begin_object();
    for (const std::string_view member : on_demand_members) {
        const json::Value* units = json::find(given, member);
        if (units == nullptr && before != nullptr) units = json::find(*before, member);
        if (units == nullptr || integer(*units) == -1) continue;
        out.member(member, integer(*units));
        any = true;
    }
    out.end_object();
    return any ? text : std::string{};
}

Result<void> update_on_demand_throughput(const Call& call, TableSettings& settings) {
    const json::Value* given = call.input.find("OnDemandThroughput");
    if (given == nullptr) return {};
    if (!settings.on_demand) {
        const std::string member =
            json::find(*given, "MaxReadRequestUnits") ? "MaxReadRequestUnits" : "MaxWriteRequestUnits";
        return invalid_parameters(member +
                                  " for OnDemandThroughput cannot be specified "
                                  "when the table BillingMode is PROVISIONED");
    }
    for (const std::string_view member : on_demand_members) {
        const std::int64_t units = Input(*given).integer(member, -1);
        if (units >= 1 || units == -1) continue;
        return on_demand_out_of_range(member);
    }
    settings.on_demand_throughput = merged_on_demand_throughput(settings.on_demand_throughput, *given);
    return {};
}

Result<void> update_settings(const Call& call, TableSettings& settings) {
    settings.deletion_protection = call.input.flag("DeletionProtectionEnabled", settings.deletion_protection);
    if (call.input.has("TableClass")) {
        settings.table_class = call.input.text("TableClass");
        settings.table_class_ms = call.now_ms;
    }
    if (const json::Value* given = call.input.find("SSESpecification")) settings.sse = sse_description(call, given);
    if (const json::Value* given = call.input.find("WarmThroughput")) {
        TRY(check_warm_throughput(*given, settings.on_demand, settings.throughput, "table"));
        settings.warm_throughput =
            warm_throughput(*given, settings.on_demand, settings.throughput, settings.warm_throughput);
    }
    return update_on_demand_throughput(call, settings);
}

Result<storage::Table> updated_table(Call& call, const storage::Table& table, IndexChange& change) {
    if (table.status != storage::TableStatus::active) return in_use(table);
    storage::Table next = table;
    TableSettings settings = decode_table_settings(table.opaque);
    TRY(update_billing(call, next, settings));
    TRY(update_stream(call, next));
    TRY(update_settings(call, settings));
    TRY_LET(changed, update_indexes(call, next, settings));
    change = changed;
    next.opaque = encode(settings);
    next.status = storage::TableStatus::updating;
    return next;
}

// When the update is over: an index takes its own course.
void schedule_end(Call& call, storage::WriteTransaction& transaction, const storage::Table& table,
                  const IndexChange& change) {
    const std::int64_t duration_ms = call.world.options.update_table.count();
    const std::int64_t end_ms = call.now_ms + duration_ms;
    if (change.created != 0) {
        schedule_backfill(transaction, table, change.created, call.now_ms, duration_ms);
    } else if (change.deleted != 0) {
        schedule(transaction, end_ms, index_gone(table, change.deleted));
    } else {
        schedule(transaction, end_ms, table_active(table));
    }
}

}  // namespace

Result<void> update_table(Call& call) {
    const std::string_view name = table_name(call);
    TRY(check_request(call.input));
    return call.space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        TRY_LET(table, described_table(transaction, name));
        IndexChange change;
        TRY_LET(next, updated_table(call, *table, change));
        const bool closes = table->stream.enabled && !next.stream.enabled;
        const bool opens = next.stream.enabled && !table->stream.enabled;
        const std::int64_t settled_ms = call.now_ms + call.world.options.update_table.count();
        if (closes) close_stream(*transaction, next.stream.number, call.now_ms, settled_ms);
        const storage::Table* put = &transaction->put_table(next);
        if (opens) {
            put = &open_table_stream(*transaction, *put, call.world.options.stream_shards, call.now_ms, settled_ms);
        }
        const storage::Table& kept = *put;
        schedule_end(call, *transaction, kept, change);
        call.out.begin_object();
        call.out.key("TableDescription");
        write_description(call, *transaction, kept);
        call.out.end_object();
        return {};
    });
}

}  // namespace minamo
