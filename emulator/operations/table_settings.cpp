// Settings that are kept and echoed.
#include "emulator/operations/table_settings.hpp"

#include <utility>

namespace minamo {
namespace {

// A key's id or alias as the ARN that descriptions show.
std::string key_arn(const Caller& caller, std::string_view id) {
    if (id.starts_with("arn:")) return std::string(id);
    std::string arn = "arn:aws:kms:";
    arn.append(caller.region).append(":").append(caller.account).append(":");
    if (!id.starts_with("alias/")) arn.append("key/");
    return arn.append(id);
}

}  // namespace

std::string sse_description(const Call& call, const json::Value* specification) {
    if (specification == nullptr) return {};
    const Input in(*specification);
    if (!in.flag("Enabled")) return {};
    std::string text;
    json::Writer out(text);
    out.begin_object();
    out.member("Status", "ENABLED");
    out.member("SSEType", "KMS");
    out.member("KMSMasterKeyArn", key_arn(call.caller, in.text("KMSMasterKeyId", "alias/aws/dynamodb")));
    out.end_object();
    return text;
}

std::string warm_throughput(const json::Value& given, const TableSettings& settings) {
    json::Document document;
    const json::Value* kept = settings.warm_throughput.empty() ? nullptr : document.parse(settings.warm_throughput);
    const std::pair<std::string_view, std::int64_t> initial[] = {
        {"ReadUnitsPerSecond", settings.on_demand ? 12000 : settings.throughput.read_units},
        {"WriteUnitsPerSecond", settings.on_demand ? 4000 : settings.throughput.write_units}};
    std::string text;
    json::Writer out(text);
    out.begin_object();
    for (const auto& [member, units] : initial) {
        const std::int64_t before = kept != nullptr ? Input(*kept).integer(member, units) : units;
        out.member(member, Input(given).integer(member, before));
    }
    out.member("Status", "ACTIVE");
    out.end_object();
    return text;
}

void change_throughput(Throughput& throughput, const Throughput& given, std::int64_t now_ms) {
    constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
    const bool increases = given.read_units > throughput.read_units || given.write_units > throughput.write_units;
    const bool decreases = given.read_units < throughput.read_units || given.write_units < throughput.write_units;
    if (throughput.decreased_ms / day_ms != now_ms / day_ms) throughput.decreases_today = 0;
    if (increases) throughput.increased_ms = now_ms;
    if (decreases) {
        throughput.decreased_ms = now_ms;
        ++throughput.decreases_today;
    }
    throughput.read_units = given.read_units;
    throughput.write_units = given.write_units;
}

}  // namespace minamo
