// SELECT and PIVOT, clause by clause.
#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/statements/reader.hpp"

namespace minamo::grammar::statements {
namespace {

bool is_statement_word(const Token& token) {
    constexpr std::string_view words[] = {"from",   "where",  "set",        "remove",
                                          "select", "update", "insert_into", "delete"};
    return token.kind == TokenKind::keyword && std::ranges::find(words, token.text) != std::end(words);
}

// `.*` may end a path that has no brackets; `[*]` may stand nowhere. A path in parentheses in front of another is
// judged as part of it.
Result<void> check_stars(const Reader& in, const Expression& path, bool whole) {
    if (path.parts.front().term == Term::path) TRY(check_stars(in, path.parts.front(), false));
    for (std::size_t i = 1; i < path.parts.size(); ++i) {
        const Term step = path.parts[i].term;
        const bool last = whole && i + 1 == path.parts.size();
        if (step == Term::wildcard || (step == Term::unpivot && !last)) {
            return Reader::fault_at(path.parts[i].at, Place::select_list_star);
        }
        if (step != Term::unpivot) continue;
        for (const std::size_t opener : in.path_openers) {
            if (!in.token(opener).is_punctuation("[")) continue;
            return Reader::fault_at(in.token(opener).at, Place::select_star_and_index);
        }
    }
    return {};
}

Result<SelectItem> parse_item(Reader& in) {
    if (is_statement_word(in.peek())) return in.fault(Place::select_list_keyword, in.peek().text);
    SelectItem out;
    TRY_LET(expression, parse_expression(in));
    out.expression = std::move(expression);
    if (out.expression.term == Term::path) {
        std::vector<Expression>& parts = out.expression.parts;
        TRY(check_stars(in, out.expression, true));
        out.all = parts.back().term == Term::unpivot;
        if (out.all) parts.pop_back();
        if (parts.size() == 1) {
            Expression root = std::move(parts.front());
            out.expression = std::move(root);
        }
    }
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

Result<std::optional<Expression>> parse_clause(Reader& in, std::string_view word) {
    if (!in.take_keyword(word)) return std::nullopt;
    TRY_LET(expression, parse_expression(in));
    return std::move(expression);
}

bool is_literal(const Expression& expression) {
    return expression.term == Term::number || expression.term == Term::string || expression.term == Term::boolean ||
           expression.term == Term::date;
}

Result<void> parse_group(Reader& in, Select& out) {
    if (!in.take_keyword("group")) return {};
    out.grouped = true;
    in.take_keyword("partial");
    TRY(in.expect_suffix("by", Place::by));
    std::optional<Position> literal;
    do {
        TRY_LET(key, parse_expression(in));
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
    TRY_LET(source, parse_sources(in));
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
