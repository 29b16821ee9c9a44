// Conditions and updates read the item from LMDB's page; what outlives the write is copied before it.
#include "emulator/items/item_writes.hpp"

#include <algorithm>
#include <variant>

#include "emulator/items/item_keys.hpp"
#include "emulator/limits.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

using storage::ItemView;

constexpr std::string_view item_too_large = "Item size has exceeded the maximum allowed size";
constexpr std::string_view update_too_large = "Item size to update has exceeded the maximum allowed size";

Error condition_failed(const ItemWrite& write, ItemView old_item) {
    Error error;
    error->kind = ErrorKind::conditional_check_failed;
    error->message = "The conditional request failed";
    if (write.return_old_on_failure) error->item = old_item.encoded();
    return error;
}

// Beside the plain limit, an update counts its own actions (conformance/behaviour/expressions.md, section 7).
Result<void> check_updated_size(const storage::Table& table, const BoundUpdate& update, ItemView item) {
    constexpr std::size_t written_action_bytes = 19;
    constexpr std::size_t clearing_action_bytes = 2;
    std::size_t counted = item.size_bytes() + 3;
    for (const auto* keys : {&table.keys.partition, &table.keys.sort}) {
        for (const auto& key : *keys) counted -= key.name.size() + item.find(key.name).size_bytes();
    }
    for (const auto& action : update.tree->actions) {
        counted += std::holds_alternative<grammar::RemoveAction>(action) ? clearing_action_bytes : written_action_bytes;
    }
    if (std::max(item.size_bytes(), counted) > limits::item_bytes_max) {
        return invalid(std::string(update_too_large));
    }
    return {};
}

// With LSIs the item and its entries in them share the limit.
Result<void> check_shared_size(const storage::Table& table, ItemView item, bool is_update) {
    std::size_t bytes = item.size_bytes();
    for (const storage::Index& index : table.indexes) {
        if (index.kind == storage::IndexKind::global || !index_row_key(table, index, item)) continue;
        bytes += ItemView(index_entry(table, index, item)).size_bytes();
    }
    if (bytes <= limits::item_bytes_max) return {};
    return invalid(std::string(is_update ? update_too_large : item_too_large));
}

bool may_exceed_shared_size(const storage::Table& table, ItemView item) {
    return table.has_local_indexes() && item.size_bytes() > limits::item_bytes_max / (limits::local_indexes_max + 1);
}

// What the write asks of the item that is there, if any.
Result<void> check_condition(const ItemWrite& write, ItemView old_item) {
    const bool exists = !old_item.empty();
    switch (write.presence) {
        case Presence::absent:
            if (exists) return fail(ErrorKind::duplicate_item, "Duplicate primary key exists in table");
            return {};
        case Presence::required:
            if (!exists) return tl::unexpected(condition_failed(write, old_item));
            break;
        case Presence::optional:
            if (!exists) return {};
            break;
        case Presence::any:
            break;
    }
    if (!evaluate(write.condition, old_item)) return tl::unexpected(condition_failed(write, old_item));
    return {};
}

// Empty where there is no item after the update.
Result<std::string> updated_item(const storage::Table& table, const ItemWrite& write, ItemView old_item) {
    if (write.of_statement()) TRY(check_update_targets(table, write.update));
    TRY_LET(tree, apply(write.update, old_item, ItemView(write.key)));
    if (tree.empty()) return std::string{};
    std::string encoded = encode(tree);
    const ItemView item(encoded);
    TRY(check_updated_index_keys(table, old_item, item));
    if (write.of_statement()) {
        if (item.size_bytes() > limits::item_bytes_max) return invalid(std::string(update_too_large));
    } else if (write.update) {
        TRY(check_updated_size(table, write.update, item));
    }
    return encoded;
}

Result<std::string> item_after(const storage::Table& table, const ItemWrite& write, ItemView old_item) {
    std::string item;
    if (write.action == WriteAction::put) item = write.item;
    if (write.action == WriteAction::update) {
        TRY_LET(updated, updated_item(table, write, old_item));
        item = std::move(updated);
    }
    if (!item.empty() && may_exceed_shared_size(table, ItemView(item))) {
        TRY(check_shared_size(table, ItemView(item), write.action == WriteAction::update));
    }
    return item;
}

}  // namespace

Result<void> check_item_size(std::size_t item_bytes) {
    if (item_bytes > limits::item_bytes_max) return invalid(std::string(item_too_large));
    return {};
}

Result<std::string> encoded_item(const json::Value& object) {
    TRY_LET(item, item_from_json(object));
    return encode(item);
}

Result<void> check_against(const storage::Table& table, const ItemWrite& write) {
    if (write.action == WriteAction::put) {
        TRY(check_item_keys(table, ItemView(write.item)));
        return check_index_keys(table, ItemView(write.item));
    }
    TRY(check_key(table, ItemView(write.key)));
    if (write.update) return check_update_targets(table, write.update);
    return {};
}

Result<void> check_not_held(Holds& holds, const storage::Table& table, ItemView key, std::int64_t now_ms) {
    if (!holds.stands_on(table, key, now_ms)) return {};
    return fail(ErrorKind::transaction_conflict, "Transaction is ongoing for the item");
}

Result<WriteOutcome> execute(storage::WriteTransaction& transaction, const storage::Table& table,
                             const ItemWrite& write, std::int64_t now_ms, bool wants_old) {
    const storage::RowKey key = table_row_key(table, write.key_view());
    const ItemView old_item = transaction.get(table, key);
    TRY(check_condition(write, old_item));
    WriteOutcome outcome;
    outcome.existed = !old_item.empty();
    if (wants_old && outcome.existed) outcome.old_item = old_item.encoded();
    if (write.action == WriteAction::check) {
        outcome.written.old_bytes = outcome.written.new_bytes = outcome.existed ? old_item.size_bytes() : 0;
        return outcome;
    }
    TRY_LET(item, item_after(table, write, old_item));
    outcome.new_item = std::move(item);
    if (outcome.existed || !outcome.new_item.empty()) {
        outcome.written = storage::write(transaction, table, key, old_item, ItemView(outcome.new_item), now_ms);
    }
    return outcome;
}

WriteDetail take_write_detail(Input input) {
    return {capacity_detail(input), input.text("ReturnItemCollectionMetrics") == "SIZE"};
}

void write_detail(json::Writer& out, const WriteDetail& detail, storage::Transaction& transaction,
                  const storage::Table& table, std::string_view given_name, ItemView key,
                  const storage::Written& written) {
    if (detail.capacity != CapacityDetail::none) {
        Capacity capacity;
        capacity.add_write(written);
        write_consumed_capacity(out, capacity, given_name, detail.capacity);
    }
    if (detail.collections && table.has_local_indexes()) {
        out.key("ItemCollectionMetrics");
        write_collection_metrics(out, table, key, transaction.counters(table, 0).bytes);
    }
}

}  // namespace minamo
