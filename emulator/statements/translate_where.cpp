// WHERE to the tree of a condition. A condition that stands where a value is wanted is a value of type BOOL, and the
// whole must be one.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "emulator/statements/parts.hpp"
#include "grammar/functions.hpp"
#include "grammar/limits.hpp"

namespace minamo {
namespace {

using grammar::Comparator;
using grammar::Condition;
using grammar::Expression;
using grammar::Function;
using grammar::FunctionName;
using grammar::Operand;
using grammar::Term;
using storage::AttributeValue;

// What an expression turns out to be.
using Part = std::variant<Operand, Condition>;

std::optional<Comparator> comparator_of(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, Comparator>, 6> words{{{"=", Comparator::eq},
                                                                            {"<>", Comparator::ne},
                                                                            {"<", Comparator::lt},
                                                                            {"<=", Comparator::le},
                                                                            {">", Comparator::gt},
                                                                            {">=", Comparator::ge}}};
    for (const auto& [text, comparator] : words) {
        if (text == word) return comparator;
    }
    return std::nullopt;
}

// The datatype that a type of PartiQL means after IS; empty: none.
std::string_view datatype_of(std::string_view type) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> types{{{"NULL", "NULL"},
                                                                                  {"BOOL", "BOOL"},
                                                                                  {"BOOLEAN", "BOOL"},
                                                                                  {"BLOB", "B"},
                                                                                  {"STRING", "S"},
                                                                                  {"NUMERIC", "N"},
                                                                                  {"STRUCT", "M"},
                                                                                  {"TUPLE", "M"},
                                                                                  {"LIST", "L"}}};
    for (const auto& [name, datatype] : types) {
        if (name == type) return datatype;
    }
    return {};
}

class WhereTranslator {
public:
    explicit WhereTranslator(ValueSlots& slots) : slots_(slots) {}

    Translated<TranslatedWhere> translate(const Expression& expression) {
        TRY_LET(root, part(expression));
        auto* condition = std::get_if<Condition>(&root);
        if (condition == nullptr) {
            return refused("WHERE clause must contain an expression that resolves to a boolean");
        }
        return TranslatedWhere{std::move(*condition), limit()};
    }

private:
    std::string limit() const {
        if (auto fault = grammar::operators_fault(operators_); !fault.empty()) return fault;
        if (auto fault = grammar::in_operands_fault(in_operands_); !fault.empty()) return fault;
        return grammar::path_elements_fault(path_elements_);
    }

    Translated<Part> part(const Expression& expression) {
        switch (expression.term) {
            case Term::identifier:
            case Term::path:
                return path(expression);
            case Term::parameter:
                return Part{Operand{slots_.add_parameter(expression)}};
            case Term::missing:
                return refused("MISSING must be compared using IS operator");
            case Term::call:
                return call(expression);
            case Term::operation:
                return operation(expression);
            case Term::is_type:
                return type_test(expression);
            default:
                if (is_literal(expression)) return literal(expression);
                return refused_token(expression);
        }
    }

    Translated<Part> path(const Expression& expression) {
        TRY_LET(found, path_of(expression));
        path_elements_ = std::max(path_elements_, found.elements.size());
        return Part{Operand{std::move(found)}};
    }

    Translated<Part> literal(const Expression& expression) {
        TRY_LET(slot, slots_.add_literal(expression));
        return Part{Operand{slot}};
    }

    Translated<Operand> operand(const Expression& expression) {
        TRY_LET(found, part(expression));
        if (auto* condition = std::get_if<Condition>(&found)) {
            return Operand{std::make_unique<const Condition>(std::move(*condition))};
        }
        return std::get<Operand>(std::move(found));
    }

    Translated<std::vector<Operand>> operands(const std::vector<Expression>& expressions) {
        std::vector<Operand> out;
        out.reserve(expressions.size());
        for (const Expression& expression : expressions) {
            TRY_LET(found, operand(expression));
            out.push_back(std::move(found));
        }
        return out;
    }

    // A condition, or `otherwise`.
    Translated<Condition> condition(const Expression& expression, std::string_view otherwise) {
        TRY_LET(found, part(expression));
        if (auto* condition = std::get_if<Condition>(&found)) return std::move(*condition);
        return refused(std::string(otherwise));
    }

    Translated<Part> call(const Expression& expression) {
        const auto name = grammar::function_named(expression.text);
        if (!name) return refused_at("Unrecognized function: " + expression.text, expression.at);
        if (grammar::is_for_updates(*name)) {
            return refused("The function is not allowed in a condition expression; function: " + expression.text);
        }
        ++operators_;
        TRY_LET(arguments, operands(expression.parts));
        Function function{*name, std::move(arguments)};
        if (grammar::is_condition(*name)) return Part{Condition{std::move(function)}};
        return Part{Operand{std::make_unique<const Function>(std::move(function))}};
    }

    Translated<Part> operation(const Expression& expression) {
        const std::string& word = expression.text;
        if (word == "and") return junction<grammar::Conjunction>(expression);
        if (word == "or") return junction<grammar::Disjunction>(expression);
        if (word == "not") return negation(expression);
        if (word == "in") return membership(expression);
        if (word == "between") return between(expression);
        const auto comparator = comparator_of(word);
        if (!comparator) return refused("Unsupported operator in Condition Expression. Operator: " + word);
        ++operators_;
        TRY_LET(both, operands(expression.parts));
        return Part{Condition{grammar::Comparison{*comparator, std::move(both[0]), std::move(both[1])}}};
    }

    // The parts of a chain are those of one junction, also where parentheses begin it: `(a AND b) AND c`.
    template <class Junction>
    Translated<Part> junction(const Expression& expression) {
        std::vector<const Expression*> parts;
        const Expression* left = &expression;
        for (; left->term == Term::operation && left->text == expression.text; left = &left->parts.front()) {
            for (std::size_t i = left->parts.size(); i-- > 1;) parts.push_back(&left->parts[i]);
        }
        parts.push_back(left);
        std::ranges::reverse(parts);
        operators_ += parts.size() - 1;
        Junction joined;
        joined.conditions.reserve(parts.size());
        for (const Expression* one : parts) {
            TRY_LET(found, condition(*one, "The arguments to AND/OR must be Expressions"));
            joined.conditions.push_back(std::move(found));
        }
        return Part{Condition{std::move(joined)}};
    }

    Translated<Part> negation(const Expression& expression) {
        ++operators_;
        TRY_LET(found, condition(expression.parts[0], "The argument to NOT must be a Type or Expression"));
        return Part{Condition{grammar::Negation{std::make_unique<const Condition>(std::move(found))}}};
    }

    Translated<Part> membership(const Expression& expression) {
        ++operators_;
        TRY_LET(left, operand(expression.parts[0]));
        const Expression& list = expression.parts[1];
        if ((list.term != Term::list && list.term != Term::bag) || list.parts.empty()) {
            return refused(
                "IN operator must have a left hand argument of type Variable Reference and right hand argument of type "
                "Seq with at least one member");
        }
        TRY_LET(candidates, operands(list.parts));
        in_operands_ = std::max(in_operands_, candidates.size());
        return Part{Condition{grammar::In{std::move(left), std::move(candidates)}}};
    }

    Translated<Part> between(const Expression& expression) {
        ++operators_;
        TRY_LET(parts, operands(expression.parts));
        return Part{Condition{grammar::Between{std::move(parts[0]), std::move(parts[1]), std::move(parts[2])}}};
    }

    // IS MISSING asks whether the attribute is there, IS <type> for its datatype.
    Translated<Part> type_test(const Expression& expression) {
        const Expression& left = expression.parts[0];
        if (!is_path(left) && !is_literal(left) && left.term != Term::parameter) {
            return refused("The left hand side argument to IS must be a Variable Reference, Literal, or Path");
        }
        ++operators_;
        Function function;
        const std::string_view datatype = datatype_of(expression.text);
        if (expression.text == "MISSING") {
            function.name = FunctionName::attribute_not_exists;
        } else if (!datatype.empty()) {
            function.name = FunctionName::attribute_type;
        } else {
            return refused_at("Unsupported data type for IS operator: " + expression.text +
                                  ". Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, "
                                  "TUPLE, LIST]",
                              expression.at);
        }
        TRY_LET(judged, operand(left));
        function.arguments.push_back(std::move(judged));
        if (function.name == FunctionName::attribute_type) {
            function.arguments.emplace_back(slots_.add(AttributeValue{std::string(datatype)}));
        }
        return Part{Condition{std::move(function)}};
    }

    ValueSlots& slots_;
    std::size_t operators_ = 0;
    std::size_t in_operands_ = 0;    // of the longest list
    std::size_t path_elements_ = 0;  // of the longest
};

}  // namespace

std::size_t depth_of(const Expression& expression) {
    std::vector<std::pair<const Expression*, std::size_t>> open{{&expression, 1}};
    std::size_t deepest = 0;
    while (!open.empty()) {
        const auto [part, depth] = open.back();
        open.pop_back();
        deepest = std::max(deepest, depth);
        for (const Expression& inner : part->parts) open.emplace_back(&inner, depth + 1);
    }
    return deepest;
}

Translated<TranslatedWhere> translate_where(const Expression& expression, ValueSlots& slots) {
    return WhereTranslator(slots).translate(expression);
}

}  // namespace minamo
