// One write or one read, taken from a request: from PutItem, UpdateItem, DeleteItem and GetItem, and from the elements
// of both transactional calls.
#pragma once

#include <string>

#include "emulator/items/item_writes.hpp"
#include "emulator/wire/input.hpp"

namespace minamo {

// Each reads in the order in which DynamoDB complains, up to the point where the table must be known.
Result<void> take_put(Input input, ItemWrite& write);
Result<void> take_update(Input input, ItemWrite& write);
Result<void> take_delete(Input input, ItemWrite& write);
Result<void> take_condition_check(Input input, ItemWrite& write);

// A reader's projection against its names: mixing of old and new, names without an expression.
Result<void> check_read_members(Input input);
// ProjectionExpression with its names, or AttributesToGet: of GetItem and of the elements of batches and transactions.
Result<BoundProjection> take_projection_members(Input input, Substitutions& substitutions);

// A read of one item: GetItem, or a Get of TransactGetItems.
struct ReadOne {
    std::string key;  // encoded
    Substitutions substitutions;
    BoundProjection projection;
    bool consistent = false;
    CapacityDetail capacity = CapacityDetail::none;

    ReadOne() = default;
    ReadOne(const ReadOne&) = delete;
    ReadOne& operator=(const ReadOne&) = delete;
};
Result<void> take_get(Input input, ReadOne& read);

}  // namespace minamo
