// See the header.
#include "emulator/statements/single_read.hpp"

#include <utility>
#include <vector>

#include "emulator/queries/branches.hpp"
#include "emulator/statements/equalities.hpp"

namespace minamo {

Result<std::optional<std::string>> single_read_key(const storage::Table& table, const BoundStatement& statement) {
    Branches branches(table, nullptr, statement.where);
    TRY(branches.check_overlaps());
    TRY(branches.check_count());
    return branches.single_key();
}

Result<void> check_read_values(const storage::Table& table, const BoundStatement& statement) {
    return Branches(table, nullptr, statement.where).check_values();
}

std::optional<std::string> exists_key(const storage::Table& table, const BoundStatement& statement) {
    const Equalities equalities(statement.where);
    std::vector<storage::AttributeView> parts;
    for (const auto* list : {&table.keys.partition, &table.keys.sort}) {
        for (const storage::KeyAttribute& key : *list) {
            const storage::ValueView value = equalities.first_value_of(key.name);
            if (value.empty()) return std::nullopt;
            parts.push_back({key.name, value});
        }
    }
    if (equalities.joined() <= parts.size()) return std::nullopt;
    return encode(std::move(parts));
}

}  // namespace minamo
