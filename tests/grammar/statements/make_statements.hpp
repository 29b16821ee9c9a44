// Statements drawn from a seed: right ones in all the forms of the grammar, and most of them damaged afterwards, as
// people and fuzzers damage them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace minamo::grammar {

std::vector<std::string> make_statements(std::uint32_t seed, std::size_t count);

}  // namespace minamo::grammar
