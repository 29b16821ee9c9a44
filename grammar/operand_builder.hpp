// Operands under construction: what the actions of paths, values and calls leave for the rule around them.
//
// A stack whose entries know the token at which they begin: a rule that matched from token `first` on owns every entry
// that begins there or later. So no rule needs a mark where it started.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/ast.hpp"
#include "grammar/checks.hpp"
#include "grammar/lexer.hpp"

namespace minamo::grammar {

class OperandBuilder {
public:
    explicit OperandBuilder(const Tokens& tokens) : tokens_(tokens) {}

    const Tokens& tokens() const { return tokens_; }
    // The number of the token to which a position of the grammar's input points.
    std::size_t token_at(const char* position) const {
        return static_cast<std::size_t>(position - tokens_.kinds.data());
    }

    // The path that spans the tokens [first, end).
    void add_path(std::size_t first, std::size_t end);
    void add_value(std::size_t token);
    // The call whose name is `first`; takes its arguments. A name that is no function's gives an arbitrary function:
    // check_names refuses the text.
    void add_call(std::size_t first);

    // The last operand, in the three forms in which rules want it; the caller knows that it is there and what it is.
    Operand take();
    Path take_path();
    Function take_call();
    // All operands that begin at token `first` or later, in order.
    std::vector<Operand> take_from(std::size_t first);
    // The token at which the last operand begins.
    std::size_t last_first() const { return pending_.back().first; }

    // What a kind of expression adds: the tokens of functions that stand as conditions, and sections written twice.
    static std::span<const std::size_t> bare_calls() { return {}; }
    static Fault check_sections() { return std::nullopt; }

    Placeholders take_placeholders() { return std::move(placeholders_); }

private:
    struct Pending {
        std::size_t first = 0;
        std::variant<Path, ValueSlot, Function> operand;
    };

    PathElement path_element(std::size_t token);

    const Tokens& tokens_;
    std::vector<Pending> pending_;
    Placeholders placeholders_;
};

}  // namespace minamo::grammar
