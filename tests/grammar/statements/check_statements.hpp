// Tables of statements, checked.
#pragma once

#include <initializer_list>

#include "tests/grammar/statements/tree_text.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {

inline void check_statements(std::initializer_list<StatementRow> rows) {
    for (const StatementRow& row : rows) {
        INFO(row.text);
        CHECK(statement_outcome(row.text) == row.expected);
    }
}

}  // namespace minamo::grammar
