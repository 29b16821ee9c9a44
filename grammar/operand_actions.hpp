// The actions that conditions, updates and projections share: they build operands.
#pragma once

#include "grammar/operand_builder.hpp"
#include "grammar/rules.hpp"

namespace minamo::grammar {

template <class Rule>
struct BuildOperand : rules::nothing<Rule> {};

template <>
struct BuildOperand<rules::path> {
    template <class Input>
    static void apply(const Input& in, OperandBuilder& builder) {
        builder.add_path(builder.token_at(in.begin()), builder.token_at(in.end()));
    }
};

template <>
struct BuildOperand<rules::value> {
    template <class Input>
    static void apply(const Input& in, OperandBuilder& builder) {
        builder.add_value(builder.token_at(in.begin()));
    }
};

template <>
struct BuildOperand<rules::call> {
    template <class Input>
    static void apply(const Input& in, OperandBuilder& builder) {
        builder.add_call(builder.token_at(in.begin()));
    }
};

}  // namespace minamo::grammar
