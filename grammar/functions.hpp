// The functions of expressions and their names, the one home of both; comparators as expressions spell them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "grammar/ast.hpp"

namespace minamo::grammar {

// Function names are case-sensitive: nothing for `SIZE`.
std::optional<FunctionName> function_named(std::string_view text);

std::string_view name_of(FunctionName function);

// How many operands it takes, which parsing does not check.
std::size_t operand_count(FunctionName function);

// "=", "<>", ...
std::string_view name_of(Comparator comparator);

// Functions that are conditions by themselves: attribute_exists, contains, ... but not size.
bool is_condition(FunctionName function);

// if_not_exists and list_append.
bool is_for_updates(FunctionName function);

}  // namespace minamo::grammar
