// What a table is beyond what storage interprets: billing, throughput, protection, class, tags ... It travels as the
// opaque JSON text of a catalog row.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/schema.hpp"

#include "emulator/wire/json.hpp"

namespace minamo {

// Provisioned throughput of a table or GSI; zero where the table is on demand.
struct Throughput {
    std::int64_t read_units = 0;
    std::int64_t write_units = 0;
    std::int64_t increased_ms = 0;  // 0: never
    std::int64_t decreased_ms = 0;
    std::int64_t decreases_today = 0;
    std::int64_t wanted_read_units = 0;  // of a change that is under way; 0: none is
    std::int64_t wanted_write_units = 0;
    bool operator==(const Throughput&) const = default;
};

// Ends a change that is under way, if one is: its units are in force.
bool settle(Throughput& throughput, std::int64_t now_ms);

// ProvisionedThroughput of a request.
Throughput throughput_from_json(const json::Value& object);

// TimeToLiveSpecification, and when it was last changed.
struct TimeToLive {
    bool enabled = false;
    std::string attribute;        // empty: never was
    std::int64_t changed_ms = 0;  // the latest change
    std::int64_t settled_ms = 0;  // until then ENABLING or DISABLING
};

// A member of WarmThroughput, as a table or index has it that was never told.
struct WarmUnits {
    std::string_view member;
    std::string_view provisioned;  // the member of ProvisionedThroughput that it comes from, where it is provisioned
    std::int64_t units;            // a second
};
std::array<WarmUnits, 2> initial_warm(bool on_demand, const Throughput& throughput);

struct IndexSettings {
    Throughput throughput;
    std::string warm_throughput;  // as in TableSettings
};

// Members that are only kept and echoed are JSON texts, empty where never given.
struct TableSettings {
    bool on_demand = false;
    std::int64_t on_demand_since_ms = 0;  // 0: never was
    Throughput throughput;
    bool deletion_protection = false;
    std::string table_class;  // empty: never set
    std::int64_t table_class_ms = 0;
    std::string sse;                   // SSEDescription
    std::string on_demand_throughput;  // OnDemandThroughput
    std::string warm_throughput;       // WarmThroughput; empty: the initial one
    TimeToLive ttl;
    std::string tags;  // [{"Key":..,"Value":..}]
};

std::string encode(const TableSettings& settings);
TableSettings decode_table_settings(std::string_view opaque);
std::string encode(const IndexSettings& settings);
IndexSettings decode_index_settings(std::string_view opaque);

}  // namespace minamo
