// Definitions of tables and indexes in requests: key schemas, projections, throughput, and the rules between them, in
// the order in which CreateTable and UpdateTable complain (conformance/behaviour/validation.md, section 5; indexes.md,
// section 1).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/call.hpp"
#include "emulator/tables/settings.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json.hpp"
#include "storage/schema.hpp"

namespace minamo {

// AttributeDefinitions, as given. A request may have any number of them, and of keys that look for theirs.
class AttributeDefinitions {
public:
    explicit AttributeDefinitions(std::vector<storage::KeyAttribute> given);

    // The one of this name, or null.
    const storage::KeyAttribute* find(std::string_view name) const;

    std::size_t size() const { return given_.size(); }
    auto begin() const { return given_.begin(); }
    auto end() const { return given_.end(); }

private:
    std::vector<storage::KeyAttribute> given_;
    std::vector<std::size_t> by_name_;  // places in given_
};
// Each attribute once. `list` may be null.
Result<AttributeDefinitions> attribute_definitions(const json::Value* list);

// "[a, b]", by name.
std::string names_in_brackets(const AttributeDefinitions& definitions);

// A key schema of a table or LSI (one partition key, at most one sort key) or of a GSI (up to four of each).
Result<storage::KeySchema> table_keys(const json::Value& schema, const AttributeDefinitions& definitions);
Result<storage::KeySchema> index_keys(const json::Value& schema, const AttributeDefinitions& definitions,
                                      storage::IndexKind kind);

// Projection of an index. Fills projection and non_key_attributes.
Result<void> read_projection(const json::Value* projection, storage::Index& index);

// LocalSecondaryIndexes, then GlobalSecondaryIndexes of CreateTable: appended to table.indexes, whose keys are set.
Result<void> read_indexes(Input request, const AttributeDefinitions& definitions, const TableSettings& settings,
                          storage::Table& table);

// One GSI (of CreateTable, or of UpdateTable's Create) against the table.
Result<storage::Index> read_global_index(const json::Value& definition, const AttributeDefinitions& definitions,
                                         const TableSettings& settings);

// How many attributes INCLUDE projections of all indexes name.
Result<void> check_projected_attributes(const storage::Table& table);

// Throughput within bounds: "Given value <n> for ReadCapacityUnits is out of bounds".
Result<void> check_bounds(const Throughput& throughput);

}  // namespace minamo
