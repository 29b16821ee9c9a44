// What can be told of a bound tree before any item is read: placeholders that nothing defines, numbers and types of
// operands. Each check stops at the first fault, in the order of conformance/behaviour/expressions.md, section 3: left
// to right, inner nodes first, and of one node undefined placeholders, arity, distinctness, operand types.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "emulator/expressions/expressions.hpp"

namespace minamo {

// The reason of a fault, without "Invalid XExpression: ".
using Checked = tl::expected<void, std::string>;

// The operands of one tree. Borrows both.
class OperandChecks {
public:
    OperandChecks(const grammar::Placeholders& placeholders, const Binding& binding)
        : placeholders_(placeholders), binding_(binding) {}

    Checked check(const grammar::Path& path) const;
    Checked check(const grammar::Operand& operand) const;
    Checked check(const grammar::Function& function) const;
    Checked check(const grammar::Sum& sum) const;
    // Of that only the placeholders: that the request defines them.
    Checked check_defined(const grammar::Operand& operand) const;
    bool all_defined() const;
    // That a value known now is one of `types`, of an operand whose own check has passed.
    using Types = std::uint16_t;  // a bit for each storage::Type
    Checked check_type(std::string_view operation, const grammar::Operand& operand, Types types) const;
    // That no later operand is the same path as the first.
    Checked check_distinct(std::string_view operation, const grammar::Operand& first,
                           std::span<const grammar::Operand* const> rest) const;
    // The bound value of a `:value` operand, empty() for any other.
    storage::ValueView value(const grammar::Operand& operand) const;
    // The type that an operand has whatever the item: of a value, and of size().
    std::optional<storage::Type> known_type(const grammar::Operand& operand) const;

    const Binding& binding() const { return binding_; }

private:
    Checked check_arguments(const grammar::Function& function) const;
    Checked check_attribute_type(const grammar::Function& function) const;

    const grammar::Placeholders& placeholders_;
    const Binding& binding_;
};

constexpr OperandChecks::Types type_bit(storage::Type type) {
    return static_cast<OperandChecks::Types>(1u << static_cast<unsigned>(type));
}
template <class... Type>
constexpr OperandChecks::Types type_bits(Type... types) {
    return static_cast<OperandChecks::Types>((type_bit(types) | ...));
}
inline constexpr auto ordered_types = type_bits(storage::Type::S, storage::Type::N, storage::Type::B);
inline constexpr auto set_types = type_bits(storage::Type::SS, storage::Type::NS, storage::Type::BS);

// That the request defines the placeholders of an update or projection, in expression order.
Checked check_defined(const grammar::UpdateExpression& update, const Binding& binding);
Checked check_defined(const grammar::ProjectionExpression& projection, const Binding& binding);

// The nodes of a condition, the root or one that stands for a value.
Checked check_nodes(const grammar::Condition& condition, const OperandChecks& operands);

Checked check_operands(const grammar::ConditionExpression& condition, const Binding& binding);
Checked check_operands(const grammar::UpdateExpression& update, const Binding& binding);

}  // namespace minamo
