// BatchExecuteStatement: up to 25 statements, reads or writes of one item each, each with an answer or an error of its
// own.
#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "emulator/items/cancellations.hpp"
#include "emulator/items/capacity.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/items/item_writes.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/statements/bound.hpp"
#include "emulator/statements/single_read.hpp"
#include "emulator/statements/statement_table.hpp"
#include "emulator/statements/write.hpp"
#include "emulator/wire/deployment.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

using storage::ItemView;

struct Member {
    Input input;
    BoundStatement statement;
    const storage::Table* table = nullptr;
    std::string key;  // encoded, of a read
    ItemWrite write;
    std::optional<Error> unreadable;  // its parameters or its syntax
    std::optional<Error> error;       // that, or what came of it at its table
};

// What a table's members took. One without a success is not told.
struct TableUse {
    Capacity capacity;
    bool succeeded = false;
};
using Uses = std::map<std::string, TableUse>;

std::optional<Error> error_of(const Result<void>& step) {
    return step ? std::nullopt : std::optional(step.error());
}

Result<void> take_member(Member& member) {
    TRY(take_parameters(member.input, member.statement));
    return take_statement(member.input, member.statement);
}

// What concerns the call as a whole, over the members that could be read.
Result<void> check_kinds(const std::deque<Member>& members) {
    bool reads = false;
    bool writes = false;
    for (const Member& member : members) {
        if (member.unreadable) continue;
        switch (member.statement.kind()) {
            case StatementKind::select:
                reads = true;
                break;
            case StatementKind::insert:
            case StatementKind::update:
            case StatementKind::remove:
                writes = true;
                break;
            case StatementKind::exists:
            case StatementKind::operate:
            case StatementKind::other:
                return invalid("Invalid operation. Only select, insert, update and delete operations are valid");
        }
    }
    if (!reads || !writes) return {};
    return invalid("BatchExecuteStatement API does not support both read and write operations in the same request.");
}

Result<void> prepare_read(const storage::Table& table, Member& member) {
    if (!member.statement.translation->index) {
        TRY(pass_stage(member.statement, Stage::in_table));
        TRY(check_read_values(table, member.statement));
        TRY_LET(key, single_read_key(table, member.statement));
        if (key) {
            member.key = std::move(*key);
            return {};
        }
    }
    return invalid("Select statements within BatchExecuteStatement must specify the primary key in the where clause.");
}

// Everything that can be wrong with a member before any runs.
Result<void> prepare(Call& call, storage::Transaction* transaction, Member& member) {
    TRY(check_index_keys_single(call, transaction, member.statement));
    TRY(bind_statement(member.statement));
    TRY(pass_stage(member.statement, Stage::target));
    TRY_LET(table, statement_table(call, transaction, member.statement));
    member.table = table;
    if (member.statement.is_read()) return prepare_read(*table, member);
    return make_write(*table, member.statement, member.write);
}

ItemView key_of(const Member& member) {
    return member.statement.is_read() ? ItemView(member.key) : member.write.key_view();
}

Result<void> check_distinct(const std::deque<Member>& members) {
    std::set<std::pair<const storage::Table*, std::string>> seen;
    for (const Member& member : members) {
        if (member.table == nullptr || !has_keys(*member.table, key_of(member))) continue;
        if (!seen.emplace(member.table, table_row_key(*member.table, key_of(member)).bytes()).second) {
            return repeated_keys();
        }
    }
    return {};
}

void write_error(json::Writer& out, Error error) {
    word_classic(error);
    out.key("Error");
    out.begin_object();
    out.member("Code", code_of(error->kind));
    out.member("Message", error->message);
    out.end_object();
}

// What a write that fails has looked at: the item that is there, or the one it would have made.
std::size_t failed_bytes(storage::Transaction& transaction, const Member& member) {
    const ItemView stored = transaction.get(*member.table, table_row_key(*member.table, key_of(member)));
    std::size_t bytes = stored.empty() ? 0 : stored.size_bytes();
    if (member.write.action == WriteAction::put) bytes = std::max(bytes, ItemView(member.write.item).size_bytes());
    if (member.write.action == WriteAction::update) {
        const auto updated = apply(member.write.update, stored, ItemView(member.write.key));
        if (updated) bytes = std::max(bytes, size_bytes(*updated));
    }
    return bytes;
}

void answer_read(json::Writer& out, storage::Transaction& transaction, const Member& member, Uses& uses) {
    const ItemView item = transaction.get(*member.table, table_row_key(*member.table, ItemView(member.key)));
    TableUse& use = uses[member.table->name];
    use.succeeded = true;
    use.capacity.add_read(item.empty() ? 0 : item.size_bytes(), member.input.flag("ConsistentRead"));
    if (!item.empty()) {
        out.key("Item");
        write_projected(out, member.statement.projection, item);
    }
    out.member("TableName", member.table->name);
}

void answer_write(Call& call, storage::WriteTransaction& transaction, const Member& member, Uses& uses) {
    const auto run = [&]() -> Result<WriteOutcome> {
        TRY(check_not_held(call.space.holds(), *member.table, member.write.key_view(), call.now_ms));
        return execute(transaction, *member.table, member.write, call.now_ms,
                       wants_old(member.statement.translation->returned));
    };
    TableUse& use = uses[member.table->name];
    const auto outcome = run();
    if (outcome) {
        use.succeeded = true;
        use.capacity.add_write(outcome->written);
        const std::string item = returned_item(member.statement, *outcome);
        if (!item.empty()) {
            call.out.key("Item");
            write_item(call.out, ItemView(item));
        }
    } else {
        use.capacity.add_failed_write(failed_bytes(transaction, member));
        write_error(call.out, outcome.error());
    }
    call.out.member("TableName", member.table->name);
}

void write_capacity(Call& call, const Uses& uses) {
    const CapacityDetail detail = capacity_detail(call.input);
    const bool any = std::ranges::any_of(uses, [](const auto& use) { return use.second.succeeded; });
    if (detail == CapacityDetail::none || !any) return;
    call.out.key("ConsumedCapacity");
    call.out.begin_array();
    for (const auto& [name, use] : uses) {
        if (use.succeeded) use.capacity.write_to(call.out, name, detail);
    }
    call.out.end_array();
}

// `answer_member` writes what a member that could be prepared came to.
template <class Transaction, class AnswerMember>
Result<void> answer(Call& call, Transaction* transaction, std::deque<Member>& members, AnswerMember answer_member) {
    for (Member& member : members) {
        member.table = nullptr;
        member.error = member.unreadable ? member.unreadable : error_of(prepare(call, transaction, member));
    }
    TRY(check_distinct(members));
    Uses uses;
    call.out.begin_object();
    call.out.key("Responses");
    call.out.begin_array();
    for (const Member& member : members) {
        call.out.begin_object();
        if (member.error) {
            write_error(call.out, *member.error);
        } else {
            answer_member(*transaction, member, uses);
        }
        call.out.end_object();
    }
    call.out.end_array();
    write_capacity(call, uses);
    call.out.end_object();
    return {};
}

}  // namespace

Result<void> batch_execute_statement(Call& call) {
    std::deque<Member> members;
    for (const auto& element : call.input.find("Statements")->GetArray()) {
        Member& member = members.emplace_back();
        member.input = Input(element);
        member.unreadable = error_of(take_member(member));
    }
    TRY(check_kinds(members));
    const bool reads =
        std::ranges::all_of(members, [](const Member& one) { return one.unreadable || one.statement.is_read(); });
    if (reads) {
        return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
            return answer(call, transaction, members, [&](storage::Transaction& in, const Member& member, Uses& uses) {
                answer_read(call.out, in, member, uses);
            });
        });
    }
    return call.space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        return answer(call, transaction, members, [&](storage::WriteTransaction& in, const Member& member, Uses& uses) {
            answer_write(call, in, member, uses);
        });
    });
}

}  // namespace minamo
