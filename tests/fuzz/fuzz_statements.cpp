// libFuzzer: any text as a PartiQL statement, alone, in a batch and in a transaction, on a table with items: none is an
// internal error.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/wire/json.hpp"
#include "minamo/emulator.hpp"

namespace {

using minamo::Emulator;
using minamo::Response;

void require(const Response& response, const char* what) {
    if (response.status < 500) return;
    std::fprintf(stderr, "fuzz_statements: %s: %s\n", what, response.body.c_str());
    std::abort();
}

// A table `tab` with a GSI `ind`, and a few items.
std::unique_ptr<Emulator> prepared() {
    auto emulator = std::make_unique<Emulator>();
    const Response made = emulator->call("CreateTable", R"({"TableName":"tab","BillingMode":"PAY_PER_REQUEST",
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},
        {"AttributeName":"g","AttributeType":"S"}],"GlobalSecondaryIndexes":[{"IndexName":"ind",
        "KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}]})");
    if (!made.ok()) std::abort();
    for (const char* item : {R"({"pk":{"S":"a"},"sk":{"N":"1"},"g":{"S":"x"},"n":{"N":"5"},"s":{"SS":["p","q"]}})",
                             R"({"pk":{"S":"a"},"sk":{"N":"2"},"m":{"M":{"k":{"L":[{"N":"1"},{"S":"z"}]}}}})",
                             R"({"pk":{"S":"b"},"sk":{"N":"1"},"g":{"S":"y"},"l":{"L":[{"BOOL":true}]}})"}) {
        const Response put = emulator->call("PutItem", std::string(R"({"TableName":"tab","Item":)") + item + "}");
        if (!put.ok()) std::abort();
    }
    return emulator;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static std::unique_ptr<Emulator> emulator = prepared();
    static int runs = 0;
    if (++runs % 1000 == 0) emulator = prepared();
    std::string statement;
    minamo::json::append_string(statement, {reinterpret_cast<const char*>(data), size});
    const std::string member =
        R"({"Statement":)" + statement + R"(,"Parameters":[{"S":"a"},{"N":"1"},{"L":[{"S":"x"}]},{"SS":["p"]}]})";
    require(emulator->call("ExecuteStatement", member), "ExecuteStatement");
    require(emulator->call("BatchExecuteStatement", R"({"Statements":[)" + member + "]}"), "BatchExecuteStatement");
    require(emulator->call("ExecuteTransaction", R"({"TransactStatements":[)" + member + "]}"), "ExecuteTransaction");
    return 0;
}
