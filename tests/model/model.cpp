// The order of a write's checks is DynamoDB's: what the request alone shows, the condition, what the new item shows.
#include "tests/model/model.hpp"

#include <algorithm>

namespace minamo::model {
namespace {

const Item no_item;

std::string schema(const Keys& keys) {
    std::string out = "[{\"AttributeName\":" + json_string(keys.hash.name) + ",\"KeyType\":\"HASH\"}";
    if (keys.sort) out += ",{\"AttributeName\":" + json_string(keys.sort->name) + ",\"KeyType\":\"RANGE\"}";
    return out + "]";
}

void define(const Keys& keys, std::map<std::string, Type>& definitions) {
    definitions[keys.hash.name] = keys.hash.type;
    if (keys.sort) definitions[keys.sort->name] = keys.sort->type;
}

std::string described(const Index& index) {
    std::string out = "{\"IndexName\":" + json_string(index.name) + ",\"KeySchema\":" + schema(index.keys) +
                      ",\"Projection\":{\"ProjectionType\":" + json_string(index.projection);
    std::string names;
    for (const std::string& name : index.included) names += (names.empty() ? "" : ",") + json_string(name);
    if (!names.empty()) out += ",\"NonKeyAttributes\":[" + names + "]";
    return out + "}}";
}

std::vector<KeyPart> parts(const Keys& keys) {
    std::vector<KeyPart> out = {keys.hash};
    if (keys.sort) out.push_back(*keys.sort);
    return out;
}

bool has_all(const Item& item, const Keys& keys) {
    return item.contains(keys.hash.name) && (!keys.sort || item.contains(keys.sort->name));
}

bool is_empty_text(const Value& value) {
    return (value.type == Type::S || value.type == Type::B) && value.text.empty();
}

const std::string& root_of(const Path& path) {
    return std::get<std::string>(path[0]);
}

// The type that the action puts whatever the item holds, if that can be said.
std::optional<Type> type_put(const Action& action) {
    using Kind = Action::Kind;
    if (action.kind == Kind::plus || action.kind == Kind::minus) return Type::N;
    if (action.kind != Kind::set && action.kind != Kind::add) return std::nullopt;
    if (action.operands[0].kind != Operand::Kind::value) return std::nullopt;
    return action.operands[0].value.type;
}

template <class Predicate>
bool any_path(const Operand& operand, const Predicate& predicate) {
    if (!operand.path.empty() && predicate(operand.path)) return true;
    return std::any_of(operand.arguments.begin(), operand.arguments.end(),
                       [&](const Operand& each) { return any_path(each, predicate); });
}

bool refuses(const Condition* condition, const Item& item) {
    return condition != nullptr && !holds(*condition, item);
}

}  // namespace

std::string Shape::create_request() const {
    std::map<std::string, Type> definitions;
    define(keys, definitions);
    std::map<bool, std::string> lists;
    for (const Index& index : indexes) {
        define(index.keys, definitions);
        lists[index.local] += (lists[index.local].empty() ? "" : ",") + described(index);
    }
    std::string defined;
    for (const auto& [attribute, type] : definitions) {
        defined += (defined.empty() ? "" : ",") + ("{\"AttributeName\":" + json_string(attribute)) +
                   ",\"AttributeType\":" + json_string(type_name(type)) + "}";
    }
    std::string out = "{\"TableName\":" + json_string(name) +
                      ",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":" + schema(keys) +
                      ",\"AttributeDefinitions\":[" + defined + "]";
    if (!lists[true].empty()) out += ",\"LocalSecondaryIndexes\":[" + lists[true] + "]";
    if (!lists[false].empty()) out += ",\"GlobalSecondaryIndexes\":[" + lists[false] + "]";
    return out + ",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}";
}

std::set<std::string> Shape::key_names(const Index* index) const {
    std::set<std::string> out;
    for (const KeyPart& part : parts(keys)) out.insert(part.name);
    if (index == nullptr) return out;
    for (const KeyPart& part : parts(index->keys)) out.insert(part.name);
    return out;
}

bool Shape::projects(const Index* index, const std::string& attribute) const {
    if (index == nullptr || index->projection == "ALL" || index->included.contains(attribute)) return true;
    return key_names(index).contains(attribute);
}

Item Table::key_of(const Item& item) const {
    Item key;
    for (const KeyPart& part : parts(shape.keys)) key[part.name] = item.at(part.name);
    return key;
}

namespace {

std::vector<Value> place(const Shape& shape, const Item& key) {
    std::vector<Value> out;
    for (const KeyPart& part : parts(shape.keys)) out.push_back(key.at(part.name));
    return out;
}

}  // namespace

const Item& Table::get(const Item& key) const {
    const auto found = items_.find(place(shape, key));
    return found == items_.end() ? no_item : found->second;
}

// Of an update only what it changed counts: `old_item`.
Fault Table::index_fault(const Item& item, const Item* old_item) const {
    Fault fault = Fault::none;
    for (const Index& index : shape.indexes) {
        for (const KeyPart& part : parts(index.keys)) {
            const auto found = item.find(part.name);
            if (found == item.end()) continue;
            if (old_item != nullptr && old_item->contains(part.name) && old_item->at(part.name) == found->second)
                continue;
            if (found->second.type != part.type) return Fault::mismatch;
            if (is_empty_text(found->second)) fault = Fault::validation;
        }
    }
    return fault;
}

Write Table::put(const Item& item, const Condition* condition) const {
    Write out;
    for (const KeyPart& part : parts(shape.keys)) {
        const auto found = item.find(part.name);
        if (found == item.end() || found->second.type != part.type || is_empty_text(found->second)) {
            out.fault = Fault::validation;
            out.at_once = true;
            return out;
        }
    }
    out.key = key_of(item);
    out.old_item = get(out.key);
    out.new_item = item;
    out.fault = index_fault(item, nullptr);
    out.at_once = out.fault != Fault::none;
    if (out.fault == Fault::none && refuses(condition, out.old_item)) out.fault = Fault::condition;
    return out;
}

Write Table::erase(const Item& key, const Condition* condition) const {
    return {refuses(condition, get(key)) ? Fault::condition : Fault::none, false, key, get(key), {}};
}

// What targets and operands show beside the keys of the table and its indexes.
Fault Table::target_fault(const Item& key, const Update& update) const {
    std::map<std::string, Type> scalars;
    for (const Index& index : shape.indexes) define(index.keys, scalars);
    for (const Action& action : update) {
        if (key.contains(root_of(action.target))) return Fault::validation;
    }
    for (const Action& action : update) {
        const auto found = scalars.find(root_of(action.target));
        const auto type = type_put(action);
        if (action.target.size() > 1 || found == scalars.end()) continue;
        if (type && *type != found->second) return Fault::mismatch;
    }
    define(shape.keys, scalars);
    const auto steps_into_key = [&](const Path& path) { return path.size() > 1 && scalars.contains(root_of(path)); };
    for (const Action& action : update) {
        if (steps_into_key(action.target)) return Fault::validation;
        for (const Operand& operand : action.operands) {
            if (any_path(operand, steps_into_key)) return Fault::validation;
        }
    }
    return Fault::none;
}

Write Table::update(const Item& key, const Update& update, const Condition* condition) const {
    Write out{target_fault(key, update), false, key, get(key), {}};
    out.at_once = out.fault != Fault::none;
    if (out.at_once) return out;
    if (refuses(condition, out.old_item)) {
        out.fault = Fault::condition;
        return out;
    }
    auto applied = apply(update, out.old_item, key);
    if (!applied) {
        out.fault = Fault::validation;
        return out;
    }
    out.new_item = std::move(*applied);
    out.fault = index_fault(out.new_item, &out.old_item);
    return out;
}

void Table::commit(const Write& write) {
    if (compare(write.old_item, write.new_item) != 0) unread.push_back(write);
    if (write.new_item.empty()) {
        items_.erase(place(shape, write.key));
    } else {
        items_[place(shape, write.key)] = write.new_item;
    }
}

int Table::order(const Index* index, const Item& a, const Item& b) const {
    const Keys& keys = index != nullptr ? index->keys : shape.keys;
    if (keys.sort) {
        if (const int sorts = compare(a.at(keys.sort->name), b.at(keys.sort->name))) return sorts;
    }
    if (index == nullptr || !index->local) return 0;
    return compare(a.at(shape.keys.sort->name), b.at(shape.keys.sort->name));
}

std::vector<Item> Table::read(const Range& range) const {
    const Keys& keys = range.index != nullptr ? range.index->keys : shape.keys;
    std::vector<Item> out;
    for (const auto& [key, item] : items_) {
        if (!has_all(item, keys)) continue;
        if (range.hash && !(item.at(keys.hash.name) == *range.hash)) continue;
        if (range.sort_accepts && !range.sort_accepts(item.at(keys.sort->name))) continue;
        out.push_back(item);
    }
    std::stable_sort(out.begin(), out.end(), [&](const Item& a, const Item& b) {
        return range.forward ? order(range.index, a, b) < 0 : order(range.index, b, a) < 0;
    });
    return out;
}

Item Table::entry(const Index* index, const Item& item) const {
    Item out;
    for (const auto& [name, value] : item) {
        if (shape.projects(index, name)) out.emplace(name, value);
    }
    return out;
}

std::size_t Table::count(const Index* index) const {
    const Keys& keys = index != nullptr ? index->keys : shape.keys;
    return static_cast<std::size_t>(
        std::count_if(items_.begin(), items_.end(), [&](const auto& each) { return has_all(each.second, keys); }));
}

}  // namespace minamo::model
