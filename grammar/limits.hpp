// The sizes that DynamoDB publishes for expressions and for the clauses of statements, and its words for more.
//
// Each tells the fault of a count; empty: not too many.
#pragma once

#include <cstddef>
#include <string>

namespace minamo::grammar {

inline constexpr std::size_t operators_max = 300;
inline constexpr std::size_t path_elements_max = 32;
inline constexpr std::size_t in_operands_max = 100;

std::string operators_fault(std::size_t count);
std::string path_elements_fault(std::size_t count);
std::string in_operands_fault(std::size_t count);

}  // namespace minamo::grammar
