// The model's expressions: a small tree, drawn at random rather than parsed, that renders itself as DynamoDB's text and
// says what it means by the plainest code that could.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tests/model/value.hpp"

namespace minamo::model {

using Element = std::variant<std::string, std::size_t>;  // a name or an index
using Path = std::vector<Element>;                       // begins with a name

struct Operand {
    enum class Kind { path, value, size, if_not_exists, list_append };
    Kind kind = Kind::path;
    Path path;                       // path, size, if_not_exists
    Value value;                     // value
    std::vector<Operand> arguments;  // if_not_exists: the second; list_append: both
};

struct Condition {
    enum class Kind { compare, between, in, exists, not_exists, has_type, begins_with, contains, negation, all, any };
    Kind kind = Kind::compare;
    std::string comparator;         // compare
    std::vector<Operand> operands;  // has_type: the second is the type's name
    std::vector<Condition> parts;   // negation, all, any
};

struct Action {
    enum class Kind { set, plus, minus, remove, add, subtract };  // `add` and `subtract`: the sections ADD and DELETE
    Kind kind = Kind::set;
    Path target;
    std::vector<Operand> operands;
};

using Update = std::vector<Action>;
using Paths = std::vector<Path>;

// The expressions of one request and the placeholders that they share.
class Text {
public:
    virtual ~Text() = default;
    virtual std::string name(const std::string& attribute);  // bare or a placeholder
    virtual std::string value(const Value& value);           // a new placeholder
    std::string path(const Path& path);
    std::string operand(const Operand& operand);
    std::string condition(const Condition& condition);
    std::string update(const Update& update);
    std::string projection(const Paths& paths);

    // `,"ExpressionAttributeNames":...,"ExpressionAttributeValues":...`, as far as there are any.
    std::string members() const;

private:
    std::string group(const Condition& condition, bool grouped);
    std::string action(const Action& action);

    std::map<std::string, std::string> names_;  // attribute -> placeholder
    std::vector<Value> values_;
    std::size_t uses_ = 0;
};

// What the service can refuse before it reads anything.
bool well_formed(const Condition& condition);
bool well_formed(const Update& update);
bool well_formed(const Paths& paths);  // no two overlap or conflict

const Value* find(const Item& item, const Path& path);
bool holds(const Condition& condition, const Item& item);

// The item after the update, or nothing where the service refuses it for what the item holds. `old_item`: empty where
// there is none, and then the new item begins as its key. Empty comes back where an update that only takes away finds
// no item.
std::optional<Item> apply(const Update& update, const Item& old_item, const Item& key);

Item project(const Paths& paths, const Item& item);

}  // namespace minamo::model
