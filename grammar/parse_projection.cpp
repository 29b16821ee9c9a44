// Projections: a list of paths, which need no actions of their own.
#include <utility>
#include <variant>

#include "grammar/expression_text.hpp"

namespace minamo::grammar {
namespace {

class ProjectionBuilder : public OperandBuilder {
public:
    using OperandBuilder::OperandBuilder;
    static constexpr ExpressionKind kind = ExpressionKind::projection;

    ProjectionExpression take_tree() {
        ProjectionExpression tree;
        for (Operand& operand : take_from(0)) tree.paths.push_back(std::get<Path>(std::move(operand)));
        tree.placeholders = take_placeholders();
        return tree;
    }
};

}  // namespace

Parsed<ProjectionExpression> parse_projection(std::string_view text) {
    return parse_expression_text<rules::projection_text, BuildOperand, ProjectionBuilder>(text);
}

}  // namespace minamo::grammar
