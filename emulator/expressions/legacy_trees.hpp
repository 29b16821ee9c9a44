// Building trees from legacy parameters: names stand in the tree as they are, values take slots.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/expressions/expressions.hpp"
#include "emulator/expressions/legacy_conditions.hpp"

namespace minamo {

// A path of one name, taken literally: dots and reserved words mean nothing here.
grammar::Path literal_path(std::string_view name);

// Values of a tree that is being built. Slots are 16 bits wide: what a tree cannot hold is refused by the caller.
class LegacyValues {
public:
    bool is_full() const { return encoded_.size() > UINT16_MAX; }
    grammar::Operand add(const storage::AttributeValue& value);
    // The binding of all that was added; owns the values.
    Binding finish() &&;

private:
    std::vector<std::string> encoded_;
};

// Conditions joined by AND, or by OR where `conditional_operator` says so. None: no condition.
Result<BoundCondition> legacy_tree(const std::vector<LegacyCondition>& conditions,
                                   std::string_view conditional_operator);

}  // namespace minamo
