// A statement with the parameters of one call: translated once for each text, bound, and asked what is wrong with it up
// to the point where its table must be known.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/expressions/expressions.hpp"
#include "emulator/statements/translation.hpp"
#include "emulator/wire/error.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json.hpp"

namespace minamo {

// What is bound borrows from it: it stays where it was taken.
struct BoundStatement {
    std::string_view text;
    std::vector<std::string> parameters;  // encoded
    std::shared_ptr<const Translation> translation;
    BoundCondition where;
    BoundUpdate update;
    BoundProjection projection;
    bool return_old_on_failure = false;  // ReturnValuesOnConditionCheckFailure: ALL_OLD

    BoundStatement() = default;
    BoundStatement(const BoundStatement&) = delete;
    BoundStatement& operator=(const BoundStatement&) = delete;

    StatementKind kind() const { return translation->kind; }
    bool is_read() const { return kind() == StatementKind::select; }
    // The value behind a slot; its parameter must have been given.
    storage::ValueView value(grammar::ValueSlot slot) const;
};

// The values of Parameters, which are asked before the statement is read.
Result<void> take_parameters(Input input, BoundStatement& statement);
// The statement itself: its syntax, then its translation, whose refusals wait for their stage.
Result<void> take_statement(Input input, BoundStatement& statement);

// Everything before Stage::target, in order (partiql.md, section 14). That stage comes before the look-up of the table,
// in transactions behind it.
Result<void> bind_statement(BoundStatement& statement);
// What is told at a stage.
Result<void> pass_stage(const BoundStatement& statement, Stage stage);

}  // namespace minamo
