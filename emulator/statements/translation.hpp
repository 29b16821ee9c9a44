// A statement in the terms of the store: what it reads or writes, as the trees that expressions have, and what is wrong
// with it whatever tables and parameters there are. The same for each call with the same text.
//
// What is wrong is kept with the stage at which DynamoDB tells it (conformance/behaviour/partiql.md, section 14): what
// needs parameters or tables is asked in between.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grammar/ast.hpp"
#include "grammar/statements/statement.hpp"

namespace minamo {

// What a value slot of the statement's trees stands for.
struct StatementValue {
    std::string literal;          // encoded; empty: a parameter
    std::uint32_t parameter = 0;  // counted from 0
};

// The stages of a statement at which it may be refused; in between:
enum class Stage : std::uint8_t {
    text,      // up to WHERE; then the rules of WHERE's operands
    changes,   // SET and REMOVE; then the rules of their operands
    target,    // then the table is looked up
    in_table,  // RETURNING, ORDER BY
};
inline constexpr std::size_t stages = 4;

// Why it is refused at a stage. Where the request has fewer parameters than the text before names, that is told
// instead.
struct StatementRefusal {
    std::string message;
    std::uint32_t parameters = 0;
    bool of_value = false;  // of one that is written out
};

struct SortBy {
    std::string attribute;
    bool descending = false;
};

struct StatementMember {
    std::string name;
    grammar::ValueSlot value;
};

// The value of SET_ADD or SET_DELETE, which must be a set.
struct SetOperand {
    grammar::ValueSlot value;
    std::string fault;
};

enum class StatementKind : std::uint8_t {
    select,
    insert,
    update,
    remove,
    exists,   // EXISTS(SELECT ...)
    operate,  // another function or operator alone
    other,    // nothing that DynamoDB does: refused at Stage::text
};

enum class ReturnedItem : std::uint8_t { nothing, all_old, all_new, modified_old, modified_new };

struct Translation {
    StatementKind kind = StatementKind::other;
    std::string table;
    std::optional<std::string> index;
    std::shared_ptr<const grammar::ConditionExpression> where;        // null: none
    std::string where_limit;                                          // what in WHERE is too much; empty: nothing
    std::shared_ptr<const grammar::UpdateExpression> update;          // of update
    std::string update_limit;                                         // likewise
    std::vector<SetOperand> sets;                                     // of update
    std::shared_ptr<const grammar::ProjectionExpression> projection;  // of select; null: everything
    std::vector<std::string> names;                                   // what its paths are called
    std::vector<SortBy> order;                                        // of select
    std::vector<StatementMember> members;                             // of insert
    ReturnedItem returned = ReturnedItem::nothing;
    bool has_returning = false;                      // though it may be wrong
    std::vector<StatementValue> values;              // by slot
    std::array<std::uint32_t, stages> parameters{};  // that the text up to each stage names
    std::array<std::optional<StatementRefusal>, stages> refusals;
};

Translation translate(const grammar::Statement& statement);

}  // namespace minamo
