// One write of one item, as PutItem, UpdateItem and DeleteItem make it, and batches and transactions too: read from the
// request, checked against the table, executed.
#pragma once

#include <cstdint>
#include <string>

#include "emulator/expressions/expressions.hpp"
#include "emulator/items/capacity.hpp"
#include "emulator/namespaces/holds.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json.hpp"
#include "storage/write.hpp"

namespace minamo {

enum class WriteAction : std::uint8_t { put, update, remove, check };

// What a write asks of the item before its condition does. Statements ask; other writes don't.
enum class Presence : std::uint8_t {
    any,
    absent,    // INSERT: DuplicateItemException where there is an item
    required,  // UPDATE: without an item the condition fails
    optional,  // DELETE: without an item nothing is asked
};

// What an answer tells of a write besides its result.
struct WriteDetail {
    CapacityDetail capacity = CapacityDetail::none;
    bool collections = false;  // ReturnItemCollectionMetrics: SIZE
};
WriteDetail take_write_detail(Input input);

// A write, ready for any table. Bound expressions borrow from `substitutions`: it stays where it was read.
struct ItemWrite {
    WriteAction action = WriteAction::put;
    std::string item;  // encoded: the new item of a put
    std::string key;   // encoded: the Key parameter of the others
    Substitutions substitutions;
    BoundCondition condition;
    BoundUpdate update;
    bool return_old_on_failure = false;  // ReturnValuesOnConditionCheckFailure: ALL_OLD
    Presence presence = Presence::any;

    ItemWrite() = default;
    ItemWrite(const ItemWrite&) = delete;
    ItemWrite& operator=(const ItemWrite&) = delete;

    // Of a statement the targets of an update are asked after the condition, and the size is that of the item alone.
    bool of_statement() const { return presence != Presence::any; }
    storage::ItemView key_view() const { return storage::ItemView(action == WriteAction::put ? item : key); }
};

// The checks that need the table: keys, index keys, targets of updates.
Result<void> check_against(const storage::Table& table, const ItemWrite& write);

// TransactionConflictException where a foreign transaction holds the item.
Result<void> check_not_held(Holds& holds, const storage::Table& table, storage::ItemView key, std::int64_t now_ms);

struct WriteOutcome {
    bool existed = false;
    std::string old_item;  // encoded; only where asked for
    std::string new_item;  // encoded; of put and update
    storage::Written written;
};

// Evaluates the condition, applies the update and passes storage::write. ConditionalCheckFailedException, with the item
// where that was asked for; the data-dependent errors of updates.
Result<WriteOutcome> execute(storage::WriteTransaction& transaction, const storage::Table& table,
                             const ItemWrite& write, std::int64_t now_ms, bool wants_old);

// "Item size has exceeded the maximum allowed size" for more than 400 KB.
Result<void> check_item_size(std::size_t item_bytes);

// Key or Item of a request, encoded.
Result<std::string> encoded_item(const json::Value& object);

// ConsumedCapacity and ItemCollectionMetrics of a write on one table, where they are asked for.
void write_detail(json::Writer& out, const WriteDetail& detail, storage::Transaction& transaction,
                  const storage::Table& table, std::string_view given_name, storage::ItemView key,
                  const storage::Written& written);

}  // namespace minamo
