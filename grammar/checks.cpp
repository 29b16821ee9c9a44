// The order of the checks, and the form of syntax errors.
#include "grammar/checks.hpp"

#include <string>
#include <utility>

namespace minamo::grammar {

Parsed<Tokens> admit(std::string_view text) {
    if (auto fault = check_size(text)) return tl::unexpected(std::move(*fault));
    Tokens tokens = lex(text);
    if (auto fault = check_nesting(tokens)) return tl::unexpected(std::move(*fault));
    return tokens;
}

Fault check_tokens(const Tokens& tokens, ExpressionKind kind, std::span<const std::size_t> bare_calls) {
    if (auto fault = check_redundant_parentheses(tokens)) return fault;
    if (auto fault = check_names(tokens, kind, bare_calls)) return fault;
    return check_limits(tokens, kind);
}

// At the end of the text the slice keeps trailing blanks; before the first token there is nothing to begin with.
SyntaxError syntax_error(const Tokens& tokens, std::size_t token) {
    const std::size_t count = tokens.size();
    const bool at_end = token == count;
    std::size_t begin = tokens.text.size();
    if (token > 0) {
        begin = tokens.spans[token - 1].begin;
    } else if (!at_end) {
        begin = tokens.spans[token].begin;
    }
    std::size_t end = tokens.text.size();
    if (!at_end) end = tokens.spans[token + 1 < count ? token + 1 : token].end;
    std::string reason = "Syntax error; token: \"";
    reason.append(at_end ? std::string_view("<EOF>") : tokens.text_of(token));
    reason.append("\", near: \"").append(tokens.text.substr(begin, end - begin)).append("\"");
    return {std::move(reason)};
}

}  // namespace minamo::grammar
