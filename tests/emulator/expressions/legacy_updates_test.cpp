// AttributeUpdates and AttributesToGet.
#include "storage/item_codec.hpp"
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

const std::string parameter = "One or more parameter values were invalid: ";

struct UpdatesCase {
    std::string item;
    std::string updates;
    std::string result;  // or the message
};

Result<storage::Item> applied(const UpdatesCase& each) {
    const auto bound = bind_attribute_updates(Json(each.updates).value());
    INFO(fault(bound));
    REQUIRE(bound);
    const std::string item = encoded_item(each.item);
    const std::string key = encoded_item("{'pk':{'S':'k'}}");
    return apply(*bound, storage::ItemView(item), storage::ItemView(key));
}

}  // namespace

TEST_CASE("AttributeUpdates: actions that make no sense", "[legacy]") {
    const std::string only_delete = parameter + "Only DELETE action is allowed when no attribute value is specified";
    const auto no_add = [](const std::string& type) {
        return parameter + "ADD action is not supported for the type " + type;
    };
    const auto no_delete = [](const std::string& type) {
        return parameter + "DELETE action with value is not supported for the type " + type;
    };
    const std::pair<std::string, std::string> cases[] = {
        {"{'a':{}}", only_delete},
        {"{'a':{'Action':'PUT'}}", only_delete},
        {"{'a':{'Action':'ADD'}}", only_delete},
        {"{'a':{'Action':'ADD','Value':null}}", only_delete},
        {"{'a':{'Action':'ADD','Value':{'S':'x'}}}", no_add("S")},
        {"{'a':{'Action':'ADD','Value':{'B':'AQ=='}}}", no_add("B")},
        {"{'a':{'Action':'ADD','Value':{'BOOL':true}}}", no_add("BOOL")},
        {"{'a':{'Action':'ADD','Value':{'NULL':true}}}", no_add("NULL")},
        {"{'a':{'Action':'ADD','Value':{'M':{}}}}", no_add("M")},
        {"{'a':{'Action':'DELETE','Value':{'S':'x'}}}", no_delete("S")},
        {"{'a':{'Action':'DELETE','Value':{'N':'1'}}}", no_delete("N")},
        {"{'a':{'Action':'DELETE','Value':{'L':[]}}}", no_delete("L")},
        {"{'a':{'Action':'DELETE','Value':{'M':{}}}}", no_delete("M")},
        {"{'a':{'Action':'DELETE','Value':{'NULL':true}}}", no_delete("NULL")},
        {"{'a':{'Value':{}}}", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"},
        {"{'a':{'Value':{'N':'x'}}}", "The parameter cannot be converted to a numeric value: x"},
        {"{'a':{'Value':{'S':'x'}},'b':{}}", only_delete},
    };
    for (const auto& [updates, message] : cases) {
        INFO(updates);
        CHECK(fault(bind_attribute_updates(Json(updates).value())) == message);
    }
}

TEST_CASE("AttributeUpdates: PUT, ADD and DELETE", "[legacy]") {
    const UpdatesCase cases[] = {
        {"{'a':{'S':'x'}}", "{'a':{'Value':{'N':'1'}}}", "{'a':{'N':'1'}}"},
        {"{'a':{'S':'x'}}", "{'b':{'Action':'PUT','Value':{'N':'1'}}}", "{'a':{'S':'x'},'b':{'N':'1'}}"},
        {"{'a':{'S':'x'}}", "{'x.y':{'Value':{'S':'dot'}}}", "{'a':{'S':'x'},'x.y':{'S':'dot'}}"},
        {"{'a':{'S':'x'}}", "{'a':{'Action':'DELETE'}}", "{}"},
        {"{'a':{'S':'x'}}", "{'b':{'Action':'DELETE'}}", "{'a':{'S':'x'}}"},
        {"{'a':{'SS':['x','y']}}", "{'a':{'Action':'DELETE','Value':{'SS':['y','z']}}}", "{'a':{'SS':['x']}}"},
        {"{'a':{'SS':['x']}}", "{'a':{'Action':'DELETE','Value':{'SS':['x']}}}", "{}"},
        {"{'a':{'S':'x'}}", "{'b':{'Action':'DELETE','Value':{'SS':['x']}}}", "{'a':{'S':'x'}}"},
        {"{'a':{'N':'1'}}", "{'a':{'Action':'ADD','Value':{'N':'2.5'}}}", "{'a':{'N':'3.5'}}"},
        {"{'a':{'NS':['1']}}", "{'a':{'Action':'ADD','Value':{'NS':['2','1.0']}}}", "{'a':{'NS':['1','2']}}"},
        {"{'a':{'L':[{'S':'x'}]}}", "{'a':{'Action':'ADD','Value':{'L':[{'N':'1'}]}}}",
         "{'a':{'L':[{'S':'x'},{'N':'1'}]}}"},
        {"{'k':{'S':'x'}}", "{'a':{'Action':'ADD','Value':{'L':[{'N':'1'}]}}}",
         "{'k':{'S':'x'},'a':{'L':[{'N':'1'}]}}"},
        {"{'k':{'S':'x'}}", "{'a':{'Action':'ADD','Value':{'N':'2'}}}", "{'k':{'S':'x'},'a':{'N':'2'}}"},
        {"", "{'a':{'Action':'ADD','Value':{'N':'2'}}}", "{'pk':{'S':'k'},'a':{'N':'2'}}"},
        {"", "{'a':{'Action':'DELETE'}}", "{}"},
        {"", "{'a':{'Action':'DELETE','Value':{'SS':['x']}}}", "{}"},
        {"", "{'a':{'Action':'DELETE'},'b':{'Value':{'N':'2'}}}", "{'pk':{'S':'k'},'b':{'N':'2'}}"},
        {"", "{}", "{'pk':{'S':'k'}}"},
        {"{'a':{'N':'1'}}", "{'a':{'Action':'DELETE'},'a':{'Value':{'N':'7'}}}", "{'a':{'N':'7'}}"},
        {"{'a':{'N':'1'},'b':{'N':'2'}}",
         "{'a':{'Action':'DELETE'},'b':{'Action':'ADD','Value':{'N':'1'}},'c':{'Value':{'BOOL':true}}}",
         "{'b':{'N':'3'},'c':{'BOOL':true}}"},
    };
    for (const UpdatesCase& each : cases) {
        INFO(each.item << " " << each.updates);
        const auto result = applied(each);
        REQUIRE(fault(result) == "");
        CHECK(shown(storage::ItemView(storage::encode(*result))) ==
              shown(storage::ItemView(encoded_item(each.result))));
    }
}

TEST_CASE("AttributeUpdates: stored values of another type", "[legacy]") {
    const std::string mismatch = "Type mismatch for attribute to update";
    const UpdatesCase cases[] = {
        {"{'a':{'S':'x'}}", "{'a':{'Action':'ADD','Value':{'N':'1'}}}", mismatch},
        {"{'a':{'N':'1'}}", "{'a':{'Action':'ADD','Value':{'SS':['x']}}}", mismatch},
        {"{'a':{'SS':['x']}}", "{'a':{'Action':'ADD','Value':{'NS':['1']}}}", mismatch},
        {"{'a':{'SS':['x']}}", "{'a':{'Action':'ADD','Value':{'L':[]}}}", mismatch},
        {"{'a':{'L':[]}}", "{'a':{'Action':'ADD','Value':{'N':'1'}}}", mismatch},
        {"{'a':{'S':'x'}}", "{'a':{'Action':'DELETE','Value':{'SS':['x']}}}", mismatch},
        {"{'a':{'NS':['1']}}", "{'a':{'Action':'DELETE','Value':{'SS':['x']}}}", mismatch},
        {"{'a':{'N':'9e125'}}", "{'a':{'Action':'ADD','Value':{'N':'9e125'}}}",
         "Number overflow. Attempting to store a number with magnitude larger than supported range"},
    };
    for (const UpdatesCase& each : cases) {
        INFO(each.item << " " << each.updates);
        CHECK(fault(applied(each)) == each.result);
    }
}

TEST_CASE("AttributeUpdates: targets are single names", "[legacy]") {
    const Json updates("{'x.y':{'Action':'DELETE'},'a':{'Value':{'S':'x'}}}");
    const auto bound = bind_attribute_updates(updates.value());
    REQUIRE(bound);
    CHECK(target_paths(*bound) == std::vector<ResolvedPath>{{{"x.y", 0, false}}, {{"a", 0, false}}});
}

TEST_CASE("AttributesToGet: names are literal", "[legacy]") {
    const std::string item =
        encoded_item("{'b':{'S':'1'},'a':{'M':{'x':{'S':'2'}}},'x.y':{'S':'3'},'select':{'S':'4'}}");
    const std::pair<std::string, std::string> cases[] = {
        {"['a','b']", "{'a':{'M':{'x':{'S':'2'}}},'b':{'S':'1'}}"},
        {"['b','a']", "{'a':{'M':{'x':{'S':'2'}}},'b':{'S':'1'}}"},
        {"['x.y','select']", "{'select':{'S':'4'},'x.y':{'S':'3'}}"},
        {"['a.x']", "{}"},
        {"['gone','b','#b']", "{'b':{'S':'1'}}"},
    };
    for (const auto& [list, result] : cases) {
        INFO(list);
        const auto bound = bind_attributes_to_get(Json(list).value());
        REQUIRE(bound);
        CHECK(shown(storage::ItemView(project(*bound, storage::ItemView(item)))) == result);
    }
}

TEST_CASE("AttributesToGet: a name twice is refused", "[legacy]") {
    const std::string twice = parameter + "Duplicate value in attribute name: ";
    const std::pair<std::string, std::string> cases[] = {
        {"['a','a']", twice + "a"},
        {"['a','b','b','a']", twice + "b"},
        {"['x.y','a','x.y']", twice + "x.y"},
        {"['a','A']", ""},
    };
    for (const auto& [list, message] : cases) {
        INFO(list);
        CHECK(fault(bind_attributes_to_get(Json(list).value())) == message);
    }
}

}  // namespace minamo
