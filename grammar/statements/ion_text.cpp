// Actions run innermost first: the last one is that of the value itself.
#include "grammar/statements/ion_text.hpp"

#include <cstddef>

#include "grammar/statements/ion_rules.hpp"

namespace minamo::grammar::statements {
namespace {

constexpr std::size_t ion_nesting_max = 128;

template <class Rule>
struct name_type : ion::nothing<Rule> {};

#define MINAMO_ION_TYPE(rule, name)                                      \
    template <>                                                          \
    struct name_type<ion::rule> {                                        \
        static void apply0(std::string_view& type) { type = name; }      \
    };
MINAMO_ION_TYPE(blob_value, "BLOB")
MINAMO_ION_TYPE(clob_value, "CLOB")
MINAMO_ION_TYPE(timestamp_value, "TIMESTAMP")
MINAMO_ION_TYPE(float_value, "FLOAT")
MINAMO_ION_TYPE(decimal_value, "DECIMAL")
MINAMO_ION_TYPE(int_value, "INT")
MINAMO_ION_TYPE(bool_value, "BOOL")
MINAMO_ION_TYPE(null_value, "NULL")
MINAMO_ION_TYPE(string_value, "STRING")
MINAMO_ION_TYPE(list_value, "LIST")
MINAMO_ION_TYPE(struct_value, "STRUCT")
MINAMO_ION_TYPE(sexp_value, "SEXP")
MINAMO_ION_TYPE(symbol_value, "SYMBOL")
#undef MINAMO_ION_TYPE

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
