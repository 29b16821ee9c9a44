// Units are counted in halves and written as decimals.
#include "emulator/items/capacity.hpp"

#include <algorithm>

#include "emulator/limits.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

HalfUnits units(std::size_t bytes, std::size_t unit_bytes) {
    return static_cast<HalfUnits>((bytes + unit_bytes - 1) / unit_bytes);
}

double as_units(HalfUnits halves) {
    return static_cast<double>(halves) / 2;
}

void write_units(json::Writer& out, HalfUnits halves, std::string_view transactional) {
    if (!transactional.empty()) {
        out.key(transactional);
        out.real(as_units(halves));
    }
    out.key("CapacityUnits");
    out.real(as_units(halves));
}

HalfUnits index_write_halves(const storage::IndexWritten& index) {
    if (!index.content_changed) return 0;
    const HalfUnits old_units = units(index.old_bytes, limits::write_unit_bytes);
    const HalfUnits new_units = units(index.new_bytes, limits::write_unit_bytes);
    return 2 * (index.key_changed ? old_units + new_units : std::max(old_units, new_units));
}

}  // namespace

CapacityDetail capacity_detail(Input request) {
    const std::string_view asked = request.text("ReturnConsumedCapacity");
    if (asked == "INDEXES") return CapacityDetail::indexes;
    return asked == "TOTAL" ? CapacityDetail::total : CapacityDetail::none;
}

HalfUnits Capacity::read_halves(std::size_t bytes, bool consistent) {
    return std::max<HalfUnits>(1, units(bytes, limits::read_unit_bytes)) * (consistent ? 2 : 1);
}

HalfUnits Capacity::write_halves(std::size_t bytes) {
    return 2 * std::max<HalfUnits>(1, units(bytes, limits::write_unit_bytes));
}

void Capacity::add_index(const storage::Index& index, HalfUnits halves) {
    if (halves == 0) return;
    const auto found = std::ranges::find(indexes_, index.name, &IndexUnits::name);
    if (found != indexes_.end()) {
        found->halves += halves;
    } else {
        indexes_.push_back({index.name, index.kind, halves});
    }
}

void Capacity::add_write(const storage::Written& written, bool transactional) {
    table_ += write_halves(std::max(written.old_bytes, written.new_bytes)) * (transactional ? 2 : 1);
    for (const storage::IndexWritten& index : written.indexes) add_index(*index.index, index_write_halves(index));
}

HalfUnits Capacity::total() const {
    HalfUnits sum = table_ + failed_;
    for (const IndexUnits& index : indexes_) sum += index.halves;
    return sum;
}

void Capacity::write_indexes(json::Writer& out, std::string_view member, storage::IndexKind kind,
                             std::string_view transactional) const {
    bool any = false;
    for (const IndexUnits& index : indexes_) {
        if (index.kind != kind) continue;
        if (!any) {
            out.key(member);
            out.begin_object();
            any = true;
        }
        out.key(index.name);
        out.begin_object();
        write_units(out, index.halves, transactional);
        out.end_object();
    }
    if (any) out.end_object();
}

void Capacity::write_to(json::Writer& out, std::string_view table_name, CapacityDetail detail,
                        std::string_view transactional) const {
    out.begin_object();
    out.member("TableName", table_name);
    write_units(out, total(), transactional);
    if (detail == CapacityDetail::indexes) {
        out.key("Table");
        out.begin_object();
        write_units(out, table_, transactional);
        out.end_object();
        write_indexes(out, "LocalSecondaryIndexes", storage::IndexKind::local, transactional);
        write_indexes(out, "GlobalSecondaryIndexes", storage::IndexKind::global, transactional);
    }
    out.end_object();
}

void write_consumed_capacity(json::Writer& out, const Capacity& capacity, std::string_view table_name,
                             CapacityDetail detail) {
    if (detail == CapacityDetail::none) return;
    out.key("ConsumedCapacity");
    capacity.write_to(out, table_name, detail);
}

void write_collection_metrics(json::Writer& out, const storage::Table& table, storage::ItemView key,
                              std::uint64_t collection_bytes) {
    const std::string& partition = table.keys.partition[0].name;
    const auto gigabytes = static_cast<double>(collection_bytes >> 30);
    out.begin_object();
    out.key("ItemCollectionKey");
    out.begin_object();
    out.key(partition);
    std::string value;
    append_json(value, key.find(partition));
    out.raw(value);
    out.end_object();
    out.key("SizeEstimateRangeGB");
    out.begin_array();
    out.real(gigabytes);
    out.real(gigabytes + 1);
    out.end_array();
    out.end_object();
}

}  // namespace minamo
