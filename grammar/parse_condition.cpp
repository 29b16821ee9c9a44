// Conditions: the actions of rules::condition_text, and the parse.
//
// Conditions under construction form a stack like operands do: a rule owns what began inside it, so that a conjunction
// of one is just its one condition.
#include <cstddef>
#include <iterator>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "grammar/expression_text.hpp"

namespace minamo::grammar {
namespace {

Comparator comparator_of(Kind kind) {
    switch (kind) {
        case Kind::ne:
            return Comparator::ne;
        case Kind::lt:
            return Comparator::lt;
        case Kind::le:
            return Comparator::le;
        case Kind::gt:
            return Comparator::gt;
        case Kind::ge:
            return Comparator::ge;
        default:
            return Comparator::eq;
    }
}

class ConditionBuilder : public OperandBuilder {
public:
    using OperandBuilder::OperandBuilder;
    static constexpr ExpressionKind kind = ExpressionKind::condition;

    // `first` is the token of the operator.
    void add_comparison(std::size_t first) {
        Operand right = take();
        Operand left = take();
        add(first, {Comparison{comparator_of(tokens().kind(first)), std::move(left), std::move(right)}});
    }

    void add_between(std::size_t first) {
        Operand high = take();
        Operand low = take();
        Operand operand = take();
        add(first, {Between{std::move(operand), std::move(low), std::move(high)}});
    }

    void add_in(std::size_t first) {
        auto candidates = take_from(first);
        Operand operand = take();
        add(first, {In{std::move(operand), std::move(candidates)}});
    }

    void add_bare_call() {
        const std::size_t first = last_first();
        bare_calls_.push_back(first);
        add(first, {take_call()});
    }

    // One Negation for each NOT from token `first` on.
    void negate(std::size_t first) {
        for (std::size_t i = first; tokens().kind(i) == Kind::kw_not; ++i) {
            Condition& last = pending_.back().condition;
            last = Condition{Negation{std::make_unique<const Condition>(std::move(last))}};
        }
    }

    // Makes one Conjunction or Disjunction of the conditions that began at token `first` or later, if they are several.
    template <class Junction>
    void join(std::size_t first) {
        auto begin = std::prev(pending_.end());
        while (begin != pending_.begin() && std::prev(begin)->first >= first) --begin;
        if (std::next(begin) == pending_.end()) return;
        Junction junction;
        junction.conditions.reserve(static_cast<std::size_t>(pending_.end() - begin));
        for (auto pending = begin; pending != pending_.end(); ++pending) {
            junction.conditions.push_back(std::move(pending->condition));
        }
        pending_.erase(begin, pending_.end());
        add(first, {std::move(junction)});
    }

    std::span<const std::size_t> bare_calls() const { return bare_calls_; }

    ConditionExpression take_tree() { return {std::move(pending_.back().condition), take_placeholders()}; }

private:
    struct Pending {
        std::size_t first = 0;
        Condition condition;
    };

    void add(std::size_t first, Condition condition) { pending_.push_back({first, std::move(condition)}); }

    std::vector<Pending> pending_;
    std::vector<std::size_t> bare_calls_;
};

template <class Rule>
struct Build : BuildOperand<Rule> {};

// An action that hands the number of the rule's first token to a member of the builder.
template <void (ConditionBuilder::*member)(std::size_t)>
struct BuildWith {
    template <class Input>
    static void apply(const Input& in, ConditionBuilder& builder) {
        (builder.*member)(builder.token_at(in.begin()));
    }
};

template <>
struct Build<rules::comparison_tail> : BuildWith<&ConditionBuilder::add_comparison> {};
template <>
struct Build<rules::between_tail> : BuildWith<&ConditionBuilder::add_between> {};
template <>
struct Build<rules::in_tail> : BuildWith<&ConditionBuilder::add_in> {};
template <>
struct Build<rules::negation> : BuildWith<&ConditionBuilder::negate> {};
template <>
struct Build<rules::conjunction> : BuildWith<&ConditionBuilder::join<Conjunction>> {};
template <>
struct Build<rules::disjunction> : BuildWith<&ConditionBuilder::join<Disjunction>> {};
template <>
struct Build<rules::bare_call> {
    static void apply0(ConditionBuilder& builder) { builder.add_bare_call(); }
};

}  // namespace

Parsed<ConditionExpression> parse_condition(std::string_view text) {
    return parse_expression_text<rules::condition_text, Build, ConditionBuilder>(text);
}

}  // namespace minamo::grammar
