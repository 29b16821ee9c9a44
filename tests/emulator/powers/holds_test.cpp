// Holds: conflicts with a foreign transaction, as a test asks for them.
#include "emulator/namespaces/holds.hpp"
#include "emulator/control/control.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "emulator/world.hpp"
#include "minamo/emulator.hpp"
#include "tests/emulator/answers.hpp"
#include "tests/emulator/calls.hpp"
#include "tests/emulator/start.hpp"
#include "tests/support.hpp"

using namespace minamo;
using namespace minamo::tests;
using namespace std::chrono_literals;

namespace {

struct Held {
    std::shared_ptr<ManualClock> clock = manual_clock();
    Emulator emulator{[this] {
        Options options;
        options.clock = clock;
        return options;
    }()};
    Held() {
        emulator.call("CreateTable", create_request("tab"));
        emulator.call("PutItem", put_request("tab", "held"));
        emulator.call("PutItem", put_request("tab", "free"));
        emulator.hold({{"tab", R"({"id":{"S":"held"}})"}}, 10s, "token");
    }
    Response write(const std::string& operation, const std::string& id) {
        const std::string member = operation == "PutItem" ? "Item" : "Key";
        return emulator.call(operation, R"({"TableName":"tab",")" + member + R"(":{"id":{"S":")" + id + R"("}}})");
    }
    Response transact(const std::string& token = "other") {
        return emulator.call("TransactWriteItems", R"({"ClientRequestToken":")" + token +
                                                       R"(","TransactItems":[{"Put":)" + put_request("tab", "free") +
                                                       R"(},{"Put":)" + put_request("tab", "held") + "}]}");
    }
};

}  // namespace

TEST_CASE("Holds: single writes to a held key conflict", "[holds]") {
    Held held;
    for (const char* operation : {"PutItem", "UpdateItem", "DeleteItem"}) {
        CAPTURE(operation);
        const Response refused = held.write(operation, "held");
        CHECK_THAT(refused.body,
                   is_json(error_json("TransactionConflictException", "Transaction is ongoing for the item")));
        CHECK(held.write(operation, "free").ok());
    }
}

TEST_CASE("Holds: statements meet them as the plain calls do", "[holds]") {
    Held held;
    const auto execute = [&](const std::string& statement) {
        return held.emulator.call("ExecuteStatement", R"({"Statement":")" + statement + R"("})");
    };
    for (const char* statement : {"INSERT INTO tab VALUE {'id':'held'}", "UPDATE tab SET a=1 WHERE id='held'",
                                  "DELETE FROM tab WHERE id='held'"}) {
        CAPTURE(statement);
        CHECK_THAT(execute(statement).body,
                   is_json(error_json("TransactionConflictException", "Transaction is ongoing for the item")));
    }
    CHECK(execute("UPDATE tab SET a=1 WHERE id='free'").ok());
    CHECK(execute("SELECT * FROM tab WHERE id='held'").ok());
    CHECK_THAT(
        held.emulator
            .call("BatchExecuteStatement", R"({"Statements":[{"Statement":"UPDATE tab SET a=1 WHERE id='held'"}]})")
            .body,
        has_json("/Responses/0/Error/Code", R"("TransactionConflict")"));
    const auto transact = [&](const std::string& token) {
        return held.emulator.call("ExecuteTransaction", R"({"ClientRequestToken":")" + token +
                                                            R"(","TransactStatements":[{"Statement":)"
                                                            R"("UPDATE tab SET a=1 WHERE id='held'"}]})");
    };
    CHECK_THAT(transact("other").body, has_json("/CancellationReasons/0/Code", R"("TransactionConflict")"));
    CHECK(transact("token").type == "TransactionInProgressException");
}

TEST_CASE("Holds: reads see nothing of a hold", "[holds]") {
    Held held;
    CHECK(held.emulator.call("GetItem", R"({"TableName":"tab","Key":{"id":{"S":"held"}}})").ok());
    CHECK_THAT(held.emulator.call("Scan", table_request("tab")).body, has_json("/Count", "2"));
}

TEST_CASE("Holds: a transaction that names a held key is cancelled there", "[holds]") {
    Held held;
    const Response refused = held.transact();
    CHECK_THAT(refused.body,
               is_json(R"({"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",)"
                       R"("CancellationReasons":[{"Code":"None"},{"Code":"TransactionConflict",)"
                       R"("Message":"Transaction is ongoing for the item"}],)"
                       R"("Message":"Transaction cancelled, please refer cancellation reasons for specific reasons )"
                       R"([None, TransactionConflict]"})"));
    const Response read = held.emulator.call(
        "TransactGetItems", R"({"TransactItems":[{"Get":{"TableName":"tab","Key":{"id":{"S":"held"}}}}]})");
    CHECK_THAT(read.body,
               is_json(R"({"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",)"
                       R"("CancellationReasons":[{"Code":"TransactionConflict",)"
                       R"("Message":"Transaction is ongoing for the item"}],)"
                       R"("Message":"Transaction cancelled, please refer cancellation reasons for specific reasons )"
                       R"([TransactionConflict]"})"));
}

TEST_CASE("Holds: the held token is in progress", "[holds]") {
    Held held;
    CHECK(held.transact("token").type == "TransactionInProgressException");
}

TEST_CASE("Holds: all ends when the clock has passed", "[holds]") {
    Held held;
    held.clock->advance(9999ms);
    CHECK_FALSE(held.write("PutItem", "held").ok());
    held.clock->advance(1ms);
    CHECK(held.write("PutItem", "held").ok());
    CHECK(held.transact("token").ok());
}

TEST_CASE("Holds: one namespace's hold is not seen in another", "[holds]") {
    Held held;
    const Caller other{"111122223333", "us-east-1"};
    held.emulator.call("CreateTable", create_request("tab"), other);
    CHECK(held.emulator.call("PutItem", put_request("tab", "held"), other).ok());
}

TEST_CASE("Holds: a key that is none is refused with a sentence", "[holds]") {
    Held held;
    for (const char* key : {"nonsense",
                            "",
                            "null",
                            "1",
                            "[]",
                            "{}",
                            R"({"p":1})",
                            R"({"p":null})",
                            R"({"p":{}})",
                            R"({"p":{"N":1}})",
                            R"({"p":{"N":"x"}})",
                            R"({"p":{"S":1}})",
                            R"({"p":{"S":[]}})",
                            R"({"p":{"SS":"x"}})",
                            R"({"p":{"SS":["x"]}})",
                            R"({"p":{"M":1}})",
                            R"({"p":{"M":{}}})",
                            R"({"p":{"L":[1]}})",
                            R"({"p":{"NULL":1}})",
                            R"({"p":{"NULL":true}})",
                            R"({"p":{"BOOL":"x"}})",
                            R"({"p":{"B":"?"}})",
                            R"({"p":{"B":7}})",
                            R"({"p":{"S":"x","N":"1"}})",
                            R"({"p":{"S":null}})",
                            R"({"":{"S":"x"}})",
                            R"({"p":{"S":"x"},"q":{"T":"x"}})"}) {
        CAPTURE(key);
        CHECK_THROWS_AS(held.emulator.hold({{"tab", key}}, 1s), std::invalid_argument);
        const std::string body =
            R"({"keys":[{"TableName":"tab","Key":)" + std::string(*key != '\0' ? key : "0") + R"(}],"duration":"1s"})";
        CHECK(control_call(held.emulator.world(), "POST", "/_minamo/holds", "account=000000000000", body, nullptr)
                  .response.status == 400);
    }
}

TEST_CASE("Holds: a control call with anything else is refused with a sentence", "[holds]") {
    Held held;
    const std::string keys = R"("keys":[{"TableName":"tab","Key":{"id":{"S":"free"}}}])";
    const auto refused = [&](const std::string& body) {
        const Response response = held.emulator.control("holds", body);
        CHECK(response.status == 400);
        return json_at(response.body, "/error");
    };
    CHECK(refused("[]") == R"("Send a JSON object with keys, duration and, if you like, token.")");
    CHECK(refused("{" + keys + R"(,"duration":"1s","tokens":"x"})") ==
          R"("A hold takes keys, duration and token, and nothing else.")");
    CHECK(refused("{" + keys + R"(,"duration":"1s","token":7})") == R"("Give token as a text, or leave it out.")");
    CHECK(refused("{" + keys + "}") == R"("Give duration as a number with ms, s, m, h or d, such as \"10s\".")");
    CHECK(refused("{" + keys + R"(,"duration":10})") ==
          R"("Give duration as a number with ms, s, m, h or d, such as \"10s\".")");
    for (const char* wrong : {"{}", "[1]", R"([{"TableName":"tab"}])", R"([{"TableName":1,"Key":{}}])",
                              R"([{"TableName":"tab","Key":{},"Keys":{}}])"}) {
        CHECK(refused(std::string(R"({"duration":"1s","keys":)") + wrong + "}") ==
              R"("Give keys as a list of {\"TableName\":..,\"Key\":{..}}.")");
    }
    CHECK(held.write("PutItem", "free").ok());
}

TEST_CASE("Holds: where one key is none, none is held", "[holds]") {
    Held held;
    CHECK_THROWS_AS(held.emulator.hold({{"tab", R"({"id":{"S":"free"}})"}, {"tab", "{}"}}, 1s), std::invalid_argument);
    CHECK(held.write("PutItem", "free").ok());
}

TEST_CASE("Holds: a duration may be as long as it can be", "[holds]") {
    Held held;
    held.emulator.hold({{"tab", R"({"id":{"S":"free"}})"}}, std::chrono::milliseconds::max());
    CHECK_FALSE(held.write("PutItem", "free").ok());
    held.clock->advance(1000h);
    CHECK_FALSE(held.write("PutItem", "free").ok());
    CHECK_THROWS_AS(held.emulator.hold({{"tab", R"({"id":{"S":"free"}})"}}, -1ms), std::invalid_argument);
}

TEST_CASE("Holds: those that have passed go", "[holds]") {
    Held held;
    Holds& holds = held.emulator.world().namespaces.find(know({})).holds();
    const std::vector<HeldKey> keys(100, HeldKey{"tab", R"({"id":{"S":"free"}})"});
    held.emulator.hold(keys, 1ms);
    CHECK(holds.count() == 101);
    held.clock->advance(1ms);
    CHECK(held.write("PutItem", "free").ok());
    CHECK(holds.count() == 1);
    held.emulator.hold(keys, 1ms);
    held.clock->advance(1ms);
    held.emulator.hold(keys, 1ms);
    CHECK(holds.count() == 101);
}
