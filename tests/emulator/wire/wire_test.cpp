// Attribute values from JSON and back, and DynamoDB's words for what is wrong with one.
#include "emulator/wire/input.hpp"
#include "emulator/wire/values.hpp"

#include <string>

#include "tests/support.hpp"

using namespace minamo;

namespace {

// The value as the emulator shows it again, or the message of its fault.
std::string through(const std::string& text) {
    json::Document document;
    const json::Value* parsed = document.parse(text);
    REQUIRE(parsed != nullptr);
    const auto value = value_from_json(*parsed);
    if (!value) return value.error()->message;
    std::string out;
    append_json(out, storage::ValueView(encode(*value)));
    return out;
}

std::string nested_lists(int depth) {
    std::string out;
    for (int i = 0; i < depth; ++i) out += R"({"L":[)";
    out += R"({"S":"x"})";
    for (int i = 0; i < depth; ++i) out += "]}";
    return out;
}

}  // namespace

TEST_CASE("Values: each type comes back canonical", "[wire]") {
    const std::pair<const char*, const char*> values[] = {
        {R"({"S":""})", R"({"S":""})"},
        {R"({"S":"a\u00e9\n\"b"})", "{\"S\":\"a\xC3\xA9\\n\\\"b\"}"},
        {R"({"N":"1e2"})", R"({"N":"100"})"},
        {R"({"N":"-0.0"})", R"({"N":"0"})"},
        {R"({"N":"001.50"})", R"({"N":"1.5"})"},
        {R"({"B":"Zm8="})", R"({"B":"Zm8="})"},
        {R"({"B":""})", R"({"B":""})"},
        {R"({"BOOL":true})", R"({"BOOL":true})"},
        {R"({"BOOL":"false"})", R"({"BOOL":false})"},
        {R"({"NULL":true})", R"({"NULL":true})"},
        {R"({"SS":["b","a"]})", R"({"SS":["a","b"]})"},
        {R"({"SS":[""]})", R"({"SS":[""]})"},
        {R"({"NS":["10","9.0","-1"]})", R"({"NS":["-1","9","10"]})"},
        {R"({"BS":["Yg==","YQ=="]})", R"({"BS":["YQ==","Yg=="]})"},
        {R"({"L":[]})", R"({"L":[]})"},
        {R"({"L":[{"N":"1"},{"S":"x"},{"L":[{"NULL":true}]}]})",
         R"({"L":[{"N":"1"},{"S":"x"},{"L":[{"NULL":true}]}]})"},
        {R"({"M":{}})", R"({"M":{}})"},
        {R"({"M":{"b":{"N":"1"},"a":{"S":"x"}}})", R"({"M":{"a":{"S":"x"},"b":{"N":"1"}}})"},
        {R"({"M":{"a":{"N":"1"},"a":{"N":"2"}}})", R"({"M":{"a":{"N":"2"}}})"},
        {R"({"M":{"a":{"N":"1"},"a":null}})", R"({"M":{}})"},
        {R"({"S":"x","N":null,"Unknown":{"deep":[1]}})", R"({"S":"x"})"},
    };
    for (const auto& [given, expected] : values) CHECK(through(given) == expected);
}

TEST_CASE("Values: faults are told in DynamoDB's words", "[wire]") {
    const std::string parameter = "One or more parameter values were invalid: ";
    const std::string several =
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";
    const std::string none = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    const std::pair<std::string, std::string> values[] = {
        {R"({})", none},
        {R"({"Unknown":"x"})", none},
        {R"({"S":null})", none},
        {R"({"S":"x","N":"1"})", several},
        {R"({"BOOL":true,"NULL":true})", several},
        {R"({"N":""})", "The parameter cannot be converted to a numeric value: "},
        {R"({"N":"abc"})", "The parameter cannot be converted to a numeric value: abc"},
        {R"({"N":" 1"})", "The parameter cannot be converted to a numeric value:  1"},
        {R"({"N":"1_0"})", "The parameter cannot be converted to a numeric value: 1_0"},
        {R"({"N":"NaN"})", "The parameter cannot be converted to a numeric value: NaN"},
        {R"({"N":"0x10"})", "The parameter cannot be converted to a numeric value: 0x10"},
        {R"({"N":"1e126"})",
         "Number overflow. Attempting to store a number with magnitude larger than supported range"},
        {R"({"N":"-1e126"})",
         "Number overflow. Attempting to store a number with magnitude larger than supported range"},
        {R"({"N":"1e-131"})",
         "Number underflow. Attempting to store a number with magnitude smaller than supported range"},
        {R"({"N":"123456789012345678901234567890123456789"})",
         "Attempting to store more than 38 significant digits in a Number"},
        {R"({"NULL":false})", parameter + "Null attribute value types must have the value of true"},
        {R"({"SS":[]})", parameter + "An string set  may not be empty"},
        {R"({"NS":[]})", parameter + "An number set  may not be empty"},
        {R"({"BS":[]})", parameter + "Binary sets should not be empty"},
        {R"({"SS":["a","b","a"]})", parameter + R"(Input collection ["a", "b", "a"] contains duplicates.)"},
        {R"({"NS":["1","1.0"]})", parameter + "Input collection contains duplicates."},
        {R"({"NS":["1","x"]})", "The parameter cannot be converted to a numeric value: x"},
        {R"({"BS":["Yg==","Yg=="]})", parameter + R"(Input collection ["Yg==","Yg=="]of type BS contains duplicates.)"},
        {R"({"L":[{"S":"x"},{}]})", none},
        {R"({"M":{"a":{"M":{"b":{"NS":[]}}}}})", parameter + "An number set  may not be empty"},
        {R"({"N":"x","S":"y"})", "The parameter cannot be converted to a numeric value: x"},
        {R"({"NULL":false,"SS":[]})", parameter + "Null attribute value types must have the value of true"},
        {R"({"SS":[],"NS":[]})", parameter + "An string set  may not be empty"},
    };
    for (const auto& [given, expected] : values) CHECK(through(given) == expected);
}

TEST_CASE("Values: a row that damage nests deeper than requests may is refused", "[wire]") {
    const auto with_length = [](const std::string& bytes) {
        std::string out;
        std::size_t left = bytes.size();
        for (; left >= 0x80; left >>= 7) out.push_back(static_cast<char>(left | 0x80));
        out.push_back(static_cast<char>(left));
        return out + bytes;
    };
    const auto lists = [&](int levels) {
        std::string value = encode(storage::AttributeValue{true});
        for (int i = 1; i < levels; ++i) {
            value = static_cast<char>(storage::Type::L) + with_length("\1" + value);
        }
        return value;
    };
    std::string out;
    append_json(out, storage::ValueView(lists(storage::valid_levels_max)));
    CHECK(out.ends_with("}"));
    CHECK(decode(storage::ValueView(lists(storage::valid_levels_max))).type() == storage::Type::L);
    for (const int levels : {storage::valid_levels_max + 1, 20000}) {
        const std::string value = lists(levels);
        CHECK_THROWS_AS(append_json(out, storage::ValueView(value)), storage::Damaged);
        const std::string item = "\1\1\1a" + value;
        CHECK_THROWS_AS(append_json(out, storage::ItemView(item)), storage::Damaged);
        CHECK_THROWS_AS(decode(storage::ValueView(value)), storage::Damaged);
        CHECK_THROWS_AS(decode(storage::ItemView(item)), storage::Damaged);
        CHECK_THROWS_AS(storage::ValueView(value).size_bytes(), storage::Damaged);
    }
}

TEST_CASE("Values: 32 levels of nesting are the limit", "[wire]") {
    CHECK(through(nested_lists(31)) == nested_lists(31));
    CHECK(through(nested_lists(32)) ==
          "Nesting Levels have exceeded supported limits: "
          "Attributes in the item have nested levels beyond supported limit");
    CHECK(through(nested_lists(400)).starts_with("Nesting Levels"));
}
