// The translations of a statement's parts: expressions of the grammar to the trees that expressions have.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "emulator/statements/terms.hpp"

namespace minamo {

// WHERE. Beside the tree, what in it is too much of something: told after its operands' rules.
struct TranslatedWhere {
    grammar::Condition root;
    std::string limit;
};
Translated<TranslatedWhere> translate_where(const grammar::Expression& expression, ValueSlots& slots);

// SET and REMOVE.
struct TranslatedUpdate {
    std::vector<grammar::UpdateAction> actions;
    std::vector<SetOperand> sets;
    std::string limit;
};
Translated<TranslatedUpdate> translate_update(const grammar::Manipulation& statement, ValueSlots& slots);

// How deep expressions stand in each other, without recursion. Each level of a chain such as `1 + 1 + 1` is one.
std::size_t depth_of(const grammar::Expression& expression);
// What translations, which recur, go into.
inline constexpr std::size_t translated_depth_max = grammar::statement_chain_max + 100;

}  // namespace minamo
