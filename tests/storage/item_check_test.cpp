// valid_item: bytes that are not an item, or not the one encoding of it, are refused; what passes reads and encodes
// again.
#include "tests/storage/random_values.hpp"
#include "tests/support.hpp"

#include "storage/item_codec.hpp"

namespace minamo::storage {
namespace {

using namespace std::string_literals;

// An item of one attribute "a" with this value's bytes and size.
std::string around(std::string_view value, std::size_t size) {
    return static_cast<char>(1 + size) + "\1\1a"s + std::string(value);
}

TEST_CASE("valid_item: these are items", "[item_check]") {
    CHECK(valid_item("\0\0"s));
    CHECK(valid_item(around("\0\0"s, 0)));
    CHECK(valid_item(around("\0\1x"s, 1)));
    CHECK(valid_item(around("\1\1\x80"s, 1)));
    CHECK(valid_item(around("\1\3\xC0\x82\x10"s, 2)));
    CHECK(valid_item(around("\1\3\x40\x7D\xEF"s, 3)));
    CHECK(valid_item(around("\3\1\1"s, 1)));
    CHECK(valid_item(around("\4\0"s, 1)));
    CHECK(valid_item(around("\5\x08\2\0\1a\0\2bc"s, 3)));
    CHECK(valid_item(around("\x08\1\0"s, 3)));
    CHECK(valid_item(around("\x09\6\1\1k\0\1v"s, 6)));
}

TEST_CASE("valid_item: these are not", "[item_check]") {
    struct Row {
        std::string why;
        std::string bytes;
    };
    const Row rows[] = {
        {"nothing", ""},
        {"no count", "\0"s},
        {"a byte too many", "\0\0\0"s},
        {"a size of nothing", "\1\0"s},
        {"a count of nothing", "\0\1"s},
        {"size too small", around("\0\1x"s, 0)},
        {"size too large", around("\0\1x"s, 2)},
        {"size in a long form", "\x80\0\0"s},
        {"count in a long form", "\0\x80\0"s},
        {"huge count", "\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\1"s},
        {"name past the end", "\1\1\2a"s},
        {"huge name", "\1\1\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\1"s},
        {"no value", "\1\1\1a"s},
        {"no length", "\1\1\1a\0"s},
        {"value past the end", around("\0\2x"s, 2)},
        {"length in a long form", around("\0\x81\0x"s, 1)},
        {"no such type", around("\x0A\0"s, 0)},
        {"no such type at all", around("\xFF\0"s, 0)},
        {"names descend", "\2\2\1b\0\0\1a\0\0"s},
        {"a name twice", "\2\2\1a\0\0\1a\0\0"s},
        {"no number", around("\1\0"s, 1)},
        {"zero with more", around("\1\2\x80\0"s, 1)},
        {"a sign alone", around("\1\1\xC0"s, 1)},
        {"no digits", around("\1\2\xC0\x82"s, 1)},
        {"no such sign", around("\1\3\x41\x82\x10"s, 2)},
        {"digit zero first", around("\1\3\xC0\x82\1"s, 2)},
        {"digit zero first, negative", around("\1\3\x40\x7D\xFE"s, 3)},
        {"zeros at the end", around("\1\4\xC0\x82\x10\0"s, 2)},
        {"zeros at the end, negative", around("\1\4\x40\x7D\xEF\xFF"s, 3)},
        {"high digit ten", around("\1\3\xC0\x82\xA0"s, 2)},
        {"low digit ten", around("\1\3\xC0\x82\x1A"s, 2)},
        {"plain digits of a negative", around("\1\3\x40\x7D\x10"s, 3)},
        {"40 digits", around("\1\x16\xC0\x82"s + std::string(20, '\x11'), 22)},
        {"BOOL of nothing", around("\3\0"s, 1)},
        {"BOOL two", around("\3\1\2"s, 1)},
        {"BOOL of two bytes", around("\3\2\1\1"s, 1)},
        {"NULL with a byte", around("\4\1\0"s, 1)},
        {"set without count", around("\5\0"s, 0)},
        {"set members descend", around("\5\7\2\0\1b\0\1a"s, 2)},
        {"set member twice", around("\5\7\2\0\1a\0\1a"s, 2)},
        {"number set members descend", around("\6\x09\2\1\3\xC0\x82\x10\1\1\x80"s, 3)},
        {"negative set members descend", around("\6\x0C\2\1\3\x40\x7D\xEF\1\4\x40\x7D\xEE\xAF"s, 7)},
        {"number in a string set", around("\5\4\1\1\1\x80"s, 1)},
        {"string in a binary set", around("\7\4\1\0\1a"s, 1)},
        {"list in a set", around("\5\4\1\x08\1\0"s, 3)},
        {"more than its members in a set", around("\5\5\1\0\1a\0"s, 1)},
        {"fewer members than counted", around("\5\4\2\0\1a"s, 1)},
        {"list without count", around("\x08\0"s, 3)},
        {"list of more than it counts", around("\x08\4\1\4\0\0"s, 5)},
        {"list of less than it counts", around("\x08\3\2\4\0"s, 5)},
        {"list element past its end", around("\x08\4\1\0\5a"s, 9)},
        {"map without count", around("\x09\0"s, 3)},
        {"map names descend", around("\x09\x09\2\1b\0\0\1a\0\0"s, 7)},
        {"map name twice", around("\x09\x09\2\1a\0\0\1a\0\0"s, 7)},
        {"bad value deep down", around("\x08\x05\1\x08\2\1\x0B"s, 7)},
    };
    for (const auto& [why, bytes] : rows) {
        CAPTURE(why);
        CHECK_FALSE(valid_item(bytes));
    }
}

AttributeValue nested(int levels) {
    AttributeValue value{Null{}};
    for (int i = 1; i < levels; ++i) {
        Map map;
        map.set("m", value);
        value = i % 2 == 0 ? AttributeValue{List{value}} : AttributeValue{map};
    }
    return value;
}

TEST_CASE("valid_item: nesting ends somewhere", "[item_check]") {
    Item item;
    item.set("a", nested(valid_levels_max));
    CHECK(valid_item(encode(item)));
    item.set("a", nested(valid_levels_max + 1));
    CHECK_FALSE(valid_item(encode(item)));
    item.set("a", nested(400));
    CHECK_FALSE(valid_item(encode(item)));
}

TEST_CASE("valid_item: no part of an item is one, and no item with more behind it", "[item_check]") {
    test::Draw draw(8);
    for (int i = 0; i < 100; ++i) {
        const std::string encoded = encode(draw.item());
        for (std::size_t length = 0; length < encoded.size(); ++length) {
            if (valid_item(std::string_view(encoded).substr(0, length))) FAIL_CHECK("length " << length);
        }
        CHECK_FALSE(valid_item(encoded + '\0'));
        CHECK_FALSE(valid_item(encoded + encoded));
    }
}

TEST_CASE("valid_item: what passes with changed bytes is still the one encoding of an item", "[item_check]") {
    test::Draw draw(9);
    int passed = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes = encode(draw.item());
        for (int changes = draw.number(1, 3); changes > 0; --changes) {
            bytes[static_cast<std::size_t>(draw.number(0, static_cast<int>(bytes.size()) - 1))] =
                static_cast<char>(draw.one_in(2) ? draw.number(0, 12) : draw.number(0, 255));
        }
        if (!valid_item(bytes)) continue;
        ++passed;
        const Item item = decode(ItemView(bytes));
        if (encode(item) != bytes) FAIL_CHECK("item " << i);
    }
    CHECK(passed > 100);
}

}  // namespace
}  // namespace minamo::storage
