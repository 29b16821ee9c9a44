// What SDKs and ORMs ask first: limits, endpoints, and settings of a table that were never switched on.
#include <string>

#include "emulator/limits.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/words.hpp"

namespace minamo {

Result<void> describe_limits(Call& call) {
    call.out.begin_object();
    call.out.member("AccountMaxReadCapacityUnits", limits::account_read_units);
    call.out.member("AccountMaxWriteCapacityUnits", limits::account_write_units);
    call.out.member("TableMaxReadCapacityUnits", limits::table_read_units);
    call.out.member("TableMaxWriteCapacityUnits", limits::table_write_units);
    call.out.end_object();
    return {};
}

Result<void> describe_endpoints(Call& call) {
    call.out.begin_object();
    call.out.key("Endpoints");
    call.out.begin_array();
    call.out.begin_object();
    call.out.member("Address", "dynamodb." + call.caller.region + ".amazonaws.com");
    call.out.member("CachePeriodInMinutes", std::int64_t{1440});
    call.out.end_object();
    call.out.end_array();
    call.out.end_object();
    return {};
}

Result<void> describe_continuous_backups(Call& call) {
    const std::string_view name = table_name(call);
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        if (!item_table(transaction, name)) {
            return fail(ErrorKind::table_not_found, "Table not found: " + std::string(name));
        }
        call.out.begin_object();
        call.out.key("ContinuousBackupsDescription");
        call.out.begin_object();
        call.out.member("ContinuousBackupsStatus", word_of(SwitchStatus::enabled));
        call.out.key("PointInTimeRecoveryDescription");
        call.out.begin_object();
        call.out.member("PointInTimeRecoveryStatus", word_of(SwitchStatus::disabled));
        call.out.end_object();
        call.out.end_object();
        call.out.end_object();
        return {};
    });
}

}  // namespace minamo
