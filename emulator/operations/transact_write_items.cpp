// TransactWriteItems: all actions or none, in one transaction of the store. What the tables' schemas show is asked of
// all actions before any runs, and only the first fault is told; of actions that run, every one that fails reports.
#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "emulator/items/cancellations.hpp"
#include "emulator/items/capacity.hpp"
#include "emulator/items/collection_metrics.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/items/item_writes.hpp"
#include "emulator/items/transaction_tokens.hpp"
#include "emulator/items/write_requests.hpp"
#include "emulator/limits.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/time/events.hpp"
#include "emulator/wire/input.hpp"

namespace minamo {
namespace {

struct Action {
    std::string_view given_name;
    ItemWrite write;
    const storage::Table* table = nullptr;
};

// What the answer tells of one table.
struct TableUse {
    Capacity writes;  // of the transaction
    Capacity reads;   // of a replay with the same token
};
using Uses = std::map<std::string, TableUse>;

constexpr std::pair<std::string_view, Result<void> (*)(Input, ItemWrite&)> kinds[] = {
    {"ConditionCheck", take_condition_check}, {"Put", take_put}, {"Delete", take_delete}, {"Update", take_update}};

Result<void> read_action(Input element, Action& action) {
    const auto given = std::ranges::count_if(kinds, [&](const auto& kind) { return element.has(kind.first); });
    if (given > 1) return invalid("TransactItems can only contain one of Check, Put, Update or Delete");
    if (given == 0) {
        return invalid("Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
    }
    for (const auto& [name, read] : kinds) {
        const json::Value* object = element.find(name);
        if (object == nullptr) continue;
        const Input input(*object);
        action.given_name = input.text("TableName");
        return read(input, action.write);
    }
    return {};
}

Result<void> find_tables(Call& call, storage::WriteTransaction* transaction, std::deque<Action>& actions) {
    for (Action& action : actions) {
        TRY_LET(table, item_table(transaction, table_name(call, action.given_name)));
        action.table = table;
    }
    return {};
}

// Empty key values, and index keys too, are refused as a whole; so is an item that two actions name.
Result<void> check_items(const std::deque<Action>& actions) {
    std::set<std::pair<const storage::Table*, std::string>> seen;
    for (const Action& action : actions) {
        const storage::ItemView key = action.write.key_view();
        if (!has_keys(*action.table, key)) continue;
        for (const auto& name : action.table->keys.partition)
            TRY(check_key_value(name.name, key.find(name.name), false));
        for (const auto& name : action.table->keys.sort) TRY(check_key_value(name.name, key.find(name.name), true));
        if (!seen.emplace(action.table, table_row_key(*action.table, key).bytes()).second) {
            return invalid("Transaction request cannot include multiple operations on one item");
        }
    }
    for (const Action& action : actions) {
        if (action.write.action != WriteAction::put) continue;
        const auto checked = check_index_keys(*action.table, storage::ItemView(action.write.item));
        if (!checked && checked.error()->fault == RequestFault::empty_index_key) {
            return tl::unexpected(checked.error());
        }
    }
    return {};
}

Result<void> check_payload(std::size_t bytes) {
    if (bytes <= limits::transaction_bytes_max) return {};
    return invalid("Transaction payload size cannot exceed 4MB. Payload Size: " + std::to_string(bytes));
}

Result<WriteOutcome> run_action(Call& call, storage::WriteTransaction& transaction, const Action& action) {
    TRY(check_not_held(call.space.holds(), *action.table, action.write.key_view(), call.now_ms));
    return execute(transaction, *action.table, action.write, call.now_ms, false);
}

// Cancels the transaction for the first action that does not suit its table.
Result<void> check_actions(const std::deque<Action>& actions) {
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const auto checked = check_against(*actions[i].table, actions[i].write);
        if (!checked) return tl::unexpected(transaction_canceled(actions.size(), i, checked.error()));
    }
    return {};
}

// Runs all actions; adds up what they take.
Result<void> execute_all(Call& call, storage::WriteTransaction& transaction, const std::deque<Action>& actions,
                         Uses& uses, CollectionMetrics& metrics) {
    std::vector<CancellationReason> reasons(actions.size());
    std::size_t payload_bytes = 0;
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const Action& action = actions[i];
        auto outcome = run_action(call, transaction, action);
        if (!outcome) {
            reasons[i] = reason_of(outcome.error());
            continue;
        }
        const std::size_t bytes = std::max(outcome->written.old_bytes, outcome->written.new_bytes);
        payload_bytes += outcome->written.new_bytes;
        TableUse& use = uses[action.table->name];
        use.writes.add_write(outcome->written, true);
        use.reads.add_table(2 * Capacity::read_halves(bytes, true));
        metrics.add(action.table->name, *action.table, action.write.key_view());
    }
    if (any_failed(reasons)) return tl::unexpected(transaction_canceled(reasons));
    return check_payload(payload_bytes);
}

// ConsumedCapacity by table: units of writes, or of reads in a replay.
std::string capacity_text(const Uses& uses, bool replay, CapacityDetail detail) {
    std::string text;
    json::Writer out(text);
    out.begin_array();
    for (const auto& [name, use] : uses) {
        const Capacity& capacity = replay ? use.reads : use.writes;
        capacity.write_to(out, name, detail, replay ? "ReadCapacityUnits" : "WriteCapacityUnits");
    }
    out.end_array();
    return text;
}

void write_answer(Call& call, std::string_view capacity, const CollectionMetrics* metrics,
                  storage::Transaction& transaction) {
    call.out.begin_object();
    if (capacity_detail(call.input) != CapacityDetail::none) {
        call.out.key("ConsumedCapacity");
        call.out.raw(capacity);
    }
    if (metrics != nullptr) metrics->write_to(call.out, transaction);
    call.out.end_object();
}

// The capacity of a later call with the same token, for both details that it may ask for.
ReplayedCapacity replayed_capacity(const Uses& uses) {
    return {capacity_text(uses, true, CapacityDetail::total), capacity_text(uses, true, CapacityDetail::indexes)};
}

Result<void> answer_transaction(Call& call, storage::WriteTransaction* transaction, std::deque<Action>& actions,
                                std::string_view token) {
    TRY(find_tables(call, transaction, actions));
    TRY(check_items(actions));
    const CapacityDetail detail = capacity_detail(call.input);
    if (call.space.holds().has_token(token, call.now_ms)) {
        return fail(ErrorKind::transaction_in_progress,
                    "The transaction with the given request token is already in progress.");
    }
    if (!token.empty()) {
        TRY_LET(earlier, find_token(call, *transaction, token));
        if (earlier) {
            write_answer(call, detail == CapacityDetail::indexes ? earlier->indexes : earlier->total, nullptr,
                         *transaction);
            return {};
        }
    }
    Uses uses;
    CollectionMetrics metrics(take_write_detail(call.input).collections);
    TRY(check_actions(actions));
    TRY(execute_all(call, *transaction, actions, uses, metrics));
    if (!token.empty()) keep_token(call, *transaction, token, replayed_capacity(uses));
    write_answer(call, capacity_text(uses, false, detail), &metrics, *transaction);
    return {};
}

}  // namespace

Result<void> transact_write_items(Call& call) {  // Reads in the order in which DynamoDB complains.
    std::deque<Action> actions;
    for (const auto& element : call.input.find("TransactItems")->GetArray()) {
        TRY(read_action(Input(element), actions.emplace_back()));
    }
    const std::string_view token = call.input.text("ClientRequestToken");
    return call.space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        return answer_transaction(call, transaction, actions, token);
    });
}

}  // namespace minamo
