// The opaque text is a JSON object whose members are named as in the API, moments in milliseconds.
#include "emulator/tables/settings.hpp"

#include <utility>

#include "emulator/limits.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json.hpp"
#include "storage/faults.hpp"

namespace minamo {
namespace {

void write(json::Writer& out, const Throughput& throughput) {
    out.begin_object();
    out.member("Read", throughput.read_units);
    out.member("Write", throughput.write_units);
    out.member("Increased", throughput.increased_ms);
    out.member("Decreased", throughput.decreased_ms);
    out.member("DecreasesToday", throughput.decreases_today);
    out.member("WantedRead", throughput.wanted_read_units);
    out.member("WantedWrite", throughput.wanted_write_units);
    out.end_object();
}

Throughput read_throughput(Input stored) {
    const json::Value* given = stored.find("Throughput");
    if (given == nullptr) return {};
    const Input in(*given);
    return {in.integer("Read"),           in.integer("Write"),      in.integer("Increased"),  in.integer("Decreased"),
            in.integer("DecreasesToday"), in.integer("WantedRead"), in.integer("WantedWrite")};
}

void write(json::Writer& out, const TimeToLive& ttl) {
    out.begin_object();
    out.member("Enabled", ttl.enabled);
    out.member("Attribute", ttl.attribute);
    out.member("Changed", ttl.changed_ms);
    out.member("Settled", ttl.settled_ms);
    out.end_object();
}

TimeToLive read_ttl(Input stored) {
    const json::Value* given = stored.find("TimeToLive");
    if (given == nullptr) return {};
    const Input in(*given);
    return {in.flag("Enabled"), std::string(in.text("Attribute")), in.integer("Changed"), in.integer("Settled")};
}

json::Document& document() {
    thread_local json::Document parsed;
    return parsed;
}

Input parse(std::string_view opaque) {
    const json::Value* parsed = document().parse(opaque.empty() ? "{}" : opaque);
    if (parsed == nullptr || !parsed->IsObject()) storage::fail_damaged();
    return Input(*parsed);
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
    std::string text;
    json::Writer out(text);
    out.begin_object();
    out.member("OnDemand", settings.on_demand);
    out.member("OnDemandSince", settings.on_demand_since_ms);
    out.key("Throughput");
    write(out, settings.throughput);
    out.member("DeletionProtection", settings.deletion_protection);
    out.member("TableClass", settings.table_class);
    out.member("TableClassSince", settings.table_class_ms);
    out.member("SSE", settings.sse);
    out.member("OnDemandThroughput", settings.on_demand_throughput);
    out.member("WarmThroughput", settings.warm_throughput);
    if (!settings.ttl.attribute.empty()) {
        out.key("TimeToLive");
        write(out, settings.ttl);
    }
    out.member("Tags", settings.tags);
    out.end_object();
    return text;
}

TableSettings decode_table_settings(std::string_view opaque) {
    const Input in = parse(opaque);
    TableSettings out;
    out.on_demand = in.flag("OnDemand");
    out.on_demand_since_ms = in.integer("OnDemandSince");
    out.throughput = read_throughput(in);
    out.deletion_protection = in.flag("DeletionProtection");
    out.table_class = in.text("TableClass");
    out.table_class_ms = in.integer("TableClassSince");
    out.sse = in.text("SSE");
    out.on_demand_throughput = in.text("OnDemandThroughput");
    out.warm_throughput = in.text("WarmThroughput");
    out.ttl = read_ttl(in);
    out.tags = in.text("Tags");
    return out;
}

std::string encode(const IndexSettings& settings) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    out.key("Throughput");
    write(out, settings.throughput);
    out.member("WarmThroughput", settings.warm_throughput);
    out.end_object();
    return text;
}

IndexSettings decode_index_settings(std::string_view opaque) {
    const Input in = parse(opaque);
    return {read_throughput(in), std::string(in.text("WarmThroughput"))};
}

}  // namespace minamo
