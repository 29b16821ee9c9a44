// UpdateItem. UPDATED_OLD and UPDATED_NEW answer the parts of the old or new item that the update names as targets.
#include <string>

#include "emulator/items/item_writes.hpp"
#include "emulator/items/write_requests.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/values.hpp"
#include "emulator/wire/words.hpp"

namespace minamo {
namespace {

// What ReturnValues asks for, encoded; empty: no Attributes member.
std::string returned_attributes(ReturnValues asked, const ItemWrite& write, const WriteOutcome& outcome) {
    if (asked == ReturnValues::all_old) return outcome.old_item;
    if (asked == ReturnValues::all_new) return outcome.new_item;
    const bool old = asked == ReturnValues::updated_old;
    if (!old && asked != ReturnValues::updated_new) return {};
    const std::string& source = old ? outcome.old_item : outcome.new_item;
    if (source.empty() || !write.update) return {};
    std::string part = project(target_paths(write.update), storage::ItemView(source));
    return storage::ItemView(part).count() == 0 ? std::string{} : part;
}

}  // namespace

Result<void> update_item(Call& call) {
    ItemWrite write;
    TRY(take_update(call.input, write));
    const WriteDetail detail = take_write_detail(call.input);
    const std::string_view name = table_name(call);
    const ReturnValues asked = from_word<ReturnValues>(call.input.text("ReturnValues")).value_or(ReturnValues::none);
    const bool wants_old = asked == ReturnValues::all_old || asked == ReturnValues::updated_old;
    return call.space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        TRY_LET(table, item_table(transaction, name));
        TRY(check_against(*table, write));
        TRY(check_not_held(call.space.holds(), *table, write.key_view(), call.now_ms));
        TRY_LET(outcome, execute(*transaction, *table, write, call.now_ms, wants_old));
        call.out.begin_object();
        const std::string attributes = returned_attributes(asked, write, outcome);
        if (!attributes.empty()) {
            call.out.key("Attributes");
            write_item(call.out, storage::ItemView(attributes));
        }
        write_detail(call.out, detail, *transaction, *table, name, write.key_view(), outcome.written);
        call.out.end_object();
        return {};
    });
}

}  // namespace minamo
