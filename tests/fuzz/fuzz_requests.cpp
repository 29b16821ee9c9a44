// Request bodies: the first byte picks the operation, the rest is the body. The emulator keeps its tables from input to
// input, so that later calls find something. Every answer must be 200 or 400 with a type.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "emulator/api.hpp"
#include "emulator/emulator.hpp"

namespace {

minamo::Emulator& emulator() {
    static minamo::Emulator* made = [] {
        minamo::Options options;
        options.map_bytes = std::size_t{256} << 20;
        auto* out = new minamo::Emulator(options);
        out->call("CreateTable", R"({"TableName":"abc","BillingMode":"PAY_PER_REQUEST",
            "KeySchema":[{"AttributeName":"a","KeyType":"HASH"},{"AttributeName":"b","KeyType":"RANGE"}],
            "AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"},{"AttributeName":"b","AttributeType":"N"},
            {"AttributeName":"c","AttributeType":"S"}],
            "GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":[{"AttributeName":"c","KeyType":"HASH"}],
            "Projection":{"ProjectionType":"ALL"}}]})");
        return out;
    }();
    return *made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto all = minamo::api::operations();
    const auto& operation = all[data[0] % all.size()];
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    const minamo::Response response = emulator().call(operation.name, body);
    if (response.status != 200 && (response.status != 400 || response.type.empty())) std::abort();
    return 0;
}
