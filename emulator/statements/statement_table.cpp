// See the header.
#include "emulator/statements/statement_table.hpp"

#include <algorithm>
#include <string_view>

#include "emulator/tables/named_table.hpp"

namespace minamo {

Result<const storage::Table*> statement_table(Call& call, storage::Transaction* transaction,
                                              const BoundStatement& statement) {
    const std::string_view given = statement.translation->table;
    // Behind a table's name an ARN goes on with an index or a stream.
    const bool names_more = given.starts_with("arn:") && std::ranges::count(given, '/') > 1;
    return item_table(names_more ? nullptr : transaction, table_name(call, given));
}

Result<void> check_index_keys_single(Call& call, storage::Transaction* transaction, const BoundStatement& statement) {
    const auto& name = statement.translation->index;
    if (!name || !statement.is_read()) return {};
    const auto& refusal = statement.translation->refusals[static_cast<std::size_t>(Stage::text)];
    if (refusal && refusal->of_value) return {};
    const auto table = statement_table(call, transaction, statement);
    const storage::Index* index = table ? (*table)->find_index(*name) : nullptr;
    if (index == nullptr || (index->keys.partition.size() == 1 && index->keys.sort.size() <= 1)) return {};
    return invalid(
        "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE "
        "keys.");
}

}  // namespace minamo
