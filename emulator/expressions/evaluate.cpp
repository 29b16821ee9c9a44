// Conditions on encoded items: nothing is decoded, nothing is allocated. A missing operand makes a comparison false,
// but `<>` true; NOT negates plainly (conformance/behaviour/expressions.md, section 4).
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "emulator/expressions/expressions.hpp"
#include "emulator/expressions/paths.hpp"
#include "emulator/wire/texts.hpp"

namespace minamo {
namespace {

using grammar::Comparator;
using grammar::FunctionName;
using grammar::Operand;
using storage::Type;
using storage::ValueView;

// size() of a value; nothing for the types that have none.
std::optional<std::int64_t> size_of(ValueView value) {
    if (value.empty()) return std::nullopt;
    switch (value.type()) {
        case Type::S:
            return utf16_length(value.text());
        case Type::B:
            return static_cast<std::int64_t>(value.text().size());
        case Type::SS:
        case Type::NS:
        case Type::BS:
        case Type::L:
        case Type::M:
            return static_cast<std::int64_t>(value.count());
        case Type::N:
        case Type::BOOL:
        case Type::NULL_:
            break;
    }
    return std::nullopt;
}

// A condition that stands for a value.
ValueView truth(bool value) {
    static const std::string texts[] = {encode(storage::AttributeValue{false}), encode(storage::AttributeValue{true})};
    return ValueView(texts[value ? 1 : 0]);
}

bool is_text(ValueView value) {
    return value.type() == Type::S || value.type() == Type::B;
}

bool begins_with(ValueView value, ValueView start) {
    if (value.empty() || start.empty() || !is_text(value) || value.type() != start.type()) return false;
    return value.text().starts_with(start.text());
}

bool has_member(ValueView collection, ValueView wanted) {
    return std::ranges::any_of(collection.elements(), [wanted](ValueView member) { return equal(member, wanted); });
}

bool contains(ValueView value, ValueView wanted) {
    if (value.empty() || wanted.empty()) return false;
    switch (value.type()) {
        case Type::S:
        case Type::B:
            return wanted.type() == value.type() && value.text().find(wanted.text()) != std::string_view::npos;
        case Type::SS:
            return wanted.type() == Type::S && has_member(value, wanted);
        case Type::NS:
            return wanted.type() == Type::N && has_member(value, wanted);
        case Type::BS:
            return wanted.type() == Type::B && has_member(value, wanted);
        case Type::L:
            return has_member(value, wanted);
        case Type::N:
        case Type::BOOL:
        case Type::NULL_:
        case Type::M:
            break;
    }
    return false;
}

bool holds(Comparator comparator, ValueView left, ValueView right) {
    const bool present = !left.empty() && !right.empty();
    if (comparator == Comparator::ne) return !present || !equal(left, right);
    if (!present) return false;
    if (comparator == Comparator::eq) return equal(left, right);
    const auto order = compare(left, right);
    if (!order) return false;
    switch (comparator) {
        case Comparator::lt:
            return *order < 0;
        case Comparator::le:
            return *order <= 0;
        case Comparator::gt:
            return *order > 0;
        default:
            return *order >= 0;
    }
}

// About as many attributes as the parts of a condition look up: of legacy parameters there may be tens of thousands.
std::size_t lookups_of(const grammar::Condition& root) {
    if (const auto* all = std::get_if<grammar::Conjunction>(&root.node)) return all->conditions.size();
    if (const auto* any = std::get_if<grammar::Disjunction>(&root.node)) return any->conditions.size();
    return 0;
}

// One condition on one item.
class Evaluation {
public:
    Evaluation(const Binding& binding, Attributes item) : binding_(binding), item_(item) {}

    bool holds(const grammar::Condition& condition) const {
        return std::visit([this](const auto& node) { return holds_node(node); }, condition.node);
    }

private:
    // A value for the length of a comparison. size() makes a number that no item holds: it needs a place.
    class Value {
    public:
        Value(const Evaluation& evaluation, const Operand& operand) : view_(evaluation.read(operand, size_)) {}
        Value(const Value&) = delete;
        Value& operator=(const Value&) = delete;
        operator ValueView() const { return view_; }  // NOLINT: an operand is its value

    private:
        std::string size_;
        ValueView view_;
    };

    ValueView read(const Operand& operand, std::string& size) const {
        if (const auto* path = std::get_if<grammar::Path>(&operand)) return find(item_, *path, binding_);
        if (const auto* slot = std::get_if<grammar::ValueSlot>(&operand)) return binding_.values[slot->slot];
        if (const auto* condition = std::get_if<std::unique_ptr<const grammar::Condition>>(&operand)) {
            return truth(holds(**condition));
        }
        const grammar::Function& function = *std::get<std::unique_ptr<const grammar::Function>>(operand);
        const Value argument(*this, function.arguments[0]);
        const auto units = size_of(argument);
        if (!units) return {};
        encode(size, storage::AttributeValue{storage::Decimal(*units)});
        return ValueView(size);
    }

    bool holds_node(const grammar::Comparison& node) const {
        return minamo::holds(node.comparator, Value(*this, node.left), Value(*this, node.right));
    }

    bool holds_node(const grammar::Between& node) const {
        const Value value(*this, node.operand);
        return minamo::holds(Comparator::ge, value, Value(*this, node.low)) &&
               minamo::holds(Comparator::le, value, Value(*this, node.high));
    }

    bool holds_node(const grammar::In& node) const {
        const Value value(*this, node.operand);
        return std::ranges::any_of(node.candidates, [&](const Operand& candidate) {
            return minamo::holds(Comparator::eq, value, Value(*this, candidate));
        });
    }

    bool holds_node(const grammar::Function& node) const {
        const Value first(*this, node.arguments[0]);
        const ValueView value = first;
        if (node.name == FunctionName::attribute_exists) return !value.empty();
        if (node.name == FunctionName::attribute_not_exists) return value.empty();
        const Value second(*this, node.arguments[1]);
        const ValueView other = second;
        if (node.name == FunctionName::begins_with) return begins_with(value, other);
        if (node.name == FunctionName::contains) return contains(value, other);
        return !value.empty() && !other.empty() && type_name(value.type()) == other.text();  // attribute_type
    }

    bool holds_node(const grammar::Negation& node) const { return !holds(*node.condition); }

    bool holds_node(const grammar::Conjunction& node) const {
        return std::ranges::all_of(node.conditions, [this](const auto& condition) { return holds(condition); });
    }

    bool holds_node(const grammar::Disjunction& node) const {
        return std::ranges::any_of(node.conditions, [this](const auto& condition) { return holds(condition); });
    }

    const Binding& binding_;
    const Attributes item_;
};

}  // namespace

bool evaluate(const BoundCondition& condition, storage::ItemView item) {
    if (!condition) return true;
    const grammar::Condition& root = condition.tree->root;
    if (!pays_to_find_all(lookups_of(root))) return Evaluation(condition.binding, item).holds(root);
    const auto found = find_all(item);
    return Evaluation(condition.binding, {item, found}).holds(root);
}

}  // namespace minamo
