// Every legacy operator is a tree that expressions could have: NE is `<>`, NULL is attribute_not_exists. NOT_CONTAINS
// is false of a missing attribute as CONTAINS is, so that it is attribute_exists AND NOT contains.
#include "emulator/expressions/legacy_trees.hpp"

#include <utility>

namespace minamo {
namespace {

using grammar::Comparator;
using grammar::Condition;
using grammar::Function;
using grammar::FunctionName;

class TreeBuilder {
public:
    Condition condition_tree(const LegacyCondition& condition) {
        switch (condition.comparison) {
            case LegacyOperator::eq:
                return comparison(Comparator::eq, condition);
            case LegacyOperator::ne:
                return comparison(Comparator::ne, condition);
            case LegacyOperator::le:
                return comparison(Comparator::le, condition);
            case LegacyOperator::lt:
                return comparison(Comparator::lt, condition);
            case LegacyOperator::ge:
                return comparison(Comparator::ge, condition);
            case LegacyOperator::gt:
                return comparison(Comparator::gt, condition);
            case LegacyOperator::not_null:
                return function(FunctionName::attribute_exists, condition);
            case LegacyOperator::null:
                return function(FunctionName::attribute_not_exists, condition);
            case LegacyOperator::contains:
                return function(FunctionName::contains, condition);
            case LegacyOperator::not_contains:
                return not_contains(condition);
            case LegacyOperator::begins_with:
                return function(FunctionName::begins_with, condition);
            case LegacyOperator::in:
                return in(condition);
            case LegacyOperator::between:
                return between(condition);
        }
        return {};
    }

    bool is_full() const { return values_.is_full(); }
    Binding finish() { return std::move(values_).finish(); }

private:
    Condition comparison(Comparator comparator, const LegacyCondition& condition) {
        return {
            grammar::Comparison{comparator, literal_path(condition.attribute), values_.add(condition.arguments[0])}};
    }

    Condition function(FunctionName name, const LegacyCondition& condition) {
        Function node{name, {}};
        node.arguments.emplace_back(literal_path(condition.attribute));
        for (const auto& argument : condition.arguments) node.arguments.push_back(values_.add(argument));
        return {std::move(node)};
    }

    Condition not_contains(const LegacyCondition& condition) {
        Function exists{FunctionName::attribute_exists, {}};
        exists.arguments.emplace_back(literal_path(condition.attribute));
        grammar::Conjunction both;
        both.conditions.push_back({std::move(exists)});
        auto contains = std::make_unique<const Condition>(function(FunctionName::contains, condition));
        both.conditions.push_back({grammar::Negation{std::move(contains)}});
        return {std::move(both)};
    }

    Condition in(const LegacyCondition& condition) {
        grammar::In node{literal_path(condition.attribute), {}};
        for (const auto& argument : condition.arguments) node.candidates.push_back(values_.add(argument));
        return {std::move(node)};
    }

    Condition between(const LegacyCondition& condition) {
        auto low = values_.add(condition.arguments[0]);
        auto high = values_.add(condition.arguments[1]);
        return {grammar::Between{literal_path(condition.attribute), std::move(low), std::move(high)}};
    }

    LegacyValues values_;
};

Condition join_conditions(std::vector<Condition> conditions, std::string_view conditional_operator) {
    if (conditions.size() == 1) return std::move(conditions[0]);
    if (conditional_operator == "OR") return {grammar::Disjunction{std::move(conditions)}};
    return {grammar::Conjunction{std::move(conditions)}};
}

}  // namespace

grammar::Path literal_path(std::string_view name) {
    grammar::Path path;
    path.elements.emplace_back(std::string(name));
    return path;
}

grammar::Operand LegacyValues::add(const storage::AttributeValue& value) {
    const grammar::ValueSlot slot{static_cast<std::uint16_t>(encoded_.size())};
    encoded_.push_back(storage::encode(value));
    return slot;
}

Binding LegacyValues::finish() && {
    Binding binding;
    auto owned = std::make_shared<const std::vector<std::string>>(std::move(encoded_));
    binding.values.reserve(owned->size());
    for (const std::string& encoded : *owned) binding.values.emplace_back(encoded);
    binding.owned = std::move(owned);
    return binding;
}

Result<BoundCondition> legacy_tree(const std::vector<LegacyCondition>& conditions,
                                   std::string_view conditional_operator) {
    if (conditions.empty()) return BoundCondition{};
    TreeBuilder builder;
    std::vector<Condition> nodes;
    nodes.reserve(conditions.size());
    for (const LegacyCondition& condition : conditions) {
        nodes.push_back(builder.condition_tree(condition));
        if (builder.is_full()) return invalid_legacy("Too many values in legacy conditions: the limit is 65535");
    }
    auto tree = std::make_shared<grammar::ConditionExpression>();
    tree->root = join_conditions(std::move(nodes), conditional_operator);
    return BoundCondition{std::move(tree), builder.finish()};
}

}  // namespace minamo
