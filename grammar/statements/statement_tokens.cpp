// PEGTL finds the tokens; a cursor that only goes forward knows lines and columns.
#include "grammar/statements/statement_tokens.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <system_error>
#include <utility>

#include "grammar/statements/ion_text.hpp"
#include "grammar/statements/keywords.hpp"
#include "grammar/statements/statement_rules.hpp"

namespace minamo::grammar::statements {
namespace {

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Lines end in LF, CR or CRLF; columns are code points.
class Cursor {
public:
    explicit Cursor(const char* begin) : at_(begin), here_{1, 1, 0} {}

    Position move_to(const char* to) {
        for (; at_ < to; ++at_) {
            const char c = *at_;
            if (c == '\n' && !after_return_) ++here_.line;
            if (c == '\r') ++here_.line;
            if (c == '\n' || c == '\r') {
                here_.column = 1;
            } else if (!is_continuation(c)) {
                ++here_.column;
            }
            after_return_ = c == '\r';
        }
        return here_;
    }

private:
    const char* at_;
    Position here_;
    bool after_return_ = false;
};

std::uint32_t code_points(std::string_view text) {
    std::uint32_t count = 0;
    for (const char c : text) count += is_continuation(c) ? 0 : 1;
    return count;
}

// What stands between quotes, which are doubled inside.
std::string unquoted(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        out += text[i];
        if (text[i] == text[0]) ++i;
    }
    return out;
}

// The exponent and the places behind the point fit 32 bits, each and together.
bool fits(std::string_view number) {
    const std::size_t mark = number.find_first_of("eE");
    const std::string_view mantissa = number.substr(0, mark);
    const std::size_t point = mantissa.find('.');
    const auto places = static_cast<std::int64_t>(point == mantissa.npos ? 0 : mantissa.size() - point - 1);
    std::int64_t exponent = 0;
    if (mark != number.npos) {
        std::string_view digits = number.substr(mark + 1);
        if (digits[0] == '+') digits.remove_prefix(1);
        const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
        if (fault != std::errc()) return false;
    }
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    return exponent <= most && exponent >= -most && places - exponent <= most;
}

struct Lexing {
    Cursor cursor;
    std::vector<Token> tokens;
    std::uint32_t parameters = 0;

    Token& add(TokenKind kind, std::string text, const char* begin, std::string_view source) {
        Token token{kind, std::move(text), cursor.move_to(begin)};
        token.at.length = code_points(source);
        tokens.push_back(std::move(token));
        return tokens.back();
    }
};

template <class Rule>
struct add_token : rules::nothing<Rule> {};

// A rule whose token says what it was written as.
template <TokenKind kind>
struct add_as_written {
    template <class Input>
    static void apply(const Input& in, Lexing& out) {
        out.add(kind, in.string(), in.begin(), in.string_view());
    }
};

template <TokenKind kind>
struct add_unquoted {
    template <class Input>
    static void apply(const Input& in, Lexing& out) {
        out.add(kind, unquoted(in.string_view()), in.begin(), in.string_view());
    }
};

template <>
struct add_token<rules::quoted_name> : add_unquoted<TokenKind::quoted> {};
template <>
struct add_token<rules::text> : add_unquoted<TokenKind::string> {};
template <>
struct add_token<rules::punctuation> : add_as_written<TokenKind::punctuation> {};
template <>
struct add_token<rules::parameter> : add_as_written<TokenKind::parameter> {};

template <>
struct add_token<rules::infix> {
    template <class Input>
    static void apply(const Input& in, Lexing& out) {
        const std::string_view sign = in.string_view();
        out.add(TokenKind::infix, sign == "!=" ? "<>" : std::string(sign), in.begin(), sign);
    }
};

template <>
struct add_token<rules::word> {
    template <class Input>
    static void apply(const Input& in, Lexing& out) {
        recognize(out.add(TokenKind::name, in.string(), in.begin(), in.string_view()));
    }
};

template <>
struct add_token<rules::number> {
    template <class Input>
    static bool apply(const Input& in, Lexing& out) {
        if (!fits(in.string_view())) return false;
        out.add(TokenKind::number, in.string(), in.begin(), in.string_view());
        return true;
    }
};

template <>
struct add_token<rules::ion> {
    template <class Input>
    static bool apply(const Input& in, Lexing& out) {
        const auto type = ion_type(in.string_view().substr(1, in.size() - 2));
        if (!type) return false;
        out.add(TokenKind::ion, std::string(*type), in.begin(), in.string_view());
        return true;
    }
};

}  // namespace

tl::expected<std::vector<Token>, StatementFault> lex_statement(std::string_view text) {
    rules::memory_input<rules::tracking_mode::lazy> in(text.data(), text.size(), "");
    Lexing lexing{Cursor(text.data()), {}};
    // A few bytes a token.
    constexpr std::size_t token_bytes = 4;
    lexing.tokens.reserve(text.size() / token_bytes + 1);
    [[maybe_unused]] const bool read = rules::parse<rules::tokens, add_token>(in, lexing);
    const Position end = lexing.cursor.move_to(in.current());
    if (!in.empty()) return tl::unexpected(StatementFault{"", end});
    lexing.tokens.push_back({TokenKind::end, "", end});
    return join_words(std::move(lexing.tokens));
}

}  // namespace minamo::grammar::statements
