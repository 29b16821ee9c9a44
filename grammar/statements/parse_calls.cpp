// Calls: any name before a parenthesis, and the functions that SQL gives words inside of theirs.
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/statements/reader.hpp"

namespace minamo::grammar::statements {
namespace {

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return text;
}

Expression call_of(const Token& name) {
    Expression out = leaf(Term::call, lower(name.text), name.at);
    out.quoted = name.kind == TokenKind::quoted;
    return out;
}

bool is_moment_part(const Token& token) {
    constexpr std::string_view parts[] = {"year",   "month",  "day",           "hour",
                                          "minute", "second", "timezone_hour", "timezone_minute"};
    return token.kind == TokenKind::name && std::ranges::find(parts, lower(token.text)) != std::end(parts);
}

Result<Expression> parse_moment_part(Reader& in) {
    if (!is_moment_part(in.peek())) return in.fault(Place::moment_part);
    const Token& part = in.take();
    return leaf(Term::string, lower(part.text), part.at);
}

std::string_view kind_of_operation(const Expression& operation) {
    // `a NOT IN b` is one operation there.
    const bool joined = operation.text == "not" && operation.at == operation.parts[0].at;
    const Expression& plain = joined ? operation.parts[0] : operation;
    if (plain.term == Term::is_type || plain.text == "and" || plain.text == "or") return "BINARY";
    constexpr std::string_view kinds[] = {"", "UNARY", "BINARY", "TERNARY"};
    return kinds[plain.parts.size()];
}

// What the open parser calls an expression.
std::string_view kind_of(const Expression& expression) {
    switch (expression.term) {
        case Term::parameter:
            return "PARAMETER";
        case Term::date:
            return "DATE";
        case Term::time:
            return "TIME";
        case Term::list:
            return expression.text.empty() ? "LIST" : "CALL";
        case Term::bag:
            return expression.text.empty() ? "BAG" : "CALL";
        case Term::structure:
            return "STRUCT";
        case Term::path:
            return "PATH";
        case Term::call:
            return expression.text == "coalesce" ? "COALESCE" : expression.text == "nullif" ? "NULLIF" : "CALL";
        case Term::aggregate:
            return expression.parts.empty() ? "CALL_AGG_WILDCARD" : "CALL_AGG";
        case Term::operation:
            return kind_of_operation(expression);
        case Term::is_type:
            return "BINARY";
        case Term::cast:
            return "TYPE_FUNCTION";
        case Term::simple_case:
        case Term::searched_case:
            return "CASE";
        case Term::subquery:
            if (expression.select == nullptr) return "FROM";
            if (expression.select->shape == Select::Shape::pivot) return "PIVOT";
            return expression.select->shape == Select::Shape::value ? "SELECT_VALUE" : "SELECT_LIST";
        default:
            return "ATOM";
    }
}

}  // namespace

Result<Expression> parse_call(Reader& in) {
    const Token& name = in.take();
    in.take();
    Expression out = call_of(name);
    if (name.is_keyword("list") || name.is_keyword("bag")) {
        out.term = name.text == "list" ? Term::list : Term::bag;
    }
    if (in.take_punctuation(")")) return out;
    if (in.peek().is_punctuation("*")) return in.fault(Place::star_call, name.text);
    TRY_LET(arguments, parse_expressions(in));
    TRY(in.expect_punctuation(")", Place::right_paren));
    out.parts = std::move(arguments);
    return out;
}

Result<Expression> parse_aggregate(Reader& in) {
    const Token& name = in.take();
    in.take();
    Expression out = call_of(name);
    out.term = Term::aggregate;
    const bool counts = name.text == "count";
    const Token& first = in.peek();
    if (first.is_punctuation(")")) return in.fault(Place::aggregate_arity);
    const bool quantified = in.take_keyword("distinct") || in.take_keyword("all");
    if (in.peek().is_punctuation("*")) {
        if (counts && out.quoted) return Reader::fault_at(name.at, Place::star_of_named_count);
        if (!counts) return Reader::fault_at(first.at, Place::star_call, name.text);
        if (quantified) {
            return Reader::fault_at(first.at, Place::star_of_count, first.text == "all" ? "ALL" : "DISTINCT");
        }
        in.take();
    } else if (quantified && !counts && in.peek().is_punctuation(")")) {
        return Reader::fault_at(first.at, Place::aggregate_arity);
    } else {
        TRY_LET(arguments, parse_expressions(in));
        out.parts = std::move(arguments);
    }
    TRY(in.expect_punctuation(")", Place::right_paren));
    if (!counts && out.parts.size() > 1) return Reader::fault_at(first.at, Place::aggregate_arity);
    return out;
}

Result<Expression> parse_cast(Reader& in) {
    const Token& word = in.take();
    if (!in.peek().is_punctuation("(")) return in.fault(Place::cast_paren, word.text);
    Expression out = leaf(Term::cast, word.text, in.take().at);
    TRY_LET(value, parse_expression(in));
    TRY(in.expect_suffix("as", Place::cast_as));
    TRY(parse_type(in, word.text));
    TRY(in.expect_punctuation(")", Place::right_paren));
    out.parts.push_back(std::move(value));
    return out;
}

Result<Expression> parse_coalesce(Reader& in) {
    const Token& name = in.take();
    if (!in.take_punctuation("(")) return in.fault(Place::cast_paren, name.text);
    Expression out = call_of(name);
    TRY_LET(arguments, parse_expressions(in));
    TRY(in.expect_punctuation(")", Place::right_paren));
    out.parts = std::move(arguments);
    return out;
}

Result<Expression> parse_nullif(Reader& in) {
    const Token& name = in.take();
    if (!in.take_punctuation("(")) return in.fault(Place::cast_paren, name.text);
    Expression out = call_of(name);
    TRY_LET(value, parse_expression(in));
    TRY(in.expect_punctuation(",", Place::comma));
    TRY_LET(other, parse_expression(in));
    TRY(in.expect_punctuation(")", Place::right_paren));
    out.parts.push_back(std::move(value));
    out.parts.push_back(std::move(other));
    return out;
}

// substring(x FROM start [FOR length]) or substring(x, start [, length])
Result<Expression> parse_substring(Reader& in) {
    Expression out = call_of(in.take());
    TRY(in.expect_punctuation("(", Place::function_paren));
    TRY_LET(text, parse_expression(in));
    out.parts.push_back(std::move(text));
    const bool words = in.take_keyword("from");
    if (!words && !in.take_punctuation(",")) return in.fault(Place::substring_delimiter);
    TRY_LET(start, parse_expression(in));
    out.parts.push_back(std::move(start));
    if (words ? in.take_suffix("for") : in.take_punctuation(",")) {
        TRY_LET(length, parse_expression(in));
        out.parts.push_back(std::move(length));
        TRY(in.expect_punctuation(")", Place::right_paren));
        return out;
    }
    if (!in.take_punctuation(")")) return in.fault(Place::substring_length, kind_of(out.parts.back()));
    return out;
}

// trim([[LEADING | TRAILING | BOTH] [characters] FROM] x)
Result<Expression> parse_trim(Reader& in) {
    Expression out = call_of(in.take());
    TRY(in.expect_punctuation("(", Place::function_paren));
    const std::string first = in.peek().kind == TokenKind::name ? lower(in.peek().text) : "";
    const bool sided = first == "leading" || first == "trailing" || first == "both";
    if (sided) {
        const Token& side = in.take();
        out.parts.push_back(leaf(Term::string, first, side.at));
    }
    if (!in.peek().is_keyword("from")) {
        TRY_LET(text, parse_expression(in));
        out.parts.push_back(std::move(text));
    }
    if (sided && !in.peek().is_keyword("from")) return in.fault(Place::from_keyword);
    if (in.take_keyword("from")) {
        TRY_LET(text, parse_expression(in));
        out.parts.push_back(std::move(text));
    }
    TRY(in.expect_punctuation(")", Place::right_paren));
    return out;
}

// extract(part FROM moment)
Result<Expression> parse_extract(Reader& in) {
    Expression out = call_of(in.take());
    TRY(in.expect_punctuation("(", Place::function_paren));
    TRY_LET(part, parse_moment_part(in));
    TRY(in.expect_keyword("from", Place::from_keyword));
    TRY_LET(moment, parse_expression(in));
    TRY(in.expect_punctuation(")", Place::right_paren));
    out.parts.push_back(std::move(part));
    out.parts.push_back(std::move(moment));
    return out;
}

// date_add(part, count, moment), date_diff(part, from, to)
Result<Expression> parse_date_arithmetic(Reader& in) {
    Expression out = call_of(in.take());
    TRY(in.expect_punctuation("(", Place::function_paren));
    TRY_LET(part, parse_moment_part(in));
    TRY(in.expect_punctuation(",", Place::comma));
    TRY_LET(left, parse_expression(in));
    TRY(in.expect_punctuation(",", Place::comma));
    TRY_LET(right, parse_expression(in));
    TRY(in.expect_punctuation(")", Place::right_paren));
    out.parts.push_back(std::move(part));
    out.parts.push_back(std::move(left));
    out.parts.push_back(std::move(right));
    return out;
}

// VALUES (a, b), (c): a bag of lists.
Result<Expression> parse_values(Reader& in) {
    Expression out = leaf(Term::bag, "", in.take().at);
    do {
        Expression row = leaf(Term::list, "", in.peek().at);
        TRY(in.expect_punctuation("(", Place::values_paren));
        TRY_LET(values, parse_expressions(in));
        TRY(in.expect_punctuation(")", Place::right_paren));
        row.parts = std::move(values);
        out.parts.push_back(std::move(row));
    } while (in.take_punctuation(","));
    return out;
}

// CASE [value] WHEN ... THEN ... [ELSE ...] END
Result<Expression> parse_case(Reader& in) {
    Expression out = leaf(Term::searched_case, "", in.take().at);
    if (!in.peek().is_keyword("when")) {
        out.term = Term::simple_case;
        TRY_LET(value, parse_expression(in));
        out.parts.push_back(std::move(value));
        if (!in.peek().is_keyword("when")) return in.fault(Place::case_when);
    }
    while (in.take_keyword("when")) {
        TRY_LET(condition, parse_expression(in));
        TRY(in.expect_keyword("then", Place::case_then));
        TRY_LET(then, parse_expression(in));
        out.parts.push_back(std::move(condition));
        out.parts.push_back(std::move(then));
    }
    if (in.take_keyword("else")) {
        TRY_LET(otherwise, parse_expression(in));
        out.parts.push_back(std::move(otherwise));
    }
    TRY(in.expect_keyword("end", Place::case_end));
    return out;
}

}  // namespace minamo::grammar::statements
