// The list of reserved words and its lookup.
#include "grammar/reserved_words.hpp"

#include <algorithm>
#include <cctype>
#include <string>

#include "tests/support.hpp"

namespace minamo::grammar {
namespace {

std::string lower(std::string_view word) {
    std::string result(word);
    for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

}  // namespace

TEST_CASE("Reserved words: the list is complete", "[grammar][reserved_words]") {
    const auto words = reserved_words();
    CHECK(words.size() == 573);
    CHECK(words.front() == "ABORT");
    CHECK(words.back() == "ZONE");
    CHECK(std::is_sorted(words.begin(), words.end()));
    CHECK(std::adjacent_find(words.begin(), words.end()) == words.end());
}

TEST_CASE("Reserved words: every word is found in any case", "[grammar][reserved_words]") {
    for (const std::string_view word : reserved_words()) {
        INFO(word);
        std::string mixed = lower(word);
        mixed.front() = word.front();
        CHECK(is_reserved_word(word));
        CHECK(is_reserved_word(lower(word)));
        CHECK(is_reserved_word(mixed));
    }
}

TEST_CASE("Reserved words: no word with a character more or less", "[grammar][reserved_words]") {
    const auto words = reserved_words();
    const auto listed = [&](const std::string& word) { return std::binary_search(words.begin(), words.end(), word); };
    for (const std::string_view word : words) {
        INFO(word);
        const std::string shorter(word.substr(0, word.size() - 1));
        const std::string tail(word.substr(1));
        CHECK(is_reserved_word(shorter) == listed(shorter));
        CHECK(is_reserved_word(tail) == listed(tail));
        for (const char* end : {"_", "0", "Q"}) CHECK_FALSE(is_reserved_word(std::string(word) + end));
    }
}

TEST_CASE("Reserved words: other names are free", "[grammar][reserved_words]") {
    for (const std::string_view word : {"", "a", "pk", "sk", "id", "attr", "contains", "begins_with", "N4ME", "NAM\xC5",
                                        "na me", "a_word_that_is_longer_than_any_reserved_word"}) {
        INFO(word);
        CHECK_FALSE(is_reserved_word(word));
    }
}

}  // namespace minamo::grammar
