// The door: tokens, one expression, an end; then what it is.
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "grammar/statements/reader.hpp"
#include "grammar/statements/statement.hpp"
#include "grammar/statements/statement_tokens.hpp"

namespace minamo::grammar {
namespace statements {
namespace {

bool is_found(const Expression& expression) {
    return expression.term == Term::subquery && expression.select == nullptr;
}

Result<void> expect_end(Reader& in) {
    const bool ended = in.take_punctuation(";");
    if (!in.at_end()) return in.fault(ended ? Place::after_semicolon : Place::after_expression);
    return {};
}

Result<Statement> finish(Reader& in, Expression root) {
    const std::size_t allowed = is_found(root) ? 1 : 0;
    if (in.found.size() > allowed) {
        const Found& nested = in.found[allowed];
        return Reader::fault_at(nested.at, Place::nested_statement, nested.word);
    }
    if (in.returning_inside) return Reader::fault_at({}, Place::returning_inside);
    Statement out;
    out.parameters = in.parameters;
    if (is_found(root)) {
        std::visit(
            [&out](auto& tree) {
                if constexpr (!std::is_same_v<std::decay_t<decltype(tree)>, std::monostate>) {
                    out.node = std::move(tree);
                }
            },
            in.found.front().tree);
    } else if (root.term == Term::subquery) {
        out.node = std::move(*root.select);
    } else {
        out.node = std::move(root);
    }
    return out;
}

}  // namespace
}  // namespace statements

ParsedStatement parse_statement(std::string_view text) {
    TRY_LET(tokens, statements::lex_statement(text));
    statements::Reader in(std::move(tokens));
    TRY_LET(root, statements::parse_expression(in));
    TRY(statements::expect_end(in));
    return statements::finish(in, std::move(root));
}

}  // namespace minamo::grammar
