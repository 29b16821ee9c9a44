// Consumed capacity and item collection metrics (conformance/behaviour/numbers-and-sizes.md, sections 3 and 4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/wire/input.hpp"
#include "emulator/wire/json.hpp"
#include "storage/write.hpp"

namespace minamo {

// Capacity units come in halves: an eventually consistent read of 4 KB is half a unit.
using HalfUnits = std::int64_t;

enum class CapacityDetail : std::uint8_t { none, total, indexes };
CapacityDetail capacity_detail(Input request);

// What one call took of one table.
class Capacity {
public:
    void add_table(HalfUnits halves) { table_ += halves; }
    void add_index(const storage::Index& index, HalfUnits halves);
    // A write: the row by the larger of its sizes, each index by what changed in it. Transactional rows count double.
    void add_write(const storage::Written& written, bool transactional = false);
    // A write that failed: in the total, but told of neither table nor index.
    void add_failed_write(std::size_t bytes) { failed_ += write_halves(bytes); }
    // A read of `bytes` from the table.
    void add_read(std::size_t bytes, bool consistent) { table_ += read_halves(bytes, consistent); }

    // {"TableName":..., "CapacityUnits":...} and more with INDEXES. `transactional` names ReadCapacityUnits or
    // WriteCapacityUnits, which only transactions report; empty: leave out.
    void write_to(json::Writer& out, std::string_view table_name, CapacityDetail detail,
                  std::string_view transactional = {}) const;

    static HalfUnits read_halves(std::size_t bytes, bool consistent);
    static HalfUnits write_halves(std::size_t bytes);  // one unit for 0 bytes too

private:
    struct IndexUnits {
        std::string name;
        storage::IndexKind kind = storage::IndexKind::local;
        HalfUnits halves = 0;
    };
    HalfUnits total() const;
    void write_indexes(json::Writer& out, std::string_view member, storage::IndexKind kind,
                       std::string_view transactional) const;

    HalfUnits table_ = 0;
    HalfUnits failed_ = 0;
    std::vector<IndexUnits> indexes_;
};

// The member ConsumedCapacity of an answer on one table, where it was asked for.
void write_consumed_capacity(json::Writer& out, const Capacity& capacity, std::string_view table_name,
                             CapacityDetail detail);

// {"ItemCollectionKey":{...},"SizeEstimateRangeGB":[0.0,1.0]} of the item's partition. `collection_bytes` is the size
// of the table's items and index entries of that partition, or a bound on it.
void write_collection_metrics(json::Writer& out, const storage::Table& table, storage::ItemView key,
                              std::uint64_t collection_bytes);

}  // namespace minamo
