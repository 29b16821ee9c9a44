// Expressions of a request: prepared (parsed once, cached by text), bound to the request's names and values, evaluated
// on encoded items, applied to them, projected. Legacy parameters become the same trees.
//
// Who calls what, in the order in which DynamoDB complains (conformance/behaviour/validation.md, section 5):
//   check_expression_members   1-3  mixing; names or values without an expression
//   Substitutions::read        4-5  names and values themselves
//   bind_*                     6    each expression
//   Substitutions::check_used  7    placeholders that no expression used
//
// Defined in members.cpp, substitutions.cpp, bind.cpp, legacy_*.cpp, evaluate.cpp, paths.cpp, apply.cpp, project.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/wire/error.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json.hpp"
#include "grammar/ast.hpp"
#include "storage/item_codec.hpp"

namespace minamo {

// Which members of an operation are expressions and which legacy, in the order in which messages list them.
struct ExpressionMembers {
    std::span<const std::string_view> legacy;       // "AttributeUpdates", "Expected", ...
    std::span<const std::string_view> expressions;  // "UpdateExpression", "ConditionExpression"
    std::string_view value_users;                   // "UpdateExpression and ConditionExpression are"; empty: no values
};

Result<void> check_expression_members(Input input, const ExpressionMembers& members);

// ExpressionAttributeNames and ExpressionAttributeValues of one request (or of one element of a batch or transaction).
// Bindings borrow from it: it stays where it was read, and it keeps views of the JSON.
class Substitutions {
public:
    Substitutions() = default;
    Substitutions(const Substitutions&) = delete;
    Substitutions& operator=(const Substitutions&) = delete;

    // Either may be null. Called once.
    Result<void> read(const json::Value* names, const json::Value* values);
    // "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}"; names first.
    Result<void> check_used() const;

    // For bind_*: position of "#n" or ":v" (marks it used), or -1.
    int use_name(std::string_view placeholder);
    int use_value(std::string_view placeholder);
    std::string_view name(int position) const;
    storage::ValueView value(int position) const;

private:
    struct Entry {
        std::string_view placeholder;
        std::string_view name;     // of a name
        storage::ValueView value;  // of a value; in encoded_
        bool used = false;
    };
    Result<void> read_names(const json::Value& names);
    Result<void> read_values(const json::Value& values);
    static int use(std::vector<Entry>& entries, std::string_view placeholder);

    std::vector<Entry> names_;   // by placeholder
    std::vector<Entry> values_;  // by placeholder
    std::string encoded_;        // the values, one after another
};

// What a tree's slots stand for in this request, by slot. Borrows from Substitutions, or owns what legacy parameters
// gave.
struct Binding {
    std::vector<std::string_view> names;  // data() is null for a name that the request does not define
    std::vector<storage::ValueView> values;
    std::shared_ptr<const std::vector<std::string>> owned;  // behind `values`, for legacy parameters
};

struct BoundCondition {
    std::shared_ptr<const grammar::ConditionExpression> tree;  // null: no condition, always true
    Binding binding;
    explicit operator bool() const { return tree != nullptr; }
};
struct BoundUpdate {
    std::shared_ptr<const grammar::UpdateExpression> tree;  // null: no update, the item stays as it is
    Binding binding;
    bool legacy = false;  // of AttributeUpdates: ADD appends to lists, and a wrong stored type has its own message
    explicit operator bool() const { return tree != nullptr; }
};
struct BoundProjection {
    std::shared_ptr<const grammar::ProjectionExpression> tree;  // null: everything
    Binding binding;
    std::vector<std::string_view> top_level;  // the names, ascending, where every path is one name; else empty
    std::span<const std::string> columns;     // of statements: what the paths' values are called; empty: as they stand
    explicit operator bool() const { return tree != nullptr; }
};

enum class ConditionKind : std::uint8_t { condition, filter, key_condition };

// All static checks of one expression, in order, with its prefix ("Invalid FilterExpression: ").
Result<BoundCondition> bind_condition(ConditionKind kind, std::string_view text, Substitutions& substitutions);
Result<BoundUpdate> bind_update(std::string_view text, Substitutions& substitutions);
Result<BoundProjection> bind_projection(std::string_view text, Substitutions& substitutions);

// Legacy parameters. `object` is the member's value (Expected, QueryFilter, ScanFilter); `conditional_operator` is
// "AND", "OR" or empty.
Result<BoundCondition> bind_expected(const json::Value& object, std::string_view conditional_operator);
// Expected and ConditionalOperator of a request; without them no condition.
Result<BoundCondition> bind_expected_of(Input request);
Result<BoundCondition> bind_legacy_filter(const json::Value& object, std::string_view conditional_operator);
// QueryFilter or ScanFilter (`member`) and ConditionalOperator of a request; without them no condition.
Result<BoundCondition> bind_legacy_filter_of(Input request, std::string_view member);
Result<BoundUpdate> bind_attribute_updates(const json::Value& object);
Result<BoundProjection> bind_attributes_to_get(const json::Value& list);

// Whether the condition holds of the item; empty(): an absent item, which has no attributes.
bool evaluate(const BoundCondition& condition, storage::ItemView item);

// A path with its slots resolved: what UPDATED_* return values and key checks look at.
struct ResolvedElement {
    std::string_view name;    // of a map's attribute
    std::uint32_t index = 0;  // of a list's element
    bool is_index = false;
    bool operator==(const ResolvedElement&) const = default;
};
using ResolvedPath = std::vector<ResolvedElement>;

// The target paths of the update, in expression order.
std::vector<ResolvedPath> target_paths(const BoundUpdate& update);
// The paths of the update with more than one element, targets and operands, in expression order.
std::vector<ResolvedPath> nested_paths(const BoundUpdate& update);
// Those of a condition.
std::vector<ResolvedPath> nested_paths(const BoundCondition& condition);
// All paths of a condition, a part of one, or a projection, in expression order.
std::vector<ResolvedPath> paths(const grammar::Condition& condition, const Binding& binding);
std::vector<ResolvedPath> paths(const BoundCondition& condition);
std::vector<ResolvedPath> paths(const BoundProjection& projection);

// The item after the update. Every right-hand side reads `item` as it was before; an absent item (empty()) starts from
// `key`, which right-hand sides can read. What comes back has no attributes where there is no item after it: an update
// that only takes away makes none. Fails with the data-dependent errors (missing attribute, wrong type, invalid path,
// number out of range, nesting).
Result<storage::Item> apply(const BoundUpdate& update, storage::ItemView item, storage::ItemView key);

// Encoded: the part of the item that the projection names; an item without attributes where nothing resolves.
std::string project(const BoundProjection& projection, storage::ItemView item);
// The same for a list of paths: what UPDATED_OLD and UPDATED_NEW return.
std::string project(std::span<const ResolvedPath> paths, storage::ItemView item);
// The item, or what the projection leaves of it, into an answer.
void write_projected(json::Writer& out, const BoundProjection& projection, storage::ItemView item);

}  // namespace minamo
