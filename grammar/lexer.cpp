// One pass over the text; every token is decided by its first character and ends where its own rule ends.
#include "grammar/lexer.hpp"

#include <array>
#include <utility>

#include "grammar/keywords.hpp"

namespace minamo::grammar {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_word(char c) {
    return is_letter(c) || is_digit(c) || c == '_';
}
bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}
bool is_lead(char c) {
    return static_cast<unsigned char>(c) >= 0xC0U;
}

constexpr std::array<std::pair<std::string_view, Kind>, 9> keyword_kinds = {{
    {keywords::and_, Kind::kw_and},
    {keywords::or_, Kind::kw_or},
    {keywords::not_, Kind::kw_not},
    {keywords::between, Kind::kw_between},
    {keywords::in, Kind::kw_in},
    {keywords::set, Kind::kw_set},
    {keywords::remove, Kind::kw_remove},
    {keywords::add, Kind::kw_add},
    {keywords::delete_, Kind::kw_delete},
}};

// `word` is letters, digits and '_'; `keyword` is capital letters.
bool matches(std::string_view word, std::string_view keyword) {
    if (word.size() != keyword.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (!is_letter(word[i]) || (word[i] & ~0x20) != keyword[i]) return false;
    }
    return true;
}

Kind keyword_or_name(std::string_view word) {
    constexpr std::size_t longest_keyword = 7;
    if (word.size() > longest_keyword) return Kind::name;
    for (const auto& [keyword, kind] : keyword_kinds) {
        if (matches(word, keyword)) return kind;
    }
    return Kind::name;
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Tokens lex_all() {
        Tokens tokens;
        tokens.text = text_;
        // Few texts have more tokens than half their bytes; those that do grow the string.
        tokens.kinds.reserve(text_.size() / 2 + 1);
        tokens.spans.reserve(text_.size() / 2 + 1);
        for (skip_blanks(); at_ < text_.size(); skip_blanks()) {
            const auto begin = static_cast<std::uint32_t>(at_);
            tokens.kinds.push_back(static_cast<char>(next()));
            tokens.spans.push_back({begin, static_cast<std::uint32_t>(at_)});
        }
        return tokens;
    }

private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_blanks() {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    }

    bool take(char c) {
        if (peek() != c) return false;
        ++at_;
        return true;
    }

    Kind next() {
        const char first = text_[at_];
        if (is_letter(first)) return word();
        if (is_digit(first)) return number();
        ++at_;
        switch (first) {
            case '#':
                return placeholder(Kind::name_slot);
            case ':':
                return placeholder(Kind::value_slot);
            case '<':
                return take('>') ? Kind::ne : take('=') ? Kind::le : Kind::lt;
            case '>':
                return take('=') ? Kind::ge : Kind::gt;
            case '=':
            case '+':
            case '-':
            case '(':
            case ')':
            case '[':
            case ']':
            case '.':
            case ',':
                return static_cast<Kind>(first);
            default:
                return unknown(first);
        }
    }

    Kind word() {
        const std::size_t begin = at_;
        while (is_word(peek())) ++at_;
        return keyword_or_name(text_.substr(begin, at_ - begin));
    }

    // A leading zero is a number by itself, so that `[01]` fails at the 1.
    Kind number() {
        if (take('0')) return Kind::number;
        while (is_digit(peek())) ++at_;
        return Kind::number;
    }

    Kind placeholder(Kind kind) {
        if (!is_word(peek())) return Kind::unknown;
        while (is_word(peek())) ++at_;
        return kind;
    }

    // Messages quote tokens, so that a token must not split a UTF-8 sequence.
    Kind unknown(char first) {
        constexpr int longest_tail = 3;
        for (int i = 0; is_lead(first) && i < longest_tail && is_continuation(peek()); ++i) ++at_;
        return Kind::unknown;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

Tokens lex(std::string_view text) {
    return Lexer(text).lex_all();
}

}  // namespace minamo::grammar
