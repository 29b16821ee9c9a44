// The grammars, and the one way to run them.
//
// Rules run over the kinds of tokens, one character a token; no must<>: the furthest token at which a rule fails is
// what DynamoDB reports. What begins alike is decided by at<> before anything is built, so that no action is ever
// undone: once a rule with an action has matched, either the whole text matches or the tree is thrown away.
#pragma once

#include <algorithm>
#include <cstddef>

#include <tao/pegtl.hpp>

#include "grammar/checks.hpp"
#include "grammar/lexer.hpp"

namespace minamo::grammar::rules {

using namespace tao::pegtl;

template <Kind... kinds>
struct token : one<static_cast<char>(kinds)...> {};

// clang-format off
struct name        : token< Kind::name > {};
struct value       : token< Kind::value_slot > {};
struct number      : token< Kind::number > {};
struct equals      : token< Kind::eq > {};
struct comparator  : token< Kind::eq, Kind::ne, Kind::lt, Kind::le, Kind::gt, Kind::ge > {};
struct sign        : token< Kind::plus, Kind::minus > {};
struct open        : token< Kind::open > {};
struct close       : token< Kind::close > {};
struct index_open  : token< Kind::index_open > {};
struct index_close : token< Kind::index_close > {};
struct dot         : token< Kind::dot > {};
struct comma       : token< Kind::comma > {};
struct kw_and      : token< Kind::kw_and > {};
struct kw_or       : token< Kind::kw_or > {};
struct kw_not      : token< Kind::kw_not > {};
struct kw_between  : token< Kind::kw_between > {};
struct kw_in       : token< Kind::kw_in > {};
struct kw_set      : token< Kind::kw_set > {};
struct kw_remove   : token< Kind::kw_remove > {};
struct kw_add      : token< Kind::kw_add > {};
struct kw_delete   : token< Kind::kw_delete > {};

// Operands. Any name before '(' is a function's; whether there is such a function is asked later.
struct operand;
struct path_name     : token< Kind::name, Kind::name_slot > {};
struct path_index    : seq< index_open, number, index_close > {};
struct path          : seq< path_name, star< sor< seq< dot, path_name >, path_index > > > {};
struct operands      : list< operand, comma > {};
struct call          : seq< name, open, operands, close > {};
struct call_ahead    : at< name, open > {};
struct operand_group : seq< open, operand, close > {};
struct operand       : sor< seq< call_ahead, call >, path, value, operand_group > {};

// Conditions. A bare call is a function that no operator follows; a '(' may open an operand or a condition.
struct disjunction;
struct comparison_tail  : seq< comparator, operand > {};
struct between_tail     : seq< kw_between, operand, kw_and, operand > {};
struct in_tail          : seq< kw_in, open, operands, close > {};
struct tail             : sor< comparison_tail, between_tail, in_tail > {};
struct tail_ahead       : at< token< Kind::eq, Kind::ne, Kind::lt, Kind::le, Kind::gt, Kind::ge,
                                     Kind::kw_between, Kind::kw_in > > {};
struct bare_call        : success {};
struct group_is_operand : seq< at< operand_group, tail_ahead >, operand_group, tail > {};
struct condition_group  : seq< open, disjunction, close > {};
struct predicate        : sor< seq< call_ahead, call, sor< tail, bare_call > >,
                               seq< sor< path, value >, tail >,
                               group_is_operand,
                               condition_group > {};
struct negation         : seq< star< kw_not >, predicate > {};
struct conjunction      : list< negation, kw_and > {};
struct disjunction      : list< conjunction, kw_or > {};
struct condition_text   : seq< disjunction, eof > {};

// Updates. A '(' in a SET value may open an operand or a sum; one sum a value.
struct set_value      : sor< seq< at< operand >, operand, opt< sign, operand > >,
                             seq< open, set_value, close > > {};
struct set_action     : seq< path, equals, set_value > {};
struct remove_action  : seq< path > {};
struct add_action     : seq< path, value > {};
struct delete_action  : seq< path, value > {};
struct set_section    : seq< kw_set,    list< set_action,    comma > > {};
struct remove_section : seq< kw_remove, list< remove_action, comma > > {};
struct add_section    : seq< kw_add,    list< add_action,    comma > > {};
struct delete_section : seq< kw_delete, list< delete_action, comma > > {};
struct section        : sor< set_section, remove_section, add_section, delete_section > {};
struct update_text    : seq< plus< section >, eof > {};

struct projection_text : seq< list< path, comma >, eof > {};
// clang-format on

// Keeps the furthest position at which a rule failed, as the state of a run without actions.
template <class Rule>
struct furthest_failure : normal<Rule> {
    template <class Input>
    static void failure(const Input& in, const char*& furthest) noexcept {
        furthest = std::max(furthest, in.current());
    }
};

using KindsInput = memory_input<tracking_mode::lazy, eol::lf, const char*>;

// Matches the text, then builds: runs the grammar again with its actions on `builder`. Where a text fails is looked for
// only if it fails.
template <class Grammar, template <class...> class Action, class Builder>
Fault match_tokens(const Tokens& tokens, Builder& builder) {
    const char* const begin = tokens.kinds.data();
    const char* const end = begin + tokens.kinds.size();
    KindsInput in(begin, end, "");
    if (parse<Grammar>(in)) {
        in.restart();
        [[maybe_unused]] const bool built = parse<Grammar, Action>(in, builder);
        return std::nullopt;
    }
    in.restart();
    const char* furthest = begin;
    [[maybe_unused]] const bool matched = parse<Grammar, nothing, furthest_failure>(in, furthest);
    return syntax_error(tokens, static_cast<std::size_t>(furthest - begin));
}

}  // namespace minamo::grammar::rules
