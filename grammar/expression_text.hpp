// The pipeline of every expression: text to tokens, tokens through a grammar whose actions build a tree, then what the
// grammar does not say.
//
// A Builder is an OperandBuilder that knows the expression's `kind`, and makes the tree: take_tree().
#pragma once

#include <string_view>
#include <utility>

#include "grammar/checks.hpp"
#include "grammar/operand_actions.hpp"
#include "grammar/parse.hpp"

namespace minamo::grammar {

template <class Grammar, template <class...> class Action, class Builder>
auto parse_expression_text(std::string_view text) -> Parsed<decltype(std::declval<Builder>().take_tree())> {
    auto tokens = admit(text);
    if (!tokens) return tl::unexpected(std::move(tokens.error()));
    Builder builder(*tokens);
    if (auto fault = rules::match_tokens<Grammar, Action>(*tokens, builder)) return tl::unexpected(std::move(*fault));
    if (auto fault = check_tokens(*tokens, Builder::kind, builder.bare_calls())) {
        return tl::unexpected(std::move(*fault));
    }
    if (auto fault = builder.check_sections()) return tl::unexpected(std::move(*fault));
    return builder.take_tree();
}

}  // namespace minamo::grammar
