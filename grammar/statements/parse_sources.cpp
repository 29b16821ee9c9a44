// What FROM names: expressions, with commas and joins between them, and aliases behind each.
#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "grammar/statements/reader.hpp"

namespace minamo::grammar::statements {
namespace {

Result<Source> parse_deeper(Reader& in, int above) {
    return in.deeper([above](Reader& reader) { return parse_sources(reader, above); });
}

// '(' opens a list of sources, except before what the grammar calls a literal, and SELECT.
bool opens_sources(const Reader& in) {
    const Token& first = in.peek(1);
    return in.peek().is_punctuation("(") && !first.is_literal() && !first.is_keyword("select");
}

Result<Source> parse_nested_sources(Reader& in, int above) {
    in.take();
    TRY_LET(source, parse_deeper(in, above));
    TRY(in.expect_punctuation(")", Place::right_paren));
    return std::move(source);
}

Result<Source> parse_source(Reader& in, int above) {
    Source out;
    if (opens_sources(in)) {
        TRY_LET(nested, parse_nested_sources(in, above));
        out = std::move(nested);
    } else {
        if (in.take_keyword("unpivot")) out.kind = Source::Kind::unpivot;
        TRY_LET(expression, parse_expression(in, above));
        out.expression = std::move(expression);
    }
    TRY_LET(aliased, parse_aliases(in));
    out.aliased = out.aliased || aliased;
    return out;
}

enum class Join { none, crossed, conditional };

Join take_join(Reader& in) {
    constexpr std::string_view conditional[] = {"join", "inner_join", "left_join", "right_join", "outer_join"};
    constexpr std::string_view crossed[] = {"cross_join", "left_cross_join", "right_cross_join", "outer_cross_join"};
    if (in.take_punctuation(",")) return Join::crossed;
    const Token& next = in.peek();
    if (next.kind != TokenKind::keyword) return Join::none;
    const bool is_conditional = std::ranges::find(conditional, next.text) != std::end(conditional);
    const bool is_crossed = std::ranges::find(crossed, next.text) != std::end(crossed);
    if (!is_conditional && !is_crossed) return Join::none;
    in.take();
    return is_conditional ? Join::conditional : Join::crossed;
}

}  // namespace

Result<bool> parse_as_alias(Reader& in) {
    if (in.take_suffix("as")) {
        TRY(in.expect_identifier(Place::alias_as));
        return true;
    }
    if (!in.peek().is_identifier()) return false;
    in.take();
    return true;
}

Result<bool> parse_aliases(Reader& in) {
    TRY_LET(as, parse_as_alias(in));
    const bool at = in.take_suffix("at");
    if (at) TRY(in.expect_identifier(Place::alias_at));
    const bool by = in.take_suffix("by");
    if (by) TRY(in.expect_identifier(Place::alias_by));
    return as || at || by;
}

Result<Source> parse_sources(Reader& in, int above) {
    TRY_LET(first, parse_source(in, above));
    Source out = std::move(first);
    for (Join join = take_join(in); join != Join::none; join = take_join(in)) {
        // Behind a JOIN, a parenthesis and all joins that follow it are one side: t JOIN ((u) JOIN v ON a) ON b.
        const bool parenthesis = join == Join::conditional && in.peek().is_punctuation("(");
        TRY(parenthesis ? parse_deeper(in, above) : parse_source(in, above));
        out = Source{};
        out.kind = Source::Kind::joined;
        if (join == Join::crossed) continue;
        TRY(in.expect_keyword("on", Place::join_on));
        TRY(parse_expression(in, above));
    }
    return out;
}

}  // namespace minamo::grammar::statements
