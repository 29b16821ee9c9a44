// Ion text, as far as to tell whether there is one value in it and of which type: PEGTL rules over bytes.
// https://amazon-ion.github.io/ion-docs/docs/spec.html
#pragma once

#include <tao/pegtl.hpp>

namespace minamo::grammar::statements::ion {

using namespace tao::pegtl;

// clang-format off
struct comment       : sor< seq< string< '/', '/' >, until< eolf > >,
                            seq< string< '/', '*' >, until< string< '*', '/' > > > > {};
struct gap           : star< sor< one< ' ', '\t', '\n', '\v', '\f', '\r' >, comment > > {};
struct name_first    : ranges< 'a', 'z', 'A', 'Z', '_', '_', '$' > {};
struct name_rest     : ranges< 'a', 'z', 'A', 'Z', '0', '9', '_', '_', '$' > {};
struct ends          : not_at< sor< name_rest, one< '.', '+' > > > {};

struct escape        : seq< one< '\\' >, sor< one< 'a', 'b', 't', 'n', 'f', 'r', 'v', '?', '0', '\'', '"', '/', '\\' >,
                                              seq< one< 'x' >, rep< 2, xdigit > >,
                                              seq< one< 'u' >, rep< 4, xdigit > >,
                                              seq< one< 'U' >, string< '0', '0', '0' >, rep< 5, xdigit > >,
                                              eol > > {};
struct short_string  : seq< one< '"' >, star< sor< escape, not_one< '"', '\\', '\n', '\r' > > >, one< '"' > > {};
struct mark          : rep< 3, one< '\'' > > {};
struct long_part     : seq< mark, star< not_at< mark >, sor< escape, not_one< '\\' > > >, mark > {};
struct long_string   : list< long_part, gap > {};

struct word_null     : seq< string< 'n', 'u', 'l', 'l' >, not_at< name_rest > > {};
struct word_bool     : seq< sor< string< 't', 'r', 'u', 'e' >, string< 'f', 'a', 'l', 's', 'e' > >,
                            not_at< name_rest > > {};
struct word_nan      : seq< string< 'n', 'a', 'n' >, not_at< name_rest > > {};
struct plain_symbol  : seq< not_at< sor< word_null, word_bool, word_nan > >, name_first, star< name_rest > > {};
struct quoted_symbol : seq< not_at< mark >, one< '\'' >, star< sor< escape, not_one< '\'', '\\', '\n', '\r' > > >,
                            one< '\'' > > {};
struct symbol        : sor< plain_symbol, quoted_symbol > {};

template< char... kind >
struct typed_null    : seq< string< 'n', 'u', 'l', 'l', '.' >, string< kind... >, not_at< name_rest > > {};
struct null_null     : sor< typed_null< 'n', 'u', 'l', 'l' >, seq< word_null, not_at< one< '.' > > > > {};

struct digits        : seq< digit, star< opt< one< '_' > >, digit > > {};
struct whole         : sor< seq< one< '0' >, not_at< sor< digit, one< '_' > > > >,
                            seq< not_at< one< '0' > >, digits > > {};
struct minus         : opt< one< '-' > > {};
struct hex           : seq< one< '0' >, one< 'x', 'X' >, xdigit, star< opt< one< '_' > >, xdigit > > {};
struct bit           : one< '0', '1' > {};
struct binary        : seq< one< '0' >, one< 'b', 'B' >, bit, star< opt< one< '_' > >, bit > > {};
struct exponent      : seq< opt< one< '+', '-' > >, plus< digit > > {};
struct point         : seq< one< '.' >, opt< digits > > {};
struct int_text      : seq< minus, sor< hex, binary, whole >, ends > {};
struct float_text    : sor< seq< minus, whole, opt< point >, one< 'e', 'E' >, exponent, ends >,
                            seq< one< '+', '-' >, string< 'i', 'n', 'f' >, ends >, word_nan > {};
struct decimal_text  : seq< minus, whole, sor< seq< opt< point >, one< 'd', 'D' >, exponent >, point >, ends > {};
template< unsigned count, char before >
struct part          : seq< one< before >, rep< count, digit > > {};
struct offset        : sor< one< 'Z' >, seq< one< '+', '-' >, rep< 2, digit >, part< 2, ':' > > > {};
struct clock         : seq< rep< 2, digit >, part< 2, ':' >, opt< part< 2, ':' >, opt< one< '.' >, plus< digit > > >,
                            offset > {};
struct moment_text   : seq< rep< 4, digit >,
                            sor< one< 'T' >,
                                 seq< part< 2, '-' >, sor< one< 'T' >,
                                                           seq< part< 2, '-' >, opt< one< 'T' >, opt< clock > > > > > >,
                            not_at< name_rest > > {};

struct base64        : sor< ranges< 'a', 'z', 'A', 'Z', '0', '9', '+', '+', '/', '/' > > {};
struct blanks        : star< one< ' ', '\t', '\n', '\v', '\f', '\r' > > {};
struct base64_next   : seq< base64, blanks > {};
struct padding       : seq< one< '=' >, blanks > {};
struct blob_text     : seq< string< '{', '{' >, blanks, star< rep< 4, base64_next > >,
                            opt< rep< 2, base64_next >, sor< seq< base64_next, padding >, rep< 2, padding > > >,
                            string< '}', '}' > > {};
struct clob_text     : seq< string< '{', '{' >, blanks, sor< short_string, list< long_part, blanks > >, blanks,
                            string< '}', '}' > > {};

struct value;
struct annotated     : seq< star< symbol, gap, string< ':', ':' >, gap >, value > {};
struct elements      : opt< list_tail< annotated, seq< gap, one< ',' >, gap > > > {};
struct list_text     : seq< one< '[' >, gap, elements, gap, one< ']' > > {};
struct field         : seq< sor< long_string, short_string, symbol >, gap, one< ':' >, gap, annotated > {};
struct fields        : opt< list_tail< field, seq< gap, one< ',' >, gap > > > {};
struct struct_text   : seq< one< '{' >, not_at< one< '{' > >, gap, fields, gap, one< '}' > > {};
struct sign          : plus< one< '!', '#', '%', '&', '*', '+', '-', '.', '/', ';', '<', '=', '>', '?', '@', '^', '`',
                                  '|', '~' > > {};
struct sexp_text     : seq< one< '(' >, gap, star< sor< annotated, sign >, gap >, one< ')' > > {};

struct blob_value      : sor< blob_text, typed_null< 'b', 'l', 'o', 'b' > > {};
struct clob_value      : sor< clob_text, typed_null< 'c', 'l', 'o', 'b' > > {};
struct timestamp_value : sor< moment_text, typed_null< 't', 'i', 'm', 'e', 's', 't', 'a', 'm', 'p' > > {};
struct float_value     : sor< float_text, typed_null< 'f', 'l', 'o', 'a', 't' > > {};
struct decimal_value   : sor< decimal_text, typed_null< 'd', 'e', 'c', 'i', 'm', 'a', 'l' > > {};
struct int_value       : sor< int_text, typed_null< 'i', 'n', 't' > > {};
struct bool_value      : sor< word_bool, typed_null< 'b', 'o', 'o', 'l' > > {};
struct string_value    : sor< long_string, short_string, typed_null< 's', 't', 'r', 'i', 'n', 'g' > > {};
struct list_value      : sor< list_text, typed_null< 'l', 'i', 's', 't' > > {};
struct struct_value    : sor< struct_text, typed_null< 's', 't', 'r', 'u', 'c', 't' > > {};
struct sexp_value      : sor< sexp_text, typed_null< 's', 'e', 'x', 'p' > > {};
struct symbol_value    : sor< symbol, typed_null< 's', 'y', 'm', 'b', 'o', 'l' > > {};
struct null_value      : null_null {};
struct value           : sor< blob_value, clob_value, timestamp_value, float_value, decimal_value, int_value,
                              bool_value, null_value, string_value, list_value, struct_value, sexp_value,
                              symbol_value > {};

struct version       : seq< string< '$', 'i', 'o', 'n', '_', '1', '_', '0' >, not_at< name_rest >, gap > {};
struct one_value     : seq< gap, star< version >, annotated, gap, eof > {};
// clang-format on

}  // namespace minamo::grammar::statements::ion
