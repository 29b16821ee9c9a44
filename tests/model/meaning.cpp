// What expressions mean. An update puts new values in place, marks what goes, and takes the marked out in a last walk,
// so that an index means a position in the old list all along.
#include <algorithm>

#include "tests/model/expression.hpp"

namespace minamo::model {
namespace {

const Value* step(const Value& value, const Element& element) {
    if (const auto* index = std::get_if<std::size_t>(&element)) {
        return value.type == Type::L && *index < value.list.size() ? &value.list[*index] : nullptr;
    }
    if (value.type != Type::M) return nullptr;
    const auto found = value.fields.find(std::get<std::string>(element));
    return found == value.fields.end() ? nullptr : &found->second;
}

// Characters as UTF-16 has them: those of four bytes in UTF-8 are two.
std::size_t utf16_length(const std::string& text) {
    std::size_t units = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        units += bytes == 4 ? 2 : 1;
        i += bytes;
    }
    return units;
}

std::optional<Value> size_of(const Value& value) {
    if (value.type == Type::N || value.type == Type::BOOL || value.type == Type::NUL) return std::nullopt;
    std::size_t size = value.list.size() + value.fields.size() + value.text.size();
    if (value.type == Type::S) size = utf16_length(value.text);
    return Value::decimal(std::to_string(size));
}

std::optional<Value> read(const Operand& operand, const Item& item) {
    if (operand.kind == Operand::Kind::value) return operand.value;
    const Value* found = find(item, operand.path);
    if (found == nullptr) return std::nullopt;
    return operand.kind == Operand::Kind::size ? size_of(*found) : *found;
}

bool compares(const std::optional<Value>& a, const std::string& comparator, const std::optional<Value>& b) {
    if (comparator == "<>") return !a || !b || !(*a == *b);
    if (!a || !b) return false;
    const int order = compare(*a, *b);
    if (comparator == "=") return order == 0;
    if (a->type != b->type || a->type > Type::B) return false;
    return comparator == "<" ? order < 0 : comparator == "<=" ? order <= 0 : comparator == ">" ? order > 0 : order >= 0;
}

bool is_text(const Value& value) {
    return value.type == Type::S || value.type == Type::B;
}

bool contains(const Value& whole, const Value& part) {
    if (is_text(whole)) return whole.type == part.type && whole.text.find(part.text) != std::string::npos;
    return std::find(whole.list.begin(), whole.list.end(), part) != whole.list.end();
}

struct Put {
    const Action* action;
    std::optional<Value> value;  // nothing: the target goes, if it is there
};

std::optional<Value> compute(const Operand& operand, const Item& item) {
    if (operand.kind == Operand::Kind::if_not_exists) {
        const Value* found = find(item, operand.path);
        return found != nullptr ? *found : compute(operand.arguments[0], item);
    }
    if (operand.kind != Operand::Kind::list_append) return read(operand, item);
    auto left = compute(operand.arguments[0], item);
    const auto right = compute(operand.arguments[1], item);
    if (!left || !right || left->type != Type::L || right->type != Type::L) return std::nullopt;
    left->list.insert(left->list.end(), right->list.begin(), right->list.end());
    return left;
}

std::optional<Value> arithmetic(const std::optional<Value>& a, const std::optional<Value>& b, bool subtract) {
    if (!a || !b || a->type != Type::N || b->type != Type::N) return std::nullopt;
    auto total = sum(a->number, b->number, subtract);
    if (!total) return std::nullopt;
    return Value::of_number(std::move(*total));
}

std::optional<Value> united(const Value& old, const Value& more) {
    if (more.type == Type::N) return arithmetic(old, more, false);
    if (old.type != more.type) return std::nullopt;
    std::vector<Value> members = old.list;
    members.insert(members.end(), more.list.begin(), more.list.end());
    return Value::set(more.type, members);
}

std::vector<Value> difference(const Value& old, const Value& less) {
    std::vector<Value> out;
    for (const Value& member : old.list) {
        if (!contains(less, member)) out.push_back(member);
    }
    return out;
}

// False where the service refuses the action for what the item holds. An action without effect makes no Put.
bool prepare(const Action& action, const Item& item, std::vector<Put>& puts) {
    using Kind = Action::Kind;
    const Value* old = find(item, action.target);
    if (action.kind == Kind::remove) {
        puts.push_back({&action, std::nullopt});
        return true;
    }
    if (action.kind == Kind::subtract) {
        if (old == nullptr) return true;
        if (old->type != action.operands[0].value.type) return false;
        auto members = difference(*old, action.operands[0].value);
        if (members.empty()) {
            puts.push_back({&action, std::nullopt});
        } else {
            puts.push_back({&action, Value::set(old->type, members)});
        }
        return true;
    }
    std::optional<Value> value = compute(action.operands[0], item);
    if (action.kind == Kind::add && old != nullptr) value = united(*old, *value);
    if (action.kind == Kind::plus || action.kind == Kind::minus) {
        value = arithmetic(value, compute(action.operands[1], item), action.kind == Kind::minus);
    }
    if (value) puts.push_back({&action, value});
    return value.has_value();
}

bool has_place(const Path& target, const Item& start) {
    if (target.size() == 1) return true;
    const Value* parent = find(start, Path(target.begin(), target.end() - 1));
    const bool index = std::holds_alternative<std::size_t>(target.back());
    return parent != nullptr && parent->type == (index ? Type::L : Type::M);
}

Value* find_to_change(Item& item, const Path& path) {
    return const_cast<Value*>(find(item, path));
}

void put_named(Item& item, const Path& target, const std::optional<Value>& value) {
    Item& fields = target.size() == 1 ? item : find_to_change(item, Path(target.begin(), target.end() - 1))->fields;
    const auto& name = std::get<std::string>(target.back());
    if (value) {
        fields[name] = *value;
    } else {
        fields.erase(name);
    }
}

void compact(Item& item);

void compact(Value& value) {
    std::erase_if(value.list, [](const Value& element) { return element.removed; });
    for (Value& element : value.list) compact(element);
    compact(value.fields);
}

void compact(Item& item) {
    for (auto& [name, value] : item) compact(value);
}

// List positions first, so that they are found where the old item had them; then what is appended.
void put_listed(Item& item, std::vector<Put>& puts) {
    std::vector<const Put*> appended;
    for (const Put& put : puts) {
        if (Value* old = find_to_change(item, put.action->target); old == nullptr) {
            if (put.value) appended.push_back(&put);
        } else if (put.value) {
            *old = *put.value;
        } else {
            old->removed = true;
        }
    }
    std::stable_sort(appended.begin(), appended.end(), [](const Put* a, const Put* b) {
        return std::get<std::size_t>(a->action->target.back()) < std::get<std::size_t>(b->action->target.back());
    });
    for (const Put* put : appended) {
        const Path& target = put->action->target;
        find_to_change(item, Path(target.begin(), target.end() - 1))->list.push_back(*put->value);
    }
}

// Whether some path begins with `here`; `whole`: whether one ends there.
bool wanted(const Path& here, const Paths& paths, bool& whole) {
    bool any = false;
    for (const Path& path : paths) {
        if (path.size() < here.size() || !std::equal(here.begin(), here.end(), path.begin())) continue;
        any = true;
        whole = whole || path.size() == here.size();
    }
    return any;
}

// What the paths leave of the value at `here`.
std::optional<Value> reduced(const Path& here, const Value& value, const Paths& paths) {
    bool whole = false;
    if (!wanted(here, paths, whole)) return std::nullopt;
    if (whole) return value;
    Value out;
    out.type = value.type;
    for (const auto& [name, field] : value.fields) {
        Path inner = here;
        inner.emplace_back(name);
        if (auto part = reduced(inner, field, paths)) out.fields.emplace(name, std::move(*part));
    }
    for (std::size_t i = 0; i < value.list.size() && value.type == Type::L; ++i) {
        Path inner = here;
        inner.emplace_back(i);
        if (auto part = reduced(inner, value.list[i], paths)) out.list.push_back(std::move(*part));
    }
    if (out.fields.empty() && out.list.empty()) return std::nullopt;
    return out;
}

}  // namespace

const Value* find(const Item& item, const Path& path) {
    const auto root = item.find(std::get<std::string>(path[0]));
    const Value* value = root == item.end() ? nullptr : &root->second;
    for (std::size_t i = 1; i < path.size() && value != nullptr; ++i) value = step(*value, path[i]);
    return value;
}

bool holds(const Condition& condition, const Item& item) {
    using Kind = Condition::Kind;
    const auto part = [&](const Condition& each) { return holds(each, item); };
    if (condition.kind == Kind::negation) return !part(condition.parts[0]);
    if (condition.kind == Kind::all) return std::all_of(condition.parts.begin(), condition.parts.end(), part);
    if (condition.kind == Kind::any) return std::any_of(condition.parts.begin(), condition.parts.end(), part);
    const std::optional<Value> first = read(condition.operands[0], item);
    if (condition.kind == Kind::exists) return first.has_value();
    if (condition.kind == Kind::not_exists) return !first.has_value();
    const std::optional<Value> second = read(condition.operands[1], item);
    if (condition.kind == Kind::compare) return compares(first, condition.comparator, second);
    if (condition.kind == Kind::between) {
        return compares(first, ">=", second) && compares(first, "<=", read(condition.operands[2], item));
    }
    if (condition.kind == Kind::in) {
        return std::any_of(condition.operands.begin() + 1, condition.operands.end(),
                           [&](const Operand& each) { return compares(first, "=", read(each, item)); });
    }
    if (!first || !second) return false;
    if (condition.kind == Kind::has_type) return type_name(first->type) == second->text;
    if (condition.kind == Kind::contains) return contains(*first, *second);
    return is_text(*first) && first->type == second->type && first->text.rfind(second->text, 0) == 0;
}

std::optional<Item> apply(const Update& update, const Item& old_item, const Item& key) {
    std::vector<Put> puts;
    const Item& start = old_item.empty() ? key : old_item;
    for (const Action& action : update) {
        if (!prepare(action, start, puts)) return std::nullopt;
    }
    const auto takes = [](const Put& put) { return !put.value; };
    if (old_item.empty() && std::all_of(puts.begin(), puts.end(), takes)) return old_item;
    for (const Action& action : update) {
        if (!has_place(action.target, start)) return std::nullopt;
    }
    Item out = start;
    std::vector<Put> listed;
    std::vector<Put> named;
    for (Put& put : puts) {
        (std::holds_alternative<std::size_t>(put.action->target.back()) ? listed : named).push_back(std::move(put));
    }
    put_listed(out, listed);
    for (const Put& put : named) put_named(out, put.action->target, put.value);
    compact(out);
    return out;
}

Item project(const Paths& paths, const Item& item) {
    Item out;
    for (const auto& [name, value] : item) {
        if (auto part = reduced({name}, value, paths)) out.emplace(name, std::move(*part));
    }
    return out;
}

}  // namespace minamo::model
