// SELECT and EXISTS where they must name one item by its key: in batches and in transactions.
#pragma once

#include <optional>
#include <string>

#include "emulator/statements/bound.hpp"
#include "emulator/wire/error.hpp"
#include "storage/schema.hpp"

namespace minamo {

// The key, encoded, of a SELECT whose WHERE is equality on all key attributes and nothing else; nothing where it is
// not. Its values may be of another type than the key's. Fails where branches overlap, and where they are too many.
Result<std::optional<std::string>> single_read_key(const storage::Table& table, const BoundStatement& statement);

// That the values of conditions on keys suit the table, in the words of a SELECT.
Result<void> check_read_values(const storage::Table& table, const BoundStatement& statement);

// The same key of EXISTS, where more must be asked of the item: of several values for one key attribute the first is
// the key's.
std::optional<std::string> exists_key(const storage::Table& table, const BoundStatement& statement);

}  // namespace minamo
