// How cases are run: a door that was written down answers, and tells what it was asked.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "conformance/replay/case.hpp"
#include "tests/support.hpp"

namespace {

namespace fs = std::filesystem;
using minamo::conformance::CaseFile;
using minamo::conformance::Reply;
using Texts = std::vector<std::string>;

// Runs one case with these calls against these answers.
class Played {
public:
    Played(const std::string& calls, std::vector<Reply> answers) {
        const fs::path path = fs::temp_directory_path() / ("minamo-case-test-" + std::to_string(::getpid()) + ".json");
        std::ofstream(path) << R"({"cases":[{"name":"one","rule":"a rule","calls":[)" << calls << "]}]}";
        const auto results = CaseFile(path.string()).run([&](const std::string&, const std::string& body, const auto&) {
            requests.push_back(body);
            return requests.size() <= answers.size() ? answers[requests.size() - 1] : Reply{200, "{}"};
        });
        fs::remove(path);
        REQUIRE(results.size() == 1);
        failure = results[0].failure;
    }

    Texts requests;
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
