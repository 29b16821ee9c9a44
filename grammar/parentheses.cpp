// Groups: how deep they nest, and whether one holds nothing but another. A '(' opens a group unless it follows a
// function's name or IN.
#include <algorithm>
#include <vector>

#include "grammar/checks.hpp"
#include "grammar/limits.hpp"

namespace minamo::grammar {
namespace {

// Deeper text would need a stack that a thread may not have. A group that is not redundant holds an operator or a
// function, and these end at 300: what is refused here had no chance, save if_not_exists nested two hundred times with
// needless parentheses around each.
constexpr std::size_t open_parentheses_max = 400;

bool is_group(const Tokens& tokens, std::size_t open) {
    if (open == 0) return true;
    const Kind before = tokens.kind(open - 1);
    return before != Kind::name && before != Kind::kw_in;
}

// The most '(' open at once, and whether every parenthesis has its partner.
struct Nesting {
    std::size_t deepest = 0;
    bool balanced = true;
};

Nesting nesting_of(const Tokens& tokens) {
    Nesting nesting;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens.kind(i) == Kind::open) nesting.deepest = std::max(nesting.deepest, ++depth);
        if (tokens.kind(i) != Kind::close) continue;
        if (depth == 0) {
            nesting.balanced = false;
        } else {
            --depth;
        }
    }
    nesting.balanced = nesting.balanced && depth == 0;
    return nesting;
}

}  // namespace

// Without a parse the true fault can't be known; what is said is what such a text most likely gets.
Fault check_nesting(const Tokens& tokens) {
    const Nesting nesting = nesting_of(tokens);
    if (nesting.deepest <= open_parentheses_max) return std::nullopt;
    if (!nesting.balanced) return syntax_error(tokens, tokens.size());
    if (auto fault = check_redundant_parentheses(tokens)) return fault;
    return SyntaxError{operators_fault(operators_max + 1)};
}

Fault check_redundant_parentheses(const Tokens& tokens) {
    if (tokens.kinds.find("((") == std::string::npos) return std::nullopt;
    std::vector<std::size_t> open;
    std::size_t closed_last = 0;  // the '(' whose partner was seen last
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens.kind(i) == Kind::open) open.push_back(i);
        if (tokens.kind(i) != Kind::close || open.empty()) continue;
        const std::size_t begin = open.back();
        open.pop_back();
        const bool holds_one_group = tokens.kind(i - 1) == Kind::close && closed_last == begin + 1;
        if (holds_one_group && is_group(tokens, begin)) {
            return SyntaxError{"The expression has redundant parentheses;"};
        }
        closed_last = begin;
    }
    return std::nullopt;
}

}  // namespace minamo::grammar
