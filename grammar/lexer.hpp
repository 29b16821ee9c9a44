// Text to tokens, under the lexical rules that all expressions share.
//
//   name        [A-Za-z] [A-Za-z0-9_]*      unless it is a keyword of any expression, in any case
//   name_slot   '#' [A-Za-z0-9_]+
//   value_slot  ':' [A-Za-z0-9_]+
//   number      '0' | [1-9] [0-9]*          only list indexes are numbers
//   others      = <> < <= > >= + - ( ) [ ] . ,
//   unknown     any other character, one token each (whole UTF-8 sequences)
//
// Space, tab, CR and LF separate tokens and mean nothing else. The kinds of all tokens form a string, one character a
// token, over which the grammars run: a position in it is the number of a token.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace minamo::grammar {

enum class Kind : char {
    end = '\0',  // past the last token; never in `kinds`
    name = 'n',
    name_slot = '#',
    value_slot = ':',
    number = '0',
    eq = '=',
    ne = '!',
    lt = '<',
    le = '{',
    gt = '>',
    ge = '}',
    plus = '+',
    minus = '-',
    open = '(',
    close = ')',
    index_open = '[',
    index_close = ']',
    dot = '.',
    comma = ',',
    kw_and = 'A',
    kw_or = 'O',
    kw_not = 'N',
    kw_between = 'B',
    kw_in = 'I',
    kw_set = 'S',
    kw_remove = 'R',
    kw_add = 'D',
    kw_delete = 'X',
    unknown = '?',
};

// Where a token stands in the text, in bytes; `end` is one past its last byte.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

// The tokens of a text, which must outlive them.
struct Tokens {
    std::string_view text;
    std::string kinds;
    std::vector<Span> spans;

    std::size_t size() const { return spans.size(); }
    // Kind::end for the position after the last token.
    Kind kind(std::size_t token) const { return static_cast<Kind>(kinds[token]); }
    std::string_view text_of(std::size_t token) const {
        return text.substr(spans[token].begin, spans[token].end - spans[token].begin);
    }
};

Tokens lex(std::string_view text);

}  // namespace minamo::grammar
