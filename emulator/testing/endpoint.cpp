// The access key is the account itself: whatever the caller calls itself, 12 digits can be sent.
#include "minamo/testing/endpoint.hpp"

#include "emulator/namespaces/accounts.hpp"

namespace minamo::test {

Endpoint::Endpoint(Emulator& emulator, const Caller& caller)
    : server_(emulator.serve()),
      url_(server_.endpoint()),
      access_key_(account_of(caller.account)),
      region_(caller.region) {}

std::map<std::string, std::string> Endpoint::environment() const {
    return {{"AWS_ENDPOINT_URL_DYNAMODB", url_},
            {"AWS_ENDPOINT_URL_DYNAMODB_STREAMS", url_},
            {"AWS_ACCESS_KEY_ID", access_key_},
            {"AWS_SECRET_ACCESS_KEY", secret_key_},
            {"AWS_REGION", region_},
            {"AWS_DEFAULT_REGION", region_}};
}

}  // namespace minamo::test
