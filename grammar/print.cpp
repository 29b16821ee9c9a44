// One Printer a tree; what binds weaker than its place demands gets parentheses.
#include "grammar/print.hpp"

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "grammar/functions.hpp"
#include "grammar/keywords.hpp"

namespace minamo::grammar {
namespace {

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

class Printer {
public:
    explicit Printer(const Placeholders& placeholders) : placeholders_(placeholders) {}

    void path(const Path& path) {
        for (std::size_t i = 0; i < path.elements.size(); ++i) {
            std::visit(Overloaded{
                           [&](const std::string& name) { path_name(i, name); },
                           [&](NameSlot name) { path_name(i, placeholders_.names[name.slot]); },
                           [&](ListIndex index) { text_.append("[").append(std::to_string(index.index)).append("]"); },
                       },
                       path.elements[i]);
        }
    }

    void operand(const Operand& operand) {
        std::visit(Overloaded{
                       [&](const Path& path_operand) { path(path_operand); },
                       [&](ValueSlot value) { text_ += placeholders_.values[value.slot]; },
                       [&](const std::unique_ptr<const Function>& call) { function(*call); },
                       [&](const std::unique_ptr<const Sum>& value) { sum(*value); },
                       [&](const std::unique_ptr<const Condition>& value) { inner(*value, true); },
                   },
                   operand);
    }

    void condition(const Condition& condition) {
        std::visit([&](const auto& node) { print_node(node); }, condition.node);
    }

    void update(const UpdateExpression& tree) {
        for (std::size_t i = 0; i < tree.actions.size(); ++i) {
            const bool same_section = i > 0 && tree.actions[i].index() == tree.actions[i - 1].index();
            if (i > 0) text_ += same_section ? ", " : " ";
            if (!same_section) text_.append(section_names[tree.actions[i].index()]).append(" ");
            std::visit([&](const auto& action) { print_action(action); }, tree.actions[i]);
        }
    }

    void projection(const ProjectionExpression& tree) {
        for (std::size_t i = 0; i < tree.paths.size(); ++i) {
            if (i > 0) text_ += ", ";
            path(tree.paths[i]);
        }
    }

    std::string take() { return std::move(text_); }

private:
    // In the order of UpdateAction's alternatives.
    static constexpr std::string_view section_names[] = {keywords::set, keywords::remove, keywords::add,
                                                         keywords::delete_};

    void between_blanks(std::string_view word) { text_.append(" ").append(word).append(" "); }

    void path_name(std::size_t position, std::string_view name) {
        if (position > 0) text_ += '.';
        text_ += name;
    }

    void operands(const std::vector<Operand>& list) {
        text_ += '(';
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i > 0) text_ += ", ";
            operand(list[i]);
        }
        text_ += ')';
    }

    void function(const Function& call) {
        text_ += name_of(call.name);
        operands(call.arguments);
    }

    void sum(const Sum& value) {
        operand(value.left);
        text_ += value.arithmetic == Arithmetic::plus ? " + " : " - ";
        operand(value.right);
    }

    void print_node(const Comparison& node) {
        operand(node.left);
        between_blanks(name_of(node.comparator));
        operand(node.right);
    }
    void print_node(const Between& node) {
        operand(node.operand);
        between_blanks(keywords::between);
        operand(node.low);
        between_blanks(keywords::and_);
        operand(node.high);
    }
    void print_node(const In& node) {
        operand(node.operand);
        between_blanks(keywords::in);
        operands(node.candidates);
    }
    void print_node(const Function& node) { function(node); }
    void print_node(const Negation& node) {
        text_.append(keywords::not_).append(" ");
        inner(*node.condition, is<Conjunction>(*node.condition) || is<Disjunction>(*node.condition));
    }
    void print_node(const Conjunction& node) {
        joined(node.conditions, keywords::and_,
               [](const Condition& c) { return is<Conjunction>(c) || is<Disjunction>(c); });
    }
    void print_node(const Disjunction& node) {
        joined(node.conditions, keywords::or_, [](const Condition& c) { return is<Disjunction>(c); });
    }

    template <class Node>
    static bool is(const Condition& condition) {
        return std::holds_alternative<Node>(condition.node);
    }

    void inner(const Condition& inner_condition, bool in_parentheses) {
        if (in_parentheses) text_ += '(';
        condition(inner_condition);
        if (in_parentheses) text_ += ')';
    }

    template <class NeedsParentheses>
    void joined(const std::vector<Condition>& conditions, std::string_view word, NeedsParentheses needs_parentheses) {
        for (std::size_t i = 0; i < conditions.size(); ++i) {
            if (i > 0) between_blanks(word);
            inner(conditions[i], needs_parentheses(conditions[i]));
        }
    }

    void print_action(const SetAction& action) {
        path(action.path);
        text_ += " = ";
        operand(action.value);
    }
    void print_action(const RemoveAction& action) { path(action.path); }
    void print_action(const AddAction& action) { path_and_value(action.path, action.value); }
    void print_action(const DeleteAction& action) { path_and_value(action.path, action.value); }

    void path_and_value(const Path& target, const Operand& value) {
        path(target);
        text_ += ' ';
        operand(value);
    }

    const Placeholders& placeholders_;
    std::string text_;
};

}  // namespace

std::string print(const ConditionExpression& tree) {
    Printer printer(tree.placeholders);
    printer.condition(tree.root);
    return printer.take();
}

std::string print(const UpdateExpression& tree) {
    Printer printer(tree.placeholders);
    printer.update(tree);
    return printer.take();
}

std::string print(const ProjectionExpression& tree) {
    Printer printer(tree.placeholders);
    printer.projection(tree);
    return printer.take();
}

std::string print(const Path& path, const Placeholders& placeholders) {
    Printer printer(placeholders);
    printer.path(path);
    return printer.take();
}

}  // namespace minamo::grammar
