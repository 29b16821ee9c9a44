// Tables by the names that requests give, with DynamoDB's words for what is not there, or not ready.
#pragma once

#include <string>
#include <string_view>

#include "emulator/call.hpp"
#include "storage/store.hpp"

namespace minamo {

// The plain name of what TableName holds: a name, or a table's ARN. Notes it for the log.
std::string_view table_name(Call& call, std::string_view given);
std::string_view table_name(Call& call);

// ResourceInUseException for a table that is being created, updated or deleted.
tl::unexpected<Error> in_use(const storage::Table& table);

// For item calls: the table of this name, ACTIVE or UPDATING. ResourceNotFoundException otherwise. `transaction` may be
// null: no table was ever created here.
Result<const storage::Table*> item_table(storage::Transaction* transaction, std::string_view name);

// For calls on the table itself, in any state: "Requested resource not found: Table: <t> not found".
Result<const storage::Table*> described_table(storage::Transaction* transaction, std::string_view name);

}  // namespace minamo
