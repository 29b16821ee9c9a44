// What a parse comes to, as one text that tables can hold: the canonical form of the tree, or "! " and the reason.
#pragma once

#include <string>
#include <string_view>

#include "grammar/parse.hpp"
#include "grammar/print.hpp"

namespace minamo::grammar {

template <class Tree>
std::string outcome(const Parsed<Tree>& parsed) {
    return parsed ? print(*parsed) : "! " + parsed.error().reason;
}

inline std::string condition(std::string_view text) {
    return outcome(parse_condition(text));
}
inline std::string update(std::string_view text) {
    return outcome(parse_update(text));
}
inline std::string projection(std::string_view text) {
    return outcome(parse_projection(text));
}

// The reason of a syntax error.
inline std::string syntax(std::string_view token, std::string_view near) {
    return std::string("! Syntax error; token: \"").append(token).append("\", near: \"").append(near).append("\"");
}

// `count` times `text`, with `separator` between.
inline std::string repeat(std::string_view text, int count, std::string_view separator = "") {
    std::string result;
    for (int i = 0; i < count; ++i) {
        if (i > 0) result.append(separator);
        result.append(text);
    }
    return result;
}

struct OutcomeRow {
    std::string_view text;
    std::string_view expected;
};

struct SyntaxRow {
    std::string_view text;
    std::string_view token;
    std::string_view near;
};

}  // namespace minamo::grammar
