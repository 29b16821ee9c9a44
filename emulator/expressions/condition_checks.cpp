// The nodes of a condition, over what operand_checks.cpp says of their operands.
#include <memory>
#include <vector>

#include "emulator/expressions/operand_checks.hpp"
#include "grammar/functions.hpp"
#include "grammar/keywords.hpp"

namespace minamo {
namespace {

using grammar::Comparator;
using grammar::Operand;
namespace keywords = grammar::keywords;
using storage::Type;
using storage::ValueView;

// A value as messages show it. Binaries appear as the Java object that holds them.
std::string value_text(ValueView value) {
    std::string out = "AttributeValue: {";
    out.append(type_name(value.type())).append(":");
    if (value.type() == Type::N) {
        value.number().append_to(out);
    } else if (value.type() == Type::B) {
        const std::string size = std::to_string(value.text().size());
        out.append("java.nio.HeapByteBuffer[pos=0 lim=").append(size).append(" cap=").append(size).append("]");
    } else {
        out.append(value.text());
    }
    return out.append("}");
}

tl::unexpected<std::string> wrong_bounds(std::string_view rule, ValueView low, ValueView high) {
    return tl::unexpected("The BETWEEN operator requires " + std::string(rule) +
                          "; lower bound operand: " + value_text(low) + ", upper bound operand: " + value_text(high));
}

class ConditionChecks {
public:
    explicit ConditionChecks(const OperandChecks& operands) : operands_(operands) {}

    Checked check(const grammar::Condition& condition) const {
        return std::visit([this](const auto& node) { return check_node(node); }, condition.node);
    }

private:
    Checked check_node(const grammar::Comparison& node) const {
        TRY(operands_.check(node.left));
        TRY(operands_.check(node.right));
        const std::string_view text = name_of(node.comparator);
        const Operand* const rest[] = {&node.right};
        TRY(operands_.check_distinct(text, node.left, rest));
        if (node.comparator == Comparator::eq || node.comparator == Comparator::ne) return {};
        TRY(operands_.check_type(text, node.left, ordered_types));
        return operands_.check_type(text, node.right, ordered_types);
    }

    Checked check_node(const grammar::Between& node) const {
        const Operand* const all[] = {&node.operand, &node.low, &node.high};
        for (const Operand* operand : all) TRY(operands_.check(*operand));
        TRY(operands_.check_distinct(keywords::between, node.operand, std::span(all).subspan(1)));
        for (const Operand* operand : all) TRY(operands_.check_type(keywords::between, *operand, ordered_types));
        return check_bounds(operands_.value(node.low), operands_.value(node.high));
    }

    // Only where both bounds are values of the request.
    static Checked check_bounds(ValueView low, ValueView high) {
        if (low.empty() || high.empty()) return {};
        if (low.type() != high.type()) return wrong_bounds("same data type for lower and upper bounds", low, high);
        if (*compare(low, high) <= 0) return {};
        return wrong_bounds("upper bound to be greater than or equal to lower bound", low, high);
    }

    Checked check_node(const grammar::In& node) const {
        TRY(operands_.check(node.operand));
        std::vector<const Operand*> candidates;
        candidates.reserve(node.candidates.size());
        for (const Operand& candidate : node.candidates) {
            TRY(operands_.check(candidate));
            candidates.push_back(&candidate);
        }
        return operands_.check_distinct(keywords::in, node.operand, candidates);
    }

    Checked check_node(const grammar::Function& node) const { return operands_.check(node); }
    Checked check_node(const grammar::Negation& node) const { return check(*node.condition); }
    Checked check_node(const grammar::Conjunction& node) const { return check_all(node.conditions); }
    Checked check_node(const grammar::Disjunction& node) const { return check_all(node.conditions); }

    Checked check_all(const std::vector<grammar::Condition>& conditions) const {
        for (const auto& condition : conditions) TRY(check(condition));
        return {};
    }

    const OperandChecks& operands_;
};

}  // namespace

Checked check_nodes(const grammar::Condition& condition, const OperandChecks& operands) {
    return ConditionChecks(operands).check(condition);
}

Checked check_operands(const grammar::ConditionExpression& condition, const Binding& binding) {
    return check_nodes(condition.root, OperandChecks(condition.placeholders, binding));
}

}  // namespace minamo
