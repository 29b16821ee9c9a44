// The handlers, one for each operation that is built. A handler finds a validated body in call.input, reads in the
// order in which the service complains, and writes its answer to call.out.
#pragma once

#include "emulator/api/operations.hpp"
#include "emulator/wire/error.hpp"

namespace minamo {

struct Call;

using Handler = Result<void> (*)(Call&);

// Null for an operation that is not built.
Handler handler_of(const api::Operation& operation);

Result<void> batch_get_item(Call& call);
Result<void> batch_write_item(Call& call);
Result<void> create_table(Call& call);
Result<void> delete_item(Call& call);
Result<void> delete_table(Call& call);
Result<void> describe_continuous_backups(Call& call);
Result<void> describe_endpoints(Call& call);
Result<void> describe_limits(Call& call);
Result<void> describe_stream(Call& call);
Result<void> describe_table(Call& call);
Result<void> describe_time_to_live(Call& call);
Result<void> get_item(Call& call);
Result<void> get_records(Call& call);
Result<void> get_shard_iterator(Call& call);
Result<void> list_streams(Call& call);
Result<void> list_tables(Call& call);
Result<void> put_item(Call& call);
Result<void> query(Call& call);
Result<void> scan(Call& call);
Result<void> execute_statement(Call& call);
Result<void> batch_execute_statement(Call& call);
Result<void> execute_transaction(Call& call);
Result<void> transact_get_items(Call& call);
Result<void> transact_write_items(Call& call);
Result<void> update_item(Call& call);
Result<void> update_table(Call& call);
Result<void> update_time_to_live(Call& call);

}  // namespace minamo
