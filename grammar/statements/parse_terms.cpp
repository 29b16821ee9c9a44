// Terms: what stands between operators; and which words begin one.
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "grammar/statements/reader.hpp"

namespace minamo::grammar::statements {
namespace {

// What no term begins with.
Fault no_term(const Reader& in) {
    switch (in.peek().kind) {
        case TokenKind::infix:
            return in.fault(Place::term_operator);
        case TokenKind::keyword:
            return in.fault(Place::term_keyword);
        default:
            return in.fault(Place::term);
    }
}

struct Construct {
    std::string_view word;
    Result<Expression> (*parse)(Reader&);
};
// clang-format off
constexpr Construct constructs[] = {
    {"select", parse_select},     {"pivot", parse_select},
    {"case", parse_case},         {"values", parse_values},
    {"date", parse_date},         {"time", parse_time},
    {"cast", parse_cast},         {"can_cast", parse_cast},         {"can_lossless_cast", parse_cast},
    {"coalesce", parse_coalesce}, {"nullif", parse_nullif},
    {"substring", parse_substring}, {"trim", parse_trim},           {"extract", parse_extract},
    {"date_add", parse_date_arithmetic}, {"date_diff", parse_date_arithmetic},
    {"set", parse_set},           {"remove", parse_remove},         {"insert_into", parse_insert},
    {"update", parse_update},     {"delete", parse_delete},         {"from", parse_from},
    {"create", parse_create},     {"drop", parse_drop},             {"exec", parse_exec},
};
// Words that are functions if a parenthesis follows.
constexpr Construct functions[] = {
    {"avg", parse_aggregate}, {"count", parse_aggregate}, {"max", parse_aggregate}, {"min", parse_aggregate},
    {"sum", parse_aggregate},
    {"bag", parse_call}, {"bit_length", parse_call}, {"char_length", parse_call}, {"character_length", parse_call},
    {"exists", parse_call}, {"list", parse_call}, {"lower", parse_call}, {"octet_length", parse_call},
    {"sexp", parse_call}, {"size", parse_call}, {"upper", parse_call},
};
// clang-format on

Result<Expression> parse_group(Reader& in) {
    const Position at = in.take().at;
    TRY_LET(elements, parse_expressions(in));
    TRY(in.expect_punctuation(")", Place::right_paren));
    if (elements.size() == 1) return std::move(elements.front());
    Expression out = leaf(Term::list, "", at);
    out.parts = std::move(elements);
    return out;
}

Result<Expression> parse_elements(Reader& in, Term term, std::string_view close, Place place) {
    Expression out = leaf(term, "", in.take().at);
    if (in.take_punctuation(close)) return out;
    TRY_LET(elements, parse_expressions(in));
    TRY(in.expect_punctuation(close, place));
    out.parts = std::move(elements);
    return out;
}

Result<Expression> parse_structure(Reader& in) {
    Expression out = leaf(Term::structure, "", in.take().at);
    if (in.take_punctuation("}")) return out;
    do {
        TRY_LET(key, parse_expression(in));
        TRY(in.expect_punctuation(":", Place::colon));
        TRY_LET(value, parse_expression(in));
        out.parts.push_back(std::move(key));
        out.parts.push_back(std::move(value));
    } while (in.take_punctuation(","));
    TRY(in.expect_punctuation("}", Place::right_curly));
    return out;
}

Result<Expression> parse_punctuation(Reader& in) {
    const Token& next = in.peek();
    if (next.text == "(") return parse_group(in);
    if (next.text == "[") return parse_elements(in, Term::list, "]", Place::right_bracket);
    if (next.text == "{") return parse_structure(in);
    if (next.text == "<<") return parse_elements(in, Term::bag, ">>", Place::right_double_angle);
    return no_term(in);
}

bool is_quoted_aggregate(const Token& name) {
    constexpr std::string_view words[] = {"avg", "count", "max", "min", "sum"};
    return name.kind == TokenKind::quoted && std::ranges::find(words, name.text) != std::end(words);
}

Result<Expression> parse_name(Reader& in) {
    if (in.peek(1).is_punctuation("(")) return is_quoted_aggregate(in.peek()) ? parse_aggregate(in) : parse_call(in);
    const Token& name = in.take();
    Expression out = leaf(Term::identifier, name.text, name.at);
    out.quoted = name.kind == TokenKind::quoted;
    return out;
}

// `@name` is the name.
Result<Expression> parse_at_name(Reader& in) {
    if (!in.peek(1).is_identifier()) return in.fault(Place::identifier_after_at);
    in.take();
    const Token& name = in.take();
    Expression out = leaf(Term::identifier, name.text, name.at);
    out.quoted = name.kind == TokenKind::quoted;
    return out;
}

Result<Expression> parse_parameter(Reader& in) {
    Expression out = leaf(Term::parameter, "", in.take().at);
    out.number = in.parameters++;
    return out;
}

Result<Expression> parse_leaf(Reader& in, Term term) {
    const Token& token = in.take();
    return leaf(term, token.text, token.at);
}

Result<Expression> parse_keyword_term(Reader& in) {
    const Token& word = in.peek();
    const auto is_word = [&word](const Construct& row) { return row.word == word.text; };
    if (const auto* const row = std::ranges::find_if(constructs, is_word); row != std::end(constructs)) {
        return row->parse(in);
    }
    const auto* const row = std::ranges::find_if(functions, is_word);
    if (row == std::end(functions) || !in.peek(1).is_punctuation("(")) return no_term(in);
    return row->parse(in);
}

Result<Expression> parse_root(Reader& in) {
    switch (in.peek().kind) {
        case TokenKind::name:
        case TokenKind::quoted:
            return parse_name(in);
        case TokenKind::string:
            return parse_leaf(in, Term::string);
        case TokenKind::number:
            return parse_leaf(in, Term::number);
        case TokenKind::boolean:
            return parse_leaf(in, Term::boolean);
        case TokenKind::null:
            return parse_leaf(in, Term::null);
        case TokenKind::missing:
            return parse_leaf(in, Term::missing);
        case TokenKind::ion:
            return parse_leaf(in, Term::ion);
        case TokenKind::parameter:
            return parse_parameter(in);
        case TokenKind::punctuation:
            return parse_punctuation(in);
        case TokenKind::keyword:
            return parse_keyword_term(in);
        case TokenKind::infix:
            if (in.peek().is_infix("@")) return parse_at_name(in);
            return no_term(in);
        default:
            return no_term(in);
    }
}

}  // namespace

Result<Expression> parse_term(Reader& in) {
    TRY_LET(root, parse_root(in));
    return parse_path_tail(in, std::move(root));
}

}  // namespace minamo::grammar::statements
