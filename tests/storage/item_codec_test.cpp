// The encoding of items: its bytes, views of it, equality and order. What is refused is in item_check_test.cpp.
#include "storage/item_codec.hpp"

#include <csignal>
#include <iterator>

#include "tests/in_child.hpp"
#include "tests/storage/random_values.hpp"
#include "tests/support.hpp"

namespace minamo::storage {
namespace {

using namespace std::string_literals;

static_assert(std::forward_iterator<ValueRange::iterator>);
static_assert(std::forward_iterator<AttributeRange::iterator>);
static_assert(std::is_trivially_copyable_v<ValueView> && std::is_trivially_copyable_v<ItemView>);

AttributeValue s(std::string text) {
    return {std::move(text)};
}
AttributeValue n(std::string_view text) {
    return {*Decimal::parse(text)};
}
AttributeValue b(std::string bytes) {
    return {Binary{std::move(bytes)}};
}

AttributeValue numbers(std::initializer_list<std::string_view> texts) {
    NumberSet set;
    for (const auto text : texts) set.members.push_back(*Decimal::parse(text));
    REQUIRE(normalize(set));
    return {set};
}

Item item_of(std::initializer_list<std::pair<std::string_view, AttributeValue>> attributes) {
    Item item;
    for (const auto& [name, value] : attributes) item.set(name, value);
    return item;
}

Item rich_item() {
    return item_of({{"pk", s("user#1")},
                    {"sk", n("-12.5")},
                    {"bin", b("\x00\xFF"s)},
                    {"yes", {true}},
                    {"no", {false}},
                    {"null", {Null{}}},
                    {"ss", {StringSet{{"a", "b"}}}},
                    {"ns", numbers({"-1", "0", "10"})},
                    {"bs", {BinarySet{{"", "\xFF"}}}},
                    {"list", {List{s("x"), n("1"), {List{n("2")}}, {item_of({{"deep", s("value")}})}}}},
                    {"map", {item_of({{"a", n("1")}, {"b", {item_of({{"c", s("d")}})}}})}}});
}

TEST_CASE("Item codec: values have these bytes", "[item_codec]") {
    const std::pair<AttributeValue, std::string> rows[] = {
        {s(""), "\0\0"s},
        {s("abc"), "\0\3abc"s},
        {n("0"), "\1\1\x80"s},
        {n("1"), "\1\3\xC0\x82\x10"s},
        {n("12"), "\1\3\xC0\x83\x12"s},
        {n("123"), "\1\4\xC0\x84\x12\x30"s},
        {n("0.5"), "\1\3\xC0\x81\x50"s},
        {n("-1"), "\1\3\x40\x7D\xEF"s},
        {n("-12.5"), "\1\4\x40\x7C\xED\xAF"s},
        {n("1E-130"), "\1\3\xC0\0\x10"s},
        {n("1E125"), "\1\3\xC0\xFF\x10"s},
        {n("-1E125"), "\1\3\x40\0\xEF"s},
        {b("\0\1"s), "\2\2\0\1"s},
        {{false}, "\3\1\0"s},
        {{true}, "\3\1\1"s},
        {{Null{}}, "\4\0"s},
        {{StringSet{{"a", "bc"}}}, "\5\x08\2\0\1a\0\2bc"s},
        {numbers({"1", "-1"}), "\6\x0B\2\1\3\x40\x7D\xEF\1\3\xC0\x82\x10"s},
        {{BinarySet{{"a"}}}, "\7\4\1\2\1a"s},
        {{List{}}, "\x08\1\0"s},
        {{List{s("a"), {Null{}}}}, "\x08\6\2\0\1a\4\0"s},
        {{Map{}}, "\x09\1\0"s},
        {{item_of({{"k", s("v")}})}, "\x09\6\1\1k\0\1v"s},
    };
    for (const auto& [value, bytes] : rows) {
        CHECK(encode(value) == bytes);
        CHECK(decode(ValueView(bytes)) == value);
    }
}

TEST_CASE("Item codec: items have these bytes", "[item_codec]") {
    CHECK(encode(Item()) == "\0\0"s);
    CHECK(encode(item_of({{"pk", s("a")}})) == "\3\1\2pk\0\1a"s);
    CHECK(encode(item_of({{"b", {true}}, {"a", s("xy")}})) == "\5\2\1a\0\2xy\1b\3\1\1"s);
    std::string appended = "before";
    encode(appended, Item());
    CHECK(appended == "before\0\0"s);
}

TEST_CASE("Item codec: lengths of any number of bytes come back", "[item_codec]") {
    for (const std::size_t length : {0, 1, 126, 127, 128, 129, 255, 256, 16383, 16384, 16385, 400'000}) {
        CAPTURE(length);
        const std::string text(length, 'x');
        const Item item = item_of({{"a", s(text)},
                                   {"b", {List{s(text), {List{b(text)}}}}},
                                   {"c", {item_of({{"n", s(text)}})}},
                                   {"d", {StringSet{{text}}}},
                                   {"e" + text, n("1")}});
        const std::string encoded = encode(item);
        CHECK(valid_item(encoded));
        CHECK(ItemView(encoded).size_bytes() == size_bytes(item));
        CHECK((decode(ItemView(encoded)) == item));
        CHECK(ItemView(encoded).find("e" + text).number() == Decimal(1));
    }
}

TEST_CASE("Item codec: many members come back", "[item_codec]") {
    List list;
    Map map;
    for (int i = 0; i < 1000; ++i) {
        list.push_back({Decimal(i)});
        map.set(std::to_string(i), {Decimal(i)});
    }
    const std::string encoded = encode(item_of({{"list", {list}}, {"map", {map}}}));
    const ItemView view(encoded);
    CHECK(valid_item(encoded));
    CHECK(view.find("list").count() == 1000);
    CHECK(view.find("map").count() == 1000);
    for (int i = 0; i < 1000; ++i) {
        REQUIRE(view.find("list").at(static_cast<std::size_t>(i)).number() == Decimal(i));
        REQUIRE(view.find("map").find(std::to_string(i)).number() == Decimal(i));
    }
    CHECK(view.find("list").at(1000).empty());
    CHECK(view.find("map").find("1000").empty());
}

TEST_CASE("ItemView: no item and an item without attributes differ", "[item_codec]") {
    const std::string encoded = encode(Item());
    CHECK(ItemView().empty());
    CHECK_FALSE(ItemView(encoded).empty());
    for (const ItemView view : {ItemView(), ItemView(encoded)}) {
        CHECK(view.count() == 0);
        CHECK(view.size_bytes() == 0);
        CHECK(view.find("a").empty());
        CHECK(view.find("").empty());
        CHECK(view.attributes().empty());
        CHECK(view.attributes().begin() == view.attributes().end());
        CHECK(decode(view).empty());
    }
}

TEST_CASE("ItemView: an attribute is found by its whole name", "[item_codec]") {
    const std::string encoded = encode(rich_item());
    const ItemView view(encoded);
    CHECK(view.count() == 11);
    CHECK(view.find("pk").text() == "user#1");
    CHECK(view.find("sk").number() == *Decimal::parse("-12.5"));
    CHECK(view.find("bin").text() == "\x00\xFF"s);
    CHECK(view.find("yes").boolean());
    CHECK_FALSE(view.find("no").boolean());
    CHECK(view.find("null").type() == Type::NULL_);
    for (const auto name : {"", "p", "pkk", "Pk", "PK", "user#1", "a", "zzz", "deep"}) {
        CAPTURE(name);
        CHECK(view.find(name).empty());
    }
    CHECK(view.find("pk\0"s).empty());
}

TEST_CASE("ValueView: what is nested is reached without decoding", "[item_codec]") {
    const std::string encoded = encode(rich_item());
    const ItemView view(encoded);
    CHECK(view.find("list").count() == 4);
    CHECK(view.find("list").at(0).text() == "x");
    CHECK(view.find("list").at(2).at(0).number() == Decimal(2));
    CHECK(view.find("list").at(3).find("deep").text() == "value");
    CHECK(view.find("map").find("b").find("c").text() == "d");
    CHECK(view.find("map").count() == 2);
}

TEST_CASE("ValueView: a path into the wrong kind of value leads nowhere", "[item_codec]") {
    const std::string encoded = encode(rich_item());
    const ItemView view(encoded);
    CHECK(ValueView().find("a").empty());
    CHECK(ValueView().at(0).empty());
    CHECK(view.find("list").at(4).empty());
    CHECK(view.find("list").at(~std::size_t{0}).empty());
    CHECK(view.find("list").at(2).at(1).empty());
    CHECK(view.find("list").find("deep").empty());
    CHECK(view.find("map").at(0).empty());
    CHECK(view.find("map").find("c").empty());
    for (const auto name : {"pk", "sk", "bin", "yes", "null", "ss", "ns", "bs"}) {
        CAPTURE(name);
        CHECK(view.find(name).find("a").empty());
        CHECK(view.find(name).find("").empty());
        CHECK(view.find(name).at(0).empty());
    }
}

TEST_CASE("ValueView: members of sets are values of their own", "[item_codec]") {
    const std::string encoded = encode(rich_item());
    const ItemView view(encoded);
    std::vector<std::string> strings;
    for (const ValueView member : view.find("ss").elements()) {
        CHECK(member.type() == Type::S);
        strings.emplace_back(member.text());
    }
    CHECK(strings == std::vector<std::string>{"a", "b"});

    std::vector<Decimal> members;
    for (const ValueView member : view.find("ns").elements()) {
        CHECK(member.type() == Type::N);
        members.push_back(member.number());
    }
    CHECK(members == std::vector<Decimal>{Decimal(-1), Decimal(0), Decimal(10)});

    std::vector<std::string> binaries;
    for (const ValueView member : view.find("bs").elements()) {
        CHECK(member.type() == Type::B);
        binaries.emplace_back(member.text());
    }
    CHECK(binaries == std::vector<std::string>{"", "\xFF"});
    CHECK(equal(*view.find("ns").elements().begin(), ValueView(encode(n("-1")))));
}

TEST_CASE("Ranges: they walk all members in order, as often as one likes", "[item_codec]") {
    const Item item = rich_item();
    const std::string encoded = encode(item);
    const AttributeRange attributes = ItemView(encoded).attributes();
    CHECK(attributes.size() == item.size());
    for (int round = 0; round < 2; ++round) {
        auto expected = item.begin();
        for (const auto& [name, value] : attributes) {
            REQUIRE(expected != item.end());
            CHECK(name == expected->name);
            CHECK(value.encoded() == encode(expected->value));
            ++expected;
        }
        CHECK(expected == item.end());
    }
    CHECK(std::distance(attributes.begin(), attributes.end()) == 11);
    auto first = attributes.begin();
    const auto copy = first++;
    CHECK(copy->name == "bin");
    CHECK(first->name == "bs");
    CHECK(copy == attributes.begin());
    CHECK_FALSE(first == attributes.begin());

    const std::string empty_list = encode(AttributeValue{List{}});
    CHECK(ValueView(empty_list).elements().empty());
    CHECK(ValueView(empty_list).elements().begin() == ValueView(empty_list).elements().end());
    const std::string empty_map = encode(AttributeValue{Map{}});
    CHECK(ValueView(empty_map).attributes().begin() == ValueView(empty_map).attributes().end());
    CHECK(ValueRange().begin() == ValueRange().end());
}

TEST_CASE("ItemEncoder: chosen attributes make the item that the tree would", "[item_codec]") {
    test::Draw draw(4);
    for (int i = 0; i < 1000; ++i) {
        const Item item = draw.one_in(2) ? rich_item() : draw.item();
        const std::string encoded = encode(item);
        Item chosen;
        ItemEncoder encoder;
        for (const auto& [name, value] : ItemView(encoded).attributes()) {
            if (draw.one_in(2)) continue;
            chosen.set(name, decode(value));
            encoder.add(name, value);
        }
        REQUIRE(encoder.finish() == encode(chosen));
    }
}

TEST_CASE("ItemEncoder: after finish it starts anew", "[item_codec]") {
    const std::string value = encode(s("v"));
    ItemEncoder encoder;
    CHECK(encoder.finish() == encode(Item()));
    encoder.add("z", ValueView(value));
    CHECK(encoder.finish() == encode(item_of({{"z", s("v")}})));
    encoder.add("a", ValueView(value));
    CHECK(encoder.finish() == encode(item_of({{"a", s("v")}})));
}

TEST_CASE("Item codec: random items come back whole", "[item_codec]") {
    test::Draw draw(5);
    for (int i = 0; i < 3000; ++i) {
        const Item item = draw.item();
        const std::string encoded = encode(item);
        const ItemView view(encoded);
        REQUIRE(valid_item(encoded));
        REQUIRE((decode(view) == item));
        REQUIRE(encode(decode(view)) == encoded);
        REQUIRE(view.size_bytes() == size_bytes(item));
        REQUIRE(view.count() == item.size());
        for (const Attribute& attribute : item) {
            REQUIRE((decode(view.find(attribute.name)) == attribute.value));
            REQUIRE(view.find(attribute.name).size_bytes() == size_bytes(attribute.value));
        }
        REQUIRE(view.find(draw.bytes(3) + "?").empty());
    }
}

// Few different values, many of them nearly equal.
std::vector<AttributeValue> near_values(test::Draw& draw, int count) {
    std::vector<AttributeValue> values;
    while (static_cast<int>(values.size()) < count) {
        if (values.empty() || draw.one_in(2)) {
            values.push_back(draw.value(3));
        } else {
            const auto other = values[static_cast<std::size_t>(draw.number(0, static_cast<int>(values.size()) - 1))];
            values.push_back(draw.one_in(2) ? other : AttributeValue{List{other}});
        }
    }
    return values;
}

TEST_CASE("Item codec: bytes are equal exactly where values are", "[item_codec]") {
    test::Draw draw(6);
    const auto values = near_values(draw, 330);
    std::vector<std::string> encoded;
    for (const AttributeValue& value : values) encoded.push_back(encode(value));
    std::size_t equal_pairs = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = 0; j < values.size(); ++j) {
            const bool same = values[i] == values[j];
            equal_pairs += same ? 1 : 0;
            if (equal(ValueView(encoded[i]), ValueView(encoded[j])) != same) FAIL_CHECK(i << " and " << j);
        }
    }
    CHECK(equal_pairs > 2 * values.size());
}

TEST_CASE("Item codec: differently built equal items have equal bytes", "[item_codec]") {
    CHECK(encode(n("1.50")) == encode(n("15e-1")));
    CHECK(encode(item_of({{"a", n("1")}, {"b", n("2")}})) == encode(item_of({{"b", n("2.0")}, {"a", n("1e0")}})));
    CHECK(encode(numbers({"3", "1", "2"})) == encode(numbers({"2", "3.0", "1"})));
    CHECK(encode(n("0")) == encode(n("-0")));
}

int sign(std::strong_ordering order) {
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

TEST_CASE("Compare: numbers have the order of their values", "[item_codec]") {
    const std::vector<Decimal> values = test::Draw(7).near_decimals(330);
    std::vector<std::string> encoded;
    for (const Decimal& value : values) encoded.push_back(encode(AttributeValue{value}));
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = 0; j < values.size(); ++j) {
            const auto order = compare(ValueView(encoded[i]), ValueView(encoded[j]));
            if (!order || sign(*order) != sign(values[i] <=> values[j])) {
                FAIL_CHECK(values[i].to_string() << " and " << values[j].to_string());
            }
        }
    }
}

TEST_CASE("Compare: strings and binaries have the order of their unsigned bytes", "[item_codec]") {
    const std::string ascending[] = {"",     "\0"s,      "\0\0"s,        "\0\xFF"s,      "\1",
                                     "A",    "a",        "a\0"s,         "aa",           "b",
                                     "\x7F", "\xC3\xA9", "\xE2\x82\xAC", "\xEF\xBF\xBF", "\xF0\x90\x80\x80",
                                     "\xFF", "\xFF\0"s,  "\xFF\xFF"};
    for (std::size_t i = 0; i < std::size(ascending); ++i) {
        for (std::size_t j = 0; j < std::size(ascending); ++j) {
            CAPTURE(i, j);
            const int expected = sign(i <=> j);
            CHECK(sign(compare(ValueView(encode(s(ascending[i]))), ValueView(encode(s(ascending[j])))).value()) ==
                  expected);
            CHECK(sign(compare(ValueView(encode(b(ascending[i]))), ValueView(encode(b(ascending[j])))).value()) ==
                  expected);
        }
    }
}

TEST_CASE("Compare: other types and mixed types have no order", "[item_codec]") {
    const AttributeValue one_of_each[] = {s("a"),         n("1"),
                                          b("a"),         {true},
                                          {Null{}},       {StringSet{{"a"}}},
                                          numbers({"1"}), {BinarySet{{"a"}}},
                                          {List{n("1")}}, {item_of({{"a", n("1")}})}};
    for (const AttributeValue& left : one_of_each) {
        for (const AttributeValue& right : one_of_each) {
            CAPTURE(type_name(left.type()), type_name(right.type()));
            const std::string a = encode(left);
            const std::string c = encode(right);
            const bool ordered = left.type() == right.type() && left.type() <= Type::B;
            CHECK(compare(ValueView(a), ValueView(c)).has_value() == ordered);
            CHECK(equal(ValueView(a), ValueView(c)) == (left.type() == right.type()));
        }
    }
    const std::string a = encode(s("a"));
    CHECK_FALSE(compare(ValueView(), ValueView(a)));
    CHECK_FALSE(compare(ValueView(a), ValueView()));
    CHECK_FALSE(compare(ValueView(), ValueView()));
}

TEST_CASE("Lease: views may be used while the count of writes stands", "[item_codec]") {
    std::uint64_t writes = 41;
    const std::string encoded = encode(rich_item());
    const ItemView view(encoded, Lease(writes));
    CHECK(view.find("list").at(3).find("deep").text() == "value");
    CHECK(view.count() == 11);
    ++writes;
    const ItemView again(encoded, Lease(writes));
    CHECK(again.find("pk").text() == "user#1");
}

#ifndef NDEBUG
// Whether the process dies by abort() in `use`.
template <class Use>
bool aborts(Use use) {
    const int result = in_child([&] {
        use();
        return 0;
    });
    return result == -SIGABRT;
}

TEST_CASE("Lease: the use of a view after a write aborts in debug builds", "[item_codec]") {
    std::uint64_t writes = 0;
    const std::string encoded = encode(rich_item());
    const ItemView item(encoded, Lease(writes));
    const ValueView list = item.find("list");
    const ValueView nested = list.at(3).find("deep");
    const auto attribute = item.attributes().begin();
    const auto element = list.elements().begin();
    CHECK_FALSE(aborts([&] { nested.text(); }));
    ++writes;
    CHECK(aborts([&] { item.size_bytes(); }));
    CHECK(aborts([&] { item.find("pk"); }));
    CHECK(aborts([&] { item.encoded(); }));
    CHECK(aborts([&] { list.at(0); }));
    CHECK(aborts([&] { nested.text(); }));
    CHECK(aborts([&] {
        auto copy = attribute;
        ++copy;
    }));
    CHECK(aborts([&] {
        auto copy = element;
        ++copy;
    }));
    CHECK(aborts([&] { equal(nested, nested); }));
    CHECK_FALSE(aborts([&] { ItemView(encoded, Lease(writes)).find("pk").text(); }));
}
#endif

}  // namespace
}  // namespace minamo::storage
