// Projections: a list of paths, which need no actions of their own.
#include <utility>
#include <variant>

#include "grammar/operand_actions.hpp"
#include "grammar/parse.hpp"

namespace minamo::grammar {

Parsed<ProjectionExpression> parse_projection(std::string_view text) {
    auto tokens = admit(text);
    if (!tokens) return tl::unexpected(std::move(tokens.error()));
    OperandBuilder builder(*tokens);
    if (auto fault = rules::match_tokens<rules::projection_text, BuildOperand>(*tokens, builder)) {
        return tl::unexpected(std::move(*fault));
    }
    if (auto fault = check_tokens(*tokens, ExpressionKind::projection, {})) return tl::unexpected(std::move(*fault));
    ProjectionExpression tree;
    for (Operand& operand : builder.take_from(0)) tree.paths.push_back(std::get<Path>(std::move(operand)));
    tree.placeholders = builder.take_placeholders();
    return tree;
}

}  // namespace minamo::grammar
