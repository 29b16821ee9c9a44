// DescribeTable, ListTables and DeleteTable: what is asked of a table as a whole.
#include <string>

#include "emulator/limits.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/description.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/tables/settings.hpp"
#include "emulator/time/events.hpp"
#include "emulator/world.hpp"
#include "storage/journal.hpp"

namespace minamo {
namespace {

void write_as(Call& call, std::string_view member, storage::Transaction& transaction, const storage::Table& table,
              Shown shown) {
    call.out.begin_object();
    call.out.key(member);
    write_description(call, transaction, table, shown);
    call.out.end_object();
}

Result<void> check_deletable(const storage::Table& table) {
    if (table.status != storage::TableStatus::active) return in_use(table);
    if (decode_table_settings(table.opaque).deletion_protection) {
        return invalid(
            "Resource cannot be deleted as it is currently protected against deletion. "
            "Disable deletion protection first.");
    }
    return {};
}

}  // namespace

Result<void> describe_table(Call& call) {
    const std::string_view name = table_name(call);
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        TRY_LET(table, described_table(transaction, name));
        write_as(call, "Table", *transaction, *table, Shown::whole);
        return {};
    });
}

Result<void> list_tables(Call& call) {
    const std::int64_t limit = call.input.integer("Limit", limits::list_tables_page);
    const std::string_view start = call.input.text("ExclusiveStartTableName");
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        std::vector<std::string> names;
        const auto wanted = static_cast<std::size_t>(limit);
        if (transaction != nullptr) names = transaction->table_names(start, wanted + 1);
        const bool more = names.size() > wanted;
        if (more) names.pop_back();
        if (names.empty() && start.empty())
            call.world.hints.no_tables(call.world.options, call.world.namespaces, call.caller, call.space.space());
        call.out.begin_object();
        call.out.key("TableNames");
        call.out.begin_array();
        for (const std::string& name : names) call.out.string(name);
        call.out.end_array();
        if (more) call.out.member("LastEvaluatedTableName", names.back());
        call.out.end_object();
        return {};
    });
}

Result<void> delete_table(Call& call) {
    const std::string_view name = table_name(call);
    const std::int64_t gone_ms = call.now_ms + call.world.options.delete_table.count();
    return call.space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        TRY_LET(found, described_table(transaction, name));
        TRY(check_deletable(*found));
        storage::Table table = *found;
        table.status = storage::TableStatus::deleting;
        if (table.stream.enabled) close_stream(*transaction, table.stream.number, call.now_ms, call.now_ms);
        const storage::Table& kept = transaction->put_table(table);
        schedule(*transaction, gone_ms, table_gone(kept));
        write_as(call, "TableDescription", *transaction, kept, Shown::deleted);
        return {};
    });
}

}  // namespace minamo
