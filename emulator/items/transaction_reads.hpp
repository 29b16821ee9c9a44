// The reads of a transaction, all at one moment: of TransactGetItems, and of the statements of ExecuteTransaction.
#pragma once

#include <deque>
#include <string>

#include "emulator/call.hpp"
#include "emulator/expressions/expressions.hpp"
#include "emulator/wire/error.hpp"
#include "storage/store.hpp"

namespace minamo {

struct TransactedRead {
    const storage::Table* table = nullptr;
    std::string key;  // encoded
    const BoundProjection* projection = nullptr;
};

// What an answer shows of an item of which the projection leaves nothing.
enum class NothingLeft : bool { no_item, empty_item };

// Reads them and writes the whole answer. TransactionCanceledException where a foreign transaction holds an item.
Result<void> answer_reads(Call& call, storage::Transaction& transaction, const std::deque<TransactedRead>& reads,
                          NothingLeft nothing_left);

}  // namespace minamo
