// The door of the grammar: expression text to tree.
//
// A parse finds everything that is wrong with a text by itself, in DynamoDB's order: its size, its syntax, redundant
// parentheses, reserved words and functions out of place (one walk in text order), then limits (operators, path depth,
// IN operands, list indexes) and, in updates, sections written twice. What needs the request's names and values
// (undefined placeholders, overlapping paths, operand types) is not seen here.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "grammar/ast.hpp"

namespace minamo::grammar {

// Why a text is refused, in DynamoDB's words, without the "Invalid XExpression: " in front of it.
// For example: Syntax error; token: "<EOF>", near: "a ="
struct SyntaxError {
    std::string reason;
};

template <class Tree>
using Parsed = tl::expected<Tree, SyntaxError>;

// The grammar of ConditionExpression, FilterExpression and KeyConditionExpression.
Parsed<ConditionExpression> parse_condition(std::string_view text);

Parsed<UpdateExpression> parse_update(std::string_view text);

Parsed<ProjectionExpression> parse_projection(std::string_view text);

}  // namespace minamo::grammar
