// BatchWriteItem: up to 25 puts and deletes. Everything is checked before anything is written.
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "emulator/items/capacity.hpp"
#include "emulator/items/collection_metrics.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/items/item_writes.hpp"
#include "emulator/limits.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

struct TableWrites {
    std::string_view given_name;
    std::deque<ItemWrite> writes;
    Capacity capacity;
};

Result<void> check_total(const json::Value& items) {
    std::size_t count = 0;
    for (const auto& table : items.GetObject()) {
        if (!table.value.IsNull()) count += table.value.Size();
    }
    if (count > limits::batch_write_items_max) return invalid("Too many items requested for the BatchWriteItem call");
    return {};
}

Result<void> read_write(Input request, ItemWrite& write) {
    const json::Value* put = request.find("PutRequest");
    const json::Value* removal = request.find("DeleteRequest");
    if ((put == nullptr) == (removal == nullptr)) {
        return invalid(std::string(many_datatypes));
    }
    if (put != nullptr) {
        write.action = WriteAction::put;
        TRY_LET(item, encoded_item(*json::find(*put, "Item")));
        write.item = std::move(item);
        return check_item_size(storage::ItemView(write.item).size_bytes());
    }
    write.action = WriteAction::remove;
    TRY_LET(key, encoded_item(*json::find(*removal, "Key")));
    write.key = std::move(key);
    return {};
}

// Faults of a put's key are told as those of a Key parameter.
Result<void> check_put(const storage::Table& table, storage::ItemView item) {
    if (!has_keys(table, item)) return key_mismatch();
    TRY(check_item_keys(table, item));
    return check_index_keys(table, item);
}

Result<void> check_table(const storage::Table& table, const TableWrites& writes) {
    std::set<std::string> seen;
    bool duplicate = false;
    for (const ItemWrite& write : writes.writes) {
        TRY(write.action == WriteAction::put ? check_put(table, storage::ItemView(write.item))
                                             : check_key(table, storage::ItemView(write.key)));
        duplicate = !seen.emplace(table_row_key(table, write.key_view()).bytes()).second || duplicate;
    }
    if (duplicate) return repeated_keys();
    return {};
}

Result<void> execute_all(Call& call, storage::WriteTransaction& transaction, std::deque<TableWrites>& all,
                         CollectionMetrics& metrics) {
    for (TableWrites& writes : all) {
        const storage::Table& table = *transaction.find_table(table_name(call, writes.given_name));
        for (const ItemWrite& write : writes.writes) {
            TRY_LET(outcome, execute(transaction, table, write, call.now_ms, false));
            writes.capacity.add_write(outcome.written);
            metrics.add(writes.given_name, table, write.key_view());
        }
    }
    return {};
}

void write_answer(Call& call, storage::Transaction& transaction, const std::deque<TableWrites>& all,
                  const CollectionMetrics& metrics) {
    call.out.begin_object();
    call.out.key("UnprocessedItems");
    call.out.begin_object();
    call.out.end_object();
    metrics.write_to(call.out, transaction);
    const CapacityDetail detail = capacity_detail(call.input);
    if (detail != CapacityDetail::none) {
        call.out.key("ConsumedCapacity");
        call.out.begin_array();
        for (const TableWrites& writes : all) {
            writes.capacity.write_to(call.out, table_name(call, writes.given_name), detail);
        }
        call.out.end_array();
    }
    call.out.end_object();
}

}  // namespace

Result<void> batch_write_item(Call& call) {
    const json::Value& items = *call.input.find("RequestItems");
    TRY(check_total(items));
    std::deque<TableWrites> all;
    for (const auto& table : items.GetObject()) {
        if (table.value.IsNull()) continue;
        TableWrites& writes = all.emplace_back();
        writes.given_name = json::text(table.name);
        for (const auto& request : table.value.GetArray())
            TRY(read_write(Input(request), writes.writes.emplace_back()));
    }
    return call.space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        for (const TableWrites& writes : all) TRY(item_table(transaction, table_name(call, writes.given_name)));
        for (TableWrites& writes : all) {
            writes.capacity = {};
            TRY(check_table(*transaction->find_table(table_name(call, writes.given_name)), writes));
        }
        CollectionMetrics metrics(take_write_detail(call.input).collections);
        TRY(execute_all(call, *transaction, all, metrics));
        write_answer(call, *transaction, all, metrics);
        return {};
    });
}

}  // namespace minamo
