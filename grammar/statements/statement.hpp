// The tree that a PartiQL statement parses into: everything that the grammar of PartiQL allows, with the position of
// each part. What DynamoDB supports of it, and what its parts mean, is for those who read the tree: a part that is
// refused there is refused by its kind and its position.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace minamo::grammar {

// Where a token stands: counted from 1, in code points; of a part of several tokens that of its first, of an infix
// operation that of its operator, of a cast that of its parenthesis.
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t length = 0;
    bool operator==(const Position&) const = default;
};

struct Select;
struct Expression;

// What an expression is. Behind each: `text`, and `parts`.
enum class Term : std::uint8_t {
    identifier,  // the name
    number,      // its digits as written, with the sign before it: "-1.5e3"
    string,      // what it says
    boolean,     // "true", "false"
    null,
    missing,
    parameter,  // `?`; `number` counts them in text order, from 0
    ion,        // an Ion literal: the name of its type, "INT"
    date,       // DATE '...', TIME '...': what it says
    time,
    list,       // [...], (a, b), list(...) with the text "list"; parts: the elements
    bag,        // <<...>>, bag(...) with the text "bag"
    structure,  // {k: v}; parts: key, value, key, value, ...
    path,       // a.b[0]; parts: the root, whose position it has, then the steps: an expression in brackets stands
                // as it is, a name after a dot as name_step, `[*]` as wildcard, `.*` as unpivot
    name_step,  // the name
    wildcard,
    unpivot,
    call,       // the function's name in lower case; parts: the arguments
    aggregate,  // count, sum, ...: the same; `count(*)` has no argument
    operation,  // its words in lower case: "=", "<>" (also for !=), "and", "or", "not", "+", "||", "in", "between",
                // "like", "union", ...; parts: the operands, one for a prefix. `x NOT IN y` is "not" of "in";
                // operators of one level are nested to the left, (a + b) - c, but AND and OR are flat: `a AND b
                // AND c` is one "and" of three parts, with the position of its last word; (a AND b) AND c is
                // two. LIKE ... ESCAPE has three operands
    is_type,    // the type's SQL name in capital letters, "MISSING", "DOUBLE PRECISION"; parts: what is judged.
                // `IS NOT` is "not" of it
    cast,       // "cast", "can_cast", "can_lossless_cast"; parts: what is cast
    simple_case,
    searched_case,
    subquery,  // (SELECT ...): `select`
};

struct Expression {
    Term term{};
    Position at;
    std::string text;
    std::uint32_t number = 0;
    bool quoted = false;  // of identifiers, name_steps and calls: written "so"
    std::vector<Expression> parts;
    std::unique_ptr<Select> select;
};

// What FROM, UPDATE and DELETE name.
struct Source {
    enum class Kind : std::uint8_t { one, joined, unpivot };  // joined: `t, u`, any JOIN
    Kind kind = Kind::one;
    Expression expression;  // of one
    bool aliased = false;   // AS, AT or BY
};

struct SelectItem {
    Expression expression;
    bool aliased = false;
    bool all = false;  // `expression.*`
};

struct SortKey {
    Expression expression;
    bool descending = false;
};

struct Select {
    enum class Shape : std::uint8_t { all, items, value, pivot };
    Position at;
    Shape shape = Shape::all;
    bool distinct = false;
    std::vector<SelectItem> items;
    Source source;
    std::optional<Expression> where;
    bool grouped = false;
    std::optional<Expression> having;
    std::vector<SortKey> order;
    std::optional<Expression> limit;
    std::optional<Expression> offset;
};

struct Assignment {  // SET path = value
    Expression path;
    Expression value;
};
struct Removal {  // REMOVE path
    Expression path;
};
struct Insertion {
    Expression target;
    Expression value;
    bool of_value = false;               // INSERT INTO t VALUE v; else INSERT INTO t <expression>
    std::optional<Expression> position;  // AT
    bool on_conflict = false;
    Position at;
};
struct Deletion {};

struct Returning {
    std::string words;  // "ALL OLD", "ALL NEW", "MODIFIED OLD", "MODIFIED NEW"
    bool all = false;   // `*`; else an expression
    Expression expression;
};

// INSERT, UPDATE, DELETE and `FROM t ...`, which means the same.
struct Manipulation {
    std::optional<Source> target;  // none of INSERT
    std::vector<std::variant<Assignment, Removal, Insertion, Deletion>> operations;
    std::optional<Expression> where;
    std::vector<Returning> returning;
    Position at;
};

// CREATE TABLE, CREATE INDEX, DROP TABLE, DROP INDEX, EXEC: "CreateTable", ...
struct Command {
    std::string kind;
};

struct Statement {
    std::variant<Select, Manipulation, Command, Expression> node;
    std::uint32_t parameters = 0;  // how many `?`
};

// Why a text is no statement. `reason` is in DynamoDB's words, without "Statement wasn't well formed, can't be
// processed: " in front of it; empty where the text has no tokens. `at` is where it was found.
struct StatementFault {
    std::string reason;
    Position at;
};

using ParsedStatement = tl::expected<Statement, StatementFault>;

// A text of at most 8,192 characters (UTF-16 units), in UTF-8.
//
// Nesting is bounded, so that parsing, walking and destroying a tree takes little stack: what stands in brackets of any
// kind, behind a prefix or on the right side of an operator is a level deeper. So are chains of operators that nest to
// the left.
ParsedStatement parse_statement(std::string_view text);

inline constexpr std::size_t statement_nesting_max = 256;
inline constexpr std::size_t statement_chain_max = 1024;

}  // namespace minamo::grammar
