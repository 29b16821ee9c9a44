// What is said where an answer is not what was expected.
#include "conformance/replay/compare.hpp"

#include <string>
#include <vector>

#include <rapidjson/document.h>

#include "tests/support.hpp"

namespace minamo::conformance {
namespace {

std::vector<std::string> compared(const char* expected_text, const char* actual_text, Match match = {}) {
    rapidjson::Document expected;
    rapidjson::Document actual;
    REQUIRE_FALSE(expected.Parse(expected_text).HasParseError());
    REQUIRE_FALSE(actual.Parse(actual_text).HasParseError());
    accept_alike(expected, actual, expected.GetAllocator());
    return differences(expected, actual, match);
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("Comparison: each difference is told in its place", "[compare]") {
    CHECK(compared(R"({"a":1,"b":{"c":["x","y"]},"d":null})", R"({"b":{"c":["x","z"]},"d":false,"e":[]})") ==
          Texts{"$.a: expected 1, got nothing", R"($.b.c[1]: expected "y", got "z")", "$.d: expected null, got false",
                "$.e: expected nothing, got []"});
    CHECK(compared(R"([1,2])", R"([1])") == Texts{"$: expected [1,2], got [1]"});
    CHECK(compared(R"({"SS":["a","b"]})", R"({"SS":["b","c"]})") ==
          Texts{R"($.SS: no element equals "a" in ["b","c"])"});
}

TEST_CASE("Comparison: what means the same is no difference", "[compare]") {
    CHECK(compared(R"({"a":1,"b":"x"})", R"({"b":"x","a":1.0})").empty());
    CHECK(compared(R"({"NS":["1","2"]})", R"({"NS":["2","1"]})").empty());
    CHECK(compared(R"({"a":{"b":1}})", R"({"a":{"b":1,"c":2},"d":3})", {.partial = true}).empty());
    CHECK(compared("[[1],[2]]", "[[2],[1]]", {.unordered = true}).empty());
}

TEST_CASE("Comparison: a pattern stands for what it matches as a whole", "[compare]") {
    CHECK(compared(R"({"id":"$like.[0-9]+","at":["$like.1.*"]})", R"({"id":"007","at":[17.5]})").empty());
    CHECK(compared(R"({"id":"$like.[0-9]+"})", R"({"id":"7x"})") ==
          Texts{R"($.id: expected "$like.[0-9]+", got "7x")"});
}

}  // namespace minamo::conformance
