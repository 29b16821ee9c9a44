// Tables in the order of the enumerations.
#include "grammar/functions.hpp"

#include <array>
#include <cstddef>

namespace minamo::grammar {
namespace {

constexpr std::array<std::string_view, 8> function_names = {
    "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size",
    "if_not_exists",    "list_append",
};
constexpr std::array<std::string_view, 6> comparator_names = {"=", "<>", "<", "<=", ">", ">="};

}  // namespace

std::optional<FunctionName> function_named(std::string_view text) {
    for (std::size_t i = 0; i < function_names.size(); ++i) {
        if (function_names[i] == text) return static_cast<FunctionName>(i);
    }
    return std::nullopt;
}

std::string_view name_of(FunctionName function) {
    return function_names[static_cast<std::size_t>(function)];
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
