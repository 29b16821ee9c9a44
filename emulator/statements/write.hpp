// INSERT, UPDATE and DELETE as the one write of one item that they are.
#pragma once

#include <string>

#include "emulator/items/item_writes.hpp"
#include "emulator/statements/bound.hpp"
#include "emulator/wire/error.hpp"
#include "storage/schema.hpp"

namespace minamo {

// The key, encoded, that WHERE of an UPDATE or DELETE names: equality on each key attribute, among what is joined by
// AND. Its values are of the keys' types.
Result<std::string> named_key(const storage::Table& table, const BoundCondition& where);

// The write of a bound statement, against its table: keys, and for INSERT the index keys and the size of the item.
// RETURNING is told first for INSERT, and after the key for the others.
Result<void> make_write(const storage::Table& table, const BoundStatement& statement, ItemWrite& write);

// Whether the write has to keep the old item for RETURNING.
bool wants_old(ReturnedItem returned);
// What RETURNING shows of it, encoded; empty: nothing.
std::string returned_item(const BoundStatement& statement, const WriteOutcome& outcome);

}  // namespace minamo
