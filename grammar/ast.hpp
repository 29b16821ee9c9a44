// The trees that expressions parse into: plain structs and variants, immutable once parsed, shared between calls.
//
// `#name` and `:value` placeholders are slots: small integers that index the tree's own lists of placeholder texts. A
// request binds each slot to its own name or value; the tree never changes. Names written in the text are kept as text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace minamo::grammar {

// `#n` in a path: the position of "#n" in Placeholders::names.
struct NameSlot {
    std::uint16_t slot = 0;
    bool operator==(const NameSlot&) const = default;
};

// `:v`: the position of ":v" in Placeholders::values.
struct ValueSlot {
    std::uint16_t slot = 0;
    bool operator==(const ValueSlot&) const = default;
};

// `[3]` in a path.
struct ListIndex {
    std::uint32_t index = 0;
    bool operator==(const ListIndex&) const = default;
};

using PathElement = std::variant<std::string, NameSlot, ListIndex>;

// `a.#b[0]`. The first element is never a ListIndex; there is always one element at least.
struct Path {
    std::vector<PathElement> elements;
    bool operator==(const Path&) const = default;
};

// The texts behind the slots of one tree, each text once, in order of first appearance, with their '#' or ':'.
struct Placeholders {
    std::vector<std::string> names;
    std::vector<std::string> values;
};

enum class FunctionName : std::uint8_t {
    attribute_exists,
    attribute_not_exists,
    attribute_type,
    begins_with,
    contains,
    size,
    if_not_exists,
    list_append,
};

struct Function;
struct Sum;
struct Condition;

// What stands for a value: a document path, a placeholder, a function that yields a value; in updates a sum; in
// statements also a condition, which is then a value of type BOOL.
using Operand = std::variant<Path, ValueSlot, std::unique_ptr<const Function>, std::unique_ptr<const Sum>,
                             std::unique_ptr<const Condition>>;

// Any number of arguments parses; their number and types are checked when placeholders are bound.
struct Function {
    FunctionName name{};
    std::vector<Operand> arguments;
};

enum class Arithmetic : std::uint8_t { plus, minus };

// An UpdateExpression has one sum a value at most, a statement as many as it likes.
struct Sum {
    Arithmetic arithmetic{};
    Operand left;
    Operand right;
};

enum class Comparator : std::uint8_t { eq, ne, lt, le, gt, ge };

struct Comparison {
    Comparator comparator{};
    Operand left;
    Operand right;
};

struct Between {
    Operand operand;
    Operand low;
    Operand high;
};

struct In {
    Operand operand;
    std::vector<Operand> candidates;
};

struct Negation {
    std::unique_ptr<const Condition> condition;
};

// Two or more conditions joined by the same word: `a AND b AND c` is one Conjunction of three.
struct Conjunction {
    std::vector<Condition> conditions;
};
struct Disjunction {
    std::vector<Condition> conditions;
};

// A boolean function (attribute_exists, contains, ...) is a condition by itself.
struct Condition {
    std::variant<Comparison, Between, In, Function, Negation, Conjunction, Disjunction> node;
};

struct ConditionExpression {
    Condition root;
    Placeholders placeholders;
};

struct ProjectionExpression {
    std::vector<Path> paths;
    Placeholders placeholders;
};

// `path = value`.
struct SetAction {
    Path path;
    Operand value;
};
struct RemoveAction {
    Path path;
};
struct AddAction {
    Path path;
    Operand value;  // the grammar allows `:value` only; legacy parameters build the same
};
struct DeleteAction {
    Path path;
    Operand value;
};

using UpdateAction = std::variant<SetAction, RemoveAction, AddAction, DeleteAction>;

// The actions of all sections in the order in which they were written.
struct UpdateExpression {
    std::vector<UpdateAction> actions;
    Placeholders placeholders;
};

}  // namespace minamo::grammar
