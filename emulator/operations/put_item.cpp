// PutItem and DeleteItem: writes of whole items.
#include "emulator/items/item_writes.hpp"
#include "emulator/items/write_requests.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/values.hpp"
#include "emulator/wire/words.hpp"

namespace minamo {
namespace {

// Runs the write and answers it.
Result<void> answer_write(Call& call, const ItemWrite& write) {
    const WriteDetail detail = take_write_detail(call.input);
    const std::string_view name = table_name(call);
    const bool wants_old = from_word<ReturnValues>(call.input.text("ReturnValues")) == ReturnValues::all_old;
    return call.space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        TRY_LET(table, item_table(transaction, name));
        TRY(check_against(*table, write));
        TRY(check_not_held(call.space.holds(), *table, write.key_view(), call.now_ms));
        TRY_LET(outcome, execute(*transaction, *table, write, call.now_ms, wants_old));
        call.out.begin_object();
        if (!outcome.old_item.empty()) {
            call.out.key("Attributes");
            write_item(call.out, storage::ItemView(outcome.old_item));
        }
        write_detail(call.out, detail, *transaction, *table, name, write.key_view(), outcome.written);
        call.out.end_object();
        return {};
    });
}

}  // namespace

Result<void> put_item(Call& call) {
    ItemWrite write;
    TRY(take_put(call.input, write));
    return answer_write(call, write);
}

Result<void> delete_item(Call& call) {
    ItemWrite write;
    TRY(take_delete(call.input, write));
    return answer_write(call, write);
}

}  // namespace minamo
