// The writes of a transaction, all or none: of TransactWriteItems, and of the statements of ExecuteTransaction.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/call.hpp"
#include "emulator/items/capacity.hpp"
#include "emulator/items/collection_metrics.hpp"
#include "emulator/items/item_writes.hpp"
#include "emulator/items/transaction_tokens.hpp"
#include "emulator/wire/error.hpp"
#include "storage/store.hpp"

namespace minamo {

// One write, against its table once that is known.
struct TransactedWrite {
    ItemWrite write;
    const storage::Table* table = nullptr;
};

// What the answer tells of one table.
struct TableUse {
    Capacity writes;  // of the transaction
    Capacity reads;   // of a replay with the same token
};
using TableUses = std::map<std::string, TableUse>;

// That no two writes are of one item. Writes whose keys don't suit their table are left out.
Result<void> check_distinct_items(const std::deque<TransactedWrite>& writes);

// The earlier transaction that is kept under this token, if there is one. TransactionInProgressException where one with
// the request's token stands.
Result<std::optional<ReplayedCapacity>> earlier_transaction(Call& call, storage::WriteTransaction& transaction,
                                                            std::string_view token);

// Runs all writes and adds up what they take. TransactionCanceledException where any fails, with the reasons of all
// that do.
Result<TableUses> execute_writes(Call& call, storage::WriteTransaction& transaction,
                                 const std::deque<TransactedWrite>& writes, CollectionMetrics& metrics);

// ConsumedCapacity by table: units of the writes.
std::string capacity_text(const TableUses& uses, CapacityDetail detail);
// The capacity of a later call with the same token, for both details that it may ask for.
ReplayedCapacity replayed(const TableUses& uses);

}  // namespace minamo
