// Checks of one index run in the service's order: definitions, key structure, (LSI) sort key, (LSI) partition key,
// projection, duplicate name; counts come last.
#include "emulator/tables/definitions.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "emulator/limits.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/tables/setting_changes.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/values.hpp"
#include "emulator/wire/words.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::IndexKind;
using storage::KeyAttribute;
using storage::KeySchema;

struct KeyElement {
    std::string_view name;
    bool partition = false;
};

std::vector<KeyElement> key_elements(const json::Value& schema) {
    std::vector<KeyElement> out;
    for (const auto& element : schema.GetArray()) {
        const Input in(element);
        out.push_back({in.text("AttributeName"), from_word<KeyType>(in.text("KeyType")) == KeyType::partition});
    }
    return out;
}

std::string element_names(const std::vector<KeyElement>& elements) {
    std::string out = "[";
    for (const KeyElement& element : elements) out.append(out.size() > 1 ? ", " : "").append(element.name);
    return out + "]";
}

Result<void> check_defined(const std::vector<KeyElement>& elements, const AttributeDefinitions& definitions) {
    for (const KeyElement& element : elements) {
        if (definitions.find(element.name) != nullptr) continue;
        return invalid_parameters(
            "Some index key attributes are not defined in AttributeDefinitions. Keys: " + element_names(elements) +
            ", AttributeDefinitions: " + names_in_brackets(definitions));
    }
    return {};
}

tl::unexpected<Error> not_first() {
    return invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
}

// One HASH, then at most one RANGE.
Result<void> check_pair(const std::vector<KeyElement>& elements) {
    if (elements.size() > 1 && elements[0].name == elements[1].name) {
        return invalid("Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }
    if (!elements[0].partition) return not_first();
    if (elements.size() > 1 && elements[1].partition) {
        return invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
    return {};
}

// More than one HASH or more than one RANGE: only GSIs have such keys.
bool is_multiple(const std::vector<KeyElement>& elements) {
    return elements.size() > 2 || (elements.size() == 2 && elements[0].partition && elements[1].partition &&
                                   elements[0].name != elements[1].name);
}

tl::unexpected<Error> too_many(KeyType type) {
    return invalid_parameters("The KeySchema exceeds the maximum allowed number of " + std::string(word_of(type)) +
                              " key attributes");
}

// Up to four HASH, then up to four RANGE, each attribute once.
Result<void> check_multiple(const std::vector<KeyElement>& elements) {
    if (!elements[0].partition) return not_first();
    const auto partitions = std::ranges::count(elements, true, &KeyElement::partition);
    const auto sorts = static_cast<std::ptrdiff_t>(elements.size()) - partitions;
    if (partitions > 4) return too_many(KeyType::partition);
    if (sorts > 4) return too_many(KeyType::sort);
    if (!std::ranges::is_partitioned(elements, &KeyElement::partition)) {
        return invalid_parameters("All HASH key attributes must precede RANGE key attributes in the KeySchema");
    }
    for (std::size_t i = 0; i < elements.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (elements[i].name == elements[j].name) {
                return invalid("The KeySchema contains multiple key attributes with the same name");
            }
        }
    }
    return {};
}

KeySchema key_schema(const std::vector<KeyElement>& elements, const AttributeDefinitions& definitions) {
    KeySchema keys;
    for (const KeyElement& element : elements) {
        (element.partition ? keys.partition : keys.sort).push_back(*definitions.find(element.name));
    }
    return keys;
}

// Without a number yet: a request may name more indexes than there are numbers.
Result<void> add_index(Index index, storage::Table& table, std::set<std::string>& names) {
    if (!names.insert(index.name).second) return invalid_parameters("Duplicate index name: " + index.name);
    table.indexes.push_back(std::move(index));
    return {};
}

Result<Index> read_local_index(const json::Value& definition, const AttributeDefinitions& definitions,
                               const storage::Table& table) {
    const Input in(definition);
    Index index;
    index.name = in.text("IndexName");
    TRY_LET(keys, index_keys(*in.find("KeySchema"), definitions, IndexKind::local));
    index.keys = keys;
    if (index.keys.sort.empty()) {
        return invalid_parameters("Index KeySchema does not have a range key for index: " + index.name);
    }
    const std::string& partition = index.keys.partition[0].name;
    if (partition != table.keys.partition[0].name) {
        return invalid_parameters(
            "Index KeySchema does not have the same leading hash key as table KeySchema for index: " + index.name +
            ". index hash key: " + partition + ", table hash key: " + table.keys.partition[0].name);
    }
    TRY(read_projection(in.find("Projection"), index));
    return index;
}

Result<void> check_index_throughput(Input definition, const TableSettings& settings, const std::string& name) {
    const bool given = definition.has("ProvisionedThroughput");
    if (settings.on_demand && given) return units_on_demand(name);
    if (!settings.on_demand && !given) {
        return invalid_parameters("ProvisionedThroughput is not specified for index: " + name);
    }
    return {};
}

Result<void> check_counts(const storage::Table& table) {
    const auto local = static_cast<std::size_t>(std::ranges::count(table.indexes, IndexKind::local, &Index::kind));
    if (local > limits::local_indexes_max) {
        return invalid_parameters("Number of LocalSecondaryIndexes exceeds per-table limit of 5");
    }
    if (table.indexes.size() - local > limits::global_indexes_max) {
        return invalid_parameters("GlobalSecondaryIndex count exceeds the per-table limit of 20");
    }
    return check_projected_attributes(table);
}

Result<void> read_non_key_attributes(const json::Value& listed, Index& index) {
    for (const auto& attribute : listed.GetArray()) {
        const std::string_view name = json::text(attribute);
        if (std::ranges::find(index.non_key_attributes, name) != index.non_key_attributes.end()) {
            return invalid_parameters("Duplicate element in NonKeyAttributes: " + std::string(name));
        }
        index.non_key_attributes.emplace_back(name);
    }
    return {};
}

}  // namespace

AttributeDefinitions::AttributeDefinitions(std::vector<KeyAttribute> given)
    : given_(std::move(given)), by_name_(given_.size()) {
    std::iota(by_name_.begin(), by_name_.end(), std::size_t{0});
    std::ranges::stable_sort(by_name_, {}, [this](std::size_t i) -> std::string_view { return given_[i].name; });
}

const KeyAttribute* AttributeDefinitions::find(std::string_view name) const {
    const auto name_at = [this](std::size_t i) -> std::string_view { return given_[i].name; };
    const auto found = std::ranges::lower_bound(by_name_, name, {}, name_at);
    return found != by_name_.end() && name_at(*found) == name ? &given_[*found] : nullptr;
}

Result<AttributeDefinitions> attribute_definitions(const json::Value* list) {
    std::vector<KeyAttribute> out;
    if (list == nullptr) return AttributeDefinitions(std::move(out));
    std::set<std::string_view> names;
    for (const auto& element : list->GetArray()) {
        const Input in(element);
        if (!names.insert(in.text("AttributeName")).second) {
            return invalid("Attribute Name is duplicated: " + std::string(in.text("AttributeName")));
        }
        out.push_back({std::string(in.text("AttributeName")), type_named(in.text("AttributeType")).value()});
    }
    return AttributeDefinitions(std::move(out));
}

std::string names_in_brackets(const AttributeDefinitions& definitions) {
    std::set<std::string_view> names;
    for (const KeyAttribute& definition : definitions) names.insert(definition.name);
    std::string out = "[";
    for (const std::string_view name : names) out.append(out.size() > 1 ? ", " : "").append(name);
    return out + "]";
}

Result<KeySchema> table_keys(const json::Value& schema, const AttributeDefinitions& definitions) {
    const auto elements = key_elements(schema);
    if (elements.size() > definitions.size()) {
        return invalid("Invalid KeySchema: Some index key attribute have no definition");
    }
    TRY(check_defined(elements, definitions));
    TRY(check_pair(elements));
    return key_schema(elements, definitions);
}

Result<KeySchema> index_keys(const json::Value& schema, const AttributeDefinitions& definitions, IndexKind kind) {
    const auto elements = key_elements(schema);
    TRY(check_defined(elements, definitions));
    TRY(kind == IndexKind::global && is_multiple(elements) ? check_multiple(elements) : check_pair(elements));
    return key_schema(elements, definitions);
}

Result<void> read_projection(const json::Value* projection, Index& index) {
    const json::Value* type = projection != nullptr ? json::find(*projection, "ProjectionType") : nullptr;
    if (type == nullptr) return invalid_parameters("Unknown ProjectionType: null");
    index.projection = from_word<storage::Projection>(json::text(*type)).value();
    const json::Value* listed = json::find(*projection, "NonKeyAttributes");
    if (index.projection == storage::Projection::include) {
        if (listed == nullptr) {
            return invalid_parameters("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        }
        return read_non_key_attributes(*listed, index);
    }
    if (listed != nullptr) {
        return invalid_parameters("ProjectionType is " + std::string(word_of(index.projection)) +
                                  ", but NonKeyAttributes is specified");
    }
    return {};
}

Result<Index> read_global_index(const json::Value& definition, const AttributeDefinitions& definitions,
                                const TableSettings& settings) {
    const Input in(definition);
    Index index;
    index.kind = IndexKind::global;
    index.name = in.text("IndexName");
    TRY_LET(keys, index_keys(*in.find("KeySchema"), definitions, IndexKind::global));
    index.keys = keys;
    TRY(read_projection(in.find("Projection"), index));
    TRY(check_index_throughput(in, settings, index.name));
    IndexSettings kept;
    if (const json::Value* given = in.find("ProvisionedThroughput")) {
        kept.throughput = throughput_from_json(*given);
        TRY(check_bounds(kept.throughput));
    }
    if (const json::Value* given = in.find("WarmThroughput")) {
        TRY(check_warm_throughput(*given, settings.on_demand, kept.throughput, "index " + index.name));
        kept.warm_throughput = warm_throughput(*given, settings.on_demand, kept.throughput, {});
    }
    index.opaque = encode(kept);
    return index;
}

Result<void> read_indexes(Input request, const AttributeDefinitions& definitions, const TableSettings& settings,
                          storage::Table& table) {
    const json::Value* local = request.find("LocalSecondaryIndexes");
    const json::Value* global = request.find("GlobalSecondaryIndexes");
    std::set<std::string> names;
    if (local != nullptr) {
        if (local->Empty()) return invalid_parameters("List of LocalSecondaryIndexes is empty");
        if (table.keys.sort.empty()) {
            return invalid_parameters(
                "Table KeySchema does not have a range key, "
                "which is required when specifying a LocalSecondaryIndex");
        }
        for (const auto& definition : local->GetArray()) {
            TRY_LET(index, read_local_index(definition, definitions, table));
            TRY(add_index(std::move(index), table, names));
        }
    }
    if (global != nullptr) {
        if (global->Empty()) return invalid_parameters("List of GlobalSecondaryIndexes is empty");
        for (const auto& definition : global->GetArray()) {
            TRY_LET(index, read_global_index(definition, definitions, settings));
            TRY(add_index(std::move(index), table, names));
        }
    }
    TRY(check_counts(table));
    for (Index& index : table.indexes) index.number = table.take_index_number();
    return {};
}

Result<void> check_projected_attributes(const storage::Table& table) {
    std::size_t count = 0;
    for (const Index& index : table.indexes) count += index.non_key_attributes.size();
    if (count <= limits::projected_attributes_max) return {};
    return invalid_parameters("The number of projected attributes of all indexes exceeds the per-table limit of 100");
}

Result<void> check_bounds(const Throughput& throughput) {
    const std::pair<std::string_view, std::int64_t> given[] = {{"ReadCapacityUnits", throughput.read_units},
                                                               {"WriteCapacityUnits", throughput.write_units}};
    for (const auto& [name, units] : given) {
        if (units > limits::throughput_units_max) {
            return invalid("Given value " + std::to_string(units) + " for " + std::string(name) + " is out of bounds");
        }
    }
    return {};
}

}  // namespace minamo
