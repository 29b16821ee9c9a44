// Updates on items: what comes out, what is refused while it is computed.
#include "storage/item_codec.hpp"
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

constexpr const char* key = "{'pk':{'S':'k'}}";
constexpr const char* names = "{'#a':'a','#dot':'x.y','#s':'set'}";
constexpr const char* values =
    "{':s':{'S':'new'},':n':{'N':'5'},':one':{'N':'1'},':neg':{'N':'-7.5'},':zero':{'N':'0'},':l':{'L':[{'S':'p'},{'S':"
    "'q'}]},"
    "':el':{'L':[]},':m':{'M':{'k':{'S':'v'}}},':ss':{'SS':['b','c']},':abc':{'SS':['a','b','c']},':ns':{'NS':['2','3."
    "0']},"
    "':bs':{'BS':['AQ==','Ag==']},':x':{'S':'x'},':y':{'S':'y'},':z':{'S':'z'},':t':{'BOOL':true},"
    "':huge':{'N':'9e125'},':tiny':{'N':'1e-130'},':long':{'N':'12345678901234567890123456789012345678'},"
    "':fine':{'N':'1e-40'}}";

struct ApplyCase {
    std::string item;  // JSON, without the key that all have; "" is an absent item
    std::string update;
    std::string result;  // without the key, or the message
};

const std::string invalid_path = "The document path provided in the update expression is invalid for update";
const std::string missing = "The provided expression refers to an attribute that does not exist in the item";
const std::string wrong_type = "An operand in the update expression has an incorrect data type";

std::string with_key(const std::string& item) {
    if (item.empty()) return {};
    return encoded_item("{'pk':{'S':'k'}" + std::string(item == "{}" ? "" : ",") + item.substr(1));
}

Result<storage::Item> applied(const ApplyCase& each) {
    Request request(names, values);
    const auto update = request.update(each.update);
    INFO(fault(update));
    REQUIRE(update);
    const std::string item = with_key(each.item);
    const std::string key_item = encoded_item(key);
    return apply(*update, storage::ItemView(item), storage::ItemView(key_item));
}

void check_results(std::initializer_list<ApplyCase> cases) {
    for (const ApplyCase& each : cases) {
        INFO(each.item << " " << each.update);
        const auto result = applied(each);
        REQUIRE(fault(result) == "");
        CHECK(shown(storage::ItemView(storage::encode(*result))) == shown(storage::ItemView(with_key(each.result))));
    }
}

void check_faults(std::initializer_list<ApplyCase> cases) {
    for (const ApplyCase& each : cases) {
        INFO(each.item << " " << each.update);
        const auto result = applied(each);
        CHECK(fault(result) == each.result);
        CHECK((result || result.error()->fault == RequestFault::none));
    }
}

// Lists of strings, for cases about positions.
std::string list(std::initializer_list<const char*> members) {
    std::string out;
    for (const char* member : members) out += std::string(out.empty() ? "" : ",") + "{'S':'" + member + "'}";
    return "{'l':{'L':[" + out + "]}}";
}

}  // namespace

TEST_CASE("SET: puts each kind of operand", "[apply]") {
    check_results({
        {"{}", "SET a = :s", "{'a':{'S':'new'}}"},
        {"{'a':{'N':'1'}}", "SET a = :s", "{'a':{'S':'new'}}"},
        {"{'b':{'N':'1'}}", "SET a = b", "{'a':{'N':'1'},'b':{'N':'1'}}"},
        {"{'b':{'N':'1'}}", "SET b = b", "{'b':{'N':'1'}}"},
        {"{'m':{'M':{}}}", "SET m.x = :m", "{'m':{'M':{'x':{'M':{'k':{'S':'v'}}}}}}"},
        {"{'m':{'M':{'x':{'S':'old'},'y':{'S':'kept'}}}}", "SET m.x = :s",
         "{'m':{'M':{'x':{'S':'new'},'y':{'S':'kept'}}}}"},
        {"{'m':{'M':{'x':{'L':[{'M':{}}]}}}}", "SET m.x[0].y = m",
         "{'m':{'M':{'x':{'L':[{'M':{'y':{'M':{'x':{'L':[{'M':{}}]}}}}}]}}}}"},
        {"{}", "SET #dot = :s", "{'x.y':{'S':'new'}}"},
        {"{'m':{'M':{}}}", "SET m.#dot = :s", "{'m':{'M':{'x.y':{'S':'new'}}}}"},
        {"{'l':{'L':[{'S':'p'}]}}", "SET a = l[0]", "{'l':{'L':[{'S':'p'}]},'a':{'S':'p'}}"},
    });
}

TEST_CASE("SET: right-hand sides read the old item", "[apply]") {
    check_results({
        {"{'a':{'N':'1'},'b':{'N':'2'}}", "SET a = b, b = a", "{'a':{'N':'2'},'b':{'N':'1'}}"},
        {"{'a':{'N':'1'}}", "REMOVE a SET b = a", "{'b':{'N':'1'}}"},
        {"{'a':{'N':'1'}}", "SET b = a ADD a :n", "{'a':{'N':'6'},'b':{'N':'1'}}"},
        {"{'a':{'N':'1'}}", "ADD a :n SET b = a + a", "{'a':{'N':'6'},'b':{'N':'2'}}"},
        {"{'l':{'L':[{'S':'p'},{'S':'q'}]}}", "SET l[0] = l[1], l[1] = l[0]", "{'l':{'L':[{'S':'q'},{'S':'p'}]}}"},
    });
}

TEST_CASE("SET: arithmetic is exact", "[apply]") {
    check_results({
        {"{'a':{'N':'1'}}", "SET a = a + :n", "{'a':{'N':'6'}}"},
        {"{'a':{'N':'1'}}", "SET a = a - :n", "{'a':{'N':'-4'}}"},
        {"{'a':{'N':'7.5'}}", "SET a = :neg + a", "{'a':{'N':'0'}}"},
        {"{'a':{'N':'0.1'}}", "SET a = a + a", "{'a':{'N':'0.2'}}"},
        {"{}", "SET a = :n - :neg", "{'a':{'N':'12.5'}}"},
        {"{}", "SET a = if_not_exists(a, :zero) + :one", "{'a':{'N':'1'}}"},
        {"{'a':{'N':'41'}}", "SET a = if_not_exists(a, :zero) + :one", "{'a':{'N':'42'}}"},
        {"{'m':{'M':{'c':{'N':'1'}}}}", "SET m.c = m.c + :one", "{'m':{'M':{'c':{'N':'2'}}}}"},
        {"{}", "SET a = :long - :long", "{'a':{'N':'0'}}"},
    });
    // Also of a sum that 38 digits cannot hold.
    const std::string overflow =
        "Number overflow. Attempting to store a number with magnitude larger than supported range";
    check_faults({
        {"{}", "SET a = :one + :fine", overflow},
        {"{}", "SET a = :huge + :huge", overflow},
        {"{'a':{'N':'9e125'}}", "ADD a :huge", overflow},
        {"{'a':{'N':'1e-40'}}", "ADD a :one", overflow},
        {"{'a':{'S':'1'}}", "SET a = a + :one", wrong_type},
        {"{'a':{'S':'1'}}", "SET b = :one - a", wrong_type},
        {"{'a':{'L':[]}}", "SET b = a + a", wrong_type},
        {"{}", "SET a = if_not_exists(a, :s) + :n", wrong_type},
        {"{}", "SET a = list_append(:l, :l) + :n", wrong_type},
        {"{}", "SET a = a + :one", missing},
        {"{}", "SET a = :one + a", missing},
        {"{'m':{'M':{}}}", "SET a = m.x + :one", missing},
    });
}

TEST_CASE("SET: what is not there cannot be read", "[apply]") {
    check_faults({
        {"{}", "SET a = a", missing},
        {"{}", "SET a = b", missing},
        {"{'a':{'S':'x'}}", "SET b = a.x", missing},
        {"{'a':{'S':'x'}}", "SET b = a[0]", missing},
        {"{'l':{'L':[]}}", "SET b = l[0]", missing},
        {"{'m':{'M':{}}}", "SET b = m[0]", missing},
        {"{}", "SET a = if_not_exists(a, b)", missing},
        {"{}", "SET a = if_not_exists(a, if_not_exists(b, c))", missing},
        {"{}", "SET a = list_append(a, :l)", missing},
        {"{}", "SET a = list_append(:l, a)", missing},
        {"", "SET a = b", missing},
        // Reading comes before writing.
        {"{}", "SET a.b = :s, c = d", missing},
    });
}

TEST_CASE("SET: if_not_exists", "[apply]") {
    check_results({
        {"{}", "SET a = if_not_exists(a, :s)", "{'a':{'S':'new'}}"},
        {"{'a':{'N':'1'}}", "SET a = if_not_exists(a, :s)", "{'a':{'N':'1'}}"},
        {"{'a':{'NULL':true}}", "SET a = if_not_exists(a, :s)", "{'a':{'NULL':true}}"},
        {"{'b':{'N':'1'}}", "SET a = if_not_exists(c, b)", "{'a':{'N':'1'},'b':{'N':'1'}}"},
        {"{'b':{'N':'1'}}", "SET a = if_not_exists(b, nothere)", "{'a':{'N':'1'},'b':{'N':'1'}}"},
        {"{'c':{'N':'2'}}", "SET a = if_not_exists(a, if_not_exists(b, c))", "{'a':{'N':'2'},'c':{'N':'2'}}"},
        {"{'m':{'M':{'x':{'S':'1'}}}}", "SET a = if_not_exists(m.x.y, :t)",
         "{'a':{'BOOL':true},'m':{'M':{'x':{'S':'1'}}}}"},
        {"", "SET a = if_not_exists(a, :s)", "{'a':{'S':'new'}}"},
        {"{}", "SET a = list_append(if_not_exists(a, :el), :l)", "{'a':{'L':[{'S':'p'},{'S':'q'}]}}"},
    });
}

TEST_CASE("SET: list_append keeps the left list first", "[apply]") {
    check_results({
        {"{'a':{'L':[{'S':'x'}]}}", "SET a = list_append(a, :l)", "{'a':{'L':[{'S':'x'},{'S':'p'},{'S':'q'}]}}"},
        {"{'a':{'L':[{'S':'x'}]}}", "SET a = list_append(:l, a)", "{'a':{'L':[{'S':'p'},{'S':'q'},{'S':'x'}]}}"},
        {"{'a':{'L':[{'S':'x'}]}}", "SET b = list_append(a, a)",
         "{'a':{'L':[{'S':'x'}]},'b':{'L':[{'S':'x'},{'S':'x'}]}}"},
        {"{}", "SET a = list_append(:el, :el)", "{'a':{'L':[]}}"},
    });
    check_faults({
        {"{'a':{'SS':['x']}}", "SET a = list_append(a, :l)", wrong_type},
        {"{'a':{'S':'x'}}", "SET a = list_append(:l, a)", wrong_type},
        {"{'a':{'M':{}}}", "SET a = list_append(a, a)", wrong_type},
        {"{}", "SET a = list_append(if_not_exists(a, :s), :l)", wrong_type},
    });
}

TEST_CASE("Update: lists keep their old positions to the end", "[apply]") {
    check_results({
        {list({"a", "b", "c"}), "REMOVE l[0], l[1]", list({"c"})},
        {list({"a", "b", "c"}), "REMOVE l[1], l[0]", list({"c"})},
        {list({"a", "b", "c"}), "REMOVE l[2], l[0]", list({"b"})},
        {list({"a", "b", "c"}), "REMOVE l[0], l[1], l[2]", list({})},
        {list({"a", "b", "c"}), "REMOVE l[7], l[1]", list({"a", "c"})},
        {list({"a", "b", "c"}), "SET l[1] = :x REMOVE l[0]", list({"x", "c"})},
        {list({"a", "b", "c"}), "REMOVE l[0] SET l[1] = :x", list({"x", "c"})},
        {list({"a", "b", "c"}), "REMOVE l[0] SET l[3] = :x", list({"b", "c", "x"})},
        {list({"a", "b", "c"}), "SET l[3] = :x", list({"a", "b", "c", "x"})},
        {list({"a", "b", "c"}), "SET l[99] = :x", list({"a", "b", "c", "x"})},
        {list({"a"}), "SET l[9] = :z, l[5] = :x, l[7] = :y", list({"a", "x", "y", "z"})},
        {list({"a"}), "SET l[9] = :z, l[0] = :y, l[5] = :x", list({"y", "x", "z"})},
        {list({"a", "b"}), "SET l[5] = :x REMOVE l[4]", list({"a", "b", "x"})},
        {list({"a", "b"}), "SET l[5] = :x REMOVE l[2]", list({"a", "b", "x"})},
        {list({"a", "b"}), "REMOVE l[0], l[1] SET l[2] = :x", list({"x"})},
        {list({}), "SET l[0] = :x, l[1] = :y", list({"x", "y"})},
        {list({"a", "b"}), "SET l[0] = l[1] REMOVE l[1]", list({"b"})},
    });
}

TEST_CASE("Update: positions hold in lists of lists", "[apply]") {
    const std::string nested =
        "{'l':{'L':[{'L':[{'S':'a'},{'S':'b'}]},{'L':[{'S':'c'},{'S':'d'}]},{'M':{'x':{'S':'e'}}}]}}";
    check_results({
        {nested, "REMOVE l[0], l[1][0]", "{'l':{'L':[{'L':[{'S':'d'}]},{'M':{'x':{'S':'e'}}}]}}"},
        {nested, "REMOVE l[1][1], l[0], l[2].x", "{'l':{'L':[{'L':[{'S':'c'}]},{'M':{}}]}}"},
        {nested, "REMOVE l[0][0], l[1]", "{'l':{'L':[{'L':[{'S':'b'}]},{'M':{'x':{'S':'e'}}}]}}"},
        {nested, "REMOVE l[0] SET l[1][5] = :x, l[2].y = :y, l[9] = :z",
         "{'l':{'L':[{'L':[{'S':'c'},{'S':'d'},{'S':'x'}]},{'M':{'x':{'S':'e'},'y':{'S':'y'}}},{'S':'z'}]}}"},
        {nested, "SET l[0][0] = l[1], a = l[0] REMOVE l[1], l[2]",
         "{'a':{'L':[{'S':'a'},{'S':'b'}]},'l':{'L':[{'L':[{'L':[{'S':'c'},{'S':'d'}]},{'S':'b'}]}]}}"},
    });
}

TEST_CASE("Update: the parent of a target must be one that can have it", "[apply]") {
    for (const char* action : {"SET %s = :s", "REMOVE %s", "ADD %s :n", "DELETE %s :ss"}) {
        const auto at = [action](const char* path) {
            std::string text(action);
            return text.replace(text.find("%s"), 2, path);
        };
        check_faults({
            {"{}", at("a.b"), invalid_path},
            {"{}", at("a[0]"), invalid_path},
            {"{'a':{'S':'x'}}", at("a.b"), invalid_path},
            {"{'a':{'S':'x'}}", at("a[0]"), invalid_path},
            {"{'a':{'L':[]}}", at("a.b"), invalid_path},
            {"{'a':{'M':{}}}", at("a[0]"), invalid_path},
            {"{'a':{'M':{}}}", at("a.b.c"), invalid_path},
            {"{'a':{'L':[]}}", at("a[0].c"), invalid_path},
            {"{'a':{'SS':['x']}}", at("a[0]"), invalid_path},
        });
    }
    // On an absent item only what writes needs a parent.
    check_faults({{"", "SET a.b = :s", invalid_path},
                  {"", "ADD a.b :n", invalid_path},
                  {"", "REMOVE a.b SET c = :s", invalid_path}});
    // What the same update appends is no parent.
    check_faults({{list({"a"}), "SET l[5] = :m, l[1].x = :s", invalid_path}, {"{}", "SET a = :m, b.x = a", missing}});
}

TEST_CASE("REMOVE: what is not there may be removed", "[apply]") {
    check_results({
        {"{'a':{'S':'x'}}", "REMOVE a", "{}"},
        {"{}", "REMOVE a", "{}"},
        {"{'m':{'M':{'x':{'S':'1'}}}}", "REMOVE m.x", "{'m':{'M':{}}}"},
        {"{'m':{'M':{}}}", "REMOVE m.x", "{'m':{'M':{}}}"},
        {list({"a"}), "REMOVE l[1]", list({"a"})},
        {list({}), "REMOVE l[0]", list({})},
    });
}

TEST_CASE("ADD: numbers add, sets unite", "[apply]") {
    check_results({
        {"{}", "ADD a :n", "{'a':{'N':'5'}}"},
        {"", "ADD a :n", "{'a':{'N':'5'}}"},
        {"{'a':{'N':'1.5'}}", "ADD a :n", "{'a':{'N':'6.5'}}"},
        {"{'a':{'N':'7.5'}}", "ADD a :neg", "{'a':{'N':'0'}}"},
        {"{}", "ADD a :ss", "{'a':{'SS':['b','c']}}"},
        {"{'a':{'SS':['a','b']}}", "ADD a :ss", "{'a':{'SS':['a','b','c']}}"},
        {"{'a':{'NS':['1','2']}}", "ADD a :ns", "{'a':{'NS':['1','2','3']}}"},
        {"{'a':{'BS':['Ag==']}}", "ADD a :bs", "{'a':{'BS':['AQ==','Ag==']}}"},
        {"{'m':{'M':{}}}", "ADD m.x :n", "{'m':{'M':{'x':{'N':'5'}}}}"},
        {"{'m':{'M':{'x':{'N':'1'}}}}", "ADD m.x :n", "{'m':{'M':{'x':{'N':'6'}}}}"},
        {"{'l':{'L':[{'N':'1'}]}}", "ADD l[0] :n", "{'l':{'L':[{'N':'6'}]}}"},
        {"{'l':{'L':[{'N':'1'}]}}", "ADD l[7] :n", "{'l':{'L':[{'N':'1'},{'N':'5'}]}}"},
        {"{'l':{'L':[]}}", "ADD l[7] :n SET l[3] = :x", "{'l':{'L':[{'S':'x'},{'N':'5'}]}}"},
    });
    check_faults({
        {"{'a':{'S':'1'}}", "ADD a :n", wrong_type},
        {"{'a':{'SS':['1']}}", "ADD a :n", wrong_type},
        {"{'a':{'N':'1'}}", "ADD a :ss", wrong_type},
        {"{'a':{'NS':['1']}}", "ADD a :ss", wrong_type},
        {"{'a':{'SS':['1']}}", "ADD a :bs", wrong_type},
        {"{'a':{'L':[]}}", "ADD a :ss", wrong_type},
        {"{'a':{'NULL':true}}", "ADD a :n", wrong_type},
    });
}

TEST_CASE("DELETE: takes members out of sets", "[apply]") {
    check_results({
        {"{'a':{'SS':['a','b','d']}}", "DELETE a :ss", "{'a':{'SS':['a','d']}}"},
        {"{'a':{'SS':['x']}}", "DELETE a :ss", "{'a':{'SS':['x']}}"},
        {"{'a':{'SS':['b','c']}}", "DELETE a :ss", "{}"},
        {"{'a':{'SS':['b']}}", "DELETE a :abc", "{}"},
        {"{}", "DELETE a :ss", "{}"},
        {"{'a':{'NS':['3','4']}}", "DELETE a :ns", "{'a':{'NS':['4']}}"},
        {"{'a':{'BS':['Ag==','Aw==']}}", "DELETE a :bs", "{'a':{'BS':['Aw==']}}"},
        {"{'m':{'M':{'x':{'SS':['b']}}}}", "DELETE m.x :ss", "{'m':{'M':{}}}"},
        {"{'l':{'L':[{'SS':['b']},{'SS':['z']}]}}", "DELETE l[0] :ss, l[1] :abc", "{'l':{'L':[{'SS':['z']}]}}"},
        {"{'l':{'L':[{'SS':['b']}]}}", "DELETE l[4] :ss", "{'l':{'L':[{'SS':['b']}]}}"},
    });
    check_faults({
        {"{'a':{'S':'b'}}", "DELETE a :ss", wrong_type},
        {"{'a':{'NS':['1']}}", "DELETE a :ss", wrong_type},
        {"{'a':{'L':[{'S':'b'}]}}", "DELETE a :ss", wrong_type},
        {"{'a':{'NULL':true}}", "DELETE a :bs", wrong_type},
    });
}

TEST_CASE("Update: what only takes away from an absent item leaves it absent", "[apply]") {
    for (const char* update : {"REMOVE a", "REMOVE a.b, c[0]", "DELETE a :ss", "DELETE a.b :ss REMOVE c"}) {
        INFO(update);
        const auto result = applied({"", update, ""});
        REQUIRE(fault(result) == "");
        CHECK(result->empty());
    }
}

TEST_CASE("Update: sections may stand in any order", "[apply]") {
    const std::string item = "{'a':{'N':'1'},'b':{'S':'x'},'c':{'SS':['b','z']},'d':{'N':'2'}}";
    const std::string result = "{'a':{'N':'6'},'c':{'SS':['z']},'d':{'N':'1'}}";
    check_results({
        {item, "SET d = a REMOVE b ADD a :n DELETE c :ss", result},
        {item, "DELETE c :ss ADD a :n REMOVE b SET d = a", result},
        {item, "ADD a :n SET d = a DELETE c :ss REMOVE b", result},
    });
}

TEST_CASE("Update: an absent item starts from its key", "[apply]") {
    check_results({
        {"", "SET a = :s", "{'a':{'S':'new'}}"},
        {"", "SET a = :s REMOVE b DELETE c :ss", "{'a':{'S':'new'}}"},
        {"", "SET a = pk, b = if_not_exists(pk, :s)", "{'a':{'S':'k'},'b':{'S':'k'}}"},
        {"", "SET a = list_append(:el, if_not_exists(a, :l))", "{'a':{'L':[{'S':'p'},{'S':'q'}]}}"},
    });
    const std::string key_item = encoded_item(key);
    const auto result = apply(BoundUpdate(), storage::ItemView(), storage::ItemView(key_item));
    REQUIRE(result);
    CHECK(storage::encode(*result) == key_item);
}

TEST_CASE("Update: without an update the item stays", "[apply]") {
    const std::string item = with_key("{'a':{'L':[{'N':'1'}]}}");
    const std::string key_item = encoded_item(key);
    const auto result = apply(BoundUpdate(), storage::ItemView(item), storage::ItemView(key_item));
    REQUIRE(result);
    CHECK(storage::encode(*result) == item);
}

TEST_CASE("Update: values may nest 32 levels deep", "[apply]") {
    const auto nested = [](int levels) {
        std::string out = "{'S':'x'}";
        for (int i = 1; i < levels; ++i) out = "{'L':[" + out + "]}";
        return out;
    };
    const std::string too_deep = "Nesting Levels have exceeded supported limits";
    const auto outcome = [&](const std::string& text, int item_levels, int value_levels) {
        Request request("", "{':v':" + nested(value_levels) + ",':l':{'L':[{'S':'p'}]}}");
        const auto update = request.update(text);
        REQUIRE(update);
        const std::string item = encoded_item("{'a':" + nested(item_levels) + "}");
        return fault(apply(*update, storage::ItemView(item), storage::ItemView()));
    };
    CHECK(outcome("SET b = :v", 2, 32) == "");
    CHECK(outcome("SET a[1] = :v", 2, 31) == "");
    CHECK(outcome("SET a[1] = :v", 2, 32) == too_deep);
    CHECK(outcome("SET a[0][0][0] = :v", 6, 29) == "");
    CHECK(outcome("SET a[0][0][0] = :v", 6, 30) == too_deep);
    CHECK(outcome("SET a[0] = a", 32, 1) == too_deep);
    CHECK(outcome("SET b = a", 32, 1) == "");
    CHECK(outcome("SET b = list_append(a, :l)", 32, 1) == "");
}

}  // namespace minamo
