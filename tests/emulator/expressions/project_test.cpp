// Parts of items: for projections, and for UPDATED_OLD and UPDATED_NEW.
#include "storage/item_codec.hpp"
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

constexpr const char* item_text =
    "{'a':{'N':'1'},'b':{'S':'x'},'c':{'SS':['p','q']},'x.y':{'S':'dotted'},"
    "'l':{'L':[{'S':'l0'},{'S':'l1'},{'M':{'k':{'S':'v'},'j':{'S':'w'}}},{'L':[{'S':'l30'},{'S':'l31'}]}]},"
    "'m':{'M':{'p':{'S':'mp'},'q':{'M':{'r':{'N':'2'},'s':{'N':'3'}}},'t':{'L':[{'N':'4'},{'N':'5'}]},'em':{'M':{}}}}}";

struct ProjectCase {
    std::string text;
    std::string result;
};

std::string projected(const std::string& text, const std::string& item) {
    Request request("{'#a':'a','#dot':'x.y'}");
    const auto bound = request.projection(text);
    INFO(fault(bound));
    REQUIRE(bound);
    const std::string part = project(*bound, storage::ItemView(item));
    // Canonical, as every item is.
    CHECK(part == storage::encode(decode(storage::ItemView(part))));
    return shown(storage::ItemView(part));
}

void check_parts(std::initializer_list<ProjectCase> cases) {
    const std::string item = encoded_item(item_text);
    for (const ProjectCase& each : cases) {
        INFO(each.text);
        CHECK(projected(each.text, item) == each.result);
    }
}

}  // namespace

TEST_CASE("Project: names at the top level", "[project]") {
    check_parts({
        {"a", "{'a':{'N':'1'}}"},
        {"b, a", "{'a':{'N':'1'},'b':{'S':'x'}}"},
        {"#a, c", "{'a':{'N':'1'},'c':{'SS':['p','q']}}"},
        {"#dot", "{'x.y':{'S':'dotted'}}"},
        {"gone", "{}"},
        {"gone, b, absent", "{'b':{'S':'x'}}"},
        {"A", "{}"},
    });
}

TEST_CASE("Project: structure is kept", "[project]") {
    check_parts({
        {"m.p", "{'m':{'M':{'p':{'S':'mp'}}}}"},
        {"m.q.s", "{'m':{'M':{'q':{'M':{'s':{'N':'3'}}}}}}"},
        {"m.q.s, m.p", "{'m':{'M':{'p':{'S':'mp'},'q':{'M':{'s':{'N':'3'}}}}}}"},
        {"m.q", "{'m':{'M':{'q':{'M':{'r':{'N':'2'},'s':{'N':'3'}}}}}}"},
        {"m.em", "{'m':{'M':{'em':{'M':{}}}}}"},
        {"m.t[1], a", "{'a':{'N':'1'},'m':{'M':{'t':{'L':[{'N':'5'}]}}}}"},
        {"l[2].k", "{'l':{'L':[{'M':{'k':{'S':'v'}}}]}}"},
        {"l[3][1]", "{'l':{'L':[{'L':[{'S':'l31'}]}]}}"},
    });
}

TEST_CASE("Project: list elements are packed in ascending order", "[project]") {
    check_parts({
        {"l[1], l[0]", "{'l':{'L':[{'S':'l0'},{'S':'l1'}]}}"},
        {"l[3][1], l[0], l[2].j", "{'l':{'L':[{'S':'l0'},{'M':{'j':{'S':'w'}}},{'L':[{'S':'l31'}]}]}}"},
        {"l[2].j, l[2].k, l[99]", "{'l':{'L':[{'M':{'j':{'S':'w'},'k':{'S':'v'}}}]}}"},
        {"l[3][1], l[3][0]", "{'l':{'L':[{'L':[{'S':'l30'},{'S':'l31'}]}]}}"},
    });
    const std::string long_list =
        "{'l':{'L':[{'N':'0'},{'N':'1'},{'N':'2'},{'N':'3'},{'N':'4'},{'N':'5'},{'N':'6'},"
        "{'N':'7'},{'N':'8'},{'N':'9'},{'N':'10'}]}}";
    CHECK(projected("l[10], l[9], l[1]", encoded_item(long_list)) == "{'l':{'L':[{'N':'1'},{'N':'9'},{'N':'10'}]}}");
}

TEST_CASE("Project: paths that lead nowhere vanish with their parents", "[project]") {
    check_parts({
        {"m.gone", "{}"},
        {"m.gone.deeper, m.q.gone", "{}"},
        {"l[4]", "{}"},
        {"l[2].gone, l[3][7]", "{}"},
        {"a.x", "{}"},
        {"a[0]", "{}"},
        {"m[0]", "{}"},
        {"l.x", "{}"},
        {"c[0]", "{}"},
        {"x.y", "{}"},
        {"m.em.x, a", "{'a':{'N':'1'}}"},
        {"m.gone, m.p", "{'m':{'M':{'p':{'S':'mp'}}}}"},
        {"l[9], l[1]", "{'l':{'L':[{'S':'l1'}]}}"},
        {"l[0].x, m.t[0].x", "{}"},
    });
}

TEST_CASE("Project: an absent item has no parts", "[project]") {
    for (const char* text : {"a", "m.p", "l[0], a"}) {
        CHECK(projected(text, "") == "{}");
        CHECK(projected(text, encoded_item("{}")) == "{}");
    }
}

TEST_CASE("Project: no projection is the whole item", "[project]") {
    const std::string item = encoded_item(item_text);
    CHECK(project(BoundProjection(), storage::ItemView(item)) == item);
}

TEST_CASE("Project: the targets of an update", "[project]") {
    const std::string item = encoded_item(item_text);
    const auto touched = [&item](const std::string& text) {
        Request request("", "{':v':{'N':'1'},':s':{'SS':['a']}}");
        const auto update = request.update(text);
        REQUIRE(update);
        return shown(storage::ItemView(project(target_paths(*update), storage::ItemView(item))));
    };
    CHECK(touched("SET a = :v") == "{'a':{'N':'1'}}");
    CHECK(touched("REMOVE gone") == "{}");
    CHECK(touched("SET m.t[1] = :v REMOVE m.q.s ADD a :v DELETE zz :s") ==
          "{'a':{'N':'1'},'m':{'M':{'q':{'M':{'s':{'N':'3'}}},'t':{'L':[{'N':'5'}]}}}}");
    CHECK(touched("SET l[3][1] = :v, l[1] = :v") == "{'l':{'L':[{'S':'l1'},{'L':[{'S':'l31'}]}]}}");
    CHECK(shown(storage::ItemView(project(std::span<const ResolvedPath>(), storage::ItemView(item)))) == "{}");
}

TEST_CASE("Project: paths that begin one another are told once", "[project]") {
    const std::string item = encoded_item(item_text);
    const ResolvedPath overlapping[] = {
        {{"m", 0, false}, {"q", 0, false}}, {{"m", 0, false}}, {{"a", 0, false}}, {{"a", 0, false}}};
    const std::string part = project(overlapping, storage::ItemView(item));
    CHECK(shown(storage::ItemView(part)) == projected("m, a", item));
}

}  // namespace minamo
