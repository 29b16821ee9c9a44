// A statement's tree as one short text, and a fault as "! reason @line:column", for tables of tests.
//
//   a  "a"  1  'x'  true  null  missing  ?0  `INT`  DATE '...'     leaves; parameters with their number
//   [a, b]  <<a>>  {'k': v}  a.b[0].*  f(a)  count!(a)            as they are written; '!' marks aggregates
//   (and a b c)  (not (in a [1]))  (is INTEGER a)  (cast a)        operations, word first
//   UPDATE t; SET a = 1; REMOVE b; WHERE c; RETURNING ALL OLD *    manipulations, part by part
#pragma once

#include <string>
#include <string_view>

#include "grammar/statements/statement.hpp"

namespace minamo::grammar {

std::string tree_text(const Expression& expression);
std::string tree_text(const Statement& statement);

// What `text` parses to.
std::string statement_outcome(std::string_view text);
inline std::string at_text(const Position& at) {
    return std::to_string(at.line) + ":" + std::to_string(at.column) + ":" + std::to_string(at.length);
}

struct StatementRow {
    std::string_view text;
    std::string_view expected;
};

}  // namespace minamo::grammar
