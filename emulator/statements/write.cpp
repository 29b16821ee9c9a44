// Keys are found among what WHERE joins by AND; all of WHERE is then the condition of the write.
#include "emulator/statements/write.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "emulator/expressions/paths.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/statements/equalities.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

using storage::ItemView;
using storage::KeyAttribute;
using storage::Table;
using storage::Type;
using storage::ValueView;

Result<void> check_scalar_keys(const Table& table, const BoundCondition& where) {
    for (const ResolvedPath& path : nested_paths(where)) {
        if (table.keys.find(path[0].name) == nullptr) continue;
        return not_scalar("Key " + std::string(path[0].name));
    }
    return {};
}

Result<void> check_type(const KeyAttribute& key, ValueView value) {
    const Type type = value.type();
    if (type == key.type) return {};
    if (type == Type::S || type == Type::N || type == Type::B) {
        return key_type_mismatch(key);
    }
    return invalid("Key value must be of type S, N, or B. Key name: " + key.name +
                   ", Key type: " + std::string(type_name(type)));
}

std::vector<const KeyAttribute*> key_attributes(const Table& table) {
    std::vector<const KeyAttribute*> keys;
    for (const auto* list : {&table.keys.partition, &table.keys.sort}) {
        for (const KeyAttribute& key : *list) keys.push_back(&key);
    }
    return keys;
}

Result<std::string> inserted_item(const BoundStatement& statement) {
    std::vector<storage::Attribute> attributes;
    attributes.reserve(statement.translation->members.size());
    for (const StatementMember& member : statement.translation->members) {
        attributes.push_back({member.name, decode(statement.value(member.value))});
    }
    storage::Item item;
    item.set_all(std::move(attributes));
    return encode(item);
}

}  // namespace

Result<std::string> named_key(const Table& table, const BoundCondition& where) {
    TRY(check_scalar_keys(table, where));
    const Equalities equalities(where);
    const std::vector<const KeyAttribute*> keys = key_attributes(table);
    std::vector<storage::AttributeView> parts;
    for (const KeyAttribute* key : keys) {
        TRY_LET(value, equalities.only_value_of(key->name));
        if (value.empty()) {
            return invalid("Where clause does not contain a mandatory equality on all key attributes");
        }
        parts.push_back({key->name, value});
    }
    for (std::size_t i = 0; i < keys.size(); ++i) TRY(check_type(*keys[i], parts[i].value));
    return encode(std::move(parts));
}

Result<void> make_write(const Table& table, const BoundStatement& statement, ItemWrite& write) {
    write.return_old_on_failure = statement.return_old_on_failure;
    if (statement.kind() == StatementKind::insert) {
        TRY(pass_stage(statement, Stage::in_table));
        write.action = WriteAction::put;
        write.presence = Presence::absent;
        TRY_LET(item, inserted_item(statement));
        write.item = std::move(item);
        TRY(check_inserted_keys(table, ItemView(write.item)));
        TRY(check_index_keys(table, ItemView(write.item)));
        return check_item_size(ItemView(write.item).size_bytes());
    }
    const bool updates = statement.kind() == StatementKind::update;
    write.action = updates ? WriteAction::update : WriteAction::remove;
    write.presence = updates ? Presence::required : Presence::optional;
    TRY_LET(key, named_key(table, statement.where));
    write.key = std::move(key);
    TRY(check_key(table, ItemView(write.key)));
    write.condition = statement.where;
    write.update = statement.update;
    return pass_stage(statement, Stage::in_table);
}

bool wants_old(ReturnedItem returned) {
    return returned == ReturnedItem::all_old || returned == ReturnedItem::modified_old;
}

std::string returned_item(const BoundStatement& statement, const WriteOutcome& outcome) {
    const ReturnedItem returned = statement.translation->returned;
    if (returned == ReturnedItem::nothing) return {};
    const std::string& source = wants_old(returned) ? outcome.old_item : outcome.new_item;
    if (source.empty() || returned == ReturnedItem::all_old || returned == ReturnedItem::all_new) return source;
    std::string part = project(target_paths(statement.update), ItemView(source));
    return ItemView(part).count() == 0 ? std::string{} : part;
}

}  // namespace minamo
