// The order of members is that of the API reference; DynamoDB promises none.
#include "emulator/tables/description.hpp"

#include <algorithm>
#include <vector>

#include "emulator/tables/settings.hpp"
#include "emulator/wire/arns.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/moments.hpp"
#include "emulator/wire/words.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::IndexKind;
using storage::IndexStatus;
using storage::Table;
using storage::TableStatus;

void write_definitions(json::Writer& out, const Table& table) {
    std::vector<storage::KeyAttribute> seen;
    const auto add = [&seen](const std::vector<storage::KeyAttribute>& keys) {
        for (const auto& key : keys) {
            if (std::ranges::find(seen, key.name, &storage::KeyAttribute::name) == seen.end()) seen.push_back(key);
        }
    };
    add(table.keys.partition);
    add(table.keys.sort);
    for (const Index& index : table.indexes) {
        add(index.keys.partition);
        add(index.keys.sort);
    }
    out.key("AttributeDefinitions");
    out.begin_array();
    for (const auto& key : seen) {
        out.begin_object();
        out.member("AttributeName", key.name);
        out.member("AttributeType", type_name(key.type));
        out.end_object();
    }
    out.end_array();
}

void write_throughput(json::Writer& out, const Throughput& throughput) {
    out.key("ProvisionedThroughput");
    out.begin_object();
    if (throughput.increased_ms != 0) write_moment(out, "LastIncreaseDateTime", throughput.increased_ms);
    if (throughput.decreased_ms != 0) write_moment(out, "LastDecreaseDateTime", throughput.decreased_ms);
    out.member("NumberOfDecreasesToday", throughput.decreases_today);
    out.member("ReadCapacityUnits", throughput.read_units);
    out.member("WriteCapacityUnits", throughput.write_units);
    out.end_object();
}

void write_projection(json::Writer& out, const Index& index) {
    out.key("Projection");
    out.begin_object();
    out.member("ProjectionType", word_of(index.projection));
    if (!index.non_key_attributes.empty()) {
        out.key("NonKeyAttributes");
        out.begin_array();
        for (const std::string& name : index.non_key_attributes) out.string(name);
        out.end_array();
    }
    out.end_object();
}

// What was asked for, else what the service gives a table from its start: its on-demand defaults, or what is
// provisioned.
void write_warm_throughput(json::Writer& out, const std::string& kept, const Throughput& throughput, bool on_demand,
                           bool creating) {
    json::Document document;
    const Input in(*document.parse(kept.empty() ? "{}" : kept));
    out.key("WarmThroughput");
    out.begin_object();
    for (const auto& [member, provisioned, units] : initial_warm(on_demand, throughput)) {
        out.member(member, in.integer(member, units));
    }
    out.member("Status", word_of(creating && !kept.empty() ? TableStatus::updating : TableStatus::active));
    out.end_object();
}

class Description {
public:
    Description(Call& call, storage::Transaction& transaction, const Table& table, Shown shown)
        : out_(call.out),
          transaction_(transaction),
          table_(table),
          settings_(decode_table_settings(table.opaque)),
          arn_(table_arn(call.caller, table.name)),
          shown_(shown) {}

    void write() {
        out_.begin_object();
        if (shown_ != Shown::deleted) write_definitions(out_, table_);
        out_.member("TableName", table_.name);
        if (shown_ != Shown::deleted) write_keys(out_, table_.keys);
        out_.member("TableStatus", word_of(table_.status));
        if (shown_ != Shown::deleted) write_moment(out_, "CreationDateTime", table_.created_ms);
        write_throughput(out_, settings_.throughput);
        const auto counters = transaction_.counters(table_, 0);
        out_.member("TableSizeBytes", static_cast<std::int64_t>(counters.bytes));
        out_.member("ItemCount", static_cast<std::int64_t>(counters.items));
        out_.member("TableArn", arn_);
        out_.member("TableId", table_.id);
        write_billing();
        if (shown_ != Shown::deleted) {
            write_indexes("LocalSecondaryIndexes", IndexKind::local);
            write_indexes("GlobalSecondaryIndexes", IndexKind::global);
        }
        write_stream();
        write_settings();
        out_.end_object();
    }

private:
    void write_billing() {
        if (settings_.on_demand_since_ms == 0) return;
        out_.key("BillingModeSummary");
        out_.begin_object();
        out_.member("BillingMode",
                    word_of(settings_.on_demand ? BillingMode::pay_per_request : BillingMode::provisioned));
        if (shown_ != Shown::created) {
            write_moment(out_, "LastUpdateToPayPerRequestDateTime", settings_.on_demand_since_ms);
        }
        out_.end_object();
    }

    void write_indexes(std::string_view member, IndexKind kind) {
        bool any = false;
        for (const Index& index : table_.indexes) {
            if (index.kind != kind) continue;
            if (!any) {
                out_.key(member);
                out_.begin_array();
                any = true;
            }
            write_index(index);
        }
        if (any) out_.end_array();
    }

    void write_index(const Index& index) {
        out_.begin_object();
        out_.member("IndexName", index.name);
        write_keys(out_, index.keys);
        write_projection(out_, index);
        if (index.kind == IndexKind::global) {
            out_.member("IndexStatus", word_of(index.status));
            if (index.status == IndexStatus::creating && table_.status != TableStatus::creating) {
                out_.member("Backfilling", index.backfilling);
            }
            const IndexSettings settings = decode_index_settings(index.opaque);
            write_throughput(out_, settings.throughput);
            write_warm(settings.warm_throughput, settings.throughput);
        }
        const auto counters = transaction_.counters(table_, index.number);
        out_.member("IndexSizeBytes", static_cast<std::int64_t>(counters.bytes));
        out_.member("ItemCount", static_cast<std::int64_t>(counters.items));
        out_.member("IndexArn", arn_ + "/index/" + index.name);
        out_.end_object();
    }

    void write_stream() {
        if (table_.stream.label.empty()) return;
        if (table_.stream.enabled) {
            out_.key("StreamSpecification");
            out_.begin_object();
            out_.member("StreamEnabled", true);
            out_.member("StreamViewType", word_of(table_.stream.view));
            out_.end_object();
        }
        out_.member("LatestStreamLabel", table_.stream.label);
        out_.member("LatestStreamArn", arn_ + "/stream/" + table_.stream.label);
    }

    void write_settings() {
        if (!settings_.sse.empty()) {
            out_.key("SSEDescription");
            out_.raw(settings_.sse);
        }
        if (!settings_.table_class.empty()) {
            out_.key("TableClassSummary");
            out_.begin_object();
            out_.member("TableClass", settings_.table_class);
            if (settings_.table_class_ms != 0) write_moment(out_, "LastUpdateDateTime", settings_.table_class_ms);
            out_.end_object();
        }
        out_.member("DeletionProtectionEnabled", settings_.deletion_protection);
        if (!settings_.on_demand_throughput.empty()) {
            out_.key("OnDemandThroughput");
            out_.raw(settings_.on_demand_throughput);
        }
        write_warm(settings_.warm_throughput, settings_.throughput);
    }

    void write_warm(const std::string& kept, const Throughput& throughput) {
        if (shown_ == Shown::deleted || (shown_ == Shown::created && kept.empty())) return;
        write_warm_throughput(out_, kept, throughput, settings_.on_demand, table_.status == TableStatus::creating);
    }

    json::Writer& out_;
    storage::Transaction& transaction_;
    const Table& table_;
    const TableSettings settings_;
    const std::string arn_;
    const Shown shown_;
};

}  // namespace

void write_keys(json::Writer& out, const storage::KeySchema& keys) {
    out.key("KeySchema");
    out.begin_array();
    const auto write = [&out](const storage::KeyAttribute& key, KeyType type) {
        out.begin_object();
        out.member("AttributeName", key.name);
        out.member("KeyType", word_of(type));
        out.end_object();
    };
    for (const auto& key : keys.partition) write(key, KeyType::partition);
    for (const auto& key : keys.sort) write(key, KeyType::sort);
    out.end_array();
}

void write_description(Call& call, storage::Transaction& transaction, const storage::Table& table, Shown shown) {
    Description(call, transaction, table, shown).write();
}

}  // namespace minamo
