// Functions and reserved words, in the order of the text: the first name that is out of place is reported.
#include <algorithm>
#include <string>

#include "grammar/checks.hpp"
#include "grammar/functions.hpp"
#include "grammar/reserved_words.hpp"

namespace minamo::grammar {
namespace {

SyntaxError about_function(std::string_view reason, std::string_view function) {
    return {std::string(reason).append("; function: ").append(function)};
}

// In a condition a test stands by itself and size is an operand.
Fault check_condition_call(std::string_view text, FunctionName function, bool is_bare) {
    if (is_for_updates(function)) {
        return about_function("The function is not allowed in a condition expression", text);
    }
    if (is_condition(function) == is_bare) return std::nullopt;
    return about_function("The function is not allowed to be used this way in an expression", text);
}

// if_not_exists may be an argument of either function, list_append of none.
Fault check_update_call(std::string_view text, FunctionName function, bool is_argument) {
    if (!is_for_updates(function)) {
        return about_function("The function is not allowed in an update expression", text);
    }
    if (function != FunctionName::list_append || !is_argument) return std::nullopt;
    return about_function("The function is not allowed to be used this way in an expression", text);
}

// Function names are names of attributes too, save for the one that is on the list of reserved words (size).
Fault check_path_name(std::string_view text) {
    if (!is_reserved_word(text)) return std::nullopt;
    return SyntaxError{std::string("Attribute name is a reserved keyword; reserved keyword: ").append(text)};
}

class NameWalk {
public:
    NameWalk(const Tokens& tokens, ExpressionKind kind, std::span<const std::size_t> bare_calls)
        : tokens_(tokens), kind_(kind), bare_calls_(bare_calls) {}

    Fault first_fault() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (auto fault = fault_at(i)) return fault;
            follow_calls(i);
        }
        return std::nullopt;
    }

private:
    Fault fault_at(std::size_t token) const {
        if (tokens_.kind(token) != Kind::name) return std::nullopt;
        const std::string_view text = tokens_.text_of(token);
        if (!is_call(tokens_, token)) return check_path_name(text);
        const auto function = function_named(text);
        if (!function) return about_function("Invalid function name", text);
        if (kind_ == ExpressionKind::update) return check_update_call(text, *function, call_depth_ > 0);
        const bool is_bare = std::binary_search(bare_calls_.begin(), bare_calls_.end(), token);
        return check_condition_call(text, *function, is_bare);
    }

    // Inside a call there are only operands: every '(' up to its end adds one level.
    void follow_calls(std::size_t token) {
        if (tokens_.kind(token) == Kind::open && (call_depth_ > 0 || (token > 0 && is_call(tokens_, token - 1)))) {
            ++call_depth_;
        } else if (tokens_.kind(token) == Kind::close && call_depth_ > 0) {
            --call_depth_;
        }
    }

    const Tokens& tokens_;
    ExpressionKind kind_;
    std::span<const std::size_t> bare_calls_;
    std::size_t call_depth_ = 0;  // parentheses open since the outermost call began, its own included
};

}  // namespace

Fault check_names(const Tokens& tokens, ExpressionKind kind, std::span<const std::size_t> bare_calls) {
    return NameWalk(tokens, kind, bare_calls).first_fault();
}

}  // namespace minamo::grammar
