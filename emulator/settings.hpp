// What a table is beyond what storage interprets: billing, throughput, protection, class, tags ... It travels as the
// opaque JSON text of a catalog row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/validate.hpp"
#include "storage/schema.hpp"

namespace minamo {

// Provisioned throughput of a table or GSI; zero where the table is on demand.
struct Throughput {
    std::int64_t read_units = 0;
    std::int64_t write_units = 0;
    std::int64_t increased_ms = 0;  // 0: never
    std::int64_t decreased_ms = 0;
    std::int64_t decreases_today = 0;
    bool operator==(const Throughput&) const = default;
};

// ProvisionedThroughput of a request.
Throughput throughput_from_json(const json::Value& object);

struct TimeToLive {
    bool enabled = false;
    std::string attribute;        // empty: never was
    std::int64_t changed_ms = 0;  // the latest change
    std::int64_t settled_ms = 0;  // until then ENABLING or DISABLING
};

struct IndexSettings {
    Throughput throughput;
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
    std::string warm_throughput;       // WarmThroughput as shown; empty: the initial one
    TimeToLive ttl;
    std::string tags;  // [{"Key":..,"Value":..}]
};

std::string encode(const TableSettings& settings);
TableSettings decode_table_settings(std::string_view opaque);
std::string encode(const IndexSettings& settings);
IndexSettings decode_index_settings(std::string_view opaque);

}  // namespace minamo
