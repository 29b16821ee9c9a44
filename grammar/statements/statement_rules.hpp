// The tokens of statements, as PEGTL rules over bytes.
//
// What must not be a token is left out, so that the whole text fails where it begins: `1e`, `1..`, `a|b`, an open
// string. Bytes outside of ASCII are only found in strings, quoted names, Ion literals and comments.
#pragma once

#include <tao/pegtl.hpp>

namespace minamo::grammar::statements::rules {

using namespace tao::pegtl;

// clang-format off
struct blank           : one< ' ', '\t', '\n', '\v', '\f', '\r' > {};
struct line_comment    : seq< two< '-' >, star< not_one< '\n', '\r' > > > {};
struct block_comment   : seq< string< '/', '*' >, until< string< '*', '/' > > > {};
struct ignored         : sor< blank, line_comment, block_comment > {};

struct word            : seq< ranges< 'a', 'z', 'A', 'Z', '_', '_', '$' >,
                              star< ranges< 'a', 'z', 'A', 'Z', '0', '9', '_', '_', '$' > > > {};
struct quoted_name     : seq< one< '"' >, star< sor< two< '"' >, not_one< '"' > > >, one< '"' > > {};
struct text            : seq< one< '\'' >, star< sor< two< '\'' >, not_one< '\'' > > >, one< '\'' > > {};

struct digits          : plus< digit > {};
struct fraction        : seq< one< '.' >, digits > {};
struct mantissa        : sor< seq< digits, fraction >,
                              seq< digits, one< '.' >, not_at< one< '.' > > >,
                              seq< digits, not_at< one< '.' > > >,
                              fraction > {};
struct exponent        : seq< one< 'e', 'E' >, opt< one< '+', '-' > >, digits > {};
struct number          : seq< mantissa, sor< exponent, not_at< one< 'e', 'E' > > > > {};

// An Ion literal ends at the first backtick outside of its strings and comments.
struct ion_line_comment : seq< string< '/', '/' >, until< eol > > {};
struct ion_escape       : seq< one< '\\' >, any > {};
struct ion_string       : seq< one< '"' >, star< sor< ion_escape, not_one< '"', '\\' > > >, one< '"' > > {};
struct ion_symbol       : seq< one< '\'' >, star< sor< ion_escape, not_one< '\'', '\\' > > >, one< '\'' > > {};
struct ion_long_mark    : rep< 3, one< '\'' > > {};
struct ion_long_string  : seq< ion_long_mark, star< not_at< ion_long_mark >, sor< ion_escape, any > >,
                               ion_long_mark > {};
struct ion_comment_mark : seq< one< '/' >, one< '/', '*' > > {};
struct ion_part         : sor< ion_line_comment, block_comment, ion_string, ion_long_string, ion_symbol,
                               seq< not_at< ion_comment_mark >, not_one< '`', '"', '\'' > > > {};
struct ion              : seq< one< '`' >, star< ion_part >, one< '`' > > {};

struct parameter       : one< '?' > {};
struct dot             : seq< one< '.' >, not_at< digit > > {};
struct punctuation     : sor< string< '<', '<' >, string< '>', '>' >,
                              one< '(', ')', '[', ']', '{', '}', ',', ':', ';', '*' >, dot > {};
struct slash           : seq< one< '/' >, not_at< one< '*' > > > {};
struct infix           : sor< string< '<', '=' >, string< '>', '=' >, string< '<', '>' >, string< '!', '=' >,
                              string< '|', '|' >, one< '<', '>', '=', '+', '-', '%', '@' >, slash > {};

struct token           : sor< word, quoted_name, text, number, ion, parameter, punctuation, infix > {};
struct tokens          : star< sor< ignored, token > > {};
// clang-format on

}  // namespace minamo::grammar::statements::rules
