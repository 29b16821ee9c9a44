// Expected, QueryFilter and ScanFilter: their faults, and what they mean.
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

const std::string parameter = "One or more parameter values were invalid: ";
const std::string empty_value = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";

struct LegacyCase {
    std::string json;
    std::string message;
};

std::string condition(const std::string& comparison, const std::string& list) {
    const std::string values = list.empty() ? "" : ",'AttributeValueList':[" + list + "]";
    return "{'a':{'ComparisonOperator':'" + comparison + "'" + values + "}}";
}

std::string count_fault(const std::string& comparison) {
    return parameter + "Invalid number of argument(s) for the " + comparison + " ComparisonOperator";
}

std::string type_fault(const std::string& comparison, const std::string& type) {
    return parameter + "ComparisonOperator " + comparison + " is not valid for " + type + " AttributeValue type";
}

constexpr const char* item_text =
    "{'s':{'S':'abc'},'n':{'N':'10'},'b':{'B':'AQL/'},'ss':{'SS':['a','b']},'l':{'L':[{'S':'x'}]},'x.y':{'S':'dot'},"
    "'nu':{'NULL':true}}";

bool expected_holds(const std::string& json, const std::string& joined = "") {
    const Json object(json);
    const auto bound = bind_expected(object.value(), joined);
    INFO(json << " " << fault(bound));
    REQUIRE(bound);
    return evaluate(*bound, storage::ItemView(encoded_item(item_text)));
}

bool filter_holds(const std::string& json, const std::string& joined = "") {
    const Json object(json);
    const auto bound = bind_legacy_filter(object.value(), joined);
    INFO(json << " " << fault(bound));
    REQUIRE(bound);
    return evaluate(*bound, storage::ItemView(encoded_item(item_text)));
}

}  // namespace

TEST_CASE("Expected: members that exclude each other", "[legacy]") {
    const LegacyCase cases[] = {
        {"{'a':{'Value':{'S':'x'},'AttributeValueList':[{'S':'x'}]}}",
         parameter + "Value and AttributeValueList cannot be used together for Attribute: a"},
        {"{'a':{'Value':{'S':'x'},'AttributeValueList':[{'S':'x'}],'ComparisonOperator':'EQ','Exists':true}}",
         parameter + "Value and AttributeValueList cannot be used together for Attribute: a"},
        {"{'a':{'ComparisonOperator':'EQ','Exists':true,'Value':{'S':'x'}}}",
         parameter + "Exists and ComparisonOperator cannot be used together for Attribute: a"},
        {"{'a':{'ComparisonOperator':'NULL','Exists':false}}",
         parameter + "Exists and ComparisonOperator cannot be used together for Attribute: a"},
        {"{'a':{'ComparisonOperator':'EQ'}}",
         parameter + "Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a"},
        {"{'a':{'ComparisonOperator':'IN'}}",
         parameter + "Value or AttributeValueList must be used with ComparisonOperator: IN for Attribute: a"},
        {"{'a':{'AttributeValueList':[{'S':'x'}]}}",
         parameter + "AttributeValueList can only be used with a ComparisonOperator for Attribute: a"},
        {"{'a':{'AttributeValueList':[{'S':'x'}],'Exists':false}}",
         parameter + "AttributeValueList can only be used with a ComparisonOperator for Attribute: a"},
        {"{'a':{'Exists':true}}", parameter + "Value must be provided when Exists is true for Attribute: a"},
        {"{'a':{}}", parameter + "Value must be provided when Exists is null for Attribute: a"},
        {"{'a':{'Value':null}}", parameter + "Value must be provided when Exists is null for Attribute: a"},
        {"{'a':{'Exists':false,'Value':{'S':'x'}}}",
         parameter + "Value cannot be used when Exists is false for Attribute: a"},
        {"{'a':{'Exists':'no','Value':{'S':'x'}}}",
         parameter + "Value cannot be used when Exists is false for Attribute: a"},
        {"{'a':{'Value':{}}}", empty_value},
        {"{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{}]}}", empty_value},
        {"{'b':{'Value':{'S':'x'}},'a':{}}", parameter + "Value must be provided when Exists is null for Attribute: a"},
        {"{'a':{'ComparisonOperator':'BETWEEN','Value':{'S':'x'}}}", count_fault("BETWEEN")},
        {"{'a':{'ComparisonOperator':'NULL','Value':{'S':'x'}}}", count_fault("NULL")},
    };
    for (const LegacyCase& each : cases) {
        INFO(each.json);
        CHECK(fault(bind_expected(Json(each.json).value(), "")) == each.message);
    }
}

TEST_CASE("Legacy conditions: numbers of arguments", "[legacy]") {
    const std::string one = "{'S':'x'}";
    const std::string two = "{'S':'x'},{'S':'y'}";
    const std::string three = "{'S':'x'},{'S':'y'},{'S':'z'}";
    for (const char* name : {"EQ", "NE", "LE", "LT", "GE", "GT", "CONTAINS", "NOT_CONTAINS", "BEGINS_WITH"}) {
        for (const std::string& list : {std::string(), std::string(" "), two, three}) {
            INFO(name << " " << list);
            CHECK(fault(bind_legacy_filter(Json(condition(name, list)).value(), "")) == count_fault(name));
        }
        CHECK(fault(bind_legacy_filter(Json(condition(name, one)).value(), "")) == "");
    }
    for (const std::string& list : {std::string(), std::string(" "), one, three}) {
        CHECK(fault(bind_legacy_filter(Json(condition("BETWEEN", list)).value(), "")) == count_fault("BETWEEN"));
    }
    for (const std::string& list : {std::string(), std::string(" ")}) {
        CHECK(fault(bind_legacy_filter(Json(condition("IN", list)).value(), "")) == count_fault("IN"));
    }
    for (const char* name : {"NULL", "NOT_NULL"}) {
        CHECK(fault(bind_legacy_filter(Json(condition(name, one)).value(), "")) == count_fault(name));
        CHECK(fault(bind_legacy_filter(Json(condition(name, " ")).value(), "")) == "");
        CHECK(fault(bind_legacy_filter(Json(condition(name, "")).value(), "")) == "");
    }
    CHECK(fault(bind_legacy_filter(Json(condition("BETWEEN", two)).value(), "")) == "");
    CHECK(fault(bind_legacy_filter(Json(condition("IN", three)).value(), "")) == "");
}

TEST_CASE("Legacy conditions: types of arguments", "[legacy]") {
    const std::pair<const char*, const char*> values[] = {
        {"S", "{'S':'1'}"},     {"N", "{'N':'1'}"},    {"B", "{'B':'AQ=='}"},     {"SS", "{'SS':['1']}"},
        {"NS", "{'NS':['1']}"}, {"BS", "{'BS':['']}"}, {"BOOL", "{'BOOL':true}"}, {"NULL", "{'NULL':true}"},
        {"L", "{'L':[]}"},      {"M", "{'M':{}}"},
    };
    for (const char* name : {"LE", "LT", "GE", "GT", "CONTAINS", "NOT_CONTAINS", "IN", "BEGINS_WITH", "EQ", "NE"}) {
        for (const auto& [type, value] : values) {
            INFO(name << " " << type);
            const std::string_view types = name == std::string_view("BEGINS_WITH") ? "S,B" : "S,N,B";
            const bool any = name == std::string_view("EQ") || name == std::string_view("NE");
            const std::string all = "," + std::string(types) + ",";
            const bool taken = any || all.find("," + std::string(type) + ",") != std::string::npos;
            CHECK(fault(bind_legacy_filter(Json(condition(name, value)).value(), "")) ==
                  (taken ? "" : type_fault(name, type)));
        }
    }
    const std::string mixed = parameter + "AttributeValues inside AttributeValueList must be of same type";
    const LegacyCase cases[] = {
        {condition("BETWEEN", "{'S':'1'},{'N':'1'}"), mixed},
        {condition("IN", "{'N':'1'},{'N':'2'},{'B':'AQ=='}"), mixed},
        {condition("IN", "{'SS':['1']},{'N':'1'}"), mixed},
        {condition("IN", "{'SS':['1']},{'SS':['2']}"), type_fault("IN", "SS")},
        {condition("BETWEEN", "{'M':{}},{'M':{}}"), type_fault("BETWEEN", "M")},
        {condition("BETWEEN", "{'N':'2'},{'N':'10'}"), ""},
        {condition("BETWEEN", "{'S':'2'},{'S':'10'}"),
         "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"},
        {condition("BETWEEN", "{'N':'10'},{'N':'2'}"),
         "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"},
        {condition("EQ", "{'N':'x'}"), "The parameter cannot be converted to a numeric value: x"},
    };
    for (const LegacyCase& each : cases) {
        INFO(each.json);
        CHECK(fault(bind_legacy_filter(Json(each.json).value(), "")) == each.message);
        CHECK(fault(bind_expected(Json(each.json).value(), "")) == each.message);
    }
}

TEST_CASE("Legacy conditions: ConditionalOperator joins two or more", "[legacy]") {
    const std::string alone = "ConditionalOperator cannot be used without Filter or Expected";
    const std::string one = "ConditionalOperator can only be used when Filter or Expected has two or more elements";
    const std::string two = "'a':{'Value':{'S':'x'}},'b':{'Exists':false}";
    const LegacyCase cases[] = {
        {"{'ConditionalOperator':'AND'}", alone},
        {"{'ConditionalOperator':'OR','Expected':{}}", alone},
        {"{'ConditionalOperator':'OR','Expected':null}", alone},
        {"{'ConditionalOperator':'OR','Expected':{'a':null}}", alone},
        {"{'ConditionalOperator':'OR','Expected':{'a':{'Value':{'S':'x'}}}}", one},
        {"{'ConditionalOperator':'AND','Expected':{'a':{'Value':{'S':'x'}},'a':{'Exists':false}}}", one},
        {"{'ConditionalOperator':'AND','Expected':{'a':{}}}",
         parameter + "Value must be provided when Exists is null for Attribute: a"},
        {"{'ConditionalOperator':'AND','Expected':{" + two + "}}", ""},
        {"{'Expected':{" + two + "}}", ""},
        {"{'Expected':{}}", ""},
        {"{}", ""},
    };
    for (const LegacyCase& each : cases) {
        INFO(each.json);
        CHECK(fault(bind_expected_of(Json(each.json).input())) == each.message);
    }
    CHECK(fault(bind_legacy_filter_of(Json("{'ConditionalOperator':'AND'}").input(), "QueryFilter")) == alone);
    CHECK(fault(bind_legacy_filter_of(
              Json("{'ConditionalOperator':'AND','ScanFilter':" + condition("NULL", "") + "}").input(),
              "ScanFilter")) == one);
    CHECK_FALSE(bind_expected_of(Json("{'Expected':{}}").input()).value());
    CHECK_FALSE(bind_legacy_filter_of(Json("{'QueryFilter':{}}").input(), "QueryFilter").value());
}

TEST_CASE("Expected: Value asks for equality, Exists false for absence", "[legacy]") {
    CHECK(expected_holds("{'s':{'Value':{'S':'abc'}}}"));
    CHECK(expected_holds("{'n':{'Value':{'N':'10.0'},'Exists':true}}"));
    CHECK(expected_holds("{'gone':{'Exists':false}}"));
    CHECK(expected_holds("{'x.y':{'Value':{'S':'dot'}}}"));
    CHECK(expected_holds("{'s':{'Value':{'S':'abc'},'ComparisonOperator':'EQ'}}"));
    CHECK_FALSE(expected_holds("{'s':{'Value':{'S':'abd'}}}"));
    CHECK_FALSE(expected_holds("{'n':{'Value':{'S':'10'}}}"));
    CHECK_FALSE(expected_holds("{'gone':{'Value':{'S':'abc'}}}"));
    CHECK_FALSE(expected_holds("{'s':{'Exists':false}}"));
    CHECK_FALSE(expected_holds("{'nu':{'Exists':false}}"));
    CHECK_FALSE(expected_holds("{'s':{'Exists':false},'gone':{'Exists':false}}"));
    CHECK(expected_holds("{'s':{'Exists':false},'gone':{'Exists':false}}", "OR"));
    CHECK_FALSE(expected_holds("{'s':{'Value':{'S':'x'}},'gone':{'Value':{'S':'x'}}}", "OR"));
    CHECK(expected_holds("{'s':{'Value':{'S':'abc'}},'gone':{'Exists':false}}", "AND"));
}

TEST_CASE("Legacy filters: operators", "[legacy]") {
    struct FilterCase {
        const char* name;
        const char* comparison;
        const char* list;
        bool holds;
    };
    const FilterCase cases[] = {
        {"s", "EQ", "{'S':'abc'}", true},
        {"s", "EQ", "{'S':'abd'}", false},
        {"ss", "EQ", "{'SS':['b','a']}", true},
        {"l", "EQ", "{'L':[{'S':'x'}]}", true},
        {"s", "NE", "{'S':'abd'}", true},
        {"s", "NE", "{'S':'abc'}", false},
        {"gone", "NE", "{'S':'abc'}", true},
        {"gone", "EQ", "{'S':'abc'}", false},
        {"n", "LT", "{'N':'11'}", true},
        {"n", "LT", "{'N':'9'}", false},
        {"n", "LE", "{'N':'10.0'}", true},
        {"n", "GT", "{'N':'9'}", true},
        {"n", "GT", "{'S':'0'}", false},
        {"n", "GE", "{'N':'11'}", false},
        {"gone", "GE", "{'N':'0'}", false},
        {"n", "BETWEEN", "{'N':'9'},{'N':'10'}", true},
        {"n", "BETWEEN", "{'N':'1'},{'N':'9'}", false},
        {"n", "IN", "{'N':'1'},{'N':'10'}", true},
        {"n", "IN", "{'N':'1'},{'N':'2'}", false},
        {"gone", "IN", "{'N':'1'}", false},
        {"s", "BEGINS_WITH", "{'S':'ab'}", true},
        {"s", "BEGINS_WITH", "{'S':'bc'}", false},
        {"b", "BEGINS_WITH", "{'B':'AQI='}", true},
        {"gone", "BEGINS_WITH", "{'S':''}", false},
        {"s", "CONTAINS", "{'S':'bc'}", true},
        {"ss", "CONTAINS", "{'S':'a'}", true},
        {"ss", "CONTAINS", "{'S':'c'}", false},
        {"l", "CONTAINS", "{'S':'x'}", true},
        {"gone", "CONTAINS", "{'S':'x'}", false},
        {"s", "NOT_CONTAINS", "{'S':'x'}", true},
        {"s", "NOT_CONTAINS", "{'S':'bc'}", false},
        {"ss", "NOT_CONTAINS", "{'S':'b'}", false},
        {"gone", "NOT_CONTAINS", "{'S':'b'}", false},
        {"gone", "NULL", "", true},
        {"s", "NULL", "", false},
        {"nu", "NULL", "", false},
        {"s", "NOT_NULL", "", true},
        {"nu", "NOT_NULL", "", true},
        {"gone", "NOT_NULL", "", false},
        {"x.y", "EQ", "{'S':'dot'}", true},
    };
    for (const FilterCase& each : cases) {
        std::string json = condition(each.comparison, each.list);
        json.replace(2, 1, each.name);
        INFO(json);
        CHECK(filter_holds(json) == each.holds);
        CHECK(expected_holds(json) == each.holds);
    }
}

TEST_CASE("Legacy filters: AND is the rule, OR on request", "[legacy]") {
    const std::string both = "{'s':{'ComparisonOperator':'NOT_NULL'},'gone':{'ComparisonOperator':'NOT_NULL'}}";
    CHECK_FALSE(filter_holds(both));
    CHECK_FALSE(filter_holds(both, "AND"));
    CHECK(filter_holds(both, "OR"));
    CHECK(filter_holds("{}"));
    CHECK(filter_holds("{'gone':{'ComparisonOperator':'NOT_NULL'},'gone':{'ComparisonOperator':'NULL'}}"));
}

TEST_CASE("Legacy filters: paths are single names", "[legacy]") {
    const Json object("{'x.y':{'ComparisonOperator':'NULL'},'select':{'ComparisonOperator':'NULL'}}");
    const auto bound = bind_legacy_filter(object.value(), "");
    REQUIRE(bound);
    const auto found = paths(*bound);
    REQUIRE(found.size() == 2);
    CHECK(found[0] == ResolvedPath{{"x.y", 0, false}});
    CHECK(found[1] == ResolvedPath{{"select", 0, false}});
}

TEST_CASE("Legacy conditions: more values than a tree holds are refused", "[legacy]") {
    std::string list = "{'N':'0'}";
    for (int i = 1; i < 70000; ++i) list += ",{'N':'0'}";
    CHECK(fault(bind_legacy_filter(Json(condition("IN", list)).value(), "")) ==
          parameter + "Too many values in legacy conditions: the limit is 65535");
}

}  // namespace minamo
