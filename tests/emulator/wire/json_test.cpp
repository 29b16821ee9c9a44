// JSON in and out: what is text, what is not, and what is written.
#include "emulator/wire/json.hpp"

#include <string>
#include <vector>

#include "tests/support.hpp"

namespace minamo {
namespace {

std::string nested(std::string_view open, std::string_view close, int depth, std::string_view inside = "") {
    std::string out;
    for (int i = 0; i < depth; ++i) out.append(open);
    out.append(inside);
    for (int i = 0; i < depth; ++i) out.append(close);
    return out;
}

template <class Write>
std::string written(Write&& write) {
    std::string out;
    json::Writer writer(out);
    write(writer);
    return out;
}

}  // namespace

TEST_CASE("Document: text that is JSON is parsed", "[json]") {
    const std::string cases[] = {
        "{}",
        "[]",
        "null",
        "true",
        "\"\"",
        "0",
        "-0",
        "1e2",
        "-1.5E-7",
        " \t\r\n{ \"a\" : [ 1 , 2 ] } \n",
        R"({"a":1,"a":2})",
        R"("\u0000")",
        R"("\ud83d\ude00")",
        R"("\"\\\/\b\f\n\r\t")",
        "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"",
        "18446744073709551616",
        nested("[", "]", json::Document::depth_max),
        nested(R"({"a":)", "}", json::Document::depth_max, "1"),
    };
    json::Document document;
    for (const std::string& text : cases) {
        INFO(text.substr(0, 60));
        CHECK(document.parse(text) != nullptr);
    }
}

TEST_CASE("Document: text that is not JSON is refused", "[json]") {
    const std::string cases[] = {
        "",
        " ",
        "{",
        "}",
        "[1,]",
        R"({"a":1,})",
        R"({"a" 1})",
        R"({a:1})",
        R"({'a':1})",
        "{} {}",
        "{}x",
        "// comment\n{}",
        "nul",
        "TRUE",
        "NaN",
        "Infinity",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "1e400",
        "-1e999999999999",
        "\"a",
        "\"a\nb\"",
        R"("\x")",
        R"("\u12")",
        std::string("{}\0", 3),
        std::string("{}\0{}", 5),
        std::string("{\"a\":\"\0\"}", 9),
        std::string("\0", 1),
        "\xEF\xBB\xBF{}",
        "\"\xFF\"",
        "\"\xC3\"",
        "\"\xC0\x80\"",
        "\"\xE0\x80\x80\"",
        "\"\xED\xA0\x80\"",
        "\"\xF4\x90\x80\x80\"",
        R"("\ud800")",
        R"("\ud800x")",
        R"("\ud800\u0041")",
        R"("\udc00")",
        R"("a\udfffb")",
        R"({"\udc00":1})",
        R"("\udc00\ud800")",
        nested("[", "]", json::Document::depth_max + 1),
        nested(R"({"a":)", "}", json::Document::depth_max + 1, "1"),
        std::string(1'000'000, '['),
    };
    json::Document document;
    for (const std::string& text : cases) {
        INFO(text.substr(0, 60));
        CHECK(document.parse(text) == nullptr);
    }
}

TEST_CASE("Document: a parsed value is what the text says", "[json]") {
    json::Document document;
    const json::Value* value = document.parse(R"({"text":"a\u0000\u00e9","list":[1,2.5,-3],"flag":true})");
    REQUIRE(value != nullptr);
    CHECK(json::text(*json::find(*value, "text")) == std::string_view("a\0\xC3\xA9", 4));
    const auto& list = *json::find(*value, "list");
    CHECK(list[0].IsInt64());
    CHECK(list[1].IsDouble());
    CHECK(list[2].GetInt64() == -3);
    CHECK(json::find(*value, "flag")->GetBool());
}

TEST_CASE("Document: it is as good as new after each text, right or wrong", "[json]") {
    json::Document document;
    for (int round = 0; round < 3; ++round) {
        CHECK(document.parse("{\"a\":[1,2") == nullptr);
        const std::string large = "[\"" + std::string(3'000'000, 'x') + "\",\"y\"]";
        const json::Value* value = document.parse(large);
        REQUIRE(value != nullptr);
        CHECK((*value)[0].GetStringLength() == 3'000'000);
        value = document.parse("{\"a\":\"a string that is longer than twenty-one bytes\"}");
        REQUIRE(value != nullptr);
        CHECK(json::text(*json::find(*value, "a")) == "a string that is longer than twenty-one bytes");
    }
}

TEST_CASE("find: of duplicates the last counts", "[json]") {
    json::Document document;
    const json::Value* value = document.parse(R"({"a":1,"b":2,"a":3,"c":null,"b":null})");
    REQUIRE(value != nullptr);
    CHECK(json::find(*value, "a")->GetInt() == 3);
    CHECK(json::find(*value, "b") == nullptr);
    CHECK(json::find(*value, "c") == nullptr);
    CHECK(json::find(*value, "d") == nullptr);
    CHECK(json::find(*value, "") == nullptr);
    CHECK(json::find(*document.parse("{}"), "a") == nullptr);
}

TEST_CASE("append_string: only what must be escaped is", "[json]") {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"", R"("")"},
        {"plain", R"("plain")"},
        {"\"", R"("\"")"},
        {"\\", R"("\\")"},
        {"/", R"("/")"},
        {"a\nb\tc\rd\be\ff", R"("a\nb\tc\rd\be\ff")"},
        {std::string_view("\0\x01\x1F", 3), R"("\u0000\u0001\u001f")"},
        {"\x7F", "\"\x7F\""},
        {"\xC3\xA9\xF0\x9F\x98\x80", "\"\xC3\xA9\xF0\x9F\x98\x80\""},
        {"<&>", R"("<&>")"},
        {"\"\"", R"("\"\"")"},
    };
    for (const auto& [text, expected] : cases) {
        std::string out;
        json::append_string(out, text);
        CHECK(out == expected);
    }
}

TEST_CASE("append_string: every character comes back from the parser", "[json]") {
    std::string all;
    for (int c = 0; c < 128; ++c) all.push_back(static_cast<char>(c));
    std::string out;
    json::append_string(out, all);
    json::Document document;
    const json::Value* value = document.parse(out);
    REQUIRE(value != nullptr);
    CHECK(json::text(*value) == all);
}

TEST_CASE("Writer: punctuation stands where it belongs", "[json]") {
    CHECK(written([](json::Writer& out) {
              out.begin_object();
              out.member("a", "x");
              out.key("b");
              out.begin_array();
              out.integer(1);
              out.begin_object();
              out.end_object();
              out.begin_array();
              out.end_array();
              out.null();
              out.boolean(false);
              out.raw("{\"r\":1}");
              out.end_array();
              out.member("c", true);
              out.member("d", std::int64_t{-5});
              out.end_object();
          }) == R"({"a":"x","b":[1,{},[],null,false,{"r":1}],"c":true,"d":-5})");
}

TEST_CASE("Writer: restart drops what was written", "[json]") {
    CHECK(written([](json::Writer& out) {
              out.begin_array();
              out.integer(1);
              out.restart();
              out.begin_object();
              out.end_object();
          }) == "{}");
}

TEST_CASE("Writer: integers reach both ends", "[json]") {
    CHECK(written([](json::Writer& out) { out.integer(INT64_MIN); }) == "-9223372036854775808");
    CHECK(written([](json::Writer& out) { out.integer(INT64_MAX); }) == "9223372036854775807");
}

TEST_CASE("Writer: a real number is the shortest that reads back as the same double", "[json]") {
    const std::pair<double, std::string_view> cases[] = {
        {0, "0.0"},
        {-0.0, "-0.0"},
        {1.5, "1.5"},
        {0.1, "0.1"},
        {-2, "-2.0"},
        {1700000000, "1700000000.0"},
        {1700000000.123, "1700000000.123"},
        {1e20, "100000000000000000000.0"},
        {1e21, "1e21"},
        {0.000001, "0.000001"},
        {1e-7, "1e-7"},
        {1.7976931348623157e308, "1.7976931348623157e308"},
        {5e-324, "5e-324"},
    };
    json::Document document;
    for (const auto& [number, expected] : cases) {
        const std::string out = written([number = number](json::Writer& writer) { writer.real(number); });
        CHECK(out == expected);
        const json::Value* value = document.parse(out);
        REQUIRE(value != nullptr);
        CHECK(value->IsDouble());
    }
}

}  // namespace minamo
