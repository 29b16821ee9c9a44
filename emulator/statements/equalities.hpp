// The equalities of a condition with values, among what is joined by AND: `name = value`, either way round.
#pragma once

#include <string_view>
#include <vector>

#include "emulator/expressions/expressions.hpp"
#include "emulator/wire/error.hpp"

namespace minamo {

class Equalities {
public:
    explicit Equalities(const BoundCondition& where);

    // The first value that the attribute equals; empty(): none.
    storage::ValueView first_value_of(std::string_view name) const;
    // The one value: fails where another equality names another.
    Result<storage::ValueView> only_value_of(std::string_view name) const;
    // How many conditions are joined, equalities and others.
    std::size_t joined() const { return joined_; }

private:
    struct Equality {
        std::string_view name;
        storage::ValueView value;
    };
    void add(const grammar::Condition& condition);
    void add(const grammar::Operand& left, const grammar::Operand& right);

    const Binding& binding_;
    std::vector<Equality> found_;
    std::size_t joined_ = 0;
};

}  // namespace minamo
