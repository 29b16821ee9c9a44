// Names and values themselves, before any expression uses them.
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

#include "emulator/wire/input.hpp"

namespace minamo {
namespace {

struct ReadCase {
    std::string names;
    std::string values;
    std::string message;
    RequestFault fault = RequestFault::none;
    std::string recent = {};  // where recent deployments say it in other words
};

const std::string bad_name = "ExpressionAttributeNames contains invalid key: Syntax error; key: ";
const std::string bad_value = "ExpressionAttributeValues contains invalid key: Syntax error; key: ";
const std::string in_values = "ExpressionAttributeValues contains invalid value: ";
const std::string parameter = "One or more parameter values were invalid: ";
const std::string deep =
    "Nesting Levels have exceeded supported limits: "
    "Attributes in the item have nested levels beyond supported limit";

// A value of this many levels: lists around a scalar.
std::string nested(int levels) {
    std::string out = "{'S':'x'}";
    for (int i = 1; i < levels; ++i) out = "{'L':[" + out + "]}";
    return out;
}

void check(const ReadCase& each) {
    INFO(each.names << " " << each.values);
    const Json names(each.names);
    const Json values(each.values);
    Substitutions substitutions;
    const auto read = substitutions.read(names.pointer(), values.pointer());
    CHECK(fault(read) == (each.recent.empty() ? each.message : each.recent));
    CHECK(classic_fault(read) == each.message);
    CHECK((read ? RequestFault::none : read.error()->fault) == each.fault);
}

}  // namespace

TEST_CASE("Substitutions: names are refused", "[substitutions]") {
    const std::string long_key = "#" + std::string(255, 'a');
    const ReadCase cases[] = {
        {"{}", "", "ExpressionAttributeNames must not be empty"},
        {"{'#a':null}", "", "ExpressionAttributeNames must not be empty"},
        {"{'':'a'}", "", bad_name + "\"\""},
        {"{'#':'a'}", "", bad_name + "\"#\""},
        {"{'a':'a'}", "", bad_name + "\"a\""},
        {"{':a':'a'}", "", bad_name + "\":a\""},
        {"{'#a-b':'a'}", "", bad_name + "\"#a-b\""},
        {"{'#a b':'a'}", "", bad_name + "\"#a b\""},
        {"{'##a':'a'}", "", bad_name + "\"##a\""},
        {"{'#\u00e9':'a'}", "", bad_name + "\"#\u00e9\""},
        {"{'#a':'','a':'a'}", "", bad_name + "\"a\""},
        {"{'" + long_key + "':'a'}", "",
         "ExpressionAttributeNames contains invalid key: "
         "The expression attribute map contains a key that is too long; size of key: 256"},
        {"{'#a':''}", "", "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a"},
        {"{'#a':'" + std::string(65536, 'x') + "'}", "",
         "ExpressionAttributeNames contains invalid value: "
         "Attribute name is too large, must be less than 65536 bytes for key #a"},
        // Names before values.
        {"{}", "{}", "ExpressionAttributeNames must not be empty"},
    };
    for (const ReadCase& each : cases) check(each);
}

TEST_CASE("Substitutions: keys of values are refused", "[substitutions]") {
    const std::string long_key = ":" + std::string(255, 'a');
    const ReadCase cases[] = {
        {"", "{}", "ExpressionAttributeValues must not be empty", RequestFault::no_values},
        {"", "{':a':null}", "ExpressionAttributeValues must not be empty", RequestFault::no_values},
        {"", "{'a':{'S':''}}", bad_value + "\"a\""},
        {"", "{':':{'S':''}}", bad_value + "\":\""},
        {"", "{'#a':{'S':''}}", bad_value + "\"#a\""},
        {"", "{':a.b':{'S':''}}", bad_value + "\":a.b\""},
        {"", "{'" + long_key + "':{'S':''}}",
         "ExpressionAttributeValues contains invalid key: "
         "The expression attribute map contains a key that is too long; size of key: 256"},
        // All keys before the first value.
        {"", "{':a':{},'b':{'S':''}}", bad_value + "\"b\""},
    };
    for (const ReadCase& each : cases) check(each);
}

TEST_CASE("Substitutions: faults of values name their placeholder", "[substitutions]") {
    const std::string empty = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    const std::string many =
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";
    const ReadCase cases[] = {
        {"", "{':a':{}}", in_values + empty + " for key :a", RequestFault::datatype},
        {"", "{':a':{'X':'y'}}", in_values + empty + " for key :a", RequestFault::datatype},
        {"", "{':a':{'S':'y','N':'1'}}", in_values + many + " for key :a", RequestFault::datatype},
        {"", "{':a':" + nested(33) + "}", deep, RequestFault::nesting},
    };
    for (const ReadCase& each : cases) check(each);
}

TEST_CASE("Substitutions: recent deployments tell faults of values plainly", "[substitutions]") {
    struct Fault {
        std::string values;
        RequestFault fault;
        std::string recent;
        std::string classic = {};  // where it is another
    };
    const std::string numeric = "The parameter cannot be converted to a numeric value";
    constexpr auto number = RequestFault::number;
    constexpr auto set = RequestFault::set;
    constexpr auto null_or_texts = RequestFault::null_or_texts;
    const Fault faults[] = {
        {"{':a':{'N':''}}", number, numeric + ": ", numeric},
        {"{':a':{'N':'b'}}", number, numeric + ": b"},
        {"{':a':{'L':[{'NS':['1','x']}]}}", number, numeric + ": x"},
        {"{':a':{'N':'1e126'}}", number,
         "Number overflow. Attempting to store a number with magnitude larger than supported range"},
        {"{':a':{'N':'1e-131'}}", number,
         "Number underflow. Attempting to store a number with magnitude smaller than supported range"},
        {"{':a':{'N':'123456789012345678901234567890123456789'}}", number,
         "Attempting to store more than 38 significant digits in a Number"},
        {"{':a':{'SS':[]}}", null_or_texts, parameter + "An string set  may not be empty"},
        {"{':a':{'NS':[]}}", set, parameter + "An number set  may not be empty"},
        {"{':a':{'BS':[]}}", null_or_texts, parameter + "Binary sets should not be empty"},
        {"{':a':{'NULL':false}}", null_or_texts, parameter + "Null attribute value types must have the value of true"},
        {"{':a':{'SS':['a','a']}}", set, parameter + "Input collection [\"a\", \"a\"] contains duplicates.",
         parameter + "Input collection [a, a] contains duplicates."},
        {"{':a':{'NS':['1','1.0']}}", set, parameter + "Input collection contains duplicates.",
         "Input collection contains duplicates"},
        {"{':a':{'BS':['AA==','AA==']}}", set,
         parameter + "Input collection [\"AA==\",\"AA==\"]of type BS contains duplicates.",
         parameter + "Input collection [AA==, AA==]of type BS contains duplicates."},
    };
    for (const Fault& each : faults) {
        const std::string& classic = each.classic.empty() ? each.recent : each.classic;
        check({"", each.values, in_values + classic + " for key :a", each.fault, each.recent});
    }
}

TEST_CASE("Substitutions: names and values together are at most 2 MB", "[substitutions]") {
    const auto values = [](std::size_t bytes) { return "{':a':{'S':'" + std::string(bytes, 'x') + "'}}"; };
    check({"", values((2u << 20) - 20), ""});
    check({"", values(2u << 20),
           "ExpressionAttributeNames and ExpressionAttributeValues have exceeded the maximum allowed size of 2 MB"});
}

TEST_CASE("Substitutions: names and values at their limits pass", "[substitutions]") {
    check({"{'#" + std::string(254, 'a') + "':'b'}", "{':_9Z':{'S':''},':0':" + nested(32) + "}", ""});
    check({"{'#a':'" + std::string(65535, 'x') + "','#b':'select','#c':'x.y','#d':'\u00e9'}", "", ""});
}

TEST_CASE("Substitutions: the last of two members counts", "[substitutions]") {
    const Json names("{'#a':'x','#a':'y','#b':'z','#b':null}");
    const Json values("{':v':{},':v':{'S':'last'}}");
    Substitutions substitutions;
    REQUIRE(substitutions.read(names.pointer(), values.pointer()));
    CHECK(substitutions.name(substitutions.use_name("#a")) == "y");
    CHECK(substitutions.use_name("#b") == -1);
    CHECK(substitutions.value(substitutions.use_value(":v")).text() == "last");
    CHECK(substitutions.check_used());
}

TEST_CASE("Substitutions: what no expression uses is refused, names first", "[substitutions]") {
    struct UsedCase {
        std::vector<std::string> used;
        std::string message;
    };
    const std::string names = "Value provided in ExpressionAttributeNames unused in expressions: keys: ";
    const std::string values = "Value provided in ExpressionAttributeValues unused in expressions: keys: ";
    const UsedCase cases[] = {
        {{}, names + "{#a, #b, #c}"},
        {{":v", ":w"}, names + "{#a, #b, #c}"},
        {{"#b"}, names + "{#a, #c}"},
        {{"#a", "#c", ":v"}, names + "{#b}"},
        {{"#a", "#b", "#c"}, values + "{:v, :w}"},
        {{"#a", "#b", "#c", ":v"}, values + "{:w}"},
        {{"#a", "#b", "#c", ":v", ":w", ":v"}, ""},
    };
    for (const UsedCase& each : cases) {
        Request request("{'#c':'x','#a':'y','#b':'z'}", "{':w':{'S':'1'},':v':{'S':'2'}}");
        for (const std::string& placeholder : each.used) {
            Substitutions& substitutions = request.substitutions();
            const int at =
                placeholder[0] == '#' ? substitutions.use_name(placeholder) : substitutions.use_value(placeholder);
            REQUIRE(at >= 0);
        }
        CHECK(fault(request.substitutions().check_used()) == each.message);
    }
}

TEST_CASE("Substitutions: placeholders that are not there have no position", "[substitutions]") {
    Request request("{'#b':'x'}", "{':b':{'S':'1'}}");
    for (const char* placeholder : {"", "#", "#a", "#c", "#bb", ":b", "b"}) {
        CHECK(request.substitutions().use_name(placeholder) == -1);
    }
    for (const char* placeholder : {"", ":", ":a", ":c", ":bb", "#b", "b"}) {
        CHECK(request.substitutions().use_value(placeholder) == -1);
    }
    Request empty;
    CHECK(empty.substitutions().use_name("#b") == -1);
    CHECK(empty.substitutions().check_used());
}

}  // namespace minamo
