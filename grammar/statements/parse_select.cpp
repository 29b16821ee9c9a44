// SELECT and PIVOT, clause by clause.
#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/statements/reader.hpp"

namespace minamo::grammar::statements {
namespace {

bool is_statement_word(const Token& token) {
    constexpr std::string_view words[] = {"from",   "where",  "set",         "remove",
                                          "select", "update", "insert_into", "delete"};
    return token.kind == TokenKind::keyword && std::ranges::find(words, token.text) != std::end(words);
}

// The stars of the steps in an expression, in the order in which they stand there.
struct Stars {
    std::optional<Position> wildcard;
    std::optional<Position> unpivot;  // one with something behind it
    std::optional<Position> last;     // an unpivot that nothing is behind, so far

    void visit(const Expression& expression) {
        if (last && !unpivot) unpivot = last;
        last.reset();
        if (expression.term == Term::wildcard && !wildcard) wildcard = expression.at;
        if (expression.term == Term::unpivot) last = expression.at;
        for (const Expression& part : expression.parts) visit(part);
        if (expression.select == nullptr) return;
        for (const SelectItem& item : expression.select->items) visit(item.expression);
        visit(expression.select->source.expression);
        for (const auto* clause : {&expression.select->where, &expression.select->having, &expression.select->limit,
                                   &expression.select->offset}) {
            if (*clause) visit(**clause);
        }
        for (const SortKey& key : expression.select->order) visit(key.expression);
    }
};

// `[*]` may stand nowhere in an item that is a path, `.*` only behind all else, and only if there are no brackets.
Result<void> check_stars(const Expression& path, const std::optional<Position>& first_bracket) {
    Stars stars;
    stars.visit(path);
    if (stars.wildcard) return Reader::fault_at(*stars.wildcard, Place::select_list_star);
    if (stars.unpivot) return Reader::fault_at(*stars.unpivot, Place::select_list_star);
    if (stars.last && first_bracket) return Reader::fault_at(*first_bracket, Place::select_star_and_index);
    return {};
}

Result<SelectItem> parse_item(Reader& in) {
    if (is_statement_word(in.peek())) return in.fault(Place::select_list_keyword, in.peek().text);
    SelectItem out;
    const auto outer_bracket = std::exchange(in.first_bracket, std::nullopt);
    TRY_LET(expression, parse_expression(in));
    out.expression = std::move(expression);
    if (out.expression.term == Term::path) {
        std::vector<Expression>& parts = out.expression.parts;
        TRY(check_stars(out.expression, in.first_bracket));
        out.all = parts.back().term == Term::unpivot;
        if (out.all) parts.pop_back();
        if (parts.size() == 1) {
            Expression root = std::move(parts.front());
            out.expression = std::move(root);
        }
    }
    if (outer_bracket) in.first_bracket = outer_bracket;
    TRY_LET(aliased, parse_as_alias(in));
    out.aliased = aliased;
    return out;
}

// `*` or items; a `*` among others is a fault once all of them are read.
Result<void> parse_items(Reader& in, Select& out) {
    std::optional<Position> star;
    std::size_t count = 0;
    do {
        ++count;
        if (in.peek().is_punctuation("*")) {
            const Position at = in.take().at;
            if (!star) star = at;
            continue;
        }
        TRY_LET(item, parse_item(in));
        out.items.push_back(std::move(item));
    } while (in.take_punctuation(","));
    if (star && count > 1) return Reader::fault_at(*star, Place::select_star_alone);
    out.shape = star ? Select::Shape::all : Select::Shape::items;
    return {};
}

Result<void> parse_projection(Reader& in, Select& out) {
    if (in.take_keyword("pivot")) {
        out.shape = Select::Shape::pivot;
        TRY_LET(value, parse_expression(in));
        TRY(in.expect_suffix("at", Place::pivot_at));
        TRY_LET(name, parse_expression(in));
        out.items.push_back(SelectItem{std::move(value)});
        out.items.push_back(SelectItem{std::move(name)});
        return {};
    }
    in.take();
    out.distinct = in.take_keyword("distinct");
    if (!out.distinct) in.take_keyword("all");
    if (!in.take_keyword("value")) return parse_items(in, out);
    out.shape = Select::Shape::value;
    TRY_LET(value, parse_expression(in));
    out.items.push_back(SelectItem{std::move(value)});
    return {};
}

// LET is read and has no effect.
Result<void> parse_let(Reader& in) {
    if (!in.take_keyword("let")) return {};
    do {
        TRY(parse_expression(in));
        TRY(in.expect_suffix("as", Place::let_as));
        TRY(in.expect_identifier(Place::alias_as));
    } while (in.take_punctuation(","));
    return {};
}

// Set operators behind a clause are behind the whole SELECT.
Result<std::optional<Expression>> parse_clause(Reader& in, std::string_view word) {
    if (!in.take_keyword(word)) return std::nullopt;
    TRY_LET(expression, parse_expression(in, set_operator_level));
    return std::move(expression);
}

bool is_literal(const Expression& expression) {
    return expression.term == Term::number || expression.term == Term::string || expression.term == Term::boolean ||
           expression.term == Term::date || expression.term == Term::time;
}

Result<void> parse_group(Reader& in, Select& out) {
    if (!in.take_keyword("group")) return {};
    out.grouped = true;
    in.take_keyword("partial");
    TRY(in.expect_suffix("by", Place::by));
    std::optional<Position> literal;
    do {
        TRY_LET(key, parse_expression(in, set_operator_level));
        TRY_LET(aliased, parse_as_alias(in));
        if (!literal && !aliased && is_literal(key)) literal = key.at;
    } while (in.take_punctuation(","));
    if (literal) return Reader::fault_at(*literal, Place::group_literal);
    if (!in.take_keyword("group")) return {};
    TRY(in.expect_suffix("as", Place::group_as));
    TRY(in.expect_identifier(Place::group_name));
    return {};
}

Result<void> parse_order(Reader& in, Select& out) {
    if (!in.take_keyword("order")) return {};
    TRY(in.expect_suffix("by", Place::by));
    do {
        SortKey key;
        TRY_LET(expression, parse_expression(in));
        key.expression = std::move(expression);
        key.descending = in.take_suffix("desc");
        if (!key.descending) in.take_suffix("asc");
        if (in.take_suffix("nulls") && !in.take_suffix("first") && !in.take_suffix("last")) {
            return in.fault(Place::nulls_order);
        }
        out.order.push_back(std::move(key));
    } while (in.take_punctuation(","));
    return {};
}

}  // namespace

Result<Expression> parse_select(Reader& in) {
    Expression out = leaf(Term::subquery, "", in.peek().at);
    auto select = std::make_unique<Select>();
    select->at = out.at;
    TRY(parse_projection(in, *select));
    TRY(in.expect_keyword("from", Place::select_from));
    TRY_LET(source, parse_sources(in, set_operator_level));
    select->source = std::move(source);
    TRY(parse_let(in));
    TRY_LET(where, parse_clause(in, "where"));
    select->where = std::move(where);
    TRY(parse_group(in, *select));
    TRY_LET(having, parse_clause(in, "having"));
    select->having = std::move(having);
    TRY(parse_order(in, *select));
    TRY_LET(limit, parse_clause(in, "limit"));
    select->limit = std::move(limit);
    TRY_LET(offset, parse_clause(in, "offset"));
    select->offset = std::move(offset);
    out.select = std::move(select);
    return out;
}

}  // namespace minamo::grammar::statements
