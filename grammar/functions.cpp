// One row for each function, in the order of the enumeration.
#include "grammar/functions.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace minamo::grammar {
namespace {

struct FunctionRow {
    FunctionName function;
    std::string_view name;
    std::size_t operands;
};

// clang-format off
constexpr std::array functions{
    FunctionRow{FunctionName::attribute_exists,     "attribute_exists",     1},
    FunctionRow{FunctionName::attribute_not_exists, "attribute_not_exists", 1},
    FunctionRow{FunctionName::attribute_type,       "attribute_type",       2},
    FunctionRow{FunctionName::begins_with,          "begins_with",          2},
    FunctionRow{FunctionName::contains,             "contains",             2},
    FunctionRow{FunctionName::size,                 "size",                 1},
    FunctionRow{FunctionName::if_not_exists,        "if_not_exists",        2},
    FunctionRow{FunctionName::list_append,          "list_append",          2},
};
// clang-format on

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < functions.size(); ++i) {
        if (functions[i].function != static_cast<FunctionName>(i)) return false;
    }
    return true;
}
static_assert(rows_follow_the_enum());

constexpr std::array<std::string_view, 6> comparator_names = {"=", "<>", "<", "<=", ">", ">="};  // in enum order

}  // namespace

std::optional<FunctionName> function_named(std::string_view text) {
    const auto* found = std::ranges::find(functions, text, &FunctionRow::name);
    if (found == functions.end()) return std::nullopt;
    return found->function;
}

std::string_view name_of(FunctionName function) {
    return functions[static_cast<std::size_t>(function)].name;
}

std::size_t operand_count(FunctionName function) {
    return functions[static_cast<std::size_t>(function)].operands;
}

std::string_view name_of(Comparator comparator) {
    return comparator_names[static_cast<std::size_t>(comparator)];
}

bool is_condition(FunctionName function) {
    return function < FunctionName::size;
}

bool is_for_updates(FunctionName function) {
    return function > FunctionName::size;
}

}  // namespace minamo::grammar
