// Expressions: a precedence climber. Every level is left-associative; a prefix NOT takes what binds more tightly than
// AND, wherever it stands; a prefix sign takes one term.
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/statements/reader.hpp"

namespace minamo::grammar::statements {
namespace {

struct Level {
    std::string_view sign;
    int level;
};
// clang-format off
constexpr Level levels[] = {
    {"union", set_operator_level}, {"union_all", set_operator_level},
    {"except", set_operator_level}, {"except_all", set_operator_level},
    {"intersect", set_operator_level}, {"intersect_all", set_operator_level},
    {"or", 2},
    {"and", 3},
    {"=", 5}, {"<>", 5}, {"is", 5}, {"is_not", 5}, {"in", 5}, {"not_in", 5},
    {"<", 6}, {"<=", 6}, {">", 6}, {">=", 6}, {"between", 6}, {"not_between", 6}, {"like", 6}, {"not_like", 6},
    {"+", 7}, {"-", 7}, {"||", 7},
    {"*", 8}, {"/", 8}, {"%", 8},
};
// clang-format on
constexpr int not_level = 4;

// 0 of what is no infix operator.
int level_of(const Token& token) {
    if (token.kind != TokenKind::infix && !token.is_punctuation("*")) return 0;
    for (const Level& row : levels) {
        if (row.sign == token.text) return row.level;
    }
    return 0;
}

Expression negated(Expression judged) {
    Expression out = leaf(Term::operation, "not", judged.at);
    out.parts.push_back(std::move(judged));
    return out;
}

Result<Expression> parse_is(Reader& in, Expression left, const Token& sign) {
    TRY_LET(type, parse_type(in, sign.text));
    Expression out = leaf(Term::is_type, std::move(type), sign.at);
    out.parts.push_back(std::move(left));
    return out;
}

// A list in parentheses, or any expression: `a IN (SELECT ...)` and `a IN (VALUES ...)` are of the second kind.
Result<Expression> parse_members(Reader& in, int level) {
    const Token& open = in.peek();
    const Token& first = in.peek(1);
    if (!open.is_punctuation("(") || first.is_keyword("select") || first.is_keyword("values")) {
        return parse_expression(in, level);
    }
    Expression out = leaf(Term::list, "", open.at);
    in.take();
    TRY_LET(members, parse_expressions(in));
    TRY(in.expect_punctuation(")", Place::right_paren));
    out.parts = std::move(members);
    return out;
}

Result<Expression> parse_between(Reader& in, Expression between, int level) {
    TRY_LET(low, parse_expression(in, level));
    const Position at = in.peek().at;
    if (!in.take_if(TokenKind::infix, "and")) return in.fault(Place::between_and);
    if (in.at_last()) return Reader::fault_at(at, Place::between_high);
    TRY_LET(high, parse_expression(in, level));
    between.parts.push_back(std::move(low));
    between.parts.push_back(std::move(high));
    return between;
}

Result<Expression> parse_like(Reader& in, Expression like, int level) {
    TRY_LET(pattern, parse_expression(in, level));
    like.parts.push_back(std::move(pattern));
    const Position at = in.peek().at;
    if (!in.take_keyword("escape")) return like;
    if (in.at_last()) return Reader::fault_at(at, Place::like_escape);
    TRY_LET(escape, parse_expression(in, level));
    like.parts.push_back(std::move(escape));
    return like;
}

// What stands behind the operator `sign`, which is said without its "not".
Result<Expression> parse_right_side(Reader& in, Expression left, const Token& sign, std::string_view plain, int level) {
    if (plain == "is") return parse_is(in, std::move(left), sign);
    if (in.at_end()) return Reader::fault_at(sign.at, Place::infix_right_side);
    Expression out = leaf(Term::operation, std::string(plain), sign.at);
    out.parts.push_back(std::move(left));
    if (plain == "between") return parse_between(in, std::move(out), level);
    if (plain == "like") return parse_like(in, std::move(out), level);
    TRY_LET(right, plain == "in" ? parse_members(in, level) : parse_expression(in, level));
    out.parts.push_back(std::move(right));
    return out;
}

// NOT IN, NOT BETWEEN, NOT LIKE and IS NOT are the negation of what they say without it.
Result<Expression> parse_infix(Reader& in, Expression left, const Token& sign, int level) {
    constexpr std::string_view before = "not_";
    std::string_view plain = sign.text;
    if (plain == "is_not") plain = "is";
    if (plain.starts_with(before)) plain.remove_prefix(before.size());
    const bool negative = plain.size() != sign.text.size();
    TRY_LET(out, parse_right_side(in, std::move(left), sign, plain, level));
    return negative ? negated(std::move(out)) : std::move(out);
}

bool is_number(const Expression& expression) {
    return expression.term == Term::number;
}

// A sign before a number is part of it; two minus signs are none.
void sign_number(Expression& number, bool negative) {
    if (!negative) return;
    if (number.text.starts_with('-')) {
        number.text.erase(0, 1);
    } else {
        number.text.insert(0, 1, '-');
    }
}

Result<Expression> parse_unary(Reader& in);

Result<Expression> parse_prefix(Reader& in) {
    const Token& sign = in.take();
    if (sign.text == "not") {
        TRY_LET(judged, parse_expression(in, not_level));
        Expression out = leaf(Term::operation, "not", sign.at);
        out.parts.push_back(std::move(judged));
        return out;
    }
    TRY_LET(operand, parse_unary(in));
    if (is_number(operand)) {
        sign_number(operand, sign.text == "-");
        return std::move(operand);
    }
    Expression out = leaf(Term::operation, sign.text, sign.at);
    out.parts.push_back(std::move(operand));
    return out;
}

Result<Expression> parse_unary(Reader& in) {
    const Token& next = in.peek();
    const bool prefix = next.is_infix("not") || next.is_infix("-") || next.is_infix("+");
    return in.deeper(prefix ? parse_prefix : parse_term);
}

}  // namespace

Result<Expression> parse_expression(Reader& in, int above) {
    TRY_LET(left, parse_unary(in));
    std::size_t chained = 0;
    std::string_view flat;  // "and" or "or", where `left` is a chain of them that goes on
    for (int level = level_of(in.peek()); level > above; level = level_of(in.peek())) {
        const Token& sign = in.take();
        if (sign.text == flat) {
            if (in.at_end()) return Reader::fault_at(sign.at, Place::infix_right_side);
            TRY_LET(next, in.deeper([level](Reader& reader) { return parse_expression(reader, level); }));
            left.parts.push_back(std::move(next));
            left.at = sign.at;
            continue;
        }
        if (++chained > statement_chain_max) return Reader::fault_at(sign.at, Place::chain);
        TRY_LET(out, in.deeper([&](Reader& reader) { return parse_infix(reader, std::move(left), sign, level); }));
        left = std::move(out);
        flat = sign.text == "and" || sign.text == "or" ? std::string_view(sign.text) : std::string_view();
    }
    return std::move(left);
}

Result<std::vector<Expression>> parse_expressions(Reader& in) {
    std::vector<Expression> out;
    do {
        TRY_LET(next, parse_expression(in));
        out.push_back(std::move(next));
    } while (in.take_punctuation(","));
    return out;
}

}  // namespace minamo::grammar::statements
