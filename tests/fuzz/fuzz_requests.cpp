// Request bodies: the first byte picks the operation or a control call, the rest is the body. The emulator keeps its
// tables from input to input, so that later calls find something. Every answer must be 200 or 400 with a type; of a
// control call 404 too.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string_view>

#include "emulator/api/operations.hpp"
#include "emulator/control/control.hpp"
#include "emulator/world.hpp"
#include "minamo/emulator.hpp"

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
            "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"},
            "GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":[{"AttributeName":"c","KeyType":"HASH"}],
            "Projection":{"ProjectionType":"ALL"}}]})");
        return out;
    }();
    return *made;
}

constexpr std::string_view control_calls[] = {"/_minamo/clock", "/_minamo/streams/split", "/_minamo/holds"};

void call_control(std::string_view path, std::string_view body) {
    // The clock that moves is another namespace's: here it would only make all shards roll over and over.
    const char* const query = path.ends_with("clock") ? "account=111122223333" : "account=000000000000";
    const int status = minamo::control_call(emulator().world(), "POST", path, query, body, nullptr).response.status;
    if (status != 200 && status != 400 && status != 404) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto all = minamo::api::operations();
    const std::size_t picked = data[0] % (all.size() + std::size(control_calls));
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (picked >= all.size()) {
        call_control(control_calls[picked - all.size()], body);
        return 0;
    }
    const auto& operation = all[picked];
    const minamo::Response response = emulator().call(operation.name, body);
    if (response.status != 200 && (response.status != 400 || response.type.empty())) std::abort();
    return 0;
}
