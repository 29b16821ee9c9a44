// What parsing a statement works on: its tokens, with a place among them, and what has been found on the way.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "grammar/statements/places.hpp"
#include "grammar/statements/statement.hpp"
#include "grammar/statements/statement_tokens.hpp"
#include "grammar/try.hpp"

namespace minamo::grammar::statements {

template <class T>
using Result = tl::expected<T, StatementFault>;
using Fault = tl::unexpected<StatementFault>;

// A manipulation or a command, found where a term may stand. It is allowed only as the whole statement, which is known
// when everything is parsed.
struct Found {
    std::string word;
    Position at;
    std::variant<std::monostate, Manipulation, Command> tree;
};

class Reader {
public:
    explicit Reader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    // The next token, or one behind it.
    const Token& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
    const Token& take() {
        const Token& token = peek();
        if (at_ + 1 < tokens_.size()) ++at_;
        return token;
    }
    std::size_t place() const { return at_; }
    const Token& token(std::size_t place) const { return tokens_[place]; }

    bool at_end() const { return peek().kind == TokenKind::end; }
    // Nothing follows but, perhaps, a semicolon.
    bool at_last() const { return peek(peek().is_punctuation(";") ? 1 : 0).kind == TokenKind::end; }

    bool take_if(TokenKind kind, std::string_view text) {
        if (!peek().is(kind, text)) return false;
        take();
        return true;
    }
    bool take_keyword(std::string_view word) { return take_if(TokenKind::keyword, word); }
    bool take_punctuation(std::string_view sign) { return take_if(TokenKind::punctuation, sign); }
    bool take_suffix(std::string_view word) { return take_if(TokenKind::suffix, word); }

    Result<void> expect_keyword(std::string_view word, Place place) { return expect(take_keyword(word), place); }
    Result<void> expect_punctuation(std::string_view sign, Place place) {
        return expect(take_punctuation(sign), place);
    }
    Result<void> expect_suffix(std::string_view word, Place place) { return expect(take_suffix(word), place); }
    Result<std::string> expect_identifier(Place place) {
        if (!peek().is_identifier()) return fault(place);
        return take().text;
    }

    // At the next token.
    Fault fault(Place place, std::string_view shown = {}) const { return fault_at(peek().at, place, shown); }
    static Fault fault_at(const Position& at, Place place, std::string_view shown = {}) {
        return Fault(StatementFault{text_of(place, shown), at});
    }

    // Goes a level down for `parse`.
    template <class Parse>
    auto deeper(Parse parse) -> decltype(parse(*this)) {
        if (depth_ > statement_nesting_max) return fault(Place::nesting);
        ++depth_;
        auto out = parse(*this);
        --depth_;
        return out;
    }

    std::uint32_t parameters = 0;
    std::vector<Found> found;
    // An INSERT with a RETURNING of its own stands among other operations.
    bool returning_inside = false;
    // The places of the '.' and '[' of the path that was parsed last.
    std::vector<std::size_t> path_openers;
    // The first '[' of any path since this was emptied.
    std::optional<Position> first_bracket;

private:
    Result<void> expect(bool taken, Place place) const {
        if (!taken) return fault(place);
        return {};
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
};

inline Expression leaf(Term term, std::string text, const Position& at) {
    Expression out;
    out.term = term;
    out.text = std::move(text);
    out.at = at;
    return out;
}

// The parts of the grammar that use each other.
//
// Operators bind as tightly as their level says; an expression takes those above a level.
inline constexpr int any_level = 0;
inline constexpr int set_operator_level = 1;  // UNION, EXCEPT, INTERSECT
Result<Expression> parse_expression(Reader& in, int above = any_level);
Result<Expression> parse_term(Reader& in);
// One or more, with commas between them.
Result<std::vector<Expression>> parse_expressions(Reader& in);

// The steps behind `root`, if there are any.
Result<Expression> parse_path_tail(Reader& in, Expression root);
// A name with steps that say names and places only, as SET has it.
Result<Expression> parse_simple_path(Reader& in);

// The words of calls that have a grammar of their own; the name is next.
Result<Expression> parse_call(Reader& in);
Result<Expression> parse_aggregate(Reader& in);
Result<Expression> parse_cast(Reader& in);
Result<Expression> parse_coalesce(Reader& in);
Result<Expression> parse_nullif(Reader& in);
Result<Expression> parse_substring(Reader& in);
Result<Expression> parse_trim(Reader& in);
Result<Expression> parse_extract(Reader& in);
Result<Expression> parse_date_arithmetic(Reader& in);
Result<Expression> parse_values(Reader& in);
Result<Expression> parse_case(Reader& in);
Result<Expression> parse_date(Reader& in);
Result<Expression> parse_time(Reader& in);

// The SQL name of a type; `judge` is the word that wants it, for messages.
Result<std::string> parse_type(Reader& in, std::string_view judge);

Result<Expression> parse_select(Reader& in);
// Their expressions bind as `above` says.
Result<Source> parse_sources(Reader& in, int above);
// [AS] name, AT name, BY name; whether there was one.
Result<bool> parse_aliases(Reader& in);
Result<bool> parse_as_alias(Reader& in);

// Manipulations and commands: each leaves its tree in `found`, and a subquery without a Select in its place.
Result<Expression> parse_set(Reader& in);
Result<Expression> parse_remove(Reader& in);
Result<Expression> parse_insert(Reader& in);
Result<Expression> parse_update(Reader& in);
Result<Expression> parse_from(Reader& in);
Result<Expression> parse_delete(Reader& in);
Result<Expression> parse_create(Reader& in);
Result<Expression> parse_drop(Reader& in);
Result<Expression> parse_exec(Reader& in);

}  // namespace minamo::grammar::statements
