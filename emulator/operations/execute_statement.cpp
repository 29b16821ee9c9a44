// ExecuteStatement: one PartiQL statement, a page of rows or one write.
#include <string>

#include "emulator/items/item_writes.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/statements/bound.hpp"
#include "emulator/statements/select.hpp"
#include "emulator/statements/statement_table.hpp"
#include "emulator/statements/write.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

Result<void> bind(BoundStatement& statement) {
    TRY(bind_statement(statement));
    return pass_stage(statement, Stage::target);
}

Result<void> read_page(Call& call, BoundStatement& statement) {
    const PageRequest request = take_page_request(call.input);
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        TRY(check_index_keys_single(call, transaction, statement));
        TRY(bind(statement));
        return answer_select(call, transaction, statement, request);
    });
}

void write_answer(Call& call, storage::WriteTransaction& transaction, const storage::Table& table,
                  const BoundStatement& statement, const ItemWrite& write, const WriteOutcome& outcome) {
    call.out.begin_object();
    call.out.key("Items");
    call.out.begin_array();
    const std::string item = returned_item(statement, outcome);
    if (!item.empty()) write_item(call.out, storage::ItemView(item));
    call.out.end_array();
    write_detail(call.out, {capacity_detail(call.input), false}, transaction, table, table.name, write.key_view(),
                 outcome.written);
    call.out.end_object();
}

Result<void> write_item_of(Call& call, const BoundStatement& statement) {
    return call.space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        TRY_LET(table, statement_table(call, transaction, statement));
        ItemWrite write;
        TRY(make_write(*table, statement, write));
        TRY(check_not_held(call.space.holds(), *table, write.key_view(), call.now_ms));
        const bool keeps_old = wants_old(statement.translation->returned);
        TRY_LET(outcome, execute(*transaction, *table, write, call.now_ms, keeps_old));
        write_answer(call, *transaction, *table, statement, write, outcome);
        return {};
    });
}

}  // namespace

Result<void> execute_statement(Call& call) {
    BoundStatement statement;
    TRY(take_parameters(call.input, statement));
    TRY(take_statement(call.input, statement));
    if (statement.is_read()) return read_page(call, statement);
    TRY(bind(statement));
    switch (statement.kind()) {
        case StatementKind::insert:
        case StatementKind::update:
        case StatementKind::remove:
            if (call.input.has("NextToken")) return invalid("NextToken does not match request");
            return write_item_of(call, statement);
        case StatementKind::select:
        case StatementKind::exists:
        case StatementKind::operate:
        case StatementKind::other:
            break;
    }
    return invalid("EXISTS can only be used in ExecuteTransaction write requests.");
}

}  // namespace minamo
