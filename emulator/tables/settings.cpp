// The opaque text is a JSON object, moments in milliseconds. Its members are those that the functions visit() list:
// what they say once is written and read. A text of an earlier version may lack some.
#include "emulator/tables/settings.hpp"

#include <concepts>
#include <type_traits>
#include <utility>

#include "emulator/limits.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json.hpp"
#include "storage/faults.hpp"

namespace minamo {
namespace {

template <class T, class Settings>
concept Is = std::same_as<std::remove_const_t<T>, Settings>;

// What is kept of each, in the order in which it is kept: visitor(name, member), of settings to read or to fill.
void visit(Is<Throughput> auto& throughput, const auto& visitor) {
    visitor("Read", throughput.read_units);
    visitor("Write", throughput.write_units);
    visitor("Increased", throughput.increased_ms);
    visitor("Decreased", throughput.decreased_ms);
    visitor("DecreasesToday", throughput.decreases_today);
    visitor("WantedRead", throughput.wanted_read_units);
    visitor("WantedWrite", throughput.wanted_write_units);
}

void visit(Is<TimeToLive> auto& ttl, const auto& visitor) {
    visitor("Enabled", ttl.enabled);
    visitor("Attribute", ttl.attribute);
    visitor("Changed", ttl.changed_ms);
    visitor("Settled", ttl.settled_ms);
}

void visit(Is<TableSettings> auto& settings, const auto& visitor) {
    visitor("OnDemand", settings.on_demand);
    visitor("OnDemandSince", settings.on_demand_since_ms);
    visitor("Throughput", settings.throughput);
    visitor("DeletionProtection", settings.deletion_protection);
    visitor("TableClass", settings.table_class);
    visitor("TableClassSince", settings.table_class_ms);
    visitor("SSE", settings.sse);
    visitor("OnDemandThroughput", settings.on_demand_throughput);
    visitor("WarmThroughput", settings.warm_throughput);
    visitor("TimeToLive", settings.ttl);
    visitor("Tags", settings.tags);
}

void visit(Is<IndexSettings> auto& settings, const auto& visitor) {
    visitor("Throughput", settings.throughput);
    visitor("WarmThroughput", settings.warm_throughput);
}

struct Encoder {
    json::Writer& out;

    void operator()(std::string_view name, const auto& value) const { out.member(name, value); }
    void operator()(std::string_view name, const Throughput& throughput) const { write(name, throughput); }
    void operator()(std::string_view name, const TimeToLive& ttl) const {
        if (!ttl.attribute.empty()) write(name, ttl);
    }

    void write(std::string_view name, const auto& settings) const {
        out.key(name);
        write(settings);
    }
    void write(const auto& settings) const {
        out.begin_object();
        visit(settings, *this);
        out.end_object();
    }
};

struct Decoder {
    Input stored;

    void operator()(std::string_view name, bool& value) const { value = stored.flag(name); }
    void operator()(std::string_view name, std::int64_t& value) const { value = stored.integer(name); }
    void operator()(std::string_view name, std::string& value) const { value = stored.text(name); }
    void operator()(std::string_view name, auto& settings) const {
        if (const json::Value* object = stored.find(name)) visit(settings, Decoder{Input(*object)});
    }
};

json::Document& document() {
    thread_local json::Document parsed;
    return parsed;
}

std::string encode_members(const auto& settings) {
    std::string text;
    json::Writer out(text);
    Encoder{out}.write(settings);
    return text;
}

template <class Settings>
Settings decode_members(std::string_view opaque) {
    const json::Value* parsed = document().parse(opaque.empty() ? "{}" : opaque);
    if (parsed == nullptr || !parsed->IsObject()) storage::fail_damaged();
    Settings settings;
    visit(settings, Decoder{Input(*parsed)});
    return settings;
}

}  // namespace

bool settle(Throughput& throughput, std::int64_t now_ms) {
    if (throughput.wanted_read_units == 0) return false;
    const bool more =
        throughput.wanted_read_units > throughput.read_units || throughput.wanted_write_units > throughput.write_units;
    const bool less =
        throughput.wanted_read_units < throughput.read_units || throughput.wanted_write_units < throughput.write_units;
    if (more) throughput.increased_ms = now_ms;
    if (less) throughput.decreased_ms = now_ms;
    throughput.read_units = std::exchange(throughput.wanted_read_units, 0);
    throughput.write_units = std::exchange(throughput.wanted_write_units, 0);
    return true;
}

std::array<WarmUnits, 2> initial_warm(bool on_demand, const Throughput& throughput) {
    const std::int64_t reads = on_demand ? limits::on_demand_warm_reads : throughput.read_units;
    const std::int64_t writes = on_demand ? limits::on_demand_warm_writes : throughput.write_units;
    return {
        {{"ReadUnitsPerSecond", "ReadCapacityUnits", reads}, {"WriteUnitsPerSecond", "WriteCapacityUnits", writes}}};
}

Throughput throughput_from_json(const json::Value& object) {
    const Input in(object);
    Throughput out;
    out.read_units = in.integer("ReadCapacityUnits");
    out.write_units = in.integer("WriteCapacityUnits");
    return out;
}

std::string encode(const TableSettings& settings) {
    return encode_members(settings);
}

TableSettings decode_table_settings(std::string_view opaque) {
    return decode_members<TableSettings>(opaque);
}

std::string encode(const IndexSettings& settings) {
    return encode_members(settings);
}

IndexSettings decode_index_settings(std::string_view opaque) {
    return decode_members<IndexSettings>(opaque);
}

}  // namespace minamo
