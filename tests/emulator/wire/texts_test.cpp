// Texts that come from outside.
#include "emulator/wire/texts.hpp"

#include <string>
#include <string_view>

#include "tests/support.hpp"

using namespace minamo;

TEST_CASE("Texts: percent escapes are the bytes they stand for", "[texts]") {
    CHECK(decode_percent("te%73t") == "test");
    CHECK(decode_percent("%41%2f%2F") == "A//");
    CHECK(decode_percent("%c3%A9") == "\xC3\xA9");
    CHECK(decode_percent("%2541") == "%41");
    CHECK(decode_percent("a+b") == "a+b");
    CHECK(decode_percent("").empty());
}

TEST_CASE("Texts: what is no percent escape stays", "[texts]") {
    for (const std::string_view text : {"%", "%4", "%zz", "a%", "%%", "%4g", "100%"})
        CHECK(decode_percent(text) == text);
}

TEST_CASE("Texts: UTF-8 stays as it is", "[texts]") {
    for (const std::string_view text :
         {"", "abc", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xEF\xBF\xBF", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF",
          "\xC2\x80", "\xE0\xA0\x80", "\xF0\x90\x80\x80"}) {
        CHECK(to_utf8(text) == text);
    }
}

TEST_CASE("Texts: each byte that is no UTF-8 becomes a replacement character", "[texts]") {
    const std::string no = "\xEF\xBF\xBD";
    CHECK(to_utf8("\xFF\xFE") == no + no);
    CHECK(to_utf8("a\x80z") == "a" + no + "z");
    CHECK(to_utf8("\xC3") == no);
    CHECK(to_utf8("\xC3(") == no + "(");
    CHECK(to_utf8("\xC0\xAF") == no + no);
    CHECK(to_utf8("\xE0\x80\x80") == no + no + no);
    CHECK(to_utf8("\xED\xA0\x80") == no + no + no);
    CHECK(to_utf8("\xF4\x90\x80\x80") == no + no + no + no);
    CHECK(to_utf8("\xE2\x82") == no + no);
    CHECK(to_utf8("\xF0\x9F\x98") == no + no + no);
}

TEST_CASE("Texts: lengths are those of UTF-16", "[texts]") {
    CHECK(utf16_length("") == 0);
    CHECK(utf16_length("abc") == 3);
    CHECK(utf16_length("\xC3\xA9") == 1);
    CHECK(utf16_length("\xE2\x82\xAC") == 1);
    CHECK(utf16_length("a\xF0\x9F\x98\x80z") == 4);
}

TEST_CASE("Texts: which bytes are ASCII", "[texts]") {
    CHECK(is_ascii(""));
    CHECK(is_ascii("\x01 ~\x7F"));
    CHECK_FALSE(is_ascii("a\x80"));
}
