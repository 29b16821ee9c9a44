// TransactGetItems: up to 100 items as they are at one moment.
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "emulator/items/cancellations.hpp"
#include "emulator/items/capacity.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/items/write_requests.hpp"
#include "emulator/limits.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

struct Get {
    std::string_view given_name;
    ReadOne read;
    const storage::Table* table = nullptr;
};

// Tables first, then projections against their keys.
Result<void> find_tables(Call& call, storage::ReadTransaction* transaction, std::deque<Get>& gets) {
    for (Get& get : gets) {
        TRY_LET(table, item_table(transaction, table_name(call, get.given_name)));
        get.table = table;
    }
    for (const Get& get : gets) TRY(check_steps(*get.table, get.read.projection));
    return {};
}

// A bad key cancels the transaction at its position; of several the first is told.
Result<void> check_keys(const std::deque<Get>& gets) {
    Result<void> checked;
    std::set<std::pair<const storage::Table*, std::string>> seen;
    bool duplicate = false;
    for (std::size_t i = 0; i < gets.size(); ++i) {
        const storage::ItemView key(gets[i].read.key);
        const auto suits = check_key(*gets[i].table, key);
        if (suits) {
            duplicate = !seen.emplace(gets[i].table, table_row_key(*gets[i].table, key).bytes()).second || duplicate;
        } else if (checked) {
            checked = tl::unexpected(transaction_canceled(gets.size(), i, suits.error()));
        }
    }
    if (duplicate) return invalid("Transaction request cannot include multiple operations on one item");
    return checked;
}

Result<void> check_holds(Call& call, const std::deque<Get>& gets) {
    std::vector<CancellationReason> reasons(gets.size());
    for (std::size_t i = 0; i < gets.size(); ++i) {
        const auto checked =
            check_not_held(call.space.holds(), *gets[i].table, storage::ItemView(gets[i].read.key), call.now_ms);
        if (!checked) reasons[i] = reason_of(checked.error());
    }
    if (any_failed(reasons)) return tl::unexpected(transaction_canceled(reasons));
    return {};
}

// One response: the item or what the projection leaves of it; nothing of it gives {}.
void write_response(json::Writer& out, const Get& get, storage::ItemView item) {
    out.begin_object();
    if (!item.empty()) {
        const std::string part = get.read.projection ? project(get.read.projection, item) : std::string{};
        const storage::ItemView shown = get.read.projection ? storage::ItemView(part) : item;
        if (!get.read.projection || shown.count() > 0) {
            out.key("Item");
            write_item(out, shown);
        }
    }
    out.end_object();
}

Result<void> write_answer(Call& call, storage::ReadTransaction& transaction, const std::deque<Get>& gets) {
    std::map<std::string, Capacity> capacities;
    std::size_t bytes_sum = 0;
    call.out.begin_object();
    call.out.key("Responses");
    call.out.begin_array();
    for (const Get& get : gets) {
        const auto item = transaction.get(*get.table, table_row_key(*get.table, storage::ItemView(get.read.key)));
        const std::size_t bytes = item.empty() ? 0 : item.size_bytes();
        bytes_sum += bytes;
        capacities[get.table->name].add_table(2 * Capacity::read_halves(bytes, true));
        write_response(call.out, get, item);
    }
    call.out.end_array();
    if (bytes_sum > limits::transaction_bytes_max) {
        return invalid("Payload in response is too large." + std::to_string(bytes_sum));
    }
    const CapacityDetail detail = capacity_detail(call.input);
    if (detail != CapacityDetail::none) {
        call.out.key("ConsumedCapacity");
        call.out.begin_array();
        for (const auto& [name, capacity] : capacities) {
            capacity.write_to(call.out, name, detail, "ReadCapacityUnits");
        }
        call.out.end_array();
    }
    call.out.end_object();
    return {};
}

}  // namespace

Result<void> transact_get_items(Call& call) {  // Reads in the order in which DynamoDB complains.
    std::deque<Get> gets;
    for (const auto& element : call.input.find("TransactItems")->GetArray()) {
        const Input input(*json::find(element, "Get"));
        Get& get = gets.emplace_back();
        get.given_name = input.text("TableName");
        TRY(take_get(input, get.read));
    }
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        TRY(find_tables(call, transaction, gets));
        TRY(check_keys(gets));
        TRY(check_holds(call, gets));
        return write_answer(call, *transaction, gets);
    });
}

}  // namespace minamo
