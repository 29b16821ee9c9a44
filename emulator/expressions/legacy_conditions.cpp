// The rules of legacy conditions, and their trees: the same that expressions parse into
// (conformance/behaviour/validation.md, section 5, "Legacy Expected / conditions").
#include "emulator/expressions/legacy_conditions.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "emulator/wire/values.hpp"
#include "storage/item_codec.hpp"

namespace minamo {
namespace {

using storage::AttributeValue;
using storage::Type;

constexpr std::uint16_t bit(Type type) {
    return static_cast<std::uint16_t>(1u << static_cast<unsigned>(type));
}

constexpr std::uint16_t any_type = (1u << 10) - 1;
constexpr std::uint16_t text_types = bit(Type::S) | bit(Type::B);
constexpr std::uint16_t scalar_types = text_types | bit(Type::N);
constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

struct OperatorRow {
    LegacyOperator comparison;
    std::string_view text;
    std::size_t arguments_min;
    std::size_t arguments_max;
    std::uint16_t types;
};

// clang-format off
constexpr std::array operators{
    OperatorRow{LegacyOperator::eq,           "EQ",           1, 1,          any_type},
    OperatorRow{LegacyOperator::ne,           "NE",           1, 1,          any_type},
    OperatorRow{LegacyOperator::le,           "LE",           1, 1,          scalar_types},
    OperatorRow{LegacyOperator::lt,           "LT",           1, 1,          scalar_types},
    OperatorRow{LegacyOperator::ge,           "GE",           1, 1,          scalar_types},
    OperatorRow{LegacyOperator::gt,           "GT",           1, 1,          scalar_types},
    OperatorRow{LegacyOperator::not_null,     "NOT_NULL",     0, 0,          any_type},
    OperatorRow{LegacyOperator::null,         "NULL",         0, 0,          any_type},
    OperatorRow{LegacyOperator::contains,     "CONTAINS",     1, 1,          scalar_types},
    OperatorRow{LegacyOperator::not_contains, "NOT_CONTAINS", 1, 1,          scalar_types},
    OperatorRow{LegacyOperator::begins_with,  "BEGINS_WITH",  1, 1,          text_types},
    OperatorRow{LegacyOperator::in,           "IN",           1, any_number, scalar_types},
    OperatorRow{LegacyOperator::between,      "BETWEEN",      2, 2,          scalar_types},
};
// clang-format on

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < operators.size(); ++i) {
        if (operators[i].comparison != static_cast<LegacyOperator>(i)) return false;
    }
    return true;
}
static_assert(rows_follow_the_enum());

const OperatorRow& row(LegacyOperator comparison) {
    return operators[static_cast<std::size_t>(comparison)];
}

Result<void> check_bounds(const LegacyCondition& condition) {
    if (condition.comparison != LegacyOperator::between) return {};
    const std::string low = storage::encode(condition.arguments[0]);
    const std::string high = storage::encode(condition.arguments[1]);
    if (*compare(storage::ValueView(low), storage::ValueView(high)) <= 0) return {};
    return invalid("The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
}

}  // namespace

tl::unexpected<Error> invalid_legacy(std::string_view what) {
    return invalid("One or more parameter values were invalid: " + std::string(what));
}

Result<void> check_legacy_name(std::string_view attribute) {
    const std::string_view fault = attribute_name_fault(attribute);
    if (!fault.empty()) return invalid_legacy(fault);
    return {};
}

LegacyOperator legacy_operator(std::string_view text) {
    return std::ranges::find(operators, text, &OperatorRow::text)->comparison;
}

Result<std::vector<AttributeValue>> read_values(const json::Value* list) {
    std::vector<AttributeValue> values;
    if (list == nullptr) return values;
    values.reserve(list->Size());
    for (const auto& element : list->GetArray()) {
        TRY_LET(value, value_from_json(element));
        values.push_back(std::move(value));
    }
    return values;
}

Result<void> check_legacy_condition(const LegacyCondition& condition) {
    const OperatorRow& rule = row(condition.comparison);
    const auto& arguments = condition.arguments;
    if (arguments.size() < rule.arguments_min || arguments.size() > rule.arguments_max) {
        return invalid_legacy("Invalid number of argument(s) for the " + std::string(rule.text) +
                              " ComparisonOperator");
    }
    if (arguments.empty()) return {};
    const Type type = arguments[0].type();
    if (!std::ranges::all_of(arguments, [type](const auto& value) { return value.type() == type; })) {
        return invalid_legacy("AttributeValues inside AttributeValueList must be of same type");
    }
    if ((rule.types & bit(type)) == 0) {
        return invalid_legacy("ComparisonOperator " + std::string(rule.text) + " is not valid for " +
                              std::string(type_name(type)) + " AttributeValue type");
    }
    return check_bounds(condition);
}

Result<LegacyCondition> read_legacy_condition(std::string_view attribute, const json::Value& condition) {
    LegacyCondition out;
    out.attribute = attribute;
    out.comparison = legacy_operator(json::text(*json::find(condition, "ComparisonOperator")));
    TRY_LET(values, read_values(json::find(condition, "AttributeValueList")));
    out.arguments = std::move(values);
    TRY(check_legacy_condition(out));
    return out;
}

}  // namespace minamo
