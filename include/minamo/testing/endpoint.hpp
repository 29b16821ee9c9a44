// An emulator on HTTP, for tests of code that speaks to it by an AWS SDK, in this process or in one that it starts.
//
//   minamo::test::Endpoint endpoint(emulator);
//   config.endpointOverride = endpoint.url();
//   Aws::Auth::AWSCredentials credentials(endpoint.access_key(), endpoint.secret_key());
#pragma once

#include <map>
#include <string>

#include "minamo/emulator.hpp"
#include "minamo/visibility.hpp"

namespace minamo::test {

// Serves on a free port of this host while it lives; the emulator must outlive it. What signs with its keys for its
// region is in the namespace of `caller`: the fixtures' tables are those of the default one.
class MINAMO_API Endpoint {
public:
    explicit Endpoint(Emulator& emulator, const Caller& caller = {});

    const std::string& url() const { return url_; }  // "http://127.0.0.1:49153"
    const std::string& access_key() const { return access_key_; }
    const std::string& secret_key() const { return secret_key_; }  // any would do
    const std::string& region() const { return region_; }

    // The same as the environment variables that SDKs look at, such as AWS_ENDPOINT_URL_DYNAMODB, for a process that
    // the test starts.
    std::map<std::string, std::string> environment() const;

private:
    Server server_;
    std::string url_;
    std::string access_key_;
    std::string secret_key_ = "secret";
    std::string region_;
};

}  // namespace minamo::test
