// Key conditions as the request words them: a KeyConditionExpression must be one simple condition on each of a few
// top-level attributes (conformance/behaviour/expressions.md, section 6), KeyConditions is that by its shape.
#include <algorithm>
#include <array>
#include <utility>

#include "emulator/expressions/legacy_conditions.hpp"
#include "emulator/expressions/operand_checks.hpp"
#include "emulator/expressions/paths.hpp"
#include "emulator/queries/plan.hpp"
#include "emulator/wire/json.hpp"
#include "emulator/wire/json_members.hpp"
#include "grammar/functions.hpp"
#include "grammar/keywords.hpp"

namespace minamo {
namespace {

using grammar::Comparator;
using grammar::FunctionName;
using grammar::Operand;
using grammar::Path;
namespace keywords = grammar::keywords;
using storage::SortOperator;

constexpr std::string_view wrong_length = "Conditions can be of length 1 or 2 only";

tl::unexpected<Error> invalid_operator(std::string_view text) {
    return invalid("Invalid operator used in KeyConditionExpression: " + std::string(text));
}

tl::unexpected<Error> invalid_condition(const std::string& what) {
    return invalid("Invalid condition in KeyConditionExpression: " + what);
}

tl::unexpected<Error> nested_operations() {
    return invalid("KeyConditionExpressions cannot contain nested operations");
}

const Path* path_of(const Operand& operand) {
    return std::get_if<Path>(&operand);
}

bool is_function(const Operand& operand) {
    return std::holds_alternative<std::unique_ptr<const grammar::Function>>(operand);
}

// Takes the conditions of a tree, in text order.
class KeyConditionReader {
public:
    explicit KeyConditionReader(const Binding& binding) : binding_(binding) {}

    Result<void> read(const grammar::Condition& condition) {
        return std::visit([this](const auto& node) { return read_node(node); }, condition.node);
    }

    std::vector<KeyCondition> take() { return std::move(conditions_); }

private:
    Result<void> read_node(const grammar::Comparison& node) {
        if (node.comparator == Comparator::ne) return invalid_operator(name_of(node.comparator));
        const Operand* const operands[] = {&node.left, &node.right};
        TRY(check_attributes(operands));
        const bool key_first = path_of(node.left) != nullptr;
        const Comparator comparator = key_first ? node.comparator : mirrored(node.comparator);
        const Operand& key = key_first ? node.left : node.right;
        const Operand& value = key_first ? node.right : node.left;
        return add(*path_of(key), sort_operator(comparator), value, nullptr);
    }

    Result<void> read_node(const grammar::Between& node) {
        const Operand* const operands[] = {&node.operand, &node.low, &node.high};
        TRY(check_key_first(keywords::between, node.operand));
        TRY(check_attributes(operands));
        return add(*path_of(node.operand), SortOperator::between, node.low, &node.high);
    }

    Result<void> read_node(const grammar::Function& node) {
        if (node.name != FunctionName::begins_with) return invalid_operator(name_of(node.name));
        const Operand* const operands[] = {&node.arguments[0], &node.arguments[1]};
        TRY(check_key_first(name_of(node.name), node.arguments[0]));
        TRY(check_attributes(operands));
        return add(*path_of(node.arguments[0]), SortOperator::begins_with, node.arguments[1], nullptr);
    }

    Result<void> read_node(const grammar::Conjunction& node) {
        for (const auto& condition : node.conditions) TRY(read(condition));
        return {};
    }

    Result<void> read_node(const grammar::In&) { return invalid_operator(keywords::in); }
    Result<void> read_node(const grammar::Negation&) { return invalid_operator(keywords::not_); }
    Result<void> read_node(const grammar::Disjunction&) { return invalid_operator(keywords::or_); }

    // One condition compares one attribute with values; told operand by operand.
    static Result<void> check_attributes(std::span<const Operand* const> operands) {
        bool attribute_seen = false;
        for (const Operand* operand : operands) {
            if (is_function(*operand)) return nested_operations();
            const Path* path = path_of(*operand);
            if (path == nullptr) continue;
            if (attribute_seen) return invalid_condition("Multiple attribute names used in one condition");
            if (path->elements.size() > 1) {
                return invalid("KeyConditionExpressions cannot have conditions on nested attributes");
            }
            attribute_seen = true;
        }
        return attribute_seen ? Result<void>{} : invalid_condition("No key attribute specified");
    }

    static Result<void> check_key_first(std::string_view operation, const Operand& first) {
        if (path_of(first) != nullptr) return {};
        if (is_function(first)) return nested_operations();
        return invalid_condition(std::string(operation) + " operator must have the key attribute as its first operand");
    }

    Result<void> add(const Path& path, SortOperator comparison, const Operand& low, const Operand* high) {
        const std::string_view name = name_of(path.elements[0], binding_);
        if (std::ranges::find(conditions_, name, &KeyCondition::attribute) != conditions_.end()) {
            return invalid(
                "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key");
        }
        conditions_.push_back({std::string(name), comparison, encoded(low), high != nullptr ? encoded(*high) : ""});
        return {};
    }

    std::string encoded(const Operand& operand) const {
        return std::string(binding_.values[std::get<grammar::ValueSlot>(operand).slot].encoded());
    }

    const Binding& binding_;
    std::vector<KeyCondition> conditions_;
};

Result<void> check_length(std::size_t conditions) {
    if (conditions >= 1 && conditions <= key_conditions_max) return {};
    return invalid(std::string(wrong_length));
}

// none: no index serves the operator.
SortOperator sort_operator(LegacyOperator comparison) {
    switch (comparison) {
        case LegacyOperator::eq:
            return SortOperator::eq;
        case LegacyOperator::le:
            return SortOperator::le;
        case LegacyOperator::lt:
            return SortOperator::lt;
        case LegacyOperator::ge:
            return SortOperator::ge;
        case LegacyOperator::gt:
            return SortOperator::gt;
        case LegacyOperator::begins_with:
            return SortOperator::begins_with;
        case LegacyOperator::between:
            return SortOperator::between;
        case LegacyOperator::ne:
        case LegacyOperator::not_null:
        case LegacyOperator::null:
        case LegacyOperator::contains:
        case LegacyOperator::not_contains:
        case LegacyOperator::in:
            break;
    }
    return SortOperator::none;
}

}  // namespace

SortOperator sort_operator(Comparator comparator) {
    switch (comparator) {
        case Comparator::eq:
            return SortOperator::eq;
        case Comparator::lt:
            return SortOperator::lt;
        case Comparator::le:
            return SortOperator::le;
        case Comparator::gt:
            return SortOperator::gt;
        case Comparator::ge:
            return SortOperator::ge;
        case Comparator::ne:
            break;
    }
    return SortOperator::none;
}

Comparator mirrored(Comparator comparator) {
    switch (comparator) {
        case Comparator::lt:
            return Comparator::gt;
        case Comparator::le:
            return Comparator::ge;
        case Comparator::gt:
            return Comparator::lt;
        case Comparator::ge:
            return Comparator::le;
        case Comparator::eq:
        case Comparator::ne:
            break;
    }
    return comparator;
}

Result<std::vector<KeyCondition>> key_conditions(const BoundCondition& condition) {
    KeyConditionReader reader(condition.binding);
    TRY(reader.read(condition.tree->root));
    auto conditions = reader.take();
    TRY(check_length(conditions.size()));
    return conditions;
}

Result<std::vector<KeyCondition>> legacy_key_conditions(const json::Value& object) {
    std::vector<KeyCondition> conditions;
    for (const JsonMember& member : distinct_members(object)) {
        TRY_LET(condition, read_legacy_condition(member.name, *member.value));
        KeyCondition out{std::string(condition.attribute), sort_operator(condition.comparison), {}, {}};
        if (!condition.arguments.empty()) out.low = storage::encode(condition.arguments[0]);
        if (condition.arguments.size() > 1) out.high = storage::encode(condition.arguments[1]);
        conditions.push_back(std::move(out));
    }
    TRY(check_length(conditions.size()));
    return conditions;
}

}  // namespace minamo
