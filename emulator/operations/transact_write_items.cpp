// TransactWriteItems: all actions or none, in one transaction of the store. What the tables' schemas show is asked of
// all actions before any runs, and only the first fault is told.
#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "emulator/items/cancellations.hpp"
#include "emulator/items/capacity.hpp"
#include "emulator/items/collection_metrics.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/items/transaction_writes.hpp"
#include "emulator/items/write_requests.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/input.hpp"

namespace minamo {
namespace {

// The actions, and the tables that they name.
struct Actions {
    std::deque<TransactedWrite> writes;
    std::vector<std::string_view> given_names;
};

constexpr std::pair<std::string_view, Result<void> (*)(Input, ItemWrite&)> kinds[] = {
    {"ConditionCheck", take_condition_check}, {"Put", take_put}, {"Delete", take_delete}, {"Update", take_update}};

Result<void> take_action(Input element, Actions& actions) {
    const auto given = std::ranges::count_if(kinds, [&](const auto& kind) { return element.has(kind.first); });
    if (given > 1) return invalid("TransactItems can only contain one of Check, Put, Update or Delete");
    if (given == 0) {
        return invalid("Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
    }
    for (const auto& [name, read] : kinds) {
        const json::Value* object = element.find(name);
        if (object == nullptr) continue;
        const Input input(*object);
        actions.given_names.push_back(input.text("TableName"));
        return read(input, actions.writes.emplace_back().write);
    }
    return {};
}

Result<void> find_tables(Call& call, storage::WriteTransaction* transaction, Actions& actions) {
    for (std::size_t i = 0; i < actions.writes.size(); ++i) {
        TRY_LET(table, item_table(transaction, table_name(call, actions.given_names[i])));
        actions.writes[i].table = table;
    }
    return {};
}

// Empty key values, and index keys too, are refused as a whole; so is an item that two actions name.
Result<void> check_items(const std::deque<TransactedWrite>& writes) {
    TRY(check_distinct_items(writes));
    for (const TransactedWrite& one : writes) {
        if (one.write.action != WriteAction::put) continue;
        const auto checked = check_index_keys(*one.table, storage::ItemView(one.write.item));
        if (!checked && checked.error()->fault == RequestFault::empty_index_key) {
            return tl::unexpected(checked.error());
        }
    }
    return {};
}

// Cancels the transaction for the first action that does not suit its table.
Result<void> check_actions(const std::deque<TransactedWrite>& writes) {
    for (std::size_t i = 0; i < writes.size(); ++i) {
        const auto checked = check_against(*writes[i].table, writes[i].write);
        if (!checked) return tl::unexpected(transaction_canceled(writes.size(), i, checked.error()));
    }
    return {};
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

Result<void> answer_transaction(Call& call, storage::WriteTransaction* transaction, Actions& actions,
                                std::string_view token) {
    TRY(find_tables(call, transaction, actions));
    TRY(check_items(actions.writes));
    const CapacityDetail detail = capacity_detail(call.input);
    TRY_LET(earlier, earlier_transaction(call, *transaction, token));
    if (earlier) {
        write_answer(call, detail == CapacityDetail::indexes ? earlier->indexes : earlier->total, nullptr,
                     *transaction);
        return {};
    }
    CollectionMetrics metrics(take_write_detail(call.input).collections);
    TRY(check_actions(actions.writes));
    TRY_LET(uses, execute_writes(call, *transaction, actions.writes, metrics));
    if (!token.empty()) keep_token(call, *transaction, token, replayed(uses));
    write_answer(call, capacity_text(uses, detail), &metrics, *transaction);
    return {};
}

}  // namespace

Result<void> transact_write_items(Call& call) {
    Actions actions;
    for (const auto& element : call.input.find("TransactItems")->GetArray()) {
        TRY(take_action(Input(element), actions));
    }
    const std::string_view token = call.input.text("ClientRequestToken");
    return call.space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        return answer_transaction(call, transaction, actions, token);
    });
}

}  // namespace minamo
