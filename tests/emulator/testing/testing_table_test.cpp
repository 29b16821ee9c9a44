// The helper that tests of applications use.
#include "minamo/testing/table.hpp"

#include <sstream>
#include <string>

#include "minamo/testing/catch2.hpp"
#include "tests/support.hpp"

using namespace minamo::test;

TEST_CASE_METHOD(Fixture, "Testing: a table takes a few lines", "[testing]") {
    auto users = table("users").partition_key("id").sort_key("seq", 'N').index("by-state", "state").make();
    users.put({{{"id", S("ada")}, {"seq", N(1)}, {"state", S("new")}}, {{"id", S("ada")}, {"seq", N(2)}}});
    CHECK(users.count() == 2);
    CHECK(users.get({{"id", S("ada")}, {"seq", N(2)}}) == Row{{"id", S("ada")}, {"seq", N(2)}});
    CHECK_FALSE(users.has({{"id", S("bob")}, {"seq", N(1)}}));
    CHECK(users.rows("id = :id AND seq > :seq", {{":id", S("ada")}, {":seq", N(1)}}).size() == 1);
}

TEST_CASE_METHOD(Fixture, "Testing: rows of a partition come in order", "[testing]") {
    auto events = table("events").partition_key("id").sort_key("seq", 'N').make();
    for (const int at : {3, 1, 10, 2}) events.put({{"id", S("a")}, {"seq", N(at)}});
    const auto rows = events.rows("id = :id", {{":id", S("a")}});
    REQUIRE(rows.size() == 4);
    CHECK(rows[0] == Row{{"id", S("a")}, {"seq", N(1)}});
    CHECK(rows[3] == Row{{"id", S("a")}, {"seq", N(10)}});
}

TEST_CASE_METHOD(Fixture, "Testing: an index is queried by its name", "[testing]") {
    auto users = table("users").partition_key("id").index("by-city", "city", "age", 'S', 'N').make();
    users.put(
        {{{"id", S("a")}, {"city", S("Rome")}, {"age", N(40)}}, {{"id", S("b")}, {"city", S("Rome")}, {"age", N(9)}}});
    const auto rows = users.rows("city = :c", {{":c", S("Rome")}}, "by-city");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0] == Row{{"id", S("b")}, {"city", S("Rome")}, {"age", N(9)}});
}

TEST_CASE_METHOD(Fixture, "Testing: rows are equal where DynamoDB's values are", "[testing]") {
    CHECK(Row{{"n", N("1.0")}} == Row{{"n", N(1)}});
    CHECK(Row{{"s", SS({"b", "a"})}} == Row{{"s", SS({"a", "b"})}});
    CHECK(Row{{"a", S("1")}, {"b", Null()}} == Row{{"b", Null()}, {"a", S("1")}});
    CHECK_FALSE(Row{{"n", N(1)}} == Row{{"n", S("1")}});
    CHECK_FALSE(Row{{"l", L({N(1), N(2)})}} == Row{{"l", L({N(2), N(1)})}});
    CHECK(Row{{"m", M({{"x", Bool(true)}, {"y", B("\xFF")}})}}.json() ==
          R"({"m":{"M":{"x":{"BOOL":true},"y":{"B":"/w=="}}}})");
}

TEST_CASE_METHOD(Fixture, "Testing: a refused call throws its error", "[testing]") {
    auto users = table("users").partition_key("id").make();
    CHECK_THROWS_WITH(users.put({{"name", S("x")}}), minamo::contains("Missing the key id in the item"));
    try {
        users.update({{"id", S("a")}}, "SET n = n + :one", {{":one", N(1)}});
        FAIL("the update of a missing attribute succeeded");
    } catch (const CallError& error) {
        CHECK(error.type() == "ValidationException");
    }
    CHECK_THROWS_AS(table("users").partition_key("id").make(), CallError);
    CHECK_THROWS_AS((Row{{"n", N("x")}}), std::invalid_argument);
}

TEST_CASE_METHOD(Fixture, "Testing: changes are what the stream tells", "[testing]") {
    auto users = table("users").partition_key("id").stream().time_to_live("until").make();
    const Row ada{{"id", S("ada")}, {"n", N(1)}};
    users.put(ada).update({{"id", S("ada")}}, "SET n = :n", {{":n", N(2)}}).put(ada).put(ada);
    users.remove({{"id", S("ada")}});
    const Row key{{"id", S("ada")}};
    const Row second{{"id", S("ada")}, {"n", N(2)}};
    const std::vector<Change> expected{
        {"INSERT", key, {}, ada}, {"MODIFY", key, ada, second}, {"MODIFY", key, second, ada}, {"REMOVE", key, ada, {}}};
    CHECK(users.changes() == expected);
    std::ostringstream shown;
    shown << users.changes()[0];
    CHECK(shown.str() == R"(INSERT {"id":{"S":"ada"}} new {"id":{"S":"ada"},"n":{"N":"1"}})");
}

TEST_CASE_METHOD(Fixture, "Testing: a row expires when the clock says so", "[testing]") {
    auto sessions = table("sessions").partition_key("id").stream("KEYS_ONLY").time_to_live("until").make();
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(emulator.clock().now().time_since_epoch());
    sessions.put({{"id", S("a")}, {"until", N(now.count() + 3600)}});
    emulator.clock().advance(std::chrono::minutes(59));
    CHECK(sessions.has({{"id", S("a")}}));
    emulator.clock().advance(std::chrono::minutes(2));
    CHECK_FALSE(sessions.has({{"id", S("a")}}));
    REQUIRE(sessions.changes().size() == 2);
    CHECK(sessions.changes()[1].expired);
    CHECK_FALSE(sessions.changes()[0].expired);
}

TEST_CASE_METHOD(Fixture, "Testing: a table without a stream has no changes to tell", "[testing]") {
    auto users = table("users").partition_key("id").make();
    CHECK_THROWS_AS(users.changes(), CallError);
}

TEST_CASE_METHOD(Fixture, "Testing: updates change a row", "[testing]") {
    auto users = table("users").partition_key("id").make();
    users.update({{"id", S("a")}}, "SET n = :n", {{":n", N(5)}}).update({{"id", S("a")}}, "ADD n :n", {{":n", N(2)}});
    CHECK(users.get({{"id", S("a")}}) == Row{{"id", S("a")}, {"n", N(7)}});
}

TEST_CASE_METHOD(Fixture, "Testing: a removed row is gone", "[testing]") {
    auto users = table("users").partition_key("id").make();
    users.put({{"id", S("a")}}).remove({{"id", S("a")}});
    CHECK(users.rows().empty());
}

TEST_CASE("Testing: a row is shown as JSON", "[testing]") {
    std::ostringstream shown;
    shown << Row{{"id", S("a")}};
    CHECK(shown.str() == R"({"id":{"S":"a"}})");
}
