// The table that a statement names: by its name, or by its ARN, which no validation has looked at.
#pragma once

#include "emulator/call.hpp"
#include "emulator/statements/bound.hpp"
#include "emulator/wire/error.hpp"
#include "storage/store.hpp"

namespace minamo {

// ResourceNotFoundException where there is none, and for ARNs of other things. `transaction` may be null: there are no
// tables.
Result<const storage::Table*> statement_table(Call& call, storage::Transaction* transaction,
                                              const BoundStatement& statement);

// Of a SELECT from an index: that its keys have one partition attribute and one sort attribute at most. Told before
// what else is wrong with a statement that has been read, save its values; no table or no such index is no fault yet.
Result<void> check_index_keys_single(Call& call, storage::Transaction* transaction, const BoundStatement& statement);

}  // namespace minamo
