// Index edits: what each kind of write does to an index, and that many of them leave what building it anew would.
#include "storage/index_edits.hpp"

#include <map>

#include "tests/storage/random_values.hpp"
#include "tests/support.hpp"

namespace minamo::storage {
namespace {

AttributeValue s(std::string text) {
    return {std::move(text)};
}
AttributeValue n(int number) {
    return {Decimal(number)};
}

// Bytes of an item; empty: there is none.
std::string item(std::initializer_list<std::pair<std::string_view, AttributeValue>> attributes) {
    Item tree;
    for (const auto& [name, value] : attributes) tree.set(name, value);
    return encode(tree);
}
const std::string absent;

ItemView view(const std::string& bytes) {
    return bytes.empty() ? ItemView() : ItemView(bytes);
}

// Table pk, sk; one index on g, h.
Table table_with(Projection projection, std::vector<std::string> listed = {}) {
    Table table;
    table.keys = {{{"pk", Type::S}}, {{"sk", Type::S}}};
    Index index;
    index.number = 1;
    index.kind = IndexKind::global;
    index.name = "gh";
    index.keys = {{{"g", Type::S}}, {{"h", Type::N}}};
    index.projection = projection;
    index.non_key_attributes = std::move(listed);
    table.indexes = {index};
    return table;
}

// One edit as text: "erase insert key_changed", and sizes.
std::string summary(const std::vector<IndexEdit>& edits) {
    std::string text;
    for (const IndexEdit& edit : edits) {
        text.append(text.empty() ? "" : "; ").append(edit.index->name).append(":");
        if (edit.erase) text += " erase";
        if (edit.insert) text += " insert";
        if (edit.key_changed) text += " moved";
        if (edit.content_changed != (edit.erase || edit.insert)) text += " ?";
        if (edit.insert.has_value() == edit.entry.empty()) text += " ?";
        text.append(" ").append(std::to_string(edit.old_bytes)).append("->").append(std::to_string(edit.new_bytes));
    }
    return text;
}

TEST_CASE("Index entry: it holds what the index projects", "[index_edits]") {
    const std::string whole =
        item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(1)}, {"a", s("A")}, {"b", s("B")}, {"zz", n(5)}});
    const auto entry = [&](Projection projection, std::vector<std::string> listed) {
        const Table table = table_with(projection, std::move(listed));
        return index_entry(table, table.indexes[0], ItemView(whole));
    };
    const std::string keys = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(1)}});
    CHECK(entry(Projection::all, {}) == whole);
    CHECK(entry(Projection::keys_only, {}) == keys);
    CHECK(entry(Projection::keys_only, {"a"}) == keys);
    CHECK(entry(Projection::include, {"absent"}) == keys);
    CHECK(entry(Projection::include, {"zz", "a", "absent"}) ==
          item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(1)}, {"a", s("A")}, {"zz", n(5)}}));
    CHECK(entry(Projection::include, {"a", "b", "zz"}) == whole);
}

TEST_CASE("Index edits: each write does this to an index", "[index_edits]") {
    const std::string in = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(1)}, {"a", s("A")}});
    const std::string in_b =
        item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(1)}, {"a", s("A")}, {"b", s("B")}});
    const std::string in_a = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(1)}, {"a", s("longer")}});
    const std::string in_z = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(1)}, {"a", s("Z")}});
    const std::string in_h = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(123)}, {"a", s("A")}});
    const std::string in_g = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("gg")}, {"h", n(1)}, {"a", s("A")}});
    const std::string out = item({{"pk", s("p")}, {"sk", s("s")}, {"a", s("A")}});
    const std::string half = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"a", s("A")}});
    const std::string wrong = item({{"pk", s("p")}, {"sk", s("s")}, {"g", n(1)}, {"h", n(1)}, {"a", s("A")}});
    const std::string empty = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("")}, {"h", n(1)}, {"a", s("A")}});
    struct Row {
        std::string what;
        std::string before;
        std::string after;
        std::string all;  // sizes: keys 2+1, 2+1, 1+1, 1+2 = 11; a 1+1
        std::string keys_only;
        std::string include_a;
    };
    const Row rows[] = {
        {"nothing at all", absent, absent, "", "", ""},
        {"put outside", absent, out, "", "", ""},
        {"put with half the key", absent, half, "", "", ""},
        {"put of another type", absent, wrong, "", "", ""},
        {"put of an empty key", absent, empty, "", "", ""},
        {"outside to outside", out, half, "", "", ""},
        {"delete outside", out, absent, "", "", ""},
        {"put", absent, in, "gh: insert 0->13", "gh: insert 0->11", "gh: insert 0->13"},
        {"delete", in, absent, "gh: erase 13->0", "gh: erase 11->0", "gh: erase 13->0"},
        {"enters", out, in, "gh: insert 0->13", "gh: insert 0->11", "gh: insert 0->13"},
        {"leaves", in, half, "gh: erase 13->0", "gh: erase 11->0", "gh: erase 13->0"},
        {"leaves by type", in, wrong, "gh: erase 13->0", "gh: erase 11->0", "gh: erase 13->0"},
        {"the same again", in, in, "gh: 13->13", "gh: 11->11", "gh: 13->13"},
        {"unprojected attribute", in, in_b, "gh: insert 13->15", "gh: 11->11", "gh: 13->13"},
        {"projected attribute", in, in_a, "gh: insert 13->18", "gh: 11->11", "gh: insert 13->18"},
        {"projected attribute of the same size", in, in_z, "gh: insert 13->13", "gh: 11->11", "gh: insert 13->13"},
        {"sort key moves", in, in_h, "gh: erase insert moved 13->14", "gh: erase insert moved 11->12",
         "gh: erase insert moved 13->14"},
        {"partition key moves", in, in_g, "gh: erase insert moved 13->14", "gh: erase insert moved 11->12",
         "gh: erase insert moved 13->14"},
    };
    for (const auto& [what, before, after, all, keys_only, include_a] : rows) {
        CAPTURE(what);
        const Table table_all = table_with(Projection::all);
        const Table table_keys = table_with(Projection::keys_only);
        const Table table_a = table_with(Projection::include, {"a"});
        CHECK(summary(index_edits(table_all, view(before), view(after))) == all);
        CHECK(summary(index_edits(table_keys, view(before), view(after))) == keys_only);
        CHECK(summary(index_edits(table_a, view(before), view(after))) == include_a);
    }
}

TEST_CASE("Index edits: keys and entry are those of the items", "[index_edits]") {
    const Table table = table_with(Projection::keys_only);
    const Index& index = table.indexes[0];
    const std::string before = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(1)}, {"a", s("A")}});
    const std::string after = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(2)}, {"a", s("A")}});
    const auto edits = index_edits(table, ItemView(before), ItemView(after));
    REQUIRE(edits.size() == 1);
    CHECK(edits[0].index == &index);
    CHECK(*edits[0].erase == *index_row_key(table, index, ItemView(before)));
    CHECK(*edits[0].insert == *index_row_key(table, index, ItemView(after)));
    CHECK(edits[0].entry == index_entry(table, index, ItemView(after)));
}

TEST_CASE("Index edits: a number written differently does not move", "[index_edits]") {
    const Table table = table_with(Projection::all);
    const std::string before = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", {*Decimal::parse("1.0")}}});
    const std::string after = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", {*Decimal::parse("10e-1")}}});
    CHECK(summary(index_edits(table, ItemView(before), ItemView(after))) == "gh: 11->11");
}

TEST_CASE("Index edits: a table without indexes has none", "[index_edits]") {
    Table table = table_with(Projection::all);
    table.indexes.clear();
    const std::string bytes = item({{"pk", s("p")}, {"sk", s("s")}});
    CHECK(index_edits(table, ItemView(), ItemView(bytes)).empty());
}

TEST_CASE("Index edits: an index that is DELETING is left alone, one in another state is not", "[index_edits]") {
    Table table = table_with(Projection::all);
    const std::string bytes = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(1)}});
    table.indexes[0].status = IndexStatus::deleting;
    CHECK(index_edits(table, ItemView(), ItemView(bytes)).empty());
    CHECK(index_edits(table, ItemView(bytes), ItemView()).empty());
    for (const auto status : {IndexStatus::creating, IndexStatus::updating, IndexStatus::active}) {
        table.indexes[0].status = status;
        CHECK(summary(index_edits(table, ItemView(), ItemView(bytes))) == "gh: insert 0->11");
    }
}

TEST_CASE("Index edits: indexes come in the table's order, those without an entry are missing", "[index_edits]") {
    Table table = table_with(Projection::all);
    Index local;
    local.number = 2;
    local.name = "local";
    local.keys = {{{"pk", Type::S}}, {{"l", Type::S}}};
    local.projection = Projection::keys_only;
    Index other = table.indexes[0];
    other.number = 3;
    other.name = "other";
    other.keys = {{{"o", Type::S}}, {}};
    table.indexes = {other, local, table.indexes[0]};
    const std::string before = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(1)}, {"l", s("x")}});
    const std::string after = item({{"pk", s("p")}, {"sk", s("s")}, {"g", s("g")}, {"h", n(1)}, {"l", s("yy")}});
    CHECK(summary(index_edits(table, ItemView(before), ItemView(after))) ==
          "local: erase insert moved 8->9; gh: insert 13->14");
}

// The rows of all indexes, as edits leave them.
using Rows = std::map<std::string, std::string>;

void carry_out(Rows& rows, const std::vector<IndexEdit>& edits) {
    for (const IndexEdit& edit : edits) {
        if (edit.erase) REQUIRE(rows.erase(std::string(edit.erase->bytes())) == 1);
        if (!edit.insert) continue;
        const auto [row, added] = rows.insert_or_assign(std::string(edit.insert->bytes()), edit.entry);
        REQUIRE(added == (edit.old_bytes == 0 || edit.key_changed));
        REQUIRE(ItemView(row->second).size_bytes() == edit.new_bytes);
    }
}

TEST_CASE("Index edits: after any writes the rows are those of indexes built anew", "[index_edits]") {
    test::Draw draw(17);
    Table table = table_with(Projection::include, {"a"});
    Index local;
    local.number = 2;
    local.name = "local";
    local.keys = {{{"pk", Type::S}}, {{"a", Type::S}}};
    Index same_keys;
    same_keys.number = 3;
    same_keys.name = "same_keys";
    same_keys.keys = table.keys;
    same_keys.projection = Projection::keys_only;
    table.indexes.insert(table.indexes.end(), {local, same_keys});

    std::map<std::string, std::string> items;  // by table row key
    Rows rows;
    for (int i = 0; i < 4000; ++i) {
        Item tree;
        tree.set("pk", s(draw.one_in(2) ? "p" : "q"));
        tree.set("sk", s(std::string(static_cast<std::size_t>(draw.number(1, 3)), 's')));
        if (!draw.one_in(4)) tree.set("g", draw.one_in(5) ? n(1) : s(draw.bytes(1)));
        if (!draw.one_in(4)) tree.set("h", n(draw.number(1, 3)));
        if (!draw.one_in(4)) tree.set("a", draw.one_in(9) ? s(std::string(1100, 'a')) : s(draw.bytes(1)));
        if (!draw.one_in(4)) tree.set("b", draw.value(2));
        const std::string bytes = encode(tree);
        const std::string key(table_row_key(table, ItemView(bytes)).bytes());
        const std::string before = items[key];
        const std::string after = draw.one_in(4) ? absent : bytes;
        items[key] = after;
        carry_out(rows, index_edits(table, view(before), view(after)));
        if (i % 100 != 99) continue;
        Rows anew;
        for (const auto& [item_key, item_bytes] : items)
            carry_out(anew, index_edits(table, ItemView(), view(item_bytes)));
        REQUIRE(rows == anew);
        REQUIRE_FALSE(rows.empty());
    }
}

}  // namespace
}  // namespace minamo::storage
