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
        case Term::date:
        case Term::time:
            return true;
        default:
            return false;
    }
}

// A step of a simple path, whose first token is `first`.
Result<void> check_simple(const Expression& step, const Token& first) {
    if (step.term == Term::name_step) return {};
    if (step.term == Term::unpivot) return Reader::fault_at(first.at, Place::simple_path_dot);
    if (!is_simple(step.term) || first.is_infix("@")) return Reader::fault_at(first.at, Place::simple_path_index);
    return {};
}

enum class Steps { any, simple };

Result<Expression> parse_steps(Reader& in, Expression root, Steps allowed) {
    std::vector<std::size_t> openers;
    Expression path;
    while (in.peek().is_punctuation(".") || in.peek().is_punctuation("[")) {
        if (openers.empty()) path = leaf(Term::path, "", root.at);
        const Token& opener = in.peek();
        openers.push_back(in.place());
        in.take();
        if (opener.text == "[" && !in.first_bracket) in.first_bracket = opener.at;
        const Token& first = in.peek();
        TRY_LET(step, opener.text == "." ? parse_dot_step(in) : parse_bracket_step(in));
        if (allowed == Steps::simple) TRY(check_simple(step, first));
        path.parts.push_back(std::move(step));
    }
    if (openers.empty()) return root;
    path.parts.insert(path.parts.begin(), std::move(root));
    in.path_openers = std::move(openers);
    return path;
}

}  // namespace

Result<Expression> parse_path_tail(Reader& in, Expression root) {
    return parse_steps(in, std::move(root), Steps::any);
}

Result<Expression> parse_simple_path(Reader& in) {
    const Token& name = in.peek();
    if (!name.is_identifier()) return in.fault(Place::simple_path);
    in.take();
    Expression root = leaf(Term::identifier, name.text, name.at);
    root.quoted = name.kind == TokenKind::quoted;
    return parse_steps(in, std::move(root), Steps::simple);
}

}  // namespace minamo::grammar::statements
