// The words that may not stand bare as an element of a document path.
#pragma once

#include <span>
#include <string_view>

namespace minamo::grammar {

// Whether the word, in any case, is one of DynamoDB's reserved words (developer guide, "Reserved words in DynamoDB").
bool is_reserved_word(std::string_view word);

// All of them, in capitals, in alphabetical order.
std::span<const std::string_view> reserved_words();

}  // namespace minamo::grammar
