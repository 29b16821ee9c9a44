// SET and REMOVE to the actions of an update. SET_ADD and SET_DELETE are ADD and DELETE: they stand alone behind the
// path that they change.
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "emulator/statements/parts.hpp"
#include "grammar/functions.hpp"
#include "grammar/limits.hpp"

namespace minamo {
namespace {

using grammar::Expression;
using grammar::Function;
using grammar::Operand;
using grammar::Path;
using grammar::Term;

class UpdateTranslator {
public:
    explicit UpdateTranslator(ValueSlots& slots) : slots_(slots) {}

    Translated<TranslatedUpdate> translate(const grammar::Manipulation& statement) {
        for (const auto& operation : statement.operations) {
            Translated<void> done;
            if (const auto* set = std::get_if<grammar::Assignment>(&operation)) done = assign(*set);
            if (const auto* removal = std::get_if<grammar::Removal>(&operation)) done = remove(*removal);
            if (!done) return tl::unexpected(std::move(done).error());
        }
        out_.limit = grammar::operators_fault(operators_);
        if (out_.limit.empty()) out_.limit = grammar::path_elements_fault(path_elements_);
        return std::move(out_);
    }

private:
    Translated<Path> path(const Expression& expression) {
        auto found = path_of(expression);
        if (found) path_elements_ = std::max(path_elements_, found->elements.size());
        return found;
    }

    Translated<void> remove(const grammar::Removal& removal) {
        TRY_LET(target, path(removal.path));
        out_.actions.emplace_back(grammar::RemoveAction{std::move(target)});
        return {};
    }

    Translated<void> assign(const grammar::Assignment& assignment) {
        TRY_LET(target, path(assignment.path));
        const Expression& value = assignment.value;
        if (value.term == Term::call && (value.text == "set_add" || value.text == "set_delete")) {
            return change_set(std::move(target), value);
        }
        TRY_LET(operand, operand_of(value));
        out_.actions.emplace_back(grammar::SetAction{std::move(target), std::move(operand)});
        return {};
    }

    Translated<void> change_set(Path target, const Expression& call) {
        const bool adds = call.text == "set_add";
        const std::string function = adds ? "SET_ADD" : "SET_DELETE";
        ++operators_;
        if (call.parts.size() != 2) return refused_at(function + " must have exactly two arguments", call.at);
        const Expression& first = call.parts[0];
        const auto changed = is_path(first) ? path_of(first) : refused({});
        if (!changed || *changed != target) {
            return refused_at("The first argument to " + function + " must equal the assignment value", call.at);
        }
        const std::string fault =
            "The second argument to " + function + " must be a value with type SET" + place(first.at);
        const Expression& second = call.parts[1];
        if (second.term != Term::parameter && second.term != Term::bag) return refused(fault);
        TRY_LET(value, constant(second));
        out_.sets.push_back({value, fault});
        if (adds) {
            out_.actions.emplace_back(grammar::AddAction{std::move(target), value});
        } else {
            out_.actions.emplace_back(grammar::DeleteAction{std::move(target), value});
        }
        return {};
    }

    Translated<grammar::ValueSlot> constant(const Expression& expression) {
        if (expression.term == Term::parameter) return slots_.add_parameter(expression);
        return slots_.add_literal(expression);
    }

    Translated<Operand> operand_of(const Expression& expression) {
        if (is_path(expression)) {
            TRY_LET(found, path(expression));
            return Operand{std::move(found)};
        }
        if (expression.term == Term::parameter || is_literal(expression)) {
            TRY_LET(slot, constant(expression));
            return Operand{slot};
        }
        switch (expression.term) {
            case Term::missing:
                return refused("MISSING must be compared using IS operator");
            case Term::is_type:
                return refused("IS operator is not supported in update expressions");
            case Term::call:
                return call(expression);
            case Term::operation:
                return operation(expression);
            default:
                return refused_token(expression);
        }
    }

    Translated<Operand> operation(const Expression& expression) {
        const std::string& word = expression.text;
        if (word != "+" && word != "-") {
            return refused("Unsupported operator in Update Expression. Operator: " + word);
        }
        ++operators_;
        if (expression.parts.size() == 1) {
            return refused("Incorrect number of operands for operator or function; operator or function: " + word +
                           ", number of operands: 1");
        }
        TRY_LET(left, operand_of(expression.parts[0]));
        TRY_LET(right, operand_of(expression.parts[1]));
        const auto sign = word == "+" ? grammar::Arithmetic::plus : grammar::Arithmetic::minus;
        return Operand{std::make_unique<const grammar::Sum>(grammar::Sum{sign, std::move(left), std::move(right)})};
    }

    Translated<Operand> call(const Expression& expression) {
        const auto name = grammar::function_named(expression.text);
        if (!name) return refused_at("Unrecognized function: " + expression.text, expression.at);
        if (!grammar::is_for_updates(*name)) {
            return refused("The function is not allowed in an update expression; function: " + expression.text);
        }
        ++operators_;
        Function function{*name, {}};
        function.arguments.reserve(expression.parts.size());
        for (const Expression& part : expression.parts) {
            TRY_LET(argument, operand_of(part));
            function.arguments.push_back(std::move(argument));
        }
        return Operand{std::make_unique<const Function>(std::move(function))};
    }

    ValueSlots& slots_;
    TranslatedUpdate out_;
    std::size_t operators_ = 0;
    std::size_t path_elements_ = 0;  // of the longest
};

}  // namespace

Translated<TranslatedUpdate> translate_update(const grammar::Manipulation& statement, ValueSlots& slots) {
    return UpdateTranslator(slots).translate(statement);
}

}  // namespace minamo
