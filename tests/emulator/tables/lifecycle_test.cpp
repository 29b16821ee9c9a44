// Tables come and go by the clock.

#include <memory>
#include <string>

#include "emulator/lifecycle.hpp"
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

struct Slow {
    std::shared_ptr<ManualClock> clock = manual_clock();
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
    const std::string quoted = json_at(response.body, "/Table/TableStatus");
    return quoted.substr(1, quoted.size() - 2);
}

std::string in_use(const std::string& why) {
    return error_json("ResourceInUseException", "Attempt to change a resource which is still in use: " + why);
}

}  // namespace

TEST_CASE("Lifecycle: a table is CREATING until its time has passed", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    CHECK_THAT(emulator.call("CreateTable", create_request("tab")).body,
               has_json("/TableDescription/TableStatus", R"("CREATING")"));
    CHECK(status(emulator, "tab") == "CREATING");
    CHECK(
        emulator.call("PutItem", put_request("tab", "x")).body ==
        R"({"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"})");
    slow.clock->advance(999ms);
    CHECK(status(emulator, "tab") == "CREATING");
    slow.clock->advance(1ms);
    CHECK(status(emulator, "tab") == "ACTIVE");
    CHECK(emulator.call("PutItem", put_request("tab", "x")).ok());
}

TEST_CASE("Lifecycle: by default a table is ACTIVE at the next call", "[lifecycle]") {
    Emulator emulator;
    CHECK_THAT(emulator.call("CreateTable", create_request("tab")).body,
               has_json("/TableDescription/TableStatus", R"("CREATING")"));
    CHECK(status(emulator, "tab") == "ACTIVE");
    CHECK_THAT(emulator.call("DeleteTable", table_request("tab")).body,
               has_json("/TableDescription/TableStatus", R"("DELETING")"));
    CHECK(status(emulator, "tab") == "ResourceNotFoundException");
}

TEST_CASE("Lifecycle: a CREATING or UPDATING table cannot be deleted or updated", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    emulator.call("CreateTable", create_request("tab"));
    CHECK_THAT(emulator.call("DeleteTable", table_request("tab")).body, is_json(in_use("Table is being created: tab")));
    slow.clock->advance(1s);
    const std::string update = R"({"TableName":"tab","DeletionProtectionEnabled":false})";
    CHECK_THAT(emulator.call("UpdateTable", update).body, has_json("/TableDescription/TableStatus", R"("UPDATING")"));
    CHECK(emulator.call("PutItem", put_request("tab", "x")).ok());
    CHECK_THAT(emulator.call("UpdateTable", update).body, is_json(in_use("Table is being updated: tab")));
    CHECK_THAT(emulator.call("DeleteTable", table_request("tab")).body, is_json(in_use("Table is being updated: tab")));
    slow.clock->advance(2s);
    CHECK(status(emulator, "tab") == "ACTIVE");
}

TEST_CASE("Lifecycle: a DELETING table is described until it is gone", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    emulator.call("CreateTable", create_request("tab"));
    slow.clock->advance(1s);
    REQUIRE(emulator.call("DeleteTable", table_request("tab")).ok());
    CHECK(status(emulator, "tab") == "DELETING");
    CHECK_THAT(emulator.call("DeleteTable", table_request("tab")).body, is_json(in_use("Table is being deleted: tab")));
    CHECK(emulator.call("Scan", table_request("tab")).type == "ResourceNotFoundException");
    CHECK(emulator.call("CreateTable", create_request("tab")).type == "ResourceInUseException");
    slow.clock->advance(3s);
    CHECK(status(emulator, "tab") == "ResourceNotFoundException");
    CHECK(emulator.call("CreateTable", create_request("tab")).ok());
}

// As a user's own may be, which minamo cannot see to.
class TurningClock final : public Clock {
public:
    std::chrono::system_clock::time_point now() override { return moment; }
    std::chrono::system_clock::time_point moment = start();
};

TEST_CASE("Lifecycle: a clock that goes back is not followed", "[lifecycle]") {
    Slow slow;
    const auto clock = std::make_shared<TurningClock>();
    slow.options.clock = clock;
    Emulator emulator(slow.options);
    emulator.call("CreateTable", create_request("tab"));
    clock->moment += 1s;
    CHECK(status(emulator, "tab") == "ACTIVE");
    clock->moment -= 1000h;
    const Response second = emulator.call("CreateTable", create_request("uab"));
    CHECK_THAT(second.body, has_json("/TableDescription/CreationDateTime", "1767225601"));
}

TEST_CASE("Lifecycle: a transaction's token is forgotten after ten minutes", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    emulator.call("CreateTable", create_request("tab"));
    slow.clock->advance(1s);
    const auto transact = [&](const char* id) {
        return emulator.call(
            "TransactWriteItems",
            std::string(R"({"ClientRequestToken":"k","TransactItems":[{"Put":)") + put_request("tab", id) + "}]}");
    };
    REQUIRE(transact("a").ok());
    CHECK(transact("a").ok());
    CHECK(transact("b").type == "IdempotentParameterMismatchException");
    slow.clock->advance(10min);
    CHECK(transact("b").ok());
}

TEST_CASE("Lifecycle: new throughput is in force when the table is ACTIVE again", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    const std::string units = R"("ProvisionedThroughput":{"ReadCapacityUnits":)";
    const std::string one = units + R"(5,"WriteCapacityUnits":5})";
    const std::string more = units + R"(9,"WriteCapacityUnits":5})";
    REQUIRE(emulator
                .call("CreateTable", R"({"TableName":"tab",)"
                                     R"("AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],)"
                                     R"("KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],)" +
                                         one + R"(,"GlobalSecondaryIndexes":[{"IndexName":"ind",)" +
                                         R"("KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],)" +
                                         R"("Projection":{"ProjectionType":"ALL"},)" + one + "}]}")
                .ok());
    slow.clock->advance(1s);
    const std::string update = R"({"TableName":"tab",)" + more +
                               R"(,"GlobalSecondaryIndexUpdates":[{"Update":{"IndexName":"ind",)" + more + "}}]}";
    const auto throughput = [](const std::string& last_increase, int reads) {
        return R"({"LastIncreaseDateTime":)" + last_increase + R"(,"NumberOfDecreasesToday":0,"ReadCapacityUnits":)" +
               std::to_string(reads) + R"(,"WriteCapacityUnits":5})";
    };
    const std::string of_index = "/GlobalSecondaryIndexes/0/ProvisionedThroughput";
    const std::string updating = emulator.call("UpdateTable", update).body;
    CHECK_THAT(updating, has_json("/TableDescription/ProvisionedThroughput", throughput("1767225601", 5)));
    CHECK_THAT(updating, has_json("/TableDescription" + of_index, throughput("1767225601", 5)));
    slow.clock->advance(1999ms);
    const std::string waiting = emulator.call("DescribeTable", table_request("tab")).body;
    CHECK_THAT(waiting, has_json("/Table/ProvisionedThroughput", throughput("1767225601", 5)));
    CHECK_THAT(waiting, has_json("/Table" + of_index, throughput("1767225601", 5)));
    slow.clock->advance(1ms);
    const std::string done = emulator.call("DescribeTable", table_request("tab")).body;
    CHECK_THAT(done, has_json("/Table/TableStatus", R"("ACTIVE")"));
    CHECK_THAT(done, has_json("/Table/ProvisionedThroughput", throughput("1767225603", 9)));
    CHECK_THAT(done, has_json("/Table" + of_index, throughput("1767225603", 9)));
}

TEST_CASE("Lifecycle: a token that an earlier version kept is compared by its text's meaning", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    emulator.call("CreateTable", create_request("tab"));
    slow.clock->advance(1s);
    Namespace& space = emulator.world().namespaces.find(know(Caller{}));
    const auto keep = [&space](const std::string& row) {
        const auto kept = Visit(space).write([&row](storage::WriteTransaction* transaction) -> Result<void> {
            transaction->set_named_row("token/k", row);
            return {};
        });
        REQUIRE(kept);
    };
    const auto transact = [&](const std::string& id) {
        return emulator.call("TransactWriteItems",
                             R"({"ClientRequestToken":"k","TransactItems":[{"Put":)" + put_request("tab", id) + "}]}");
    };
    const std::string rest = R"(,"Total":"[]","Indexes":"[]"})";
    keep(R"({"Body":"[{\"Put\":{\"Item\":{\"id\":{\"S\":\"a\"}},\"TableName\":\"tab\"}}]")" + rest);
    CHECK(transact("a").ok());
    CHECK(transact("b").type == "IdempotentParameterMismatchException");
    CHECK_THAT(emulator.call("Scan", table_request("tab")).body, is_json(R"({"Items":[],"Count":0,"ScannedCount":0})"));
    for (const char* body :
         {R"("")", R"("{}")", R"("[1]")", R"("[null]")", R"("[{\"Put\":{\"Item\":1}}]")", "1", "null"}) {
        CAPTURE(body);
        keep(std::string(R"({"Body":)").append(body).append(rest));
        CHECK(transact("a").type == "InternalServerError");
    }
    keep(R"({"Digest":1)" + rest);
    CHECK(transact("a").type == "InternalServerError");
}

TEST_CASE("Lifecycle: a token keeps only what a transaction means", "[lifecycle]") {
    Slow slow;
    Emulator emulator(slow.options);
    emulator.call("CreateTable", create_request("tab"));
    slow.clock->advance(1s);
    const auto transact = [&](const std::string& put) {
        return emulator.call("TransactWriteItems",
                             R"({"ClientRequestToken":"k","TransactItems":[{"Put":{)" + put + "}}]}");
    };
    const std::string large(1 << 20, 'x');
    const std::string table = R"("TableName":"tab")";
    REQUIRE(transact(table + R"(,"Item":{"id":{"S":"a"},"n":{"N":"1"}},"Unknown":")" + large + "\"").ok());
    Namespace& space = emulator.world().namespaces.find(know(Caller{}));
    const std::size_t kept_bytes = Visit(space).read([](storage::ReadTransaction* transaction) {
        REQUIRE(transaction != nullptr);
        return transaction->named_row("token/k").value().size();
    });
    CHECK(kept_bytes < 1000);
    for (const std::string& same :
         {table + R"(,"Item":{"id":{"S":"a"},"n":{"N":"1"}})", R"("Item":{"n":{"N":"1"},"id":{"S":"a"}},)" + table,
          table + R"(,"Item":{"id":{"S":"a"},"n":{"N":"1","T":1},"m":null},"ConditionExpression":null)",
          table + R"(,"Item":{"id":{"S":"a"}},"Item":{"id":{"S":"a"},"n":{"N":"1"}})"}) {
        CAPTURE(same);
        CHECK(transact(same).ok());
    }
    for (const std::string& other :
         {table + R"(,"Item":{"id":{"S":"a"},"n":{"N":"2"}})", table + R"(,"Item":{"id":{"S":"a"},"n":{"S":"1"}})",
          table + R"(,"Item":{"id":{"S":"a"}})",
          table + R"x(,"Item":{"id":{"S":"a"},"n":{"N":"1"}},"ConditionExpression":"attribute_exists(id)")x"}) {
        CAPTURE(other);
        CHECK(transact(other).type == "IdempotentParameterMismatchException");
    }
}

TEST_CASE("Lifecycle: a step of a large backfill is done in parts", "[lifecycle]") {
    constexpr int items = 12500;
    constexpr std::uint64_t step = items / 10 + 1;
    Slow slow;
    slow.options.update_table = 100s;
    Emulator emulator(slow.options);
    emulator.call("CreateTable", create_request("tab"));
    slow.clock->advance(1s);
    for (int first = 0; first < items; first += 25) {
        std::string requests;
        for (int i = first; i < first + 25; ++i) {
            requests += std::string(i == first ? "" : ",") + R"({"PutRequest":{"Item":{"id":{"S":")" +
                        std::to_string(i) + R"("},"n":{"N":"1"}}}})";
        }
        REQUIRE(emulator.call("BatchWriteItem", R"({"RequestItems":{"tab":[)" + requests + "]}}").ok());
    }
    const Response updated = emulator.call(
        "UpdateTable", R"({"TableName":"tab","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},)"
                       R"({"AttributeName":"n","AttributeType":"N"}],)"
                       R"("GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"byn","KeySchema":[)"
                       R"({"AttributeName":"n","KeyType":"HASH"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}}]})");
    REQUIRE(updated.ok());
    Namespace& space = emulator.world().namespaces.find(know(Caller{}));
    const auto filled = [&space] {
        return Visit(space).read([](storage::ReadTransaction* transaction) {
            const storage::Table* table = transaction->find_table("tab");
            return transaction->counters(*table, table->indexes.front().number).items;
        });
    };
    slow.clock->advance(25s);
    CHECK_FALSE(with_room(space, [&] { return catch_up_briefly(Visit(space)); }));
    CHECK(filled() == 1000);
    CHECK(with_room(space, [&] { return catch_up(Visit(space)); }));
    CHECK(filled() == step);
    slow.clock->advance(9s);
    CHECK(status(emulator, "tab") == "ACTIVE");
    CHECK(filled() == 2 * step);
    slow.clock->advance(66s);
    CHECK_THAT(emulator.call("DescribeTable", table_request("tab")).body,
               has_json("/Table/GlobalSecondaryIndexes/0/IndexStatus", R"("ACTIVE")"));
    CHECK(filled() == items);
}
