// What users read where a check of theirs fails.
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "minamo/testing/catch2.hpp"
#include "minamo/testing/table.hpp"
#include "tests/support.hpp"

using namespace minamo::test;

TEST_CASE("Checks: a row that is as expected has no difference", "[testing]") {
    CHECK(difference(Row{{"n", N("1.0")}}, Row{{"n", N(1)}}).empty());
    CHECK(difference(std::vector<Row>{}, {}).empty());
    CHECK(difference({Row{{"s", SS({"b", "a"})}}}, {Row{{"s", SS({"a", "b"})}}}).empty());
}

TEST_CASE("Checks: a row that differs is shown beside the expected one, with what differs", "[testing]") {
    CHECK(difference(Row{{"id", S("a")}, {"n", N(2)}, {"new", Null()}}, Row{{"id", S("a")}, {"n", N(1)}}) ==
          R"(expected {"id":{"S":"a"},"n":{"N":"1"}}
found    {"id":{"S":"a"},"n":{"N":"2"},"new":{"NULL":true}}
- n {"N":"1"}
+ n {"N":"2"}
+ new {"NULL":true})");
}

TEST_CASE("Checks: a difference deep in a row is one line", "[testing]") {
    const auto order = [](const char* city, int last) {
        return Row{{"at", M({{"city", S(city)}, {"street", S("Via Appia")}})}, {"parts", L({N(1), L({}), N(last)})}};
    };
    const std::string shown = difference(order("Roma", 3), order("Rome", 2));
    CHECK(shown.substr(shown.find("\n- ")) == R"(
- at.city {"S":"Rome"}
+ at.city {"S":"Roma"}
- parts[2] {"N":"2"}
+ parts[2] {"N":"3"})");
}

TEST_CASE("Checks: a row that is not there says so", "[testing]") {
    CHECK(difference(std::nullopt, Row{{"id", S("a")}}) == "expected {\"id\":{\"S\":\"a\"}}\nfound    no row");
}

TEST_CASE("Checks: rows are compared in their order, those of both are shown too", "[testing]") {
    const Row a{{"id", S("a")}};
    const Row b{{"id", S("b")}};
    const Row c{{"id", S("c")}};
    CHECK(difference({b, a, c}, {a, b, c, c}) == R"(expected 4 rows, found 3
- {"id":{"S":"a"}}
  {"id":{"S":"b"}}
- {"id":{"S":"c"}}
+ {"id":{"S":"a"}}
  {"id":{"S":"c"}})");
}

TEST_CASE("Checks: rows too many to be aligned are shown one after the other", "[testing]") {
    std::vector<Row> found;
    std::vector<Row> expected;
    for (int i = 0; i < 2500; ++i) {
        found.push_back({{"n", N(i)}});
        expected.push_back({{"n", N(i + 1)}});
    }
    const std::string shown = difference(found, expected);
    CHECK(shown.starts_with("expected 2500 rows, found 2500\n- {\"n\":{\"N\":\"1\"}}\n- "));
    CHECK(shown.ends_with("\n+ {\"n\":{\"N\":\"2499\"}}"));
}

TEST_CASE("Checks: Catch2 shows a row, or that there is none", "[testing]") {
    CHECK(Catch::Detail::stringify(std::optional<Row>(Row{{"id", S("a")}})) == R"({"id":{"S":"a"}})");
    CHECK(Catch::Detail::stringify(std::optional<Row>()) == "no row");
}

TEST_CASE_METHOD(Fixture, "Checks: Catch2's matchers compare what a table gives", "[testing]") {
    auto users = table("users").partition_key("id").make();
    const Row ada{{"id", S("ada")}, {"n", N(1)}};
    users.put(ada);
    CHECK_THAT(users.get({{"id", S("ada")}}), is({{"id", S("ada")}, {"n", N("1.0")}}));
    CHECK_THAT(users.get({{"id", S("bob")}}), !is(ada));
    CHECK_THAT(users.rows(), are({ada}));
    CHECK_THAT(users.rows(), !are({}));
}

TEST_CASE("Checks: Catch2's matchers describe the difference", "[testing]") {
    const auto matcher = is({{"id", S("a")}});
    CHECK(matcher.describe() == R"(is {"id":{"S":"a"}})");
    CHECK_FALSE(matcher.match(Row{{"id", S("b")}}));
    CHECK(matcher.describe() == R"(is {"id":{"S":"a"}}
expected {"id":{"S":"a"}}
found    {"id":{"S":"b"}}
- id {"S":"a"}
+ id {"S":"b"})");
}

TEST_CASE_METHOD(Fixture, "Checks: an answer is shown with its error in words", "[testing]") {
    const auto shown = [](const minamo::Response& response) {
        std::ostringstream out;
        out << response;
        return out.str();
    };
    CHECK(shown(emulator.call("ListTables", "{}")) == R"(200 {"TableNames":[]})");
    CHECK(shown(emulator.call("DescribeTable", R"({"TableName":"absent"})")) ==
          "400 ResourceNotFoundException: Requested resource not found: Table: absent not found");
    CHECK(shown({.status = 500, .type = "Odd", .body = "no JSON"}) == "500 Odd: no JSON");
    CHECK(shown({.status = 400, .type = "Odd", .body = R"({"Message":"capital"})"}) == "400 Odd: capital");
}

TEST_CASE_METHOD(Fixture, "Checks: a refused call throws its error in words", "[testing]") {
    auto users = table("users").partition_key("id").make();
    CHECK_THROWS_WITH(
        users.put({{"name", S("x")}}),
        "PutItem: ValidationException: One or more parameter values were invalid: Missing the key id in the item");
}
