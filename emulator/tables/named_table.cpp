// Of a table's ARN only the name counts: its region and account are not compared with the caller's.
#include "emulator/tables/named_table.hpp"

#include "emulator/world.hpp"

namespace minamo {

std::string_view table_name(Call& call, std::string_view given) {
    constexpr std::string_view marker = ":table/";
    if (given.starts_with("arn:")) {
        const std::size_t at = given.find(marker);
        if (at != std::string_view::npos) given.remove_prefix(at + marker.size());
        given = given.substr(0, given.find('/'));
    }
    if (call.world.options.on_call || call.world.options.on_notice) call.table = given;
    return given;
}

std::string_view table_name(Call& call) {
    return table_name(call, call.input.text("TableName"));
}

tl::unexpected<Error> in_use(const storage::Table& table) {
    const std::string_view what = table.status == storage::TableStatus::creating   ? "created"
                                  : table.status == storage::TableStatus::deleting ? "deleted"
                                                                                   : "updated";
    return fail(ErrorKind::resource_in_use, "Attempt to change a resource which is still in use: Table is being " +
                                                std::string(what) + ": " + table.name);
}

Result<const storage::Table*> item_table(storage::Transaction* transaction, std::string_view name) {
    const storage::Table* table = transaction != nullptr ? transaction->find_table(name) : nullptr;
    if (table == nullptr || table->status == storage::TableStatus::creating ||
        table->status == storage::TableStatus::deleting) {
        return fail(ErrorKind::resource_not_found, "Requested resource not found");
    }
    return table;
}

Result<const storage::Table*> described_table(storage::Transaction* transaction, std::string_view name) {
    const storage::Table* table = transaction != nullptr ? transaction->find_table(name) : nullptr;
    if (table == nullptr) {
        return fail(ErrorKind::resource_not_found,
                    "Requested resource not found: Table: " + std::string(name) + " not found");
    }
    return table;
}

}  // namespace minamo
