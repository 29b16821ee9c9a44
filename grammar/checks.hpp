// What the grammars themselves don't say, checked on the tokens of a text, each check in the file of its subject.
//
// The order is DynamoDB's (conformance/behaviour/expressions.md, section 3): admit, then the syntax, then check_tokens.
// All checks but admit expect tokens that satisfy their grammar: they find paths, calls and groups by neighbouring
// kinds alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "grammar/lexer.hpp"
#include "grammar/parse.hpp"

namespace minamo::grammar {

using Fault = std::optional<SyntaxError>;

enum class ExpressionKind : std::uint8_t { condition, update, projection };

// The tokens of a text that may be parsed: not empty, not too large, not nested too deep for the stack.
Parsed<Tokens> admit(std::string_view text);

// Redundant parentheses, names, limits. `bare_calls` are the tokens of the functions that stand as a condition of their
// own, ascending: only the grammar can tell.
Fault check_tokens(const Tokens& tokens, ExpressionKind kind, std::span<const std::size_t> bare_calls);

// The parts of the above.
Fault check_size(std::string_view text);
Fault check_nesting(const Tokens& tokens);
Fault check_redundant_parentheses(const Tokens& tokens);
Fault check_names(const Tokens& tokens, ExpressionKind kind, std::span<const std::size_t> bare_calls);
Fault check_limits(const Tokens& tokens, ExpressionKind kind);

// `Syntax error; token: "b", near: ":v b"` where `token` is the number of the offending token, or tokens.size() for the
// end of the text. `near` is the text from the token before to the token after.
SyntaxError syntax_error(const Tokens& tokens, std::size_t token);

// Whether a name is followed by '(': then it is a function's, else a path's.
inline bool is_call(const Tokens& tokens, std::size_t token) {
    return tokens.kind(token) == Kind::name && tokens.kind(token + 1) == Kind::open;
}

}  // namespace minamo::grammar
