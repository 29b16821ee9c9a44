// Kinds and places of tokens.
#include "grammar/lexer.hpp"

#include <string>

#include "tests/support.hpp"

namespace minamo::grammar {
namespace {

// The texts of all tokens, each in bars.
std::string texts(std::string_view text) {
    const Tokens tokens = lex(text);
    std::string joined = "|";
    for (std::size_t i = 0; i < tokens.size(); ++i) joined.append(tokens.text_of(i)).append("|");
    return joined;
}

}  // namespace

TEST_CASE("Lexer: every kind of token", "[grammar][lexer]") {
    struct Row {
        std::string_view text;
        std::string_view kinds;
    };
    const Row rows[] = {
        {"", ""},
        {"a", "n"},
        {"Ab_9z", "n"},
        {"#n", "#"},
        {"#0", "#"},
        {"#_", "#"},
        {":v", ":"},
        {":0_a", ":"},
        {"0", "0"},
        {"10", "0"},
        {"007", "000"},
        {"01", "00"},
        {"= <> < <= > >=", "=!<{>}"},
        {"+-()[].,", "+-()[].,"},
        {"AND OR NOT BETWEEN IN", "AONBI"},
        {"and Or nOT between iN", "AONBI"},
        {"SET REMOVE ADD DELETE", "SRDX"},
        {"set Remove aDD delete", "SRDX"},
        {"SETS ADDED INN ORE NOTE ANDS BETWEENS", "nnnnnnn"},
        {"A_ND IN1 SE_T I", "nnnn"},
        {"#set :and", "#:"},
        {"a[0].b", "n[0].n"},
        {"9abc", "0n"},
        {"<>=", "!="},
        {"=<", "=<"},
        {"><", "><"},
        {"==", "=="},
        {"a=:v", "n=:"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(lex(row.text).kinds == row.kinds);
    }
}

TEST_CASE("Lexer: a character that begins no token is a token of its own", "[grammar][lexer]") {
    struct Row {
        std::string_view text;
        std::string_view kinds;
        std::string_view texts;
    };
    const Row rows[] = {
        {"!!", "??", "|!|!|"},
        {"a!=b", "n?=n", "|a|!|=|b|"},
        {"#", "?", "|#|"},
        {"##a", "?#", "|#|#a|"},
        {"#-", "?-", "|#|-|"},
        {": v", "?n", "|:|v|"},
        {"::", "??", "|:|:|"},
        {"_a", "?n", "|_|a|"},
        {"a$b", "n?n", "|a|$|b|"},
        {"'x'", "?n?", "|'|x|'|"},
        {"\"x\"", "?n?", "|\"|x|\"|"},
        {"a*b/c", "n?n?n", "|a|*|b|/|c|"},
        {"a;", "n?", "|a|;|"},
        {"{}", "??", "|{|}|"},
        {"a\vb\f", "n?n?", "|a|\v|b|\f|"},
        {"\xC3\xA9", "?", "|\xC3\xA9|"},
        {"a\xE2\x82\xAC"
         "b",
         "n?n", "|a|\xE2\x82\xAC|b|"},
        {"\xF0\x9F\x98\x80\xF0\x9F\x98\x80", "??", "|\xF0\x9F\x98\x80|\xF0\x9F\x98\x80|"},
        {"#\xC3\xA9", "??", "|#|\xC3\xA9|"},
        {"\x80", "?", "|\x80|"},
        {"\xC3", "?", "|\xC3|"},
        {"\xC3"
         "a",
         "?n", "|\xC3|a|"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(lex(row.text).kinds == row.kinds);
        CHECK(texts(row.text) == row.texts);
    }
}

TEST_CASE("Lexer: a zero byte is an unknown token", "[grammar][lexer]") {
    const std::string text("a\0b", 3);
    CHECK(lex(text).kinds == "n?n");
    CHECK(lex(std::string_view("#\0", 2)).kinds == "??");
}

TEST_CASE("Lexer: blanks separate tokens wherever they stand", "[grammar][lexer]") {
    CHECK(lex(" \t\r\n").kinds.empty());
    CHECK(lex("a [ 0 ]\n.\tb").kinds == "n[0].n");
    CHECK(lex("\r\na\r\n").kinds == "n");
    CHECK(lex("< >").kinds == "<>");
    CHECK(lex("# a").kinds == "?n");
    CHECK(lex("1 0").kinds == "00");
}

TEST_CASE("Lexer: spans are bytes of the text", "[grammar][lexer]") {
    const Tokens tokens = lex("  ab <= \xC3\xA9 :v ");
    REQUIRE(tokens.size() == 4);
    CHECK(tokens.spans[0].begin == 2);
    CHECK(tokens.spans[0].end == 4);
    CHECK(tokens.spans[1].begin == 5);
    CHECK(tokens.spans[1].end == 7);
    CHECK(tokens.spans[2].begin == 8);
    CHECK(tokens.spans[2].end == 10);
    CHECK(tokens.spans[3].begin == 11);
    CHECK(tokens.spans[3].end == 13);
}

TEST_CASE("Lexer: the kind after the last token is the end", "[grammar][lexer]") {
    const Tokens tokens = lex("a");
    CHECK(tokens.kind(0) == Kind::name);
    CHECK(tokens.kind(1) == Kind::end);
    CHECK(lex("").kind(0) == Kind::end);
}

}  // namespace minamo::grammar
