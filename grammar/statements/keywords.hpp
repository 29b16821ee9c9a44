// The words of statements.
#pragma once

#include <string>
#include <vector>

#include "grammar/statements/statement_tokens.hpp"

namespace minamo::grammar::statements {

// Makes a name that is a word of the language that word.
void recognize(Token& token);

// Makes one token of each run of words that is one: [IS][NOT] -> [is_not]. Its position is that of the first word.
std::vector<Token> join_words(std::vector<Token> tokens);

}  // namespace minamo::grammar::statements
