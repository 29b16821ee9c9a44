// Encryption and throughput have no effect but in what descriptions show: no call is throttled.
#include "emulator/tables/setting_changes.hpp"

#include "emulator/tables/named_table.hpp"
#include "emulator/wire/words.hpp"

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
    out.member("Status", word_of(SwitchStatus::enabled));
    out.member("SSEType", "KMS");
    out.member("KMSMasterKeyArn", key_arn(call.caller, in.text("KMSMasterKeyId", "alias/aws/dynamodb")));
    out.end_object();
    return text;
}

Result<storage::StreamView> stream_view(Input specification) {
    if (!specification.has("StreamViewType")) {
        return invalid("Invalid StreamViewType: Stream ViewType must not be null or empty when enabling streams.");
    }
    return from_word<storage::StreamView>(specification.text("StreamViewType")).value();
}

tl::unexpected<Error> units_on_demand() {
    return invalid_parameters(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified "
        "when BillingMode is PAY_PER_REQUEST");
}

tl::unexpected<Error> units_on_demand(const std::string& index) {
    return invalid_parameters("ProvisionedThroughput should not be specified for index: " + index +
                              " when BillingMode is PAY_PER_REQUEST");
}

tl::unexpected<Error> on_demand_out_of_range(std::string_view member) {
    return invalid_parameters("Requested " + std::string(member) +
                              " for OnDemandThroughput for table is outside of valid range");
}

Result<void> check_warm_throughput(const json::Value& given, bool on_demand, const Throughput& throughput,
                                   const std::string& of) {
    for (const auto& [member, provisioned, units] : initial_warm(on_demand, throughput)) {
        if (Input(given).integer(member, units) >= units) continue;
        return invalid_parameters(
            "Requested " + std::string(member) + " for WarmThroughput for " + of + " is lower than " +
            (on_demand ? "initial throughput for OnDemand" : std::string(provisioned) + " of ProvisionedThroughput"));
    }
    return {};
}

std::string warm_throughput(const json::Value& given, bool on_demand, const Throughput& throughput,
                            const std::string& kept) {
    json::Document document;
    const json::Value* before = kept.empty() ? nullptr : document.parse(kept);
    std::string text;
    json::Writer out(text);
    out.begin_object();
    for (const auto& [member, provisioned, units] : initial_warm(on_demand, throughput)) {
        const std::int64_t otherwise = before != nullptr ? Input(*before).integer(member, units) : units;
        out.member(member, Input(given).integer(member, otherwise));
    }
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
    const bool had_none = throughput.read_units == 0;
    throughput.wanted_read_units = given.read_units;
    throughput.wanted_write_units = given.write_units;
    if (had_none) settle(throughput, now_ms);
}

}  // namespace minamo
