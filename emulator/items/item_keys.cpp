// Partition key first, then sort key; table keys before index keys.
#include "emulator/items/item_keys.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emulator/tables/named_table.hpp"
#include "storage/key_codec.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::ItemView;
using storage::KeyAttribute;
using storage::Table;
using storage::Type;
using storage::ValueView;

constexpr std::string_view not_valid = "One or more parameter values are not valid. ";
constexpr std::string_view no_empty_key = "The AttributeValue for a key attribute cannot contain an empty ";

bool is_empty_text(ValueView value) {
    return (value.type() == Type::S || value.type() == Type::B) && value.text().empty();
}

std::string_view kind_word(ValueView value) {
    return value.type() == Type::S ? "string" : "binary";
}

// Bytes that a key value counts against its limit.
std::size_t key_bytes(ValueView value) {
    return value.type() == Type::N ? value.size_bytes() : value.text().size();
}

Result<void> check_key_bytes(ValueView value, bool sort) {
    if (!sort && key_bytes(value) > storage::partition_key_bytes_max) {
        return invalid_parameters("Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }
    if (sort && key_bytes(value) > storage::sort_key_bytes_max) {
        return invalid_parameters("Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
    return {};
}

std::string type_text(Type type) {
    return std::string(type_name(type));
}

template <class Check>
Result<void> each_key(const storage::KeySchema& keys, Check&& check) {
    for (const KeyAttribute& key : keys.partition) TRY(check(key, false));
    for (const KeyAttribute& key : keys.sort) TRY(check(key, true));
    return {};
}

std::vector<std::reference_wrapper<const Index>> indexes_by_name(const Table& table) {
    std::vector<std::reference_wrapper<const Index>> out(table.indexes.begin(), table.indexes.end());
    std::ranges::sort(out, {}, [](const Index& index) -> const std::string& { return index.name; });
    return out;
}

tl::unexpected<Error> index_key_mismatch(const Index& index, const KeyAttribute& key, Type actual) {
    return invalid_parameters("Type mismatch for Index Key " + key.name + " Expected: " + type_text(key.type) +
                              " Actual: " + type_text(actual) + " IndexName: " + index.name);
}

Result<void> check_index_key(const Index& index, const KeyAttribute& key, bool sort, ItemView item) {
    const ValueView value = item.find(key.name);
    if (value.empty()) return {};
    if (value.type() != key.type) return index_key_mismatch(index, key, value.type());
    if (is_empty_text(value)) {
        return invalid(RequestFault::empty_index_key,
                       std::string(not_valid) + "A value specified for a secondary index key is not supported. " +
                           std::string(no_empty_key) + std::string(kind_word(value)) +
                           " value. IndexName: " + index.name + ", IndexKey: " + key.name);
    }
    return check_key_bytes(value, sort);
}

// A partition key of the table that an index sorts by has less room there; all else holds of a key of the table
// already.
Result<void> check_shared_key(const Table& table, const KeyAttribute& key, bool sort, ItemView item) {
    if (!sort || std::ranges::find(table.keys.partition, key.name, &KeyAttribute::name) == table.keys.partition.end()) {
        return {};
    }
    return check_key_bytes(item.find(key.name), sort);
}

Result<void> check_changed_index_key(const KeyAttribute& key, bool sort, ItemView old_item, ItemView new_item) {
    const ValueView value = new_item.find(key.name);
    if (value.empty()) return {};
    if (!old_item.empty() && equal(value, old_item.find(key.name))) return {};
    if (value.type() != key.type) {
        return invalid("The update expression attempted to update the secondary index key to unsupported type");
    }
    if (is_empty_text(value)) {
        return invalid(
            std::string(not_valid) +
            "The update expression attempted to update a secondary index key to a value that is not supported. " +
            std::string(no_empty_key) + std::string(kind_word(value)) + " value.");
    }
    if (key_bytes(value) > (sort ? storage::sort_key_bytes_max : storage::partition_key_bytes_max)) {
        return invalid("The update expression attempted to update the secondary index key beyond allowed size limits");
    }
    return {};
}

Result<void> check_nested(const Table& table, std::string_view root) {
    if (table.keys.find(root) != nullptr) return not_scalar("Key: " + std::string(root));
    for (const Index& index : table.indexes) {
        if (index.keys.find(root) != nullptr) return not_scalar("IndexKey: " + std::string(root));
    }
    return {};
}

// The type that the action puts, where that is known before anything is read.
std::optional<Type> type_put(const BoundUpdate& update, const grammar::UpdateAction& action) {
    const grammar::Operand* operand = nullptr;
    if (const auto* set = std::get_if<grammar::SetAction>(&action)) {
        if (std::holds_alternative<std::unique_ptr<const grammar::Sum>>(set->value)) return Type::N;
        operand = &set->value;
    } else if (const auto* add = std::get_if<grammar::AddAction>(&action)) {
        operand = &add->value;
    }
    const auto* slot = operand != nullptr ? std::get_if<grammar::ValueSlot>(operand) : nullptr;
    if (slot == nullptr) return std::nullopt;
    return update.binding.values[slot->slot].type();
}

Result<void> check_known_types(const Table& table, const BoundUpdate& update,
                               const std::vector<ResolvedPath>& targets) {
    for (const Index& index : indexes_by_name(table)) {
        TRY(each_key(index.keys, [&](const KeyAttribute& key, bool) -> Result<void> {
            for (std::size_t i = 0; i < targets.size(); ++i) {
                if (targets[i].size() > 1 || targets[i][0].name != key.name) continue;
                const auto type = type_put(update, update.tree->actions[i]);
                if (type && *type != key.type) return index_key_mismatch(index, key, *type);
            }
            return {};
        }));
    }
    return {};
}

}  // namespace

tl::unexpected<Error> not_scalar(std::string_view key) {
    return invalid("Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: " +
                   std::string(key));
}

tl::unexpected<Error> key_type_mismatch(const KeyAttribute& key) {
    return invalid("Key attribute's data type should match its data type in table's schema: Key " + key.name);
}

tl::unexpected<Error> repeated_keys() {
    return invalid("Provided list of item keys contains duplicates");
}

tl::unexpected<Error> key_mismatch() {
    return invalid("The provided key element does not match the schema");
}

tl::unexpected<Error> start_key_invalid() {
    return invalid("The provided starting key is invalid");
}

Result<void> check_start_key_part(const KeyAttribute& key, ItemView start_key) {
    const ValueView value = start_key.find(key.name);
    if (value.empty()) return start_key_invalid();
    return value.type() == key.type ? Result<void>{} : key_mismatch();
}

Result<void> check_key_value(std::string_view name, ValueView value, bool sort) {
    if (is_empty_text(value)) {
        return invalid(std::string(not_valid) + std::string(no_empty_key) + std::string(kind_word(value)) +
                       " value. Key: " + std::string(name));
    }
    return check_key_bytes(value, sort);
}

bool has_keys(const Table& table, ItemView item) {
    for (const auto* keys : {&table.keys.partition, &table.keys.sort}) {
        for (const KeyAttribute& key : *keys) {
            const ValueView value = item.find(key.name);
            if (value.empty() || value.type() != key.type) return false;
        }
    }
    return true;
}

namespace {

Result<void> check_key_there(const KeyAttribute& key, ItemView item) {
    if (!item.find(key.name).empty()) return {};
    return invalid_parameters("Missing the key " + key.name + " in the item");
}

Result<void> check_key_type(const KeyAttribute& key, ItemView item) {
    const Type actual = item.find(key.name).type();
    if (actual == key.type) return {};
    return invalid_parameters("Type mismatch for key " + key.name + " expected: " + type_text(key.type) +
                              " actual: " + type_text(actual));
}

}  // namespace

Result<void> check_item_keys(const Table& table, ItemView item) {
    return each_key(table.keys, [&](const KeyAttribute& key, bool sort) -> Result<void> {
        TRY(check_key_there(key, item));
        TRY(check_key_type(key, item));
        return check_key_value(key.name, item.find(key.name), sort);
    });
}

Result<void> check_inserted_keys(const Table& table, ItemView item) {
    TRY(each_key(table.keys, [&](const KeyAttribute& key, bool) { return check_key_there(key, item); }));
    TRY(each_key(table.keys, [&](const KeyAttribute& key, bool) { return check_key_type(key, item); }));
    return check_item_keys(table, item);
}

Result<void> check_key(const Table& table, ItemView key_item) {
    if (key_item.count() != table.keys.partition.size() + table.keys.sort.size()) return key_mismatch();
    if (!has_keys(table, key_item)) return key_mismatch();
    return each_key(table.keys, [&](const KeyAttribute& key, bool sort) {
        return check_key_value(key.name, key_item.find(key.name), sort);
    });
}

Result<void> check_steps(const Table& table, std::span<const ResolvedPath> paths) {
    for (const ResolvedPath& path : paths) {
        if (path.size() > 1) TRY(check_nested(table, path[0].name));
    }
    return {};
}

Result<void> check_steps(const Table& table, const BoundProjection& projection) {
    if (!projection || !projection.top_level.empty()) return {};
    return check_steps(table, paths(projection));
}

Result<void> check_index_keys(const Table& table, ItemView item) {
    if (table.indexes.empty()) return {};
    for (const Index& index : indexes_by_name(table)) {
        TRY(each_key(index.keys, [&](const KeyAttribute& key, bool sort) -> Result<void> {
            if (table.keys.find(key.name) != nullptr) return check_shared_key(table, key, sort, item);
            return check_index_key(index, key, sort, item);
        }));
    }
    return {};
}

Result<void> check_update_targets(const Table& table, const BoundUpdate& update) {
    const auto targets = target_paths(update);
    for (const ResolvedPath& path : targets) {
        if (table.keys.find(path[0].name) != nullptr) {
            return invalid_parameters("Cannot update attribute " + std::string(path[0].name) +
                                      ". This attribute is part of the key");
        }
    }
    if (!table.indexes.empty()) TRY(check_known_types(table, update, targets));
    return check_steps(table, nested_paths(update));
}

Result<void> check_updated_index_keys(const Table& table, ItemView old_item, ItemView new_item) {
    if (table.indexes.empty()) return {};
    for (const Index& index : indexes_by_name(table)) {
        TRY(each_key(index.keys, [&](const KeyAttribute& key, bool sort) -> Result<void> {
            if (table.keys.find(key.name) != nullptr) {
                return old_item.empty() ? check_shared_key(table, key, sort, new_item) : Result<void>{};
            }
            return check_changed_index_key(key, sort, old_item, new_item);
        }));
    }
    return {};
}

}  // namespace minamo
