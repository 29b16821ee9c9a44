// Tables come and go by the clock.
#include "emulator/lifecycle.hpp"

#include <memory>
#include <string>

#include "tests/emulator/calls.hpp"
#include "tests/emulator/manual_clock.hpp"
#include "tests/support.hpp"

using namespace minamo;
using namespace minamo::tests;
using namespace std::chrono_literals;

namespace {

struct Slow {
    std::shared_ptr<HandClock> clock = std::make_shared<HandClock>();
    Options options;
    Slow() {
        options.clock = clock;
        options.create_table = 1000ms;
        options.update_table = 2000ms;
        options.delete_table = 3000ms;
    }
};

std::string status(Emulator& emulator, const std::string& name) {
    const Response response = emulator.call("DescribeTable", table_request(name));
    if (!response.ok()) return response.type;
    const std::string mark = R"("TableStatus":")";
    const std::size_t at = response.body.find(mark) + mark.size();
    return response.body.substr(at, response.body.find('"', at) - at);
}

}  // namespace

TEST_CASE("Lifecycle: a table is CREATING until its time has passed", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    CHECK(contains(emulator.call("CreateTable", create_request("t")).body, R"("TableStatus":"CREATING")"));
    CHECK(status(emulator, "t") == "CREATING");
    CHECK(emulator.call("PutItem", put_request("t", "x")).body ==
          R"({"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"})");
    slow.clock->advance(999ms);
    CHECK(status(emulator, "t") == "CREATING");
    slow.clock->advance(1ms);
    CHECK(status(emulator, "t") == "ACTIVE");
    CHECK(emulator.call("PutItem", put_request("t", "x")).ok());
}

TEST_CASE("Lifecycle: by default a table is ACTIVE at the next call", "[lifecycle]") {
    Emulator emulator;
    CHECK(contains(emulator.call("CreateTable", create_request("t")).body, R"("TableStatus":"CREATING")"));
    CHECK(status(emulator, "t") == "ACTIVE");
    CHECK(contains(emulator.call("DeleteTable", table_request("t")).body, R"("TableStatus":"DELETING")"));
    CHECK(status(emulator, "t") == "ResourceNotFoundException");
}

TEST_CASE("Lifecycle: a CREATING or UPDATING table cannot be deleted or updated", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    emulator.call("CreateTable", create_request("t"));
    const Response refused = emulator.call("DeleteTable", table_request("t"));
    CHECK(refused.type == "ResourceInUseException");
    CHECK(contains(refused.body, "Attempt to change a resource which is still in use: Table is being created: t"));
    slow.clock->advance(1s);
    const std::string update = R"({"TableName":"t","DeletionProtectionEnabled":false})";
    CHECK(contains(emulator.call("UpdateTable", update).body, R"("TableStatus":"UPDATING")"));
    CHECK(emulator.call("PutItem", put_request("t", "x")).ok());
    CHECK(contains(emulator.call("UpdateTable", update).body, "Table is being updated: t"));
    CHECK(contains(emulator.call("DeleteTable", table_request("t")).body, "Table is being updated: t"));
    slow.clock->advance(2s);
    CHECK(status(emulator, "t") == "ACTIVE");
}

TEST_CASE("Lifecycle: a DELETING table is described until it is gone", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    emulator.call("CreateTable", create_request("t"));
    slow.clock->advance(1s);
    REQUIRE(emulator.call("DeleteTable", table_request("t")).ok());
    CHECK(status(emulator, "t") == "DELETING");
    CHECK(emulator.call("DeleteTable", table_request("t")).ok());
    CHECK(emulator.call("Scan", table_request("t")).type == "ResourceNotFoundException");
    CHECK(emulator.call("CreateTable", create_request("t")).type == "ResourceInUseException");
    slow.clock->advance(3s);
    CHECK(status(emulator, "t") == "ResourceNotFoundException");
    CHECK(emulator.call("CreateTable", create_request("t")).ok());
}

TEST_CASE("Lifecycle: a clock that goes back is not followed", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    emulator.call("CreateTable", create_request("t"));
    slow.clock->advance(1s);
    CHECK(status(emulator, "t") == "ACTIVE");
    slow.clock->set(0);
    const Response second = emulator.call("CreateTable", create_request("u"));
    CHECK(contains(second.body, R"("CreationDateTime":1767225601.000)"));
}

TEST_CASE("Lifecycle: a transaction's token is forgotten after ten minutes", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    emulator.call("CreateTable", create_request("t"));
    slow.clock->advance(1s);
    const auto transact = [&](const char* id) {
        return emulator.call("TransactWriteItems", std::string(R"({"ClientRequestToken":"k","TransactItems":[{"Put":)") +
                                                       put_request("t", id) + "}]}");
    };
    REQUIRE(transact("a").ok());
    CHECK(transact("a").ok());
    CHECK(transact("b").type == "IdempotentParameterMismatchException");
    slow.clock->advance(10min);
    CHECK(transact("b").ok());
}
