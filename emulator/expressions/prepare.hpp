// Expression texts to trees, each text parsed once per thread: tests and applications send the same few texts over and
// over, with other values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include <tl/expected.hpp>

#include "grammar/parse.hpp"

namespace minamo {

template <class Tree>
using Prepared = tl::expected<std::shared_ptr<const Tree>, grammar::SyntaxError>;

// The calling thread's cache keeps the trees used last; a tree lives as long as anyone holds it. Longer texts and
// faults are not kept.
inline constexpr std::size_t prepared_trees_max = 1024;
inline constexpr std::size_t prepared_text_bytes_max = 1024;

// What a text may be; one text may be several.
enum class TextKind : std::uint8_t { condition, update, projection, statement };

// The cache itself: null where the text is not here. What is kept under a kind is of one type.
std::shared_ptr<const void> find_prepared(TextKind kind, std::string_view text);
void keep_prepared(TextKind kind, std::string_view text, std::shared_ptr<const void> tree);

Prepared<grammar::ConditionExpression> prepare_condition(std::string_view text);
Prepared<grammar::UpdateExpression> prepare_update(std::string_view text);
Prepared<grammar::ProjectionExpression> prepare_projection(std::string_view text);

}  // namespace minamo
