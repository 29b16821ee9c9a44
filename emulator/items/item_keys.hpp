// Keys of items against the schema of their table and its indexes, in DynamoDB's words
// (conformance/behaviour/validation.md, section 4, "Keys").
#pragma once

#include <span>
#include <string_view>

#include "emulator/expressions/expressions.hpp"
#include "emulator/wire/error.hpp"
#include "storage/item_codec.hpp"
#include "storage/schema.hpp"

namespace minamo {

// The key attributes of a whole item (PutItem).
Result<void> check_item_keys(const storage::Table& table, storage::ItemView item);

// The same of an INSERT, which asks of all keys one thing after the other: whether they are there, their types, their
// values.
Result<void> check_inserted_keys(const storage::Table& table, storage::ItemView item);

// Whether all key attributes of the table are there, with the right types.
bool has_keys(const storage::Table& table, storage::ItemView item);

// A Key parameter: exactly the table's key attributes.
Result<void> check_key(const storage::Table& table, storage::ItemView key);

// Paths of a projection or filter that step into a key attribute of the table or of an index, as if it were a document.
Result<void> check_steps(const storage::Table& table, std::span<const ResolvedPath> paths);
Result<void> check_steps(const storage::Table& table, const BoundProjection& projection);

// Index key attributes of a whole item: of several broken indexes the alphabetically first is named.
Result<void> check_index_keys(const storage::Table& table, storage::ItemView item);

// An update against the schema: key attributes of the table cannot be changed; types known now must suit the index keys
// that they are put to; and no path leads below a key attribute, on the right-hand sides neither.
Result<void> check_update_targets(const storage::Table& table, const BoundUpdate& update);

// Index keys that the update changed, after evaluation. Attributes that it left alone are not looked at.
Result<void> check_updated_index_keys(const storage::Table& table, storage::ItemView old_item,
                                      storage::ItemView new_item);

// Messages that other key rules share.
tl::unexpected<Error> not_scalar(std::string_view key);  // "Key: pk", "IndexKey: a"; of a step into a key attribute
tl::unexpected<Error> key_type_mismatch(const storage::KeyAttribute& key);  // of a statement
tl::unexpected<Error> repeated_keys();                                      // of a batch
tl::unexpected<Error> key_mismatch();       // "The provided key element does not match the schema"
tl::unexpected<Error> start_key_invalid();  // "The provided starting key is invalid"
// One key attribute of what is read in an ExclusiveStartKey: there, and of its type.
Result<void> check_start_key_part(const storage::KeyAttribute& key, storage::ItemView start_key);
// An empty value or one that is too long of a key attribute; `sort` chooses the limit.
Result<void> check_key_value(std::string_view name, storage::ValueView value, bool sort);

}  // namespace minamo
