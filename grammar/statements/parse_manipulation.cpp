// INSERT, UPDATE, DELETE and FROM ... SET; SET and REMOVE alone parse, too.
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "grammar/statements/reader.hpp"

namespace minamo::grammar::statements {
namespace {

// Keeps the room for a tree, so that what is found first stands first.
std::size_t begin_found(Reader& in, std::string_view word, const Position& at) {
    in.found.push_back(Found{std::string(word), at, {}});
    return in.found.size() - 1;
}

Expression end_found(Reader& in, std::size_t place, Manipulation tree) {
    const Position at = tree.at;
    in.found[place].tree = std::move(tree);
    return leaf(Term::subquery, "", at);
}

Result<Assignment> parse_assignment(Reader& in) {
    Assignment out;
    TRY_LET(path, parse_simple_path(in));
    out.path = std::move(path);
    if (!in.take_if(TokenKind::infix, "=")) return in.fault(Place::set_equals);
    TRY_LET(value, parse_expression(in));
    out.value = std::move(value);
    return out;
}

Result<void> parse_assignments(Reader& in, Manipulation& out) {
    in.take();
    do {
        TRY_LET(assignment, parse_assignment(in));
        out.operations.emplace_back(std::move(assignment));
    } while (in.take_punctuation(","));
    return {};
}

Result<void> parse_removal(Reader& in, Manipulation& out) {
    in.take();
    TRY_LET(path, parse_simple_path(in));
    out.operations.emplace_back(Removal{std::move(path)});
    return {};
}

// A column of RETURNING: a name, a literal, or a path of two parts.
Result<void> check_column(const Reader& in, const Token& first, const Expression& column) {
    switch (column.term) {
        case Term::path:
            if (column.parts.size() <= 2) return {};
            return Reader::fault_at(in.token(in.path_openers[1]).at, Place::returning_path);
        case Term::identifier:
            if (first.is_infix("@")) break;
            return {};
        case Term::number:
        case Term::string:
        case Term::boolean:
        case Term::null:
        case Term::missing:
        case Term::ion:
            return {};
        default:
            break;
    }
    return Reader::fault_at(first.at, Place::returning_column);
}

Result<Returning> parse_returning_element(Reader& in) {
    constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"all_old", "ALL OLD"},
        {"all_new", "ALL NEW"},
        {"modified_old", "MODIFIED OLD"},
        {"modified_new", "MODIFIED NEW"},
    };
    const auto is_next = [&in](const auto& row) { return in.peek().is_keyword(row.first); };
    const auto* const row = std::ranges::find_if(words, is_next);
    if (row == std::end(words)) return in.fault(Place::returning_words);
    in.take();
    Returning out;
    out.words = row->second;
    out.all = in.take_punctuation("*");
    if (out.all) return out;
    const Token& first = in.peek();
    TRY_LET(column, parse_expression(in));
    TRY(check_column(in, first, column));
    out.expression = std::move(column);
    return out;
}

Result<void> parse_returning(Reader& in, Manipulation& out) {
    if (!in.take_keyword("returning")) return {};
    do {
        TRY_LET(element, parse_returning_element(in));
        out.returning.push_back(std::move(element));
    } while (in.take_punctuation(","));
    return {};
}

Result<void> parse_on_conflict(Reader& in, Insertion& out) {
    if (!in.take_keyword("on_conflict")) return {};
    out.on_conflict = true;
    const Position at = in.peek().at;
    if (!in.take_keyword("where")) return in.fault(Place::on_conflict);
    TRY(parse_expression(in));
    if (!in.take_keyword("do_nothing")) return Reader::fault_at(at, Place::on_conflict);
    return {};
}

// INSERT INTO t <expression>, or INSERT INTO t VALUE <expression> [AT ...] [ON CONFLICT ...] [RETURNING ...].
Result<void> parse_insertion(Reader& in, Manipulation& out) {
    Insertion insertion;
    insertion.at = in.take().at;
    TRY_LET(target, parse_simple_path(in));
    insertion.target = std::move(target);
    insertion.of_value = in.take_keyword("value");
    TRY_LET(value, parse_expression(in));
    insertion.value = std::move(value);
    if (insertion.of_value) {
        if (in.take_suffix("at")) {
            TRY_LET(position, parse_expression(in));
            insertion.position = std::move(position);
        }
        TRY(parse_on_conflict(in, insertion));
        TRY(parse_returning(in, out));
    }
    out.operations.emplace_back(std::move(insertion));
    return {};
}

// One or more of SET, REMOVE and INSERT INTO. What an INSERT among them returns is left out.
Result<void> parse_operations(Reader& in, Manipulation& out) {
    while (true) {
        if (in.peek().is_keyword("set")) {
            TRY(parse_assignments(in, out));
        } else if (in.peek().is_keyword("remove")) {
            TRY(parse_removal(in, out));
        } else if (in.peek().is_keyword("insert_into")) {
            TRY(parse_insertion(in, out));
        } else {
            break;
        }
    }
    if (out.operations.empty()) return in.fault(Place::data_manipulation);
    in.returning_inside = in.returning_inside || (!out.returning.empty() && out.operations.size() > 1);
    out.returning.clear();
    return {};
}

Result<void> parse_where(Reader& in, Manipulation& out) {
    if (!in.take_keyword("where")) return {};
    TRY_LET(where, parse_expression(in));
    out.where = std::move(where);
    return {};
}

// The table of UPDATE and DELETE.
Result<void> parse_target(Reader& in, Manipulation& out) {
    Source target;
    TRY_LET(path, parse_simple_path(in));
    target.expression = std::move(path);
    TRY_LET(aliased, parse_aliases(in));
    target.aliased = aliased;
    out.target = std::move(target);
    return {};
}

Result<Expression> parse_alone(Reader& in, Result<void> (*parse)(Reader&, Manipulation&)) {
    const Token& word = in.peek();
    const std::size_t place = begin_found(in, word.text, word.at);
    Manipulation out;
    out.at = word.at;
    TRY(parse(in, out));
    return end_found(in, place, std::move(out));
}

}  // namespace

Result<Expression> parse_set(Reader& in) {
    return parse_alone(in, parse_assignments);
}

Result<Expression> parse_remove(Reader& in) {
    return parse_alone(in, parse_removal);
}

Result<Expression> parse_insert(Reader& in) {
    return parse_alone(in, parse_insertion);
}

// The open parser knows no word and no position of an UPDATE that stands in an expression.
Result<Expression> parse_update(Reader& in) {
    const std::size_t place = begin_found(in, "null", {});
    Manipulation out;
    out.at = in.take().at;
    TRY(parse_target(in, out));
    TRY(parse_operations(in, out));
    TRY(parse_where(in, out));
    TRY(parse_returning(in, out));
    return end_found(in, place, std::move(out));
}

Result<Expression> parse_from(Reader& in) {
    const std::size_t place = begin_found(in, "null", {});
    Manipulation out;
    out.at = in.take().at;
    TRY_LET(source, parse_sources(in, any_level));
    out.target = std::move(source);
    TRY(parse_where(in, out));
    TRY(parse_operations(in, out));
    TRY(parse_returning(in, out));
    return end_found(in, place, std::move(out));
}

Result<Expression> parse_delete(Reader& in) {
    const Token& word = in.take();
    const std::size_t place = begin_found(in, word.text, word.at);
    Manipulation out;
    out.at = word.at;
    TRY(in.expect_keyword("from", Place::delete_from));
    TRY(parse_target(in, out));
    TRY(parse_where(in, out));
    TRY(parse_returning(in, out));
    out.operations.emplace_back(Deletion{});
    return end_found(in, place, std::move(out));
}

}  // namespace minamo::grammar::statements
