// CREATE, DROP and EXEC: they parse, so that they can be refused by name.
#include <cstddef>
#include <string>
#include <utility>

#include "grammar/statements/reader.hpp"

namespace minamo::grammar::statements {
namespace {

Expression found_command(Reader& in, const Token& word, std::string kind) {
    in.found.push_back(Found{word.text, word.at, Command{std::move(kind)}});
    return leaf(Term::subquery, "", word.at);
}

// Nothing but an end may follow, not even a parenthesis that was opened before.
Result<void> expect_command_end(const Reader& in, Place place) {
    if (!in.at_last()) return in.fault(place);
    return {};
}

Result<void> parse_index_keys(Reader& in) {
    TRY(in.expect_keyword("on", Place::index_on));
    TRY(in.expect_identifier(Place::index_target));
    TRY(in.expect_punctuation("(", Place::index_keys));
    do {
        TRY(parse_simple_path(in));
    } while (in.take_punctuation(","));
    return in.expect_punctuation(")", Place::right_paren);
}

}  // namespace

Result<Expression> parse_create(Reader& in) {
    const Token& word = in.take();
    Expression out;
    if (in.take_keyword("table")) {
        out = found_command(in, word, "CreateTable");
        TRY(in.expect_identifier(Place::command_name));
    } else if (in.take_keyword("index")) {
        out = found_command(in, word, "CreateIndex");
        TRY(parse_index_keys(in));
    } else {
        return in.fault(Place::create_kind);
    }
    TRY(expect_command_end(in, Place::create_rest));
    return out;
}

Result<Expression> parse_drop(Reader& in) {
    const Token& word = in.take();
    Expression out;
    if (in.take_keyword("table")) {
        out = found_command(in, word, "DropTable");
        TRY(in.expect_identifier(Place::command_name));
    } else if (in.take_keyword("index")) {
        out = found_command(in, word, "DropIndex");
        TRY(in.expect_identifier(Place::command_name));
        TRY(in.expect_keyword("on", Place::index_on));
        TRY(in.expect_identifier(Place::drop_index_target));
    } else {
        return in.fault(Place::drop_kind);
    }
    TRY(expect_command_end(in, Place::drop_rest));
    return out;
}

// EXEC <any token> [argument, ...]
Result<Expression> parse_exec(Reader& in) {
    in.take();
    if (in.at_end()) return in.fault(Place::procedure_name);
    for (std::size_t ahead = 0; in.peek(ahead).kind != TokenKind::end; ++ahead) {
        if (!in.peek(ahead).is_keyword("exec")) continue;
        return Reader::fault_at(in.peek(ahead).at, Place::nested_procedure);
    }
    const Token& name = in.take();
    Expression out = found_command(in, name, "Exec");
    if (in.peek().is_punctuation("(")) return in.fault(Place::procedure_paren);
    if (in.at_end()) return out;
    TRY(parse_expressions(in));
    return out;
}

}  // namespace minamo::grammar::statements
