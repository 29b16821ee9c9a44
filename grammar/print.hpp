// Trees back to text, in one canonical form: for tests, which compare trees so.
//
// Keywords are capitals, one blank stands around operators and after commas, and parentheses only where the tree needs
// them. What is printed parses to the same tree, as long as it stays within the size of an expression.
#pragma once

#include <string>

#include "grammar/ast.hpp"

namespace minamo::grammar {

std::string print(const ConditionExpression& tree);
// Actions of one kind that follow each other share a section.
std::string print(const UpdateExpression& tree);
std::string print(const ProjectionExpression& tree);

// `a.#b[0]`. The placeholders are those of the path's tree.
std::string print(const Path& path, const Placeholders& placeholders);

}  // namespace minamo::grammar
