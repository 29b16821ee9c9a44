// TransactGetItems: up to 100 items as they are at one moment.
#include <deque>
#include <set>
#include <string>
#include <utility>

#include "emulator/items/cancellations.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/items/transaction_reads.hpp"
#include "emulator/items/write_requests.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/input.hpp"

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
    if (duplicate) return repeated_item();
    return checked;
}

std::deque<TransactedRead> reads_of(const std::deque<Get>& gets) {
    std::deque<TransactedRead> reads;
    for (const Get& get : gets) reads.push_back({get.table, get.read.key, &get.read.projection});
    return reads;
}

}  // namespace

Result<void> transact_get_items(Call& call) {
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
        return answer_reads(call, *transaction, reads_of(gets), NothingLeft::no_item);
    });
}

}  // namespace minamo
