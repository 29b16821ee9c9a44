// Actions run innermost first: the last one is that of the value itself.
#include "grammar/statements/ion_text.hpp"

#include <cstddef>
#include <type_traits>

#include "grammar/statements/ion_rules.hpp"

namespace minamo::grammar::statements {
namespace {

constexpr std::size_t ion_nesting_max = 128;

// Empty for rules that are no value.
template <class Rule>
constexpr std::string_view type_name;
template <>
constexpr std::string_view type_name<ion::blob_value> = "BLOB";
template <>
constexpr std::string_view type_name<ion::clob_value> = "CLOB";
template <>
constexpr std::string_view type_name<ion::timestamp_value> = "TIMESTAMP";
template <>
constexpr std::string_view type_name<ion::float_value> = "FLOAT";
template <>
constexpr std::string_view type_name<ion::decimal_value> = "DECIMAL";
template <>
constexpr std::string_view type_name<ion::int_value> = "INT";
template <>
constexpr std::string_view type_name<ion::bool_value> = "BOOL";
template <>
constexpr std::string_view type_name<ion::null_value> = "NULL";
template <>
constexpr std::string_view type_name<ion::string_value> = "STRING";
template <>
constexpr std::string_view type_name<ion::list_value> = "LIST";
template <>
constexpr std::string_view type_name<ion::struct_value> = "STRUCT";
template <>
constexpr std::string_view type_name<ion::sexp_value> = "SEXP";
template <>
constexpr std::string_view type_name<ion::symbol_value> = "SYMBOL";

template <class Rule>
struct keep_name {
    static void apply0(std::string_view& type) { type = type_name<Rule>; }
};
template <class Rule>
struct name_type : std::conditional_t<type_name<Rule>.empty(), ion::nothing<Rule>, keep_name<Rule>> {};

// Rules call themselves for what nests; brackets in strings count as well, which only makes the bound tighter.
bool nests_too_deep(std::string_view text) {
    std::size_t depth = 0;
    std::size_t deepest = 0;
    for (const char c : text) {
        if (c == '[' || c == '{' || c == '(') deepest = ++depth > deepest ? depth : deepest;
        if ((c == ']' || c == '}' || c == ')') && depth > 0) --depth;
    }
    return deepest > ion_nesting_max;
}

}  // namespace

std::optional<std::string_view> ion_type(std::string_view text) {
    if (nests_too_deep(text)) return std::nullopt;
    ion::memory_input<ion::tracking_mode::lazy> in(text.data(), text.size(), "");
    std::string_view type;
    if (!ion::parse<ion::one_value, name_type>(in, type) || type.empty()) return std::nullopt;
    return type;
}

}  // namespace minamo::grammar::statements
