// The control API: whom a call means, what it says it was done to, and the list of namespaces.
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/control/control.hpp"
#include "emulator/wire/arns.hpp"
#include "emulator/world.hpp"
#include "minamo/emulator.hpp"
#include "minamo/version.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/support.hpp"

using namespace minamo;
using namespace minamo::tests;

namespace {

std::string control(Emulator& emulator, std::string_view method, std::string_view name, std::string_view query = {},
                    std::string_view body = {}, const KnownCaller* caller = nullptr) {
    const Answer answer =
        control_call(emulator.world(), method, std::string("/_minamo/").append(name), query, body, caller);
    return std::to_string(answer.response.status) + " " + answer.response.body;
}

void create(Emulator& emulator, const std::string& table, const Caller& caller = {}) {
    REQUIRE(emulator.call("CreateTable", create_request(table), caller).ok());
}

std::string tables(Emulator& emulator, const Caller& caller = {}) {
    return emulator.call("ListTables", "{}", caller).body;
}

constexpr const char* none = R"({"TableNames":[]})";

std::string names(const std::string& access_key, const std::string& region = "us-east-1") {
    return R"({"access_key":")" + access_key + R"(","account":")" + account_of(access_key) + R"(","region":")" +
           region + "\"}";
}

// The end of an answer to a call that was made for this namespace.
std::string named(const std::string& access_key, const std::string& region = "us-east-1") {
    return R"("namespace":)" + names(access_key, region) + "}";
}

// The answer of the clock that a query and a caller mean.
std::string clock(Emulator& emulator, std::string_view query, const KnownCaller* caller = nullptr) {
    const Answer answer = control_call(emulator.world(), "GET", "/_minamo/clock", query, "", caller);
    REQUIRE(answer.response.ok());
    return answer.response.body;
}

constexpr const char* whose =
    R"(400 {"error":"Say whose: ?account=ACCESS_KEY&region=REGION, the credentials of an Authorization header, )"
    R"(or ?all for every namespace."})";

}  // namespace

TEST_CASE("Control: names that a query does not have are refused", "[control]") {
    Emulator emulator;
    create(emulator, "kept", {"test", "us-east-1"});
    struct Row {
        const char* query;
        const char* name;
    };
    for (const Row& row : {Row{"acount=test", "acount"},
                           {"Account=test", "Account"},
                           {"account=test&regoin=us-east-1", "regoin"},
                           {"ALL", "ALL"},
                           {"force", "force"},
                           {"=test", ""}}) {
        CAPTURE(row.query);
        for (const char* call : {"reset", "clock", "holds", "streams/split"}) {
            CHECK(control(emulator, "POST", call, row.query) ==
                  R"(400 {"error":"There is no query name )" + std::string(row.name) +
                      R"(: a control call takes account, region and all."})");
        }
    }
    CHECK(tables(emulator, {"test", "us-east-1"}) == R"({"TableNames":["kept"]})");
}

TEST_CASE("Control: values that are missing or contradict each other are refused", "[control]") {
    Emulator emulator;
    create(emulator, "kept");
    struct Row {
        const char* query;
        const char* sentence;
    };
    for (const Row& row : {
             Row{"account=", "Give account a value, or leave it out."},
             {"account", "Give account a value, or leave it out."},
             {"account=a&region=", "Give region a value, or leave it out."},
             {"account=a&account=b", "Give account once."},
             {"region=r&region=r", "Give region once."},
             {"region=us-east-1", "Give account with region: the access key of the namespace."},
             {"all&account=a", "Give account and region, or all, and not both."},
             {"region=r&all", "Give account and region, or all, and not both."},
             {"all=no", "Give all without a value: ?all."},
             {"all=false", "Give all without a value: ?all."},
         }) {
        CAPTURE(row.query);
        CHECK(control(emulator, "POST", "reset", row.query) == std::string("400 {\"error\":\"") + row.sentence + "\"}");
    }
    CHECK(tables(emulator) == R"({"TableNames":["kept"]})");
}

TEST_CASE("Control: a call that names no namespace is asked whose", "[control]") {
    Emulator emulator;
    create(emulator, "kept");
    for (const char* name : {"reset", "clock", "holds", "streams/split"}) {
        CAPTURE(name);
        CHECK(control(emulator, "POST", name) == whose);
    }
    CHECK(control(emulator, "GET", "clock") == whose);
    CHECK(control(emulator, "GET", "clock", "&&") == whose);
    CHECK(tables(emulator) == R"({"TableNames":["kept"]})");
}

TEST_CASE("Control: a reset says whose it was", "[control]") {
    Emulator emulator;
    create(emulator, "one", {"test", "us-east-1"});
    create(emulator, "two", {"test", "eu-west-1"});
    CHECK(control(emulator, "POST", "reset", "account=test&region=eu-west-1") ==
          R"(200 {"namespaces":1,)" + named("test", "eu-west-1"));
    CHECK(tables(emulator, {"test", "eu-west-1"}) == none);
    CHECK(tables(emulator, {"test", "us-east-1"}) == R"({"TableNames":["one"]})");
    CHECK(control(emulator, "POST", "reset", "account=nobody") == R"(200 {"namespaces":0,)" + named("nobody"));
    CHECK(control(emulator, "POST", "reset", "all") == R"(200 {"namespaces":2,"namespace":"all"})");
    CHECK(tables(emulator, {"test", "us-east-1"}) == none);
}

TEST_CASE("Control: values are percent-decoded", "[control]") {
    Emulator emulator;
    create(emulator, "one", {"a/b+c", "us-east-1"});
    CHECK(control(emulator, "POST", "reset", "account=a%2Fb%2Bc&region=us%2Deast%2d1") ==
          R"(200 {"namespaces":1,)" + named("a/b+c"));
    CHECK(tables(emulator, {"a/b+c", "us-east-1"}) == none);
    CHECK_THAT(clock(emulator, "account=te%73t"), has_json("/namespace", names("test")));
    CHECK_THAT(clock(emulator, "acc%6Funt=te%7"), has_json("/namespace", names("te%7")));
    CHECK_THAT(clock(emulator, "account=a+b"), has_json("/namespace", names("a+b")));
    CHECK_THAT(clock(emulator, "account=%FF"), has_json("/namespace/access_key", "\"\xEF\xBF\xBD\""));
}

TEST_CASE("Control: the Authorization header's caller is meant unless the query names another", "[control]") {
    Emulator emulator;
    const KnownCaller caller = know({"test", "eu-west-1"});
    CHECK_THAT(clock(emulator, "", &caller), has_json("/namespace", names("test", "eu-west-1")));
    CHECK_THAT(clock(emulator, "region=us-west-2", &caller), has_json("/namespace", names("test", "us-west-2")));
    CHECK_THAT(clock(emulator, "account=other", &caller), has_json("/namespace", names("other", "eu-west-1")));
    CHECK_THAT(clock(emulator, "all", &caller), has_json("/namespace", R"("all")"));
}

TEST_CASE("Control: with one namespace for all nobody needs a name", "[control]") {
    Options options;
    options.shared_db = true;
    Emulator emulator(options);
    create(emulator, "tab", {"test", "eu-west-1"});
    CHECK(
        control(emulator, "POST", "reset") ==
        R"(200 {"namespaces":1,"namespace":{"access_key":"000000000000","account":"000000000000","region":"shared"}})");
    CHECK(tables(emulator) == none);
}

TEST_CASE("Control: what is done to one namespace is not done to all", "[control]") {
    Emulator emulator;
    for (const char* name : {"holds", "streams/split"}) {
        CHECK(control(emulator, "POST", name, "all", "{}") ==
              R"(400 {"error":"This is done to one namespace: give account and region."})");
    }
}

TEST_CASE("Control: refusals name the namespace, too", "[control]") {
    Emulator emulator;
    CHECK(control(emulator, "POST", "streams/split", "account=test", R"({"TableName":"none"})") ==
          R"(404 {"error":"There is no such table with an enabled stream in this namespace: name one by TableName or )"
          R"(StreamArn.",)" +
              named("test"));
}

TEST_CASE("Control: namespaces are listed with what each has", "[control]") {
    Options options;
    options.clock = std::make_shared<ManualClock>(std::chrono::system_clock::time_point(std::chrono::hours(500000)));
    Emulator emulator(options);
    CHECK(control(emulator, "GET", "namespaces") == R"(200 {"namespaces":[]})");
    create(emulator, "orders", {"test", "us-east-1"});
    create(emulator, "people", {"test", "us-east-1"});
    REQUIRE(emulator.call("PutItem", put_request("orders", "a"), {"test", "us-east-1"}).ok());
    control(emulator, "POST", "clock", "account=222222222222", R"({"advance":"1h","freeze":true})");
    CHECK(tables(emulator, {"nobody", "us-east-1"}) == none);
    const std::string one = R"({"access_key":"222222222222","account":"222222222222","region":"us-east-1",)"
                            R"("clock":{"now":"2027-01-15T09:00:00.000Z","frozen":true,"rate":1},)"
                            R"("items":0,"bytes":0,"tables":[]})";
    const std::string other = R"({"access_key":"test","account":")" + account_of("test") +
                              R"(","region":"us-east-1","clock":{"now":"2027-01-15T08:00:00.000Z","frozen":false,)"
                              R"("rate":1},"items":1,"bytes":3,"tables":[{"name":"orders","items":1,"bytes":3},)"
                              R"({"name":"people","items":0,"bytes":0}]})";
    const std::string both = R"(200 {"namespaces":[)" + one + "," + other + "]}";
    CHECK(control(emulator, "GET", "namespaces") == both);
    CHECK(control(emulator, "GET", "namespaces", "all") == both);
    CHECK(control(emulator, "GET", "namespaces", "account=test") == R"(200 {"namespaces":[)" + other + "]}");
    CHECK(control(emulator, "GET", "namespaces", "account=test&region=r") == R"(200 {"namespaces":[]})");
    CHECK(control(emulator, "POST", "namespaces") == R"(405 {"error":"Send GET to /_minamo/namespaces."})");
    CHECK(control(emulator, "GET", "namespaces", "acount=test") ==
          R"(400 {"error":"There is no query name acount: a control call takes account, region and all."})");
}

TEST_CASE("Control: what is not there is said with what is", "[control]") {
    Emulator emulator;
    for (const char* name : {"", "nothing", "Reset", "reset/", "clock/x"}) {
        CHECK(
            control(emulator, "GET", name) ==
            R"(404 {"error":"There is no such control call: /_minamo/ has clock, health, holds, namespaces, reset and )"
            R"(streams/split."})");
    }
    CHECK(control(emulator, "GET", "health", "anything") == control(emulator, "GET", "health"));
}

TEST_CASE("Control: a caller in this process has the same calls", "[control]") {
    Emulator emulator;
    const Caller mine{"mine", "eu-west-1"};
    create(emulator, "orders", mine);
    CHECK_THAT(emulator.control("clock", {}, mine).body, has_json("/namespace", names("mine", "eu-west-1")));
    CHECK_THAT(emulator.control("clock", R"({"freeze":true})", mine).body, has_json("/frozen", "true"));
    CHECK_THAT(emulator.control("clock?all").body, has_json("/namespace", R"("all")"));
    CHECK_THAT(emulator.control("health").body,
               is_json(R"({"status":"ok","version":")" + std::string(version()) + "\"}"));
    CHECK_THAT(emulator.control("reset?account=yours&region=eu-west-1").body,
               is_json(R"({"namespaces":0,)" + named("yours", "eu-west-1")));
    CHECK(tables(emulator, mine) == R"({"TableNames":["orders"]})");
    CHECK_THAT(emulator.control("reset", {}, mine).body, is_json(R"({"namespaces":1,)" + named("mine", "eu-west-1")));
    CHECK(tables(emulator, mine) == none);

    const Response unknown = emulator.control("nothing");
    CHECK(unknown.status == 404);
    CHECK_THAT(unknown.body, is_json(R"({"error":"There is no such control call: /_minamo/ has clock, health, holds, )"
                                     R"(namespaces, reset and streams/split."})"));
    CHECK(emulator.control("namespaces", "{}").status == 405);
    CHECK(emulator.control("holds", {}, mine).status == 400);
    CHECK(emulator.control("clock", "nonsense").status == 400);
    CHECK(emulator.control("clock?whose").status == 400);
}
