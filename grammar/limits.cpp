// Sizes that DynamoDB publishes: bytes of a text, operators, elements of a path, operands of IN, list indexes.
#include "grammar/limits.hpp"

#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

#include "grammar/checks.hpp"

namespace minamo::grammar {
namespace {

constexpr std::size_t text_bytes_max = 4096;
constexpr std::int32_t list_index_max = INT32_MAX;

// The '=' of SET assigns, it is no operator. BETWEEN counts through its AND, so that both together are one.
bool is_operator(const Tokens& tokens, std::size_t token, ExpressionKind kind) {
    switch (tokens.kind(token)) {
        case Kind::eq:
            return kind == ExpressionKind::condition;
        case Kind::ne:
        case Kind::lt:
        case Kind::le:
        case Kind::gt:
        case Kind::ge:
        case Kind::kw_and:
        case Kind::kw_or:
        case Kind::kw_not:
        case Kind::kw_in:
        case Kind::plus:
        case Kind::minus:
            return true;
        default:
            return is_call(tokens, token);
    }
}

// Of a limit's fault, which may be none.
Fault refused(std::string fault) {
    if (fault.empty()) return std::nullopt;
    return SyntaxError{std::move(fault)};
}

Fault check_operators(const Tokens& tokens, ExpressionKind kind) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        count += is_operator(tokens, i, kind);
        if (count > operators_max) break;
    }
    return refused(operators_fault(count));
}

bool begins_path(const Tokens& tokens, std::size_t token) {
    const Kind kind = tokens.kind(token);
    if (kind != Kind::name && kind != Kind::name_slot) return false;
    return !is_call(tokens, token) && (token == 0 || tokens.kind(token - 1) != Kind::dot);
}

Fault check_path_depth(const Tokens& tokens) {
    std::size_t elements = 0;  // of the path that goes on, or that ended last
    for (std::size_t i = 0; i <= tokens.size(); ++i) {
        switch (tokens.kind(i)) {
            case Kind::dot:
            case Kind::index_open:
                ++elements;
                break;
            case Kind::number:
            case Kind::index_close:
                break;
            default:
                if (i > 0 && tokens.kind(i - 1) == Kind::dot) break;
                if (elements > path_elements_max) return refused(path_elements_fault(elements));
                elements = begins_path(tokens, i) ? 1 : 0;
        }
    }
    return std::nullopt;
}

// The operands of the list that opens at token `open`: its commas outside inner parentheses, plus one.
std::size_t list_size(const Tokens& tokens, std::size_t open) {
    std::size_t commas = 0;
    std::size_t depth = 0;
    for (std::size_t i = open; i < tokens.size(); ++i) {
        const Kind kind = tokens.kind(i);
        if (kind == Kind::open) ++depth;
        if (kind == Kind::close && --depth == 0) break;
        if (kind == Kind::comma && depth == 1) ++commas;
    }
    return commas + 1;
}

Fault check_in_operands(const Tokens& tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens.kind(i) != Kind::kw_in) continue;
        const std::size_t count = list_size(tokens, i + 1);
        if (count > in_operands_max) return refused(in_operands_fault(count));
    }
    return std::nullopt;
}

Fault check_list_indexes(const Tokens& tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens.kind(i) != Kind::number) continue;
        const std::string_view digits = tokens.text_of(i);
        std::int64_t index = 0;
        const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), index);
        if (result.ec != std::errc() || index > list_index_max) {
            return SyntaxError{
                std::string("List index is not within the allowable range; index: [").append(digits).append("]")};
        }
    }
    return std::nullopt;
}

std::string more_than(std::size_t max, std::size_t count, std::string_view sentence) {
    return count > max ? std::string(sentence) + std::to_string(count) : std::string{};
}

}  // namespace

std::string operators_fault(std::size_t count) {
    return more_than(operators_max, count, "The expression contains too many operators; operator count: ");
}

std::string path_elements_fault(std::size_t count) {
    return more_than(path_elements_max, count, "The document path has too many nesting levels; nesting levels: ");
}

std::string in_operands_fault(std::size_t count) {
    return more_than(in_operands_max, count,
                     "The IN operator is provided with too many operands; number of operands: ");
}

Fault check_size(std::string_view text) {
    if (text.empty()) return SyntaxError{"The expression can not be empty;"};
    if (text.size() <= text_bytes_max) return std::nullopt;
    return SyntaxError{"Expression size has exceeded the maximum allowed size; expression size: " +
                       std::to_string(text.size())};
}

Fault check_limits(const Tokens& tokens, ExpressionKind kind) {
    if (auto fault = check_operators(tokens, kind)) return fault;
    if (auto fault = check_path_depth(tokens)) return fault;
    if (auto fault = check_in_operands(tokens)) return fault;
    return check_list_indexes(tokens);
}

}  // namespace minamo::grammar
