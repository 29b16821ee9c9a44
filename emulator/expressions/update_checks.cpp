// The actions of an update, over what operand_checks.cpp says of their operands.
#include <array>

#include "emulator/expressions/operand_checks.hpp"
#include "emulator/expressions/paths.hpp"
#include "grammar/keywords.hpp"

namespace minamo {
namespace {

using storage::Type;

// ADD and DELETE spell types out; sets never are at fault.
std::string_view type_word(Type type) {
    constexpr std::array<std::string_view, 10> words{"STRING",     "NUMBER",     "BINARY",     "BOOLEAN", "NULL",
                                                     "STRING_SET", "NUMBER_SET", "BINARY_SET", "LIST",    "MAP"};
    return words[static_cast<std::size_t>(type)];
}

class UpdateChecks {
public:
    UpdateChecks(const grammar::Placeholders& placeholders, const Binding& binding)
        : operands_(placeholders, binding) {}

    Checked check(const grammar::UpdateAction& action) const {
        return std::visit([this](const auto& any) { return this->check_action(any); }, action);
    }

private:
    Checked check_action(const grammar::SetAction& action) const { return operands_.check(action.value); }

    static Checked check_action(const grammar::RemoveAction&) { return {}; }

    Checked check_action(const grammar::AddAction& action) const {
        return check_change(grammar::keywords::add, action.value,
                            static_cast<OperandChecks::Types>(set_types | type_bit(Type::N)));
    }

    Checked check_action(const grammar::DeleteAction& action) const {
        return check_change(grammar::keywords::delete_, action.value, set_types);
    }

    Checked check_change(std::string_view operation, const grammar::Operand& value, OperandChecks::Types types) const {
        const auto type = operands_.known_type(value);
        if (!type || (types & type_bit(*type)) != 0) return {};
        return tl::unexpected("Incorrect operand type for operator or function; operator: " + std::string(operation) +
                              ", operand type: " + std::string(type_word(*type)));
    }

    OperandChecks operands_;
};

}  // namespace

Checked check_defined(const grammar::UpdateExpression& update, const Binding& binding) {
    const OperandChecks operands(update.placeholders, binding);
    if (operands.all_defined()) return {};
    for (const auto& action : update.actions) {
        TRY(operands.check(target_of(action)));
        if (const auto* set = std::get_if<grammar::SetAction>(&action)) {
            TRY(operands.check_defined(set->value));
        } else if (const auto* add = std::get_if<grammar::AddAction>(&action)) {
            TRY(operands.check_defined(add->value));
        } else if (const auto* erasure = std::get_if<grammar::DeleteAction>(&action)) {
            TRY(operands.check_defined(erasure->value));
        }
    }
    return {};
}

// The other sections come before SET.
Checked check_operands(const grammar::UpdateExpression& update, const Binding& binding) {
    const UpdateChecks checks(update.placeholders, binding);
    const auto is_set = [](const auto& action) { return std::holds_alternative<grammar::SetAction>(action); };
    for (const auto& action : update.actions) {
        if (!is_set(action)) TRY(checks.check(action));
    }
    for (const auto& action : update.actions) {
        if (is_set(action)) TRY(checks.check(action));
    }
    return {};
}

}  // namespace minamo
