// Paths: `a.b[0]`, with `.*` and `[*]`; and the simple paths of manipulations, whose steps are names and literals.
#include <cstddef>
#include <utility>
#include <vector>

#include "grammar/statements/reader.hpp"

namespace minamo::grammar::statements {
namespace {

Result<Expression> parse_dot_step(Reader& in) {
    const Token& next = in.peek();
    if (next.is_punctuation("*")) return leaf(Term::unpivot, "", in.take().at);
    if (!next.is_identifier()) return in.fault(Place::path_dot);
    Expression out = leaf(Term::name_step, next.text, next.at);
    out.quoted = next.kind == TokenKind::quoted;
    in.take();
    return out;
}

Result<Expression> parse_bracket_step(Reader& in) {
    const Token& next = in.peek();
    if (next.is_punctuation("*")) {
        in.take();
        TRY(in.expect_punctuation("]", Place::right_bracket));
        return leaf(Term::wildcard, "", next.at);
    }
    TRY_LET(step, parse_expression(in));
    TRY(in.expect_punctuation("]", Place::right_bracket));
    return std::move(step);
}

bool is_simple(Term term) {
    switch (term) {
        case Term::identifier:
        case Term::number:
        case Term::string:
        case Term::boolean:
        case Term::null:
        case Term::missing:
        case Term::ion:
            return true;
        default:
            return false;
    }
}

}  // namespace

Result<Expression> parse_path_tail(Reader& in, Expression root) {
    std::vector<std::size_t> openers;
    Expression path;
    while (in.peek().is_punctuation(".") || in.peek().is_punctuation("[")) {
        if (openers.empty()) path = leaf(Term::path, "", root.at);
        openers.push_back(in.place());
        TRY_LET(step, in.take().text == "." ? parse_dot_step(in) : parse_bracket_step(in));
        path.parts.push_back(std::move(step));
    }
    if (openers.empty()) return root;
    path.parts.insert(path.parts.begin(), std::move(root));
    in.path_openers = std::move(openers);
    return path;
}

Result<Expression> parse_simple_path(Reader& in) {
    const Token& name = in.peek();
    if (!name.is_identifier()) return in.fault(Place::simple_path);
    in.take();
    Expression root = leaf(Term::identifier, name.text, name.at);
    root.quoted = name.kind == TokenKind::quoted;
    TRY_LET(path, parse_path_tail(in, std::move(root)));
    if (path.term != Term::path) return std::move(path);
    for (std::size_t i = 1; i < path.parts.size(); ++i) {
        const Expression& step = path.parts[i];
        const Token& first = in.token(in.path_openers[i - 1] + 1);
        if (step.term == Term::unpivot) return Reader::fault_at(first.at, Place::simple_path_dot);
        if (step.term == Term::name_step) continue;
        if (!is_simple(step.term) || first.is_infix("@")) return Reader::fault_at(first.at, Place::simple_path_index);
    }
    return std::move(path);
}

}  // namespace minamo::grammar::statements
