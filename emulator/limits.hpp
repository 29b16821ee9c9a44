// Published limits of DynamoDB that the emulator keeps, each with its source.
#pragma once

#include <cstddef>
#include <cstdint>

namespace minamo::limits {

// Developer guide, "Service, account, and table quotas in Amazon DynamoDB".
inline constexpr std::size_t item_bytes_max = 409600;                // "Item size": 400 KB, names included
inline constexpr std::size_t page_bytes_max = std::size_t{1} << 20;  // "Query" and "Scan": 1 MB of evaluated items
inline constexpr std::size_t list_tables_page = 100;                 // API reference, "ListTables"
inline constexpr std::size_t local_indexes_max = 5;                  // "Secondary indexes per table"
inline constexpr std::size_t global_indexes_max = 20;
inline constexpr std::size_t projected_attributes_max = 100;   // "Projected Secondary Index attributes per table"
inline constexpr std::size_t tags_max = 50;                    // "Tags per resource"
inline constexpr std::size_t batch_get_items_max = 100;        // API reference, "BatchGetItem"
inline constexpr std::size_t batch_get_bytes_max = 16000000;   // ibid.: the example of 52 items of 300 KB
inline constexpr std::size_t batch_write_items_max = 25;       // API reference, "BatchWriteItem"
inline constexpr std::size_t transaction_bytes_max = 4000000;  // API reference, "TransactWriteItems": 4 MB
inline constexpr std::int64_t transaction_token_ms = 10LL * 60 * 1000;  // ibid.: idempotent for 10 minutes

// Developer guide, "Change data capture for DynamoDB Streams"; API reference, "GetShardIterator" and "GetRecords".
inline constexpr std::int64_t shard_open_ms = 4LL * 60 * 60 * 1000;  // until another follows it; observed 2019
inline constexpr unsigned stream_shards_max = 100;                   // of a new stream: ours
inline constexpr std::int64_t shard_iterator_ms = 15LL * 60 * 1000;
inline constexpr std::size_t records_page = 1000;
inline constexpr std::size_t records_bytes_max = std::size_t{1} << 20;
inline constexpr std::int64_t streams_page = 100;  // "ListStreams", and the shards of "DescribeStream"

// API reference, "UpdateTimeToLive": one change an hour.
inline constexpr std::int64_t ttl_change_ms = 60LL * 60 * 1000;

// Answers of DescribeLimits: default quotas of a region, observed 2024.
inline constexpr std::int64_t account_read_units = 80000;
inline constexpr std::int64_t account_write_units = 80000;
inline constexpr std::int64_t table_read_units = 40000;
inline constexpr std::int64_t table_write_units = 40000;

// CreateTable refuses more, observed 2016.
inline constexpr std::int64_t throughput_units_max = 1000000000000;

// Developer guide, "Understanding DynamoDB warm throughput": what an on-demand table or index serves from its start, in
// units a second.
inline constexpr std::int64_t on_demand_warm_reads = 12000;
inline constexpr std::int64_t on_demand_warm_writes = 4000;

// Capacity units: developer guide, "Read and write operations".
inline constexpr std::size_t read_unit_bytes = 4096;
inline constexpr std::size_t write_unit_bytes = 1024;

// Ours: the last millisecond of the year 2261. No clock goes further, since std::chrono's system clock counts
// nanoseconds.
inline constexpr std::int64_t moment_max_ms = 9214646399999;

}  // namespace minamo::limits
