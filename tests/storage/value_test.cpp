// Values as trees: maps, sets, sizes, depth, equality.
#include "storage/value.hpp"

#include "tests/storage/random_values.hpp"
#include "tests/support.hpp"

namespace minamo::storage {
namespace {

AttributeValue s(std::string text) {
    return {std::move(text)};
}
AttributeValue n(std::string_view text) {
    return {*Decimal::parse(text)};
}
AttributeValue b(std::string bytes) {
    return {Binary{std::move(bytes)}};
}

Map map_of(std::initializer_list<std::pair<std::string_view, AttributeValue>> attributes) {
    Map map;
    for (const auto& [name, value] : attributes) map.set(name, value);
    return map;
}

NumberSet numbers(std::initializer_list<std::string_view> texts) {
    NumberSet set;
    for (const auto text : texts) set.members.push_back(*Decimal::parse(text));
    return set;
}

std::string names(const Map& map) {
    std::string text;
    for (const Attribute& attribute : map) text += attribute.name + " ";
    return text;
}

TEST_CASE("Type: its name is the member of the wire format", "[value]") {
    const std::pair<AttributeValue, std::string_view> rows[] = {
        {s("x"), "S"},
        {n("1"), "N"},
        {b("x"), "B"},
        {{true}, "BOOL"},
        {{Null{}}, "NULL"},
        {{StringSet{{"a"}}}, "SS"},
        {{numbers({"1"})}, "NS"},
        {{BinarySet{{"a"}}}, "BS"},
        {{List{}}, "L"},
        {{Map{}}, "M"},
    };
    for (const auto& [value, name] : rows) CHECK(type_name(value.type()) == name);
}

TEST_CASE("Map: names are kept in ascending byte order", "[value]") {
    CHECK(names(map_of({{"a", s("")}, {"b", s("")}, {"c", s("")}})) == "a b c ");
    CHECK(names(map_of({{"c", s("")}, {"b", s("")}, {"a", s("")}})) == "a b c ");
    CHECK(names(map_of({{"b", s("")}, {"Z", s("")}, {"é", s("")}, {"ab", s("")}, {"a", s("")}})) == "Z a ab b é ");
    CHECK(names(map_of({{"a", s("")}, {"", s("")}})) == " a ");
}

TEST_CASE("Map: setting a name again replaces its value", "[value]") {
    Map map = map_of({{"a", s("1")}, {"b", s("2")}, {"c", s("3")}});
    map.set("a", s("first"));
    map.set("b", s("second"));
    CHECK(map.set("c", s("third")) == s("third"));
    CHECK(map.size() == 3);
    CHECK(*map.find("a") == s("first"));
    CHECK(*map.find("b") == s("second"));
    CHECK(*map.find("c") == s("third"));
}

TEST_CASE("Map: what is not there is not found", "[value]") {
    Map map = map_of({{"b", s("")}, {"d", s("")}});
    for (const auto name : {"", "a", "bb", "c", "e", "B"}) {
        CAPTURE(name);
        CHECK(map.find(name) == nullptr);
        CHECK_FALSE(map.erase(name));
    }
    CHECK(map.size() == 2);
    CHECK(Map().find("a") == nullptr);
    CHECK_FALSE(Map().erase("a"));
}

TEST_CASE("Map: an erased name is gone", "[value]") {
    Map map = map_of({{"a", s("")}, {"b", s("")}, {"c", s("")}});
    CHECK(map.erase("b"));
    CHECK_FALSE(map.erase("b"));
    CHECK(names(map) == "a c ");
    CHECK(map.erase("a"));
    CHECK(map.erase("c"));
    CHECK(map.empty());
}

TEST_CASE("Map: many set at once leave what one after the other leaves", "[value]") {
    const std::vector<Attribute> given = {{"c", s("1")}, {"a", s("2")}, {"c", s("3")}, {"b", s("4")}, {"a", s("5")}};
    for (const auto& before :
         {Map{}, map_of({{"a", s("x")}, {"d", s("x")}}), map_of({{"b", s("x")}, {"bb", s("x")}})}) {
        Map at_once = before;
        at_once.set_all(given);
        Map one_by_one = before;
        for (const Attribute& each : given) one_by_one.set(each.name, each.value);
        CHECK(at_once == one_by_one);
    }
}

TEST_CASE("Map: many erased at once are gone, the others stay", "[value]") {
    Map map = map_of({{"a", s("1")}, {"b", s("2")}, {"c", s("3")}, {"d", s("4")}});
    map.erase_all({"d", "a", "e", "a"});
    CHECK(map == map_of({{"b", s("2")}, {"c", s("3")}}));
    map.erase_all({});
    CHECK(names(map) == "b c ");
}

TEST_CASE("Map: a found value can be changed in place", "[value]") {
    Map map = map_of({{"a", s("old")}});
    *map.find("a") = n("5");
    CHECK(map == map_of({{"a", n("5")}}));
}

TEST_CASE("Sets: normalizing sorts the members", "[value]") {
    StringSet strings{{"b", "a", "\xC3\xA9", "ab", ""}};
    CHECK(normalize(strings));
    CHECK(strings.members == std::vector<std::string>{"", "a", "ab", "b", "\xC3\xA9"});

    NumberSet set = numbers({"10", "9", "-1", "0", "0.5", "1e3"});
    CHECK(normalize(set));
    CHECK(set == numbers({"-1", "0", "0.5", "9", "10", "1000"}));

    BinarySet binaries{{"\xFF", std::string("\0", 1), "\x7F"}};
    CHECK(normalize(binaries));
    CHECK(binaries.members == std::vector<std::string>{std::string("\0", 1), "\x7F", "\xFF"});
}

TEST_CASE("Sets: equal members are refused", "[value]") {
    StringSet strings{{"a", "b", "a"}};
    CHECK_FALSE(normalize(strings));
    BinarySet binaries{{"", ""}};
    CHECK_FALSE(normalize(binaries));
    for (auto set :
         {numbers({"1", "1.0"}), numbers({"2", "3", "20e-1"}), numbers({"0", "-0"}), numbers({"1e2", "100"})}) {
        CHECK_FALSE(normalize(set));
    }
}

TEST_CASE("Sets: no member and one member are in order", "[value]") {
    StringSet none;
    CHECK(normalize(none));
    NumberSet one = numbers({"1"});
    CHECK(normalize(one));
}

TEST_CASE("Values: equality is deep", "[value]") {
    const AttributeValue nested{Map(map_of({{"l", {List{n("1"), s("a"), {Null{}}}}}}))};
    CHECK(nested == AttributeValue{Map(map_of({{"l", {List{n("1.0"), s("a"), {Null{}}}}}}))});
    CHECK(nested != AttributeValue{Map(map_of({{"l", {List{s("a"), n("1"), {Null{}}}}}}))});
    CHECK(nested != AttributeValue{Map(map_of({{"l", {List{n("1"), s("a")}}}}))});
    CHECK(nested != AttributeValue{Map(map_of({{"m", {List{n("1"), s("a"), {Null{}}}}}}))});
    CHECK(s("a") != b("a"));
    CHECK(s("1") != n("1"));
    CHECK(AttributeValue{StringSet{{"a"}}} != AttributeValue{BinarySet{{"a"}}});
    CHECK(AttributeValue{List{}} != AttributeValue{Map{}});
    CHECK(AttributeValue{false} != AttributeValue{Null{}});
}

TEST_CASE("Sizes: each type has its own", "[value]") {
    const std::pair<AttributeValue, std::size_t> rows[] = {
        {s(""), 0},
        {s("abc"), 3},
        {s("é€"), 5},
        {b(""), 0},
        {b(std::string(7, '\0')), 7},
        {n("0"), 1},
        {n("120"), 3},
        {n("-0.12"), 3},
        {{true}, 1},
        {{false}, 1},
        {{Null{}}, 1},
        {{StringSet{{"a", "bcd"}}}, 4},
        {{numbers({"0", "1", "123"})}, 6},
        {{BinarySet{{"", "ab"}}}, 2},
        {{List{}}, 3},
        {{List{s("a")}}, 5},
        {{List{s("a"), {List{}}}}, 9},
        {{Map{}}, 3},
        {{map_of({{"name", s("a")}})}, 9},
        {{map_of({{"a", {map_of({{"b", {true}}})}}})}, 3 + 1 + 1 + (3 + 1 + 1 + 1)},
    };
    for (const auto& [value, size] : rows) {
        CAPTURE(type_name(value.type()), size);
        CHECK(size_bytes(value) == size);
    }
}

TEST_CASE("Sizes: an item is its names and values, with nothing around them", "[value]") {
    CHECK(size_bytes(Item()) == 0);
    CHECK(size_bytes(map_of({{"pk", s("a")}})) == 3);
    CHECK(size_bytes(map_of({{"pk", s("a")}, {"é", n("1")}, {"l", {List{n("1")}}}})) == 3 + 4 + 1 + 6);
}

TEST_CASE("Depth: each list or map is a level", "[value]") {
    CHECK(depth(s("a")) == 1);
    CHECK(depth({StringSet{{"a"}}}) == 1);
    CHECK(depth({List{}}) == 1);
    CHECK(depth({Map{}}) == 1);
    CHECK(depth({List{s("a")}}) == 2);
    CHECK(depth({List{s("a"), {map_of({{"a", {List{n("1")}}}})}, s("b")}}) == 4);
    AttributeValue value = s("innermost");
    for (int i = 0; i < 31; ++i) value = {List{value}};
    CHECK(depth(value) == 32);
}

TEST_CASE("Map: random insertions and removals keep order and content", "[value]") {
    test::Draw draw(3);
    for (int round = 0; round < 300; ++round) {
        Map map;
        std::vector<std::string> present;
        for (int i = 0; i < 20; ++i) {
            const std::string name = draw.bytes(2);
            const auto at = std::find(present.begin(), present.end(), name);
            if (draw.one_in(3)) {
                CHECK(map.erase(name) == (at != present.end()));
                if (at != present.end()) present.erase(at);
            } else {
                map.set(name, s(name));
                if (at == present.end()) present.push_back(name);
            }
        }
        std::sort(present.begin(), present.end());
        REQUIRE(map.size() == present.size());
        std::size_t i = 0;
        for (const Attribute& attribute : map) {
            REQUIRE(attribute.name == present[i++]);
            REQUIRE(attribute.value == s(attribute.name));
        }
    }
}

}  // namespace
}  // namespace minamo::storage
