// The tokens of a statement. The whole text is read before any of it is parsed: a fault of a token, anywhere, wins over
// faults of the grammar, and has no text.
//
//   name        [A-Za-z_$] [A-Za-z0-9_$]*   unless it is a keyword, in any case
//   quoted      "..." with "" for a quote
//   string      '...' with '' for a quote
//   number      1  1.5  .5  5.  1e3         without a sign
//   ion         `...`
//
// Several words are one token if they stand together: IS NOT, INSERT INTO, LEFT OUTER JOIN (keywords.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "grammar/statements/statement.hpp"

namespace minamo::grammar::statements {

enum class TokenKind : std::uint8_t {
    end,  // behind the last one
    name,
    quoted,
    keyword,
    infix,   // operators: signs, and words such as "and", "not_in"
    suffix,  // words that only follow something: as, at, by, asc, desc, for, nulls, first, last
    string,
    number,
    boolean,
    null,
    missing,
    ion,
    parameter,
    punctuation,  // ( ) [ ] { } << >> , : ; . *
};

struct Token {
    TokenKind kind{};
    // Of keywords, operators and punctuation: lower case, words joined by '_', synonyms as one. Of names and strings:
    // what they say. Of Ion literals: the name of their type. Else as written.
    std::string text;
    Position at;

    bool is(TokenKind of_kind, std::string_view of_text) const { return kind == of_kind && text == of_text; }
    bool is_keyword(std::string_view word) const { return is(TokenKind::keyword, word); }
    bool is_punctuation(std::string_view sign) const { return is(TokenKind::punctuation, sign); }
    bool is_infix(std::string_view sign) const { return is(TokenKind::infix, sign); }
    bool is_suffix(std::string_view word) const { return is(TokenKind::suffix, word); }
    bool is_identifier() const { return kind == TokenKind::name || kind == TokenKind::quoted; }
    // What the grammar calls a literal: neither null nor missing.
    bool is_literal() const {
        return kind == TokenKind::number || kind == TokenKind::string || kind == TokenKind::boolean;
    }
};

// Always ends in one token of kind `end`.
tl::expected<std::vector<Token>, StatementFault> lex_statement(std::string_view text);

}  // namespace minamo::grammar::statements
