// The wire form of errors.
#include "emulator/wire/error.hpp"

#include <string>

#include "storage/item_codec.hpp"
#include "tests/support.hpp"

using namespace minamo;

TEST_CASE("Error: bodies are as the service sends them", "[error]") {
    const auto body = [](tl::unexpected<Error> error) { return render(error.value()); };
    CHECK(body(invalid("no \"way\"")) ==
          R"({"__type":"com.amazon.coral.validate#ValidationException","message":"no \"way\""})");
    CHECK(body(fail_silently(ErrorKind::serialization)) ==
          R"({"__type":"com.amazon.coral.service#SerializationException"})");
    CHECK(body(fail(ErrorKind::serialization, "x")) ==
          R"({"__type":"com.amazon.coral.service#SerializationException","Message":"x"})");
    CHECK(body(fail(ErrorKind::resource_not_found, "gone")) ==
          R"({"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"gone"})");
    CHECK(body(fail(ErrorKind::transaction_canceled, "why")) ==
          R"({"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"why"})");
}

TEST_CASE("Error: more members stand before the message", "[error]") {
    Error error;
    error->kind = ErrorKind::conditional_check_failed;
    error->message = "m";
    storage::ItemEncoder item;
    item.add("a", storage::ValueView(encode(storage::AttributeValue{std::string("b")})));
    error->item = item.finish();
    CHECK(render(error) == R"({"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",)"
                           R"("Item":{"a":{"S":"b"}},"Message":"m"})");

    Error canceled;
    canceled->kind = ErrorKind::transaction_canceled;
    canceled->message = "m";
    canceled->reasons = {{"None", "", ""}, {"ConditionalCheckFailed", "n", error->item}};
    CHECK(render(canceled) == R"({"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",)"
                              R"("CancellationReasons":[{"Code":"None"},{"Item":{"a":{"S":"b"}},)"
                              R"("Code":"ConditionalCheckFailed","Message":"n"}],"Message":"m"})");
}

TEST_CASE("Error: only the service's own faults are 5xx", "[error]") {
    for (int i = 0; i <= static_cast<int>(ErrorKind::service_unavailable); ++i) {
        const ErrorRow& kind = row(static_cast<ErrorKind>(i));
        CAPTURE(kind.name);
        const bool own = kind.kind == ErrorKind::internal_server_error || kind.kind == ErrorKind::internal_failure;
        CHECK(kind.status == (kind.kind == ErrorKind::service_unavailable ? 503 : own ? 500 : 400));
    }
}
