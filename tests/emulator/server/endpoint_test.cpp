// The endpoint of the fixtures: what is signed with its keys meets the fixture's tables.
#include "minamo/testing/endpoint.hpp"

#include <optional>
#include <string>

#include "minamo/testing/catch2.hpp"
#include "tests/emulator/server/raw_client.hpp"
#include "tests/support.hpp"

using namespace minamo::test;

namespace {

// The body that comes back, for a call as SDKs make them.
std::string call(const Endpoint& endpoint, const std::string& operation, const std::string& body) {
    minamo::tests::RawClient client(static_cast<std::uint16_t>(std::stoi(endpoint.url().substr(17))));
    client.send(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n"
        "X-Amz-Date: 20240131T010203Z\r\nX-Amz-Target: DynamoDB_20120810." +
        operation + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=" + endpoint.access_key() + "/20240131/" +
        endpoint.region() + "/dynamodb/aws4_request, SignedHeaders=host, Signature=0f\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body);
    const auto answer = client.read();
    return answer ? answer->body : "no answer";
}

}  // namespace

TEST_CASE_METHOD(EndpointFixture, "Endpoint: its keys reach the fixture's tables", "[server]") {
    auto users = table("users").partition_key("id").make();
    CHECK(endpoint.url().starts_with("http://127.0.0.1:"));
    CHECK(call(endpoint, "PutItem", R"({"TableName":"users","Item":{"id":{"S":"ada"}}})") == "{}");
    CHECK(users.has({{"id", S("ada")}}));
}

TEST_CASE("Endpoint: its keys reach the namespace of the caller it is made for", "[server]") {
    minamo::Emulator emulator;
    const minamo::Caller caller{"a / key that no header takes", "eu-west-1"};
    const Endpoint other(emulator);
    const Endpoint endpoint(emulator, caller);
    auto users = TableMaker(emulator, "users", caller).partition_key("id").make();
    CHECK(call(endpoint, "ListTables", "{}") == R"({"TableNames":["users"]})");
    CHECK(call(other, "ListTables", "{}") == R"({"TableNames":[]})");
}

TEST_CASE_METHOD(EndpointFixture, "Endpoint: a process that the test starts finds it by its environment", "[server]") {
    const std::map<std::string, std::string> expected{{"AWS_ACCESS_KEY_ID", "000000000000"},
                                                      {"AWS_DEFAULT_REGION", "us-east-1"},
                                                      {"AWS_ENDPOINT_URL_DYNAMODB", endpoint.url()},
                                                      {"AWS_ENDPOINT_URL_DYNAMODB_STREAMS", endpoint.url()},
                                                      {"AWS_REGION", "us-east-1"},
                                                      {"AWS_SECRET_ACCESS_KEY", endpoint.secret_key()}};
    CHECK(endpoint.environment() == expected);
}
