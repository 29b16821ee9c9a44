// How cases are run: a door that was written down answers, and tells what it was asked.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "conformance/replay/case.hpp"
#include "conformance/replay/failures.hpp"
#include "tests/support.hpp"

namespace {

namespace fs = std::filesystem;
using minamo::conformance::CaseFile;
using minamo::conformance::CaseResult;
using minamo::conformance::Door;
using minamo::conformance::Failures;
using minamo::conformance::Reply;
using Texts = std::vector<std::string>;
using GiveBack = decltype(Door::give_back);

// Runs one case with these calls against these answers.
class Played {
public:
    Played(const std::string& calls, std::vector<Reply> answers, GiveBack give_back = {}) {
        const fs::path path = fs::temp_directory_path() / ("minamo-case-test-" + std::to_string(::getpid()) + ".json");
        std::ofstream(path) << R"({"cases":[{"name":"one","rule":"a rule","calls":[)" << calls << "]}]}";
        const Door door{[&](const std::string& operation, const std::string& body, const std::string&) {
                            requests.push_back(body);
                            operations.push_back(operation);
                            return requests.size() <= answers.size() ? answers[requests.size() - 1] : Reply{200, "{}"};
                        },
                        std::move(give_back)};
        const auto results = CaseFile(path.string()).run(door);
        fs::remove(path);
        REQUIRE(results.size() == 1);
        failure = results[0].failure;
    }

    Texts requests;
    Texts operations;
    std::string failure;
};

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

}  // namespace

TEST_CASE("Cases: what one call keeps is a value of later requests", "[case]") {
    const Played played(R"({"op":"A","in":{},"keep":{"arn":"Streams.0.Arn","all":"Streams","many":"Count"}},
                           {"op":"B","in":{}},
                           {"op":"C","in":{"Arn":"$kept.arn","Deep":[{"All":"$kept.all"}],"Limit":"$kept.many"}})",
                        {{200, R"({"Streams":[{"Arn":"x:1"}],"Count":7})"}});
    CHECK(played.failure.empty());
    REQUIRE(played.requests.size() == 3);
    CHECK(played.requests[2] == R"({"Arn":"x:1","Deep":[{"All":[{"Arn":"x:1"}]}],"Limit":7})");
}

TEST_CASE("Cases: what was kept stands within texts, more than once", "[case]") {
    const Played played(R"({"op":"A","in":{},"keep":{"arn":"Arn","n":"N"}},
                           {"op":"B","in":{"a":"<$kept.arn|1|$kept.n>","b":"$kept.arn0","c":"$kept.n$kept.n"}})",
                        {{200, R"({"Arn":"x:$kept.n","N":12})"}});
    CHECK(played.failure.empty());
    REQUIRE(played.requests.size() == 2);
    CHECK(played.requests[1] == R"({"a":"<x:$kept.n|1|12>","b":"x:$kept.n0","c":"1212"})");
}

TEST_CASE("Cases: a part of a text between colons can be kept", "[case]") {
    const Played played(R"({"op":"A","in":{},"keep":{"first":"T.Arn:0","account":"T.Arn:4","last":"T.Arn:5"}},
                           {"op":"B","in":{"a":"$kept.first","b":"$kept.account","c":"$kept.last"}})",
                        {{200, R"({"T":{"Arn":"arn:aws:dynamodb:here:123:table/x"}})"}});
    CHECK(played.failure.empty());
    REQUIRE(played.requests.size() == 2);
    CHECK(played.requests[1] == R"({"a":"arn","b":"123","c":"table/x"})");
}

TEST_CASE("Cases: a name that is kept again has its later value", "[case]") {
    const Played played(R"({"op":"A","in":{},"keep":{"next":"Next"}},
                           {"op":"A","in":{"at":"$kept.next"},"keep":{"next":"Next"}},
                           {"op":"A","in":{"at":"$kept.next"}})",
                        {{200, R"({"Next":"one"})"}, {200, R"({"Next":"two"})"}});
    CHECK(played.failure.empty());
    CHECK(played.requests == Texts{"{}", R"({"at":"one"})", R"({"at":"two"})"});
}

TEST_CASE("Cases: what was kept stands in what is expected", "[case]") {
    const std::string keep = R"({"op":"A","in":{},"keep":{"arn":"Arn"}},)";
    const std::vector<Reply> answers = {{200, R"({"Arn":"x"})"}, {200, R"({"Arns":["x"],"more":1})"}};
    CHECK(Played(keep + R"({"op":"B","in":{},"has":{"Arns":["$kept.arn"]}})", answers).failure.empty());
    CHECK(Played(keep + R"({"op":"B","in":{},"out":{"Arns":["$kept.arn"],"more":1}})", answers).failure.empty());
    CHECK(first_line(Played(keep + R"({"op":"B","in":{},"has":{"Arns":["$kept.arn!"]}})", answers).failure) ==
          R"(call 2 (B): $.Arns[0]: expected "x!", got "x")");
    const std::vector<Reply> refused = {answers[0], {400, R"({"__type":"a#Gone","message":"x is gone"})"}};
    CHECK(Played(keep + R"({"op":"B","in":{},"error":"Gone","message":"$kept.arn is gone"})", refused).failure.empty());
}

TEST_CASE("Cases: an answer without what is to be kept fails", "[case]") {
    struct Row {
        const char* member;
        const char* answer;
    };
    for (const Row& row : {Row{"Arn", "{}"}, Row{"Arns.1", R"({"Arns":["x"]})"}, Row{"Arn.X", R"({"Arn":"x"})"},
                           Row{"Arn:2", R"({"Arn":"x:y"})"}, Row{"Arn:0", R"({"Arn":7})"}, Row{"Arn:0", "{}"}}) {
        CAPTURE(row.member, row.answer);
        const std::string calls = R"({"op":"A","in":{},"keep":{"arn":")" + std::string(row.member) + R"("}})";
        const Played played(calls, {{200, row.answer}});
        CHECK(first_line(played.failure) == "call 1 (A): the answer has no " + std::string(row.member) + " to keep");
    }
}

TEST_CASE("Cases: a call that names what was not kept is not made", "[case]") {
    for (const char* text : {"$kept.arn", "a $kept.arn b", "$kept.", "$kept.Arn"}) {
        CAPTURE(text);
        const Played played(R"({"op":"A","in":{"a":")" + std::string(text) + R"("},"keep":{"other":"x"}})", {});
        CHECK(played.failure.starts_with("call 1 (A): no call before keeps "));
        CHECK(played.requests.empty());
    }
}

TEST_CASE("Cases: a call that names what the last answer had not is not made", "[case]") {
    const Played played(R"({"op":"A","in":{}},{"op":"B","in":{"a":"$last.X.Y"}})", {{200, R"({"X":{}})"}});
    CHECK(played.failure == "call 2 (B): the answer before has no X.Y");
    CHECK(played.requests.size() == 1);
}

TEST_CASE("Cases: a pattern stands for a text or number that it matches as a whole", "[case]") {
    struct Row {
        const char* expected;
        const char* answer;
        bool passes;
    };
    const Row rows[] = {
        {R"({"a":"$like.\\d{3}"})", R"({"a":"123"})", true},
        {R"({"a":"$like.\\d{3}"})", R"({"a":123})", true},
        {R"({"a":"$like.\\d{3}"})", R"({"a":"1234"})", false},
        {R"({"a":"$like.\\d{3}"})", R"({"a":"x123"})", false},
        {R"({"a":"$like..*"})", R"({"a":""})", true},
        {R"({"a":"$like..*"})", R"({})", false},
        {R"({"a":"$like..*"})", R"({"a":null})", false},
        {R"({"a":"$like..*"})", R"({"a":true})", false},
        {R"({"a":"$like..*"})", R"({"a":{}})", false},
        {R"({"a":"$like..*"})", R"({"a":[]})", false},
        {R"({"a":["x","$like.y+"]})", R"({"a":["x","yy"]})", true},
        {R"({"a":["$like.x+"]})", R"({"a":["x","x"]})", false},
        {R"({"a":[{"b":"$like.x+"}]})", R"({"a":[{"b":"x"}]})", true},
        {R"({"a":"$like.(?!old$).*"})", R"({"a":"old"})", false},
        {R"({"a":"$like.(?!old$).*"})", R"({"a":"older"})", true},
    };
    for (const Row& row : rows) {
        for (const char* check : {"out", "has"}) {
            CAPTURE(check, row.expected, row.answer);
            const std::string call = R"({"op":"A","in":{},")" + std::string(check) + "\":" + row.expected + "}";
            CHECK(Played(call, {{200, row.answer}}).failure.empty() == row.passes);
        }
    }
}

TEST_CASE("Cases: a pattern can hold what was kept", "[case]") {
    const std::string calls = R"({"op":"A","in":{},"keep":{"label":"Label"}},
                                 {"op":"B","in":{},"has":{"Label":"$like.(?!$kept.label$).*"}})";
    CHECK(Played(calls, {{200, R"({"Label":"a"})"}, {200, R"({"Label":"b"})"}}).failure.empty());
    CHECK_FALSE(Played(calls, {{200, R"({"Label":"a"})"}, {200, R"({"Label":"a"})"}}).failure.empty());
}

TEST_CASE("Cases: the tables that a case made are deleted after it", "[case]") {
    const Played played(R"({"op":"CreateTable","in":{"TableName":"a\"b"}},
                           {"op":"CreateTable","in":{"TableName":"refused"},"error":"No"},
                           {"op":"PutItem","in":{"TableName":"c"}})",
                        {{200, "{}"}, {400, R"({"__type":"x#No"})"}, {500, R"({"__type":"x#Broken"})"}});
    CHECK_FALSE(played.failure.empty());
    CHECK(played.operations == Texts{"CreateTable", "CreateTable", "PutItem", "DeleteTable"});
    CHECK(played.requests.back() == R"({"TableName":"a\"b"})");
}

TEST_CASE("Cases: a table in use is deleted once it is not", "[case]") {
    const Reply in_use{400, R"({"__type":"x#ResourceInUseException","message":"being created"})"};
    const Played played(R"({"op":"CreateTable","in":{"TableName":"t"}})", {{200, "{}"}, in_use, in_use});
    CHECK(played.failure.empty());
    CHECK(played.operations == Texts{"CreateTable", "DeleteTable", "DeleteTable", "DeleteTable"});
}

TEST_CASE("Cases: a protected table is deleted, too", "[case]") {
    const Reply kept{400, R"({"__type":"x#ValidationException","message":"It is protected against deletion."})"};
    const Played played(R"({"op":"CreateTable","in":{"TableName":"t"}})", {{200, "{}"}, kept});
    CHECK(played.operations == Texts{"CreateTable", "DeleteTable", "UpdateTable", "DeleteTable"});
    CHECK(played.requests[2] == R"({"TableName":"t","DeletionProtectionEnabled":false})");
}

TEST_CASE("Cases: a door that takes everything back is asked for no table", "[case]") {
    for (const bool takes : {true, false}) {
        std::string account;
        const auto give_back = [&](const std::string& whose) {
            account = whose;
            return takes;
        };
        const Played played(R"({"op":"CreateTable","in":{"TableName":"t"}})", {}, give_back);
        CHECK(account.starts_with("case"));
        CHECK(played.operations.size() == (takes ? 1 : 2));
    }
}

TEST_CASE("Failures: one reason is one sentence", "[case]") {
    Failures failures;
    for (int i = 1; i <= 1000; ++i) {
        const std::string number = std::to_string(i);
        failures.add({"case " + number, "a rule", "call " + number + " (A): expected success\n    got 500 {\"no\":1}"});
    }
    failures.add({"wrong", "a rule", "call 1 (A): $.n: expected 1, got 2\n    got 200 {}"});
    failures.add({"wrong too", "a rule", "call 1 (A): $.n: expected 1, got 3\n    got 200 {}"});
    CHECK(failures.count() == 1002);
    const Texts sentences = failures.sentences();
    REQUIRE(sentences.size() == 3);
    CHECK(first_line(sentences[0]) == "case 1 [a rule]");
    CHECK(sentences[0].ends_with("and 999 more cases fail alike"));
    CHECK(sentences[1].starts_with("wrong [a rule]"));
    CHECK(sentences[2].ends_with("got 200 {}"));
}

TEST_CASE("Cases: a file that says what no case can is refused with a sentence", "[case]") {
    const std::string call = R"({"op":"A","in":{}})";
    const auto refused = [](const std::string& cases, const std::string& more = {}) {
        const fs::path path = fs::temp_directory_path() / ("minamo-case-test-" + std::to_string(::getpid()) + ".json");
        std::ofstream(path) << "{" << more << R"("cases":)" << cases << "}";
        std::string said;
        try {
            CaseFile file(path.string());
        } catch (const std::runtime_error& fault) {
            said = fault.what();
        }
        fs::remove(path);
        const std::size_t at = said.find("cannot be run: ");
        return at == std::string::npos ? said : said.substr(at + 15);
    };
    const auto one = [](const std::string& members) { return R"([{"name":"one","rule":"r",)" + members + "}]"; };
    CHECK(refused(one(R"("calls":[)" + call + "]")).empty());
    CHECK(refused("[]") == "the member \"cases\" has another type.");
    CHECK(refused("[1]") == "a case without a name: it is no object.");
    CHECK(refused(R"([{"name":"one","calls":[1]}])") == R"(case "one": the member "rule" is missing.)");
    CHECK(refused(one(R"("calls":[)" + call + R"(],"table":["tab"])")) == R"(case "one": there is no member "table".)");
    CHECK(refused(one(R"("tables":["tab"],"calls":[)" + call + "]")) == R"(case "one": the file has no table "tab".)");
    CHECK(refused(one(R"("tables":["tab"],"calls":[)" + call + "]"), R"("tables":{"tab":{}},)").empty());
    CHECK(refused(one(R"("calls":[)" + call + R"(,{"op":"B","in":{},"hass":{}}])")) ==
          R"(case "one": call 2: there is no member "hass".)");
    CHECK(refused(one(R"("calls":[{"op":"B"}])")) == R"(case "one": call 1: the member "in" is missing.)");
    CHECK(refused(one(R"("calls":[{"op":"B","in":{},"message":"m"}])")) ==
          R"(case "one": call 1: it has a message without an error.)");
    CHECK(refused(one(R"("calls":[{"op":"B","in":{},"unordered":true}])")) ==
          R"(case "one": call 1: it is unordered, but nothing is compared.)");
    CHECK(refused(R"([{"name":"one","rule":"r","calls":[{"op":"A","in":{}}]},
                      {"name":"one","rule":"r","calls":[{"op":"A","in":{}}]}])") ==
          R"(case "one" stands there twice.)");
}
