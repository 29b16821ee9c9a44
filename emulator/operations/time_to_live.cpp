// UpdateTimeToLive and DescribeTimeToLive. What the setting does begins and ends by an event (time/events.hpp).
#include <string>

#include "emulator/limits.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/tables/settings.hpp"
#include "emulator/time/events.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/words.hpp"
#include "emulator/world.hpp"

namespace minamo {
namespace {

Result<void> check_change(const TimeToLive& ttl, bool enable, std::string_view attribute, std::int64_t now_ms) {
    if (ttl.enabled && enable && ttl.attribute == attribute) return invalid("TimeToLive is already enabled");
    if (!ttl.enabled && !enable) return invalid("TimeToLive is already disabled");
    if (ttl.enabled && ttl.attribute != attribute) {
        return invalid("TimeToLive is active on a different AttributeName: current AttributeName is " + ttl.attribute);
    }
    const bool changed_lately = now_ms < ttl.changed_ms + limits::ttl_change_ms || now_ms < ttl.settled_ms;
    if (!ttl.attribute.empty() && changed_lately) {
        return invalid("Time to live has been modified multiple times within a fixed interval");
    }
    return {};
}

}  // namespace

Result<void> update_time_to_live(Call& call) {
    const std::string_view name = table_name(call);
    const json::Value& specification = *call.input.find("TimeToLiveSpecification");
    const bool enable = Input(specification).flag("Enabled");
    const std::string_view attribute = Input(specification).text("AttributeName");
    return call.space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        TRY_LET(found, described_table(transaction, name));
        if (found->status == storage::TableStatus::creating || found->status == storage::TableStatus::deleting) {
            return in_use(*found);
        }
        TableSettings settings = decode_table_settings(found->opaque);
        TRY(check_change(settings.ttl, enable, attribute, call.now_ms));
        const std::int64_t settled_ms = call.now_ms + call.world.options.update_table.count();
        settings.ttl = {enable, std::string(attribute), call.now_ms, settled_ms};
        storage::Table table = *found;
        table.opaque = encode(settings);
        transaction->put_table(table);
        schedule(*transaction, settled_ms, ttl_settled(table));
        call.out.begin_object();
        call.out.key("TimeToLiveSpecification");
        call.out.begin_object();
        call.out.member("Enabled", enable);
        call.out.member("AttributeName", attribute);
        call.out.end_object();
        call.out.end_object();
        return {};
    });
}

Result<void> describe_time_to_live(Call& call) {
    const std::string_view name = table_name(call);
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        TRY_LET(table, described_table(transaction, name));
        const TimeToLive ttl = decode_table_settings(table->opaque).ttl;
        const SwitchStatus status = switch_status(ttl.enabled, call.now_ms >= ttl.settled_ms);
        call.out.begin_object();
        call.out.key("TimeToLiveDescription");
        call.out.begin_object();
        call.out.member("TimeToLiveStatus", word_of(status));
        if (status != SwitchStatus::disabled) call.out.member("AttributeName", ttl.attribute);
        call.out.end_object();
        call.out.end_object();
        return {};
    });
}

}  // namespace minamo
