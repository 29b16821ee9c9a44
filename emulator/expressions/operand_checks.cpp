// Paths, values and functions, wherever they stand; the nodes above them are in condition_checks.cpp and
// update_checks.cpp.
#include "emulator/expressions/operand_checks.hpp"

#include <algorithm>

#include "emulator/expressions/paths.hpp"
#include "emulator/wire/values.hpp"
#include "grammar/functions.hpp"

namespace minamo {
namespace {

using grammar::Function;
using grammar::FunctionName;
using grammar::Operand;
using grammar::Path;
using storage::Type;
using storage::ValueView;
using FunctionPointer = std::unique_ptr<const Function>;
using SumPointer = std::unique_ptr<const grammar::Sum>;
using ConditionPointer = std::unique_ptr<const grammar::Condition>;

constexpr OperandChecks::Types all_types = (1u << 10) - 1;

tl::unexpected<std::string> wrong_type(std::string_view operation, std::string_view type) {
    return tl::unexpected("Incorrect operand type for operator or function; operator or function: " +
                          std::string(operation) + ", operand type: " + std::string(type));
}

tl::unexpected<std::string> undefined_value(std::string_view placeholder) {
    return tl::unexpected("An expression attribute value used in expression is not defined; attribute value: " +
                          std::string(placeholder));
}

Checked check_path_operand(const Function& function) {
    if (std::holds_alternative<Path>(function.arguments[0])) return {};
    return tl::unexpected("Operator or function requires a document path; operator or function: " +
                          std::string(name_of(function.name)));
}

}  // namespace

Checked OperandChecks::check(const Path& path) const {
    for (const auto& element : path.elements) {
        const auto* slot = std::get_if<grammar::NameSlot>(&element);
        if (slot == nullptr || binding_.names[slot->slot].data() != nullptr) continue;
        return tl::unexpected(
            "An expression attribute name used in the document path is not defined; attribute name: " +
            placeholders_.names[slot->slot]);
    }
    return {};
}

Checked OperandChecks::check(const Operand& operand) const {
    if (const auto* path = std::get_if<Path>(&operand)) return check(*path);
    if (const auto* function = std::get_if<FunctionPointer>(&operand)) return check(**function);
    if (const auto* sum = std::get_if<SumPointer>(&operand)) return check(**sum);
    if (const auto* condition = std::get_if<ConditionPointer>(&operand)) return check_nodes(**condition, *this);
    const auto slot = std::get<grammar::ValueSlot>(operand).slot;
    if (binding_.values[slot].empty()) return undefined_value(placeholders_.values[slot]);
    return {};
}

Checked OperandChecks::check_defined(const Operand& operand) const {
    if (const auto* function = std::get_if<FunctionPointer>(&operand)) {
        for (const Operand& argument : (*function)->arguments) TRY(check_defined(argument));
        return {};
    }
    if (const auto* sum = std::get_if<SumPointer>(&operand)) {
        TRY(check_defined((*sum)->left));
        return check_defined((*sum)->right);
    }
    return check(operand);
}

bool OperandChecks::all_defined() const {
    return std::ranges::all_of(binding_.names, [](std::string_view name) { return name.data() != nullptr; }) &&
           std::ranges::none_of(binding_.values, [](ValueView value) { return value.empty(); });
}

Checked OperandChecks::check(const Function& function) const {
    for (const Operand& argument : function.arguments) TRY(check(argument));
    if (function.arguments.size() != operand_count(function.name)) {
        return tl::unexpected("Incorrect number of operands for operator or function; operator or function: " +
                              std::string(name_of(function.name)) +
                              ", number of operands: " + std::to_string(function.arguments.size()));
    }
    return check_arguments(function);
}

Checked OperandChecks::check(const grammar::Sum& sum) const {
    TRY(check(sum.left));
    TRY(check(sum.right));
    const std::string_view sign = sum.arithmetic == grammar::Arithmetic::plus ? "+" : "-";
    TRY(check_type(sign, sum.left, type_bit(Type::N)));
    return check_type(sign, sum.right, type_bit(Type::N));
}

Checked OperandChecks::check_arguments(const Function& function) const {
    const std::string_view name = name_of(function.name);
    const auto& arguments = function.arguments;
    const auto check_two = [&](Types types) -> Checked {
        TRY(check_type(name, arguments[0], types));
        return check_type(name, arguments[1], types);
    };
    const auto check_second_distinct = [&]() -> Checked {
        const Operand* const rest[] = {&arguments[1]};
        return check_distinct(name, arguments[0], rest);
    };
    switch (function.name) {
        case FunctionName::attribute_exists:
        case FunctionName::attribute_not_exists:
        case FunctionName::if_not_exists:
            return check_path_operand(function);
        case FunctionName::attribute_type:
            TRY(check_second_distinct());
            return check_attribute_type(function);
        case FunctionName::contains:
            return check_second_distinct();
        case FunctionName::begins_with:
            TRY(check_second_distinct());
            return check_two(type_bits(Type::S, Type::B));
        case FunctionName::size:
            return check_type(name, arguments[0],
                              static_cast<Types>(all_types & ~type_bits(Type::N, Type::BOOL, Type::NULL_)));
        case FunctionName::list_append:
            return check_two(type_bit(Type::L));
    }
    return {};
}

Checked OperandChecks::check_attribute_type(const Function& function) const {
    const std::string_view name = name_of(function.name);
    const Operand& wanted = function.arguments[1];
    if (std::holds_alternative<Path>(wanted)) return wrong_type(name, "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
    TRY(check_type(name, wanted, type_bit(Type::S)));
    const std::string_view text = value(wanted).text();
    if (type_named(text)) return {};
    return tl::unexpected("Invalid attribute type name found; type: " + std::string(text) +
                          ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
}

Checked OperandChecks::check_type(std::string_view operation, const Operand& operand, Types types) const {
    const auto type = known_type(operand);
    if (!type || (types & type_bit(*type)) != 0) return {};
    return wrong_type(operation, type_name(*type));
}

Checked OperandChecks::check_distinct(std::string_view operation, const Operand& first,
                                      std::span<const Operand* const> rest) const {
    const auto* path = std::get_if<Path>(&first);
    if (path == nullptr) return {};
    for (const Operand* operand : rest) {
        const auto* other = std::get_if<Path>(operand);
        if (other == nullptr || !same_path(*path, *other, binding_)) continue;
        return tl::unexpected(
            "The first operand must be distinct from the remaining operands for this operator or function; operator: " +
            std::string(operation) + ", first operand: " + path_text(*path, binding_));
    }
    return {};
}

ValueView OperandChecks::value(const Operand& operand) const {
    const auto* slot = std::get_if<grammar::ValueSlot>(&operand);
    return slot != nullptr ? binding_.values[slot->slot] : ValueView();
}

std::optional<Type> OperandChecks::known_type(const Operand& operand) const {
    if (const auto* function = std::get_if<FunctionPointer>(&operand)) {
        if ((*function)->name == FunctionName::size) return Type::N;
        return std::nullopt;
    }
    if (std::holds_alternative<SumPointer>(operand)) return Type::N;
    if (std::holds_alternative<ConditionPointer>(operand)) return Type::BOOL;
    const ValueView known = value(operand);
    if (known.empty()) return std::nullopt;
    return known.type();
}

Checked check_defined(const grammar::ProjectionExpression& projection, const Binding& binding) {
    const OperandChecks operands(projection.placeholders, binding);
    for (const Path& path : projection.paths) TRY(operands.check(path));
    return {};
}

}  // namespace minamo
