// The keywords of expressions as messages show them, in capitals. In a text any case will do.
#pragma once

#include <string_view>

namespace minamo::grammar::keywords {

inline constexpr std::string_view and_ = "AND";
inline constexpr std::string_view or_ = "OR";
inline constexpr std::string_view not_ = "NOT";
inline constexpr std::string_view between = "BETWEEN";
inline constexpr std::string_view in = "IN";
inline constexpr std::string_view set = "SET";
inline constexpr std::string_view remove = "REMOVE";
inline constexpr std::string_view add = "ADD";
inline constexpr std::string_view delete_ = "DELETE";

}  // namespace minamo::grammar::keywords
