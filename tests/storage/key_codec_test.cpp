// Row keys: the order of keys, what tells rows apart, what is in an index at all.
#include "storage/key_codec.hpp"

#include <algorithm>

#include "tests/storage/random_values.hpp"
#include "tests/support.hpp"

namespace minamo::storage {
namespace {

using namespace std::string_literals;

AttributeValue s(std::string text) {
    return {std::move(text)};
}
AttributeValue n(std::string_view text) {
    return {*Decimal::parse(text)};
}
AttributeValue b(std::string bytes) {
    return {Binary{std::move(bytes)}};
}

// An item with the views of it: keeps the bytes.
struct Encoded {
    std::string bytes;
    explicit Encoded(const Item& item) : bytes(encode(item)) {}
    Encoded(std::initializer_list<std::pair<std::string_view, AttributeValue>> attributes) {
        Item item;
        for (const auto& [name, value] : attributes) item.set(name, value);
        bytes = encode(item);
    }
    ItemView view() const { return ItemView(bytes); }
};

// pk: S; sk: of the type.
Table table_of(std::optional<Type> sort) {
    Table table;
    table.keys.partition = {{"pk", Type::S}};
    if (sort) table.keys.sort = {{"sk", *sort}};
    return table;
}

Index local_index(Type sort) {
    Index index;
    index.number = 1;
    index.keys = {{{"pk", Type::S}}, {{"lk", sort}}};
    return index;
}

Index global_index(std::vector<KeyAttribute> partition, std::vector<KeyAttribute> sort) {
    Index index;
    index.number = 2;
    index.kind = IndexKind::global;
    index.keys = {std::move(partition), std::move(sort)};
    return index;
}

std::string number_key(const Decimal& number) {
    std::string key;
    append_number_key(key, number);
    return key;
}

std::string sort_value(const AttributeValue& value, SortForm form) {
    std::string out;
    append_sort_value(out, ValueView(encode(value)), form);
    return out;
}

int sign(std::strong_ordering order) {
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}
int sign(int order) {
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

// The order of two keys as LMDB has it.
int order_of(std::string_view a, std::string_view c) {
    return sign(a.compare(c));
}

TEST_CASE("Number keys: they have these bytes", "[key_codec]") {
    const auto key = [](std::string_view text) { return number_key(*Decimal::parse(text)); };
    const std::string nines(38, '9');
    CHECK(key("0") == "\x80");
    CHECK(key("1") == "\xC0\x82\x10"s + std::string(18, '\0'));
    CHECK(key("12.5") == "\xC0\x83\x12\x50"s + std::string(17, '\0'));
    CHECK(key("-1") == "\x40\x7D\xEF"s + std::string(18, '\xFF'));
    CHECK(key("1E-130") == "\xC0\0\x10"s + std::string(18, '\0'));
    CHECK(key("1E125") == "\xC0\xFF\x10"s + std::string(18, '\0'));
    CHECK(key("-1E125") == "\x40\0\xEF"s + std::string(18, '\xFF'));
    CHECK(key("-1E-130") == "\x40\xFF\xEF"s + std::string(18, '\xFF'));
    CHECK(key(nines) == "\xC0\xA7"s + std::string(19, '\x99'));
    CHECK(key("-" + nines) == "\x40\x58"s + std::string(19, '\x66'));
}

TEST_CASE("Number keys: their order is that of the numbers", "[key_codec]") {
    const std::vector<Decimal> values = test::Draw(10).near_decimals(340);
    std::vector<std::string> keys;
    for (const Decimal& value : values) {
        keys.push_back(number_key(value));
        for (const SortForm form : {SortForm::plain, SortForm::ended, SortForm::prefix}) {
            REQUIRE(sort_value({value}, form) == keys.back());
        }
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = 0; j < values.size(); ++j) {
            if (order_of(keys[i], keys[j]) != sign(values[i] <=> values[j])) {
                FAIL_CHECK(values[i].to_string() << " and " << values[j].to_string());
            }
        }
    }
}

TEST_CASE("Sort values: texts are escaped where something follows", "[key_codec]") {
    struct Row {
        std::string text;
        std::string ended;
        std::string prefix;
    };
    const Row rows[] = {
        {"abc", "abc\0\1"s, "abc"},
        {"\0"s, "\0\xFF\0\1"s, "\0\xFF"s},
        {"a\0b"s, "a\0\xFF"s + "b\0\1"s, "a\0\xFF"s + "b"},
        {"\0\0"s, "\0\xFF\0\xFF\0\1"s, "\0\xFF\0\xFF"s},
        {"a\0\1"s, "a\0\xFF\1\0\1"s, "a\0\xFF\1"s},
        {"\xFF", "\xFF\0\1"s, "\xFF"},
    };
    for (const auto& [text, ended, prefix] : rows) {
        for (const AttributeValue& value : {s(text), b(text)}) {
            CHECK(sort_value(value, SortForm::plain) == text);
            CHECK(sort_value(value, SortForm::ended) == ended);
            CHECK(sort_value(value, SortForm::prefix) == prefix);
        }
    }
}

TEST_CASE("Sort values: what begins with a text begins with its prefix form, and nothing else does", "[key_codec]") {
    test::Draw draw(11);
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = draw.bytes(5);
        const std::string beginning = draw.bytes(3);
        const bool begins = text.starts_with(beginning);
        const std::string prefix = sort_value(b(beginning), SortForm::prefix);
        if (sort_value(b(text), SortForm::ended).starts_with(prefix) != begins) FAIL_CHECK(i);
    }
}

TEST_CASE("Partition hash: it is fixed for good", "[key_codec]") {
    const auto hex = [](const PartitionHash& hash) {
        std::string text;
        for (const unsigned char byte : hash) {
            text += "0123456789abcdef"[byte >> 4];
            text += "0123456789abcdef"[byte & 15];
        }
        return text;
    };
    const KeySchema one{{{"pk", Type::S}}, {}};
    const KeySchema two{{{"pk", Type::S}, {"pn", Type::N}}, {}};
    const Encoded item{{"pk", s("user#1")}, {"pn", n("7")}};
    CHECK(hex(partition_hash(one, item.view())) == "56e9303554c0435b99becd59da8d478b");
    CHECK(hex(partition_hash(two, item.view())) == "3faf274df86d751932eeff6f9b66b330");
}

TEST_CASE("Partition hash: it depends on type and value of the partition attributes alone", "[key_codec]") {
    const auto hash = [](std::initializer_list<std::pair<std::string_view, AttributeValue>> attributes,
                         std::initializer_list<KeyAttribute> keys) {
        return partition_hash(KeySchema{keys, {{"sk", Type::S}}}, Encoded(attributes).view());
    };
    const KeyAttribute pk{"pk", Type::S};
    const KeyAttribute qk{"qk", Type::S};
    CHECK(hash({{"pk", s("1")}}, {pk}) == hash({{"pk", s("1")}, {"sk", s("x")}, {"a", n("1")}}, {pk}));
    CHECK(hash({{"pk", n("1")}}, {pk}) == hash({{"pk", n("1.0")}}, {pk}));
    CHECK(hash({{"pk", s("1")}}, {pk}) != hash({{"pk", n("1")}}, {pk}));
    CHECK(hash({{"pk", s("1")}}, {pk}) != hash({{"pk", b("1")}}, {pk}));
    CHECK(hash({{"pk", s("1")}}, {pk}) != hash({{"pk", s("2")}}, {pk}));
    // Where one value ends and the next begins counts.
    CHECK(hash({{"pk", s("ab")}, {"qk", s("c")}}, {pk, qk}) != hash({{"pk", s("a")}, {"qk", s("bc")}}, {pk, qk}));
    CHECK(hash({{"pk", s("a")}, {"qk", s("b")}}, {pk, qk}) != hash({{"pk", s("b")}, {"qk", s("a")}}, {pk, qk}));
}

TEST_CASE("Table keys: index number 0, hash, then the sort value as it is", "[key_codec]") {
    const auto key = [](const Table& table, const Encoded& item) {
        const std::string bytes(table_row_key(table, item.view()).bytes());
        const PartitionHash hash = partition_hash(table.keys, item.view());
        CHECK(bytes.substr(0, row_key_head_bytes) == "\0"s + std::string(hash.begin(), hash.end()));
        return bytes.substr(row_key_head_bytes);
    };
    CHECK(key(table_of({}), {{"pk", s("a")}}).empty());
    CHECK(key(table_of({}), {{"pk", s("a")}, {"sk", s("b")}}).empty());
    CHECK(key(table_of(Type::S), {{"pk", s("a")}, {"sk", s("b\0c"s)}, {"x", n("1")}}) == "b\0c"s);
    CHECK(key(table_of(Type::B), {{"pk", s("a")}, {"sk", b("\0\xFF"s)}}) == "\0\xFF"s);
    CHECK(key(table_of(Type::N), {{"pk", s("a")}, {"sk", n("-1.5")}}) == number_key(*Decimal::parse("-1.5")));
    CHECK(key(table_of(Type::N), {{"pk", s("a")}, {"sk", n("0")}}) == "\x80");
}

TEST_CASE("Table keys: the whole item and its key alone give the same key", "[key_codec]") {
    const Table table = table_of(Type::S);
    const Encoded whole{{"pk", s("a")}, {"sk", s(std::string(900, 'x'))}, {"more", n("1")}};
    const Encoded key{{"pk", s("a")}, {"sk", s(std::string(900, 'x'))}};
    CHECK(table_row_key(table, whole.view()) == table_row_key(table, key.view()));
}

TEST_CASE("Table keys: their order within a partition is that of the sort values", "[key_codec]") {
    test::Draw draw(12);
    for (const Type type : {Type::S, Type::B}) {
        const Table table = table_of(type);
        std::vector<std::string> texts;
        std::vector<std::string> keys;
        while (texts.size() < 230) {
            texts.push_back(draw.bytes(6));
            const Encoded item{{"pk", s("p")}, {"sk", type == Type::S ? s(texts.back()) : b(texts.back())}};
            keys.emplace_back(table_row_key(table, item.view()).bytes());
        }
        for (std::size_t i = 0; i < texts.size(); ++i) {
            for (std::size_t j = 0; j < texts.size(); ++j) {
                if (order_of(keys[i], keys[j]) != order_of(texts[i], texts[j])) FAIL_CHECK(i << " and " << j);
            }
        }
    }
}

TEST_CASE("LSI keys: index sort value, then the table's sort key", "[key_codec]") {
    const Table table = table_of(Type::S);
    const Index index = local_index(Type::S);
    const Encoded item{{"pk", s("p")}, {"sk", s("t\0"s)}, {"lk", s("x\0"s)}};
    const auto key = index_row_key(table, index, item.view());
    REQUIRE(key);
    CHECK(key->bytes()[0] == 1);
    CHECK(key->bytes().substr(1, 16) == table_row_key(table, item.view()).bytes().substr(1, 16));
    CHECK(key->bytes().substr(row_key_head_bytes) == "x\0\xFF\0\1t\0"s);
    CHECK(full_ordered_part(table, &index, item.view()) == "x\0\xFF\0\1t\0"s);
}

TEST_CASE("LSI keys: ordered by the index sort value, ties by the table's", "[key_codec]") {
    test::Draw draw(13);
    for (const Type tie : {Type::S, Type::N}) {
        const Table table = table_of(tie);
        const Index index = local_index(Type::B);
        struct Row {
            std::string local;
            std::string table;  // encoded
            std::string key;
        };
        std::vector<Row> rows;
        while (rows.size() < 230) {
            const std::string local = draw.bytes(2) + "."s;
            const AttributeValue value = tie == Type::S ? s(draw.bytes(2) + ".") : AttributeValue{draw.decimal()};
            const Encoded item{{"pk", s("p")}, {"sk", value}, {"lk", b(local)}};
            rows.push_back({local, encode(value), std::string(index_row_key(table, index, item.view())->bytes())});
        }
        for (const Row& a : rows) {
            for (const Row& c : rows) {
                const int by_local = order_of(a.local, c.local);
                const int by_table = sign(*compare(ValueView(a.table), ValueView(c.table)));
                if (order_of(a.key, c.key) != (by_local != 0 ? by_local : by_table)) FAIL_CHECK("order");
            }
        }
    }
}

TEST_CASE("GSI keys: ties are told apart by the hash of the table key", "[key_codec]") {
    const Table table = table_of(Type::S);
    const Index hash_only = global_index({{"g", Type::N}}, {});
    const auto key = [&](const Encoded& item) {
        return std::string(index_row_key(table, hash_only, item.view())->bytes());
    };
    const std::string one = key({{"pk", s("a")}, {"sk", s("b")}, {"g", n("1")}});
    CHECK(one.size() == row_key_head_bytes + 16);
    CHECK(one[0] == 2);
    CHECK(one == key({{"pk", s("a")}, {"sk", s("b")}, {"g", n("1.0")}, {"more", n("5")}}));
    const std::string others[] = {key({{"pk", s("a")}, {"sk", s("c")}, {"g", n("1")}}),
                                  key({{"pk", s("c")}, {"sk", s("b")}, {"g", n("1")}}),
                                  key({{"pk", s("ab")}, {"sk", s("")}, {"g", n("1")}})};
    for (const std::string& other : others) {
        CHECK(other != one);
        CHECK(other.substr(0, row_key_head_bytes) == one.substr(0, row_key_head_bytes));
    }
}

TEST_CASE("GSI keys: several sort attributes order from left to right", "[key_codec]") {
    test::Draw draw(14);
    const Table table = table_of(Type::N);
    const Index index = global_index({{"g", Type::S}, {"h", Type::S}},
                                     {{"a", Type::S}, {"b", Type::N}, {"c", Type::B}, {"d", Type::S}});
    struct Row {
        std::string a, b, c, d;  // encoded
        std::string key;
    };
    std::vector<Row> rows;
    while (rows.size() < 320) {
        const AttributeValue a = s(draw.bytes(1) + draw.bytes(1) + "\xFF");
        const AttributeValue number = draw.one_in(3) ? n("0") : AttributeValue{Decimal(draw.number(-3, 3))};
        const AttributeValue c = b(draw.bytes(1) + "\0"s);
        const AttributeValue d = s(draw.bytes(2) + "d");
        const Encoded item{
            {"pk", s("p")}, {"sk", {draw.decimal()}}, {"g", s("g")}, {"h", s("h")}, {"a", a}, {"b", number}, {"c", c},
            {"d", d}};
        const std::string key(index_row_key(table, index, item.view())->bytes());
        rows.push_back({encode(a), encode(number), encode(c), encode(d), key.substr(0, key.size() - 16)});
    }
    for (const Row& left : rows) {
        for (const Row& right : rows) {
            int expected = 0;
            for (const auto member : {&Row::a, &Row::b, &Row::c, &Row::d}) {
                if (expected == 0) expected = sign(*compare(ValueView(left.*member), ValueView(right.*member)));
            }
            if (order_of(left.key, right.key) != expected) FAIL_CHECK("order");
        }
    }
}

TEST_CASE("Row keys: those that would reach LMDB's limit are cut", "[key_codec]") {
    const Table table = table_of(Type::S);
    const auto key = [&](std::size_t length, char last) {
        const Encoded item{{"pk", s("p")}, {"sk", s(std::string(length - 1, 'x') + last)}};
        return std::string(table_row_key(table, item.view()).bytes());
    };
    const std::size_t whole_max = row_key_bytes_max - row_key_head_bytes - 1;
    CHECK(key(whole_max, 'y').size() == row_key_bytes_max - 1);
    CHECK(key(whole_max, 'y').back() == 'y');
    for (const std::size_t length : {whole_max + 1, whole_max + 2, std::size_t{1023}, std::size_t{1024}}) {
        CAPTURE(length);
        CHECK(key(length, 'y').size() == row_key_bytes_max);
        CHECK(key(length, 'y').substr(row_key_head_bytes, ordered_bytes_max) == std::string(ordered_bytes_max, 'x'));
        CHECK(key(length, 'y') == key(length, 'y'));
        CHECK(key(length, 'y') != key(length, 'z'));
        CHECK(key(length, 'x') != key(length - 1, 'x'));
    }
}

TEST_CASE("Row keys: no whole key can be made to meet a cut one", "[key_codec]") {
    const Table table = table_of(Type::B);
    const auto key = [&](const std::string& sort) {
        return std::string(table_row_key(table, Encoded{{"pk", s("p")}, {"sk", b(sort)}}.view()).bytes());
    };
    const std::string cut = key(std::string(1024, 'x'));
    const std::string crafted = cut.substr(row_key_head_bytes);
    CHECK(crafted.size() == ordered_bytes_max + 16);
    CHECK(key(crafted) != cut);
}

TEST_CASE("Row keys: every index key fits, however much is escaped", "[key_codec]") {
    const Table table = table_of(Type::S);
    const std::string zeros(sort_key_bytes_max, '\0');
    const Index global =
        global_index({{"a", Type::S}}, {{"a", Type::S}, {"b", Type::S}, {"c", Type::S}, {"d", Type::S}});
    const Encoded item{{"pk", s("p")},  {"sk", s(zeros)}, {"lk", s(zeros)}, {"a", s(zeros)},
                       {"b", s(zeros)}, {"c", s(zeros)},  {"d", s(zeros)}};
    CHECK(index_row_key(table, local_index(Type::S), item.view())->bytes().size() == row_key_bytes_max);
    CHECK(index_row_key(table, global, item.view())->bytes().size() == row_key_bytes_max);
    CHECK(full_ordered_part(table, &global, item.view()).size() == 4 * (2 * sort_key_bytes_max + 2) + 16);
}

// What range.cpp relies on: outside runs keys are in order as they stand, and runs lie together.
TEST_CASE("Row keys: cut or not, keys are in order up to their runs", "[key_codec]") {
    test::Draw draw(15);
    const Table table = table_of(Type::S);
    const Index local = local_index(Type::S);
    for (const Index* const index : {static_cast<const Index*>(nullptr), &local}) {
        struct Row {
            std::string full;
            std::string key;
        };
        std::vector<Row> rows;
        const std::string common(ordered_bytes_max - 4, 'x');
        while (rows.size() < 250) {
            const auto text = [&] { return draw.one_in(4) ? draw.bytes(6) + "." : common + draw.bytes(26) + "."; };
            const Encoded item{{"pk", s("p")}, {"sk", s(text())}, {"lk", s(text())}};
            const RowKey key =
                index != nullptr ? *index_row_key(table, *index, item.view()) : table_row_key(table, item.view());
            rows.push_back({full_ordered_part(table, index, item.view()), std::string(key.bytes())});
            const bool whole = row_key_head_bytes + rows.back().full.size() < row_key_bytes_max;
            CHECK((key.bytes().size() < row_key_bytes_max) == whole);
            if (whole) CHECK(key.bytes().substr(row_key_head_bytes) == rows.back().full);
        }
        for (const Row& a : rows) {
            for (const Row& c : rows) {
                const bool run = std::min(a.full.size(), c.full.size()) >= ordered_bytes_max &&
                                 a.full.substr(0, ordered_bytes_max) == c.full.substr(0, ordered_bytes_max);
                const std::string_view run_a =
                    std::string_view(a.key).substr(0, row_key_head_bytes + ordered_bytes_max);
                const std::string_view run_c =
                    std::string_view(c.key).substr(0, row_key_head_bytes + ordered_bytes_max);
                if (run && run_a != run_c) FAIL_CHECK("a run is torn");
                if (!run && order_of(a.key, c.key) != order_of(a.full, c.full)) FAIL_CHECK("order");
                if ((a.full == c.full) != (a.key == c.key)) FAIL_CHECK("two rows of one key");
            }
        }
    }
}

TEST_CASE("Index keys: an item without usable key attributes is not in the index", "[key_codec]") {
    const Table table = table_of(Type::S);
    const Index local = local_index(Type::N);
    const Index global = global_index({{"g", Type::S}}, {{"h", Type::B}});
    const Index wide = global_index({{"g", Type::S}, {"n", Type::N}}, {{"h", Type::B}, {"m", Type::N}});
    const AttributeValue p = s("p");
    struct Row {
        std::string why;
        const Index* index;
        Encoded item;
        bool in;
    };
    const Row rows[] = {
        {"all there", &local, {{"pk", p}, {"sk", p}, {"lk", n("0")}}, true},
        {"all there", &global, {{"pk", p}, {"sk", p}, {"g", s("x")}, {"h", b("y")}}, true},
        {"all there", &wide, {{"pk", p}, {"sk", p}, {"g", s("x")}, {"n", n("1")}, {"h", b("y")}, {"m", n("2")}}, true},
        {"longest",
         &global,
         {{"pk", p}, {"sk", p}, {"g", s(std::string(2048, 'x'))}, {"h", b(std::string(1024, 'y'))}},
         true},
        {"LSI sort absent", &local, {{"pk", p}, {"sk", p}}, false},
        {"LSI sort of another type", &local, {{"pk", p}, {"sk", p}, {"lk", s("0")}}, false},
        {"LSI sort null", &local, {{"pk", p}, {"sk", p}, {"lk", {Null{}}}}, false},
        {"LSI sort a set", &local, {{"pk", p}, {"sk", p}, {"lk", {NumberSet{{Decimal(1)}}}}}, false},
        {"partition absent", &global, {{"pk", p}, {"sk", p}, {"h", b("y")}}, false},
        {"sort absent", &global, {{"pk", p}, {"sk", p}, {"g", s("x")}}, false},
        {"both absent", &global, {{"pk", p}, {"sk", p}}, false},
        {"partition of another type", &global, {{"pk", p}, {"sk", p}, {"g", b("x")}, {"h", b("y")}}, false},
        {"sort of another type", &global, {{"pk", p}, {"sk", p}, {"g", s("x")}, {"h", s("y")}}, false},
        {"partition empty", &global, {{"pk", p}, {"sk", p}, {"g", s("")}, {"h", b("y")}}, false},
        {"sort empty", &global, {{"pk", p}, {"sk", p}, {"g", s("x")}, {"h", b("")}}, false},
        {"partition too long", &global, {{"pk", p}, {"sk", p}, {"g", s(std::string(2049, 'x'))}, {"h", b("y")}}, false},
        {"sort too long", &global, {{"pk", p}, {"sk", p}, {"g", s("x")}, {"h", b(std::string(1025, 'y'))}}, false},
        {"second partition absent", &wide, {{"pk", p}, {"sk", p}, {"g", s("x")}, {"h", b("y")}, {"m", n("2")}}, false},
        {"last sort absent", &wide, {{"pk", p}, {"sk", p}, {"g", s("x")}, {"n", n("1")}, {"h", b("y")}}, false},
        {"last sort of another type",
         &wide,
         {{"pk", p}, {"sk", p}, {"g", s("x")}, {"n", n("1")}, {"h", b("y")}, {"m", s("2")}},
         false},
        {"a nested one does not count",
         &local,
         {{"pk", p}, {"sk", p}, {"map", {decode(Encoded{{"lk", n("1")}}.view())}}},
         false},
    };
    for (const auto& [why, index, item, in] : rows) {
        CAPTURE(why, index->number);
        CHECK(index_row_key(table, *index, item.view()).has_value() == in);
    }
}

TEST_CASE("RowKey: a copy is equal and independent", "[key_codec]") {
    RowKey key;
    CHECK(key.bytes().empty());
    key.append("ab");
    RowKey copy = key;
    CHECK(copy == key);
    copy.append("c");
    CHECK_FALSE(copy == key);
    CHECK(key.bytes() == "ab");
    key = copy;
    CHECK(key.bytes() == "abc");
    key = *&key;
    CHECK(key.bytes() == "abc");
    key.clear();
    CHECK(key == RowKey());
    key.append(std::string(row_key_bytes_max, 'x'));
    CHECK(key.bytes().size() == row_key_bytes_max);
}

}  // namespace
}  // namespace minamo::storage
