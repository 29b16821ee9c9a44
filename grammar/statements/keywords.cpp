// The list of words, the words that are something else than keywords, and the runs of words that are one token.
#include "grammar/statements/keywords.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace minamo::grammar::statements {
namespace {

// clang-format off
constexpr std::string_view words[] = {
    "absolute", "action", "add", "all", "allocate", "alter", "and", "any", "are", "as", "asc", "assertion", "at",
    "authorization", "avg", "bag", "begin", "between", "bigint", "bit", "bit_length", "blob", "bool", "boolean",
    "by", "can_cast", "can_lossless_cast", "cascade", "cascaded", "case", "cast", "catalog", "char",
    "char_length", "character", "character_length", "check", "clob", "close", "coalesce", "collate", "collation",
    "column", "commit", "conflict", "connect", "connection", "constraint", "constraints", "continue", "convert",
    "corresponding", "count", "create", "cross", "current", "current_date", "current_time", "current_timestamp",
    "current_user", "cursor", "date", "date_add", "date_diff", "deallocate", "dec", "decimal", "declare",
    "default", "deferrable", "deferred", "delete", "desc", "describe", "descriptor", "diagnostics", "disconnect",
    "distinct", "do", "domain", "double", "drop", "else", "end", "escape", "except", "exception", "exec",
    "execute", "exists", "external", "extract", "false", "fetch", "first", "float", "for", "foreign", "found",
    "from", "full", "get", "global", "go", "goto", "grant", "group", "having", "identity", "immediate", "in",
    "index", "indicator", "initially", "inner", "input", "insensitive", "insert", "int", "int2", "int4", "int8",
    "integer", "integer2", "integer4", "integer8", "intersect", "interval", "into", "is", "isolation", "join",
    "key", "language", "last", "left", "let", "level", "like", "limit", "list", "local", "lower", "match", "max",
    "min", "missing", "modified", "module", "names", "national", "natural", "nchar", "new", "next", "no", "not",
    "nothing", "null", "nullif", "nulls", "numeric", "octet_length", "of", "offset", "old", "on", "only", "open",
    "option", "or", "order", "outer", "output", "overlaps", "pad", "partial", "pivot", "position", "precision",
    "prepare", "preserve", "primary", "prior", "privileges", "procedure", "public", "read", "real", "references",
    "relative", "remove", "restrict", "returning", "revoke", "right", "rollback", "rows", "schema", "scroll",
    "section", "select", "session", "session_user", "set", "sexp", "size", "smallint", "some", "space", "sql",
    "sqlcode", "sqlerror", "sqlstate", "string", "struct", "substring", "sum", "symbol", "system_user", "table",
    "temporary", "then", "time", "timestamp", "to", "transaction", "translate", "translation", "trim", "true",
    "tuple", "union", "unique", "unknown", "unpivot", "update", "upper", "usage", "user", "using", "value",
    "values", "varchar", "varying", "view", "when", "whenever", "where", "with", "work", "write", "zone",
};

constexpr std::pair<std::string_view, TokenKind> kinds[] = {
    {"and", TokenKind::infix},        {"between", TokenKind::infix}, {"except", TokenKind::infix},
    {"in", TokenKind::infix},         {"is", TokenKind::infix},      {"intersect", TokenKind::infix},
    {"like", TokenKind::infix},       {"not", TokenKind::infix},     {"or", TokenKind::infix},
    {"union", TokenKind::infix},      {"as", TokenKind::suffix},     {"asc", TokenKind::suffix},
    {"at", TokenKind::suffix},        {"by", TokenKind::suffix},     {"desc", TokenKind::suffix},
    {"first", TokenKind::suffix},     {"for", TokenKind::suffix},    {"last", TokenKind::suffix},
    {"nulls", TokenKind::suffix},     {"true", TokenKind::boolean},  {"false", TokenKind::boolean},
    {"null", TokenKind::null},        {"missing", TokenKind::missing},
};

constexpr std::pair<std::string_view, std::string_view> synonyms[] = {
    {"bigint", "integer8"},   {"bool", "boolean"},      {"char", "character"}, {"dec", "decimal"},
    {"int", "integer"},       {"int2", "smallint"},     {"int4", "integer4"},  {"int8", "integer8"},
    {"integer2", "smallint"}, {"varchar", "character_varying"},
};

// The longest first.
constexpr std::size_t run_words_max = 4;
struct Run {
    std::array<std::string_view, run_words_max> words;
    std::string_view text;
    TokenKind kind = TokenKind::keyword;
};
constexpr Run runs[] = {
    {{"left", "outer", "cross", "join"},  "left_cross_join"},
    {{"right", "outer", "cross", "join"}, "right_cross_join"},
    {{"full", "outer", "cross", "join"},  "outer_cross_join"},
    {{"left", "cross", "join"},           "left_cross_join"},
    {{"right", "cross", "join"},          "right_cross_join"},
    {{"full", "cross", "join"},           "outer_cross_join"},
    {{"outer", "cross", "join"},          "outer_cross_join"},
    {{"inner", "cross", "join"},          "cross_join"},
    {{"left", "outer", "join"},           "left_join"},
    {{"right", "outer", "join"},          "right_join"},
    {{"full", "outer", "join"},           "outer_join"},
    {{"left", "join"},                    "left_join"},
    {{"right", "join"},                   "right_join"},
    {{"full", "join"},                    "outer_join"},
    {{"outer", "join"},                   "outer_join"},
    {{"inner", "join"},                   "inner_join"},
    {{"cross", "join"},                   "cross_join"},
    {{"is", "not"},                       "is_not",        TokenKind::infix},
    {{"not", "in"},                       "not_in",        TokenKind::infix},
    {{"not", "between"},                  "not_between",   TokenKind::infix},
    {{"not", "like"},                     "not_like",      TokenKind::infix},
    {{"union", "all"},                    "union_all",     TokenKind::infix},
    {{"except", "all"},                   "except_all",    TokenKind::infix},
    {{"intersect", "all"},                "intersect_all", TokenKind::infix},
    {{"character", "varying"},            "character_varying"},
    {{"double", "precision"},             "double_precision"},
    {{"insert", "into"},                  "insert_into"},
    {{"on", "conflict"},                  "on_conflict"},
    {{"do", "nothing"},                   "do_nothing"},
    {{"modified", "old"},                 "modified_old"},
    {{"modified", "new"},                 "modified_new"},
    {{"all", "old"},                      "all_old"},
    {{"all", "new"},                      "all_new"},
};
// clang-format on

static_assert(std::ranges::is_sorted(words));

std::size_t length(const Run& run) {
    return static_cast<std::size_t>(std::ranges::count_if(run.words, [](auto word) { return !word.empty(); }));
}

bool is_word(const Token& token) {
    return token.kind == TokenKind::keyword || token.kind == TokenKind::infix;
}

const Run* run_at(const std::vector<Token>& tokens, std::size_t at) {
    for (const Run& run : runs) {
        const std::size_t words_count = length(run);
        if (tokens.size() - at < words_count) continue;
        std::size_t same = 0;
        while (same < words_count && is_word(tokens[at + same]) && tokens[at + same].text == run.words[same]) ++same;
        if (same == words_count) return &run;
    }
    return nullptr;
}

}  // namespace

void recognize(Token& token) {
    std::string word = token.text;
    for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    if (!std::ranges::binary_search(words, std::string_view(word))) return;
    token.kind = TokenKind::keyword;
    for (const auto& [of, kind] : kinds) {
        if (of == word) token.kind = kind;
    }
    for (const auto& [of, same] : synonyms) {
        if (of == word) word = same;
    }
    token.text = std::move(word);
}

std::vector<Token> join_words(std::vector<Token> tokens) {
    std::vector<Token> out;
    out.reserve(tokens.size());
    for (std::size_t at = 0; at < tokens.size();) {
        const Run* const run = is_word(tokens[at]) ? run_at(tokens, at) : nullptr;
        out.push_back(std::move(tokens[at]));
        if (run != nullptr) {
            out.back().text = run->text;
            out.back().kind = run->kind;
        }
        at += run != nullptr ? length(*run) : 1;
    }
    return out;
}

}  // namespace minamo::grammar::statements
