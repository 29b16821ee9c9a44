// One handle of libcurl, which keeps its connection alive and opens it again where the server closed it.
#include "conformance/replay/http_door.hpp"

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace minamo::conformance {
namespace {

constexpr long seconds_max = 60;  // for one answer

// Of one request; freed with it.
class Headers {
public:
    Headers() = default;
    Headers(const Headers&) = delete;
    Headers& operator=(const Headers&) = delete;
    ~Headers() { curl_slist_free_all(list_); }

    void add(const std::string& line) {
        curl_slist* longer = curl_slist_append(list_, line.c_str());
        if (longer == nullptr) throw std::bad_alloc();
        list_ = longer;
    }
    curl_slist* get() const { return list_; }

private:
    curl_slist* list_ = nullptr;
};

std::size_t append(const char* bytes, std::size_t, std::size_t count, void* out) {
    static_cast<std::string*>(out)->append(bytes, count);
    return count;
}

// DynamoDB's API, and minamo's control API where the endpoint has one.
class Endpoint {
public:
    Endpoint(std::string url, std::string region)
        : url_(std::move(url)), region_(std::move(region)), curl_(curl_easy_init(), curl_easy_cleanup) {
        if (curl_ == nullptr) throw std::bad_alloc();
    }

    Reply call(const std::string& operation, const std::string& body, const std::string& account) {
        const bool streams = operation == "ListStreams" || operation == "DescribeStream" ||
                             operation == "GetShardIterator" || operation == "GetRecords";
        Headers headers;
        headers.add("Content-Type: application/x-amz-json-1.0");
        headers.add((streams ? "X-Amz-Target: DynamoDBStreams_20120810." : "X-Amz-Target: DynamoDB_20120810.") +
                    operation);
        curl_easy_reset(curl_.get());
        const std::string credentials = account + ":secret";
        const std::string scope = "aws:amz:" + region_ + ":dynamodb";
        curl_easy_setopt(curl_.get(), CURLOPT_USERPWD, credentials.c_str());
        curl_easy_setopt(curl_.get(), CURLOPT_AWS_SIGV4, scope.c_str());
        return post("/", headers, body);
    }

    bool reset(const std::string& account) {
        if (!is_minamo_) is_minamo_ = has_control();
        if (!*is_minamo_) return false;
        curl_easy_reset(curl_.get());
        return post("/_minamo/reset?account=" + account + "&region=" + region_, {}, {}).status == 200;
    }

private:
    Reply post(const std::string& path, const Headers& headers, const std::string& body) {
        curl_easy_setopt(curl_.get(), CURLOPT_POST, 1L);
        curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDS, body.data());
        curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        return perform(path, headers);
    }

    Reply perform(const std::string& path, const Headers& headers) {
        Reply reply;
        const std::string url = url_ + path;
        curl_easy_setopt(curl_.get(), CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(curl_.get(), CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl_.get(), CURLOPT_PROXY, "");
        curl_easy_setopt(curl_.get(), CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl_.get(), CURLOPT_TIMEOUT, seconds_max);
        curl_easy_setopt(curl_.get(), CURLOPT_WRITEFUNCTION, append);
        curl_easy_setopt(curl_.get(), CURLOPT_WRITEDATA, &reply.body);
        const CURLcode code = curl_easy_perform(curl_.get());
        if (code != CURLE_OK) {
            throw std::runtime_error("The endpoint " + url_ + " does not answer (" + curl_easy_strerror(code) +
                                     "): start it first.");
        }
        long status = 0;
        curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
        reply.status = static_cast<int>(status);
        return reply;
    }

    bool has_control() {
        try {
            curl_easy_reset(curl_.get());
            const Reply reply = perform("/_minamo/health", {});
            return reply.status == 200 && reply.body.starts_with(R"({"status":"ok","version":")");
        } catch (const std::runtime_error&) {  // An endpoint may close the connection at a path that it does not know.
            return false;
        }
    }

    std::string url_;
    std::string region_;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;
    std::optional<bool> is_minamo_;
};

}  // namespace

Door http_door(const std::string& endpoint, const std::string& region) {
    if (!endpoint.starts_with("http://") && !endpoint.starts_with("https://")) {
        throw std::runtime_error("Give the endpoint as http://host:port.");
    }
    const std::string url = endpoint.substr(0, endpoint.find('/', endpoint.find("//") + 2));
    const auto endpoint_door = std::make_shared<Endpoint>(url, region);
    return {[endpoint_door](const std::string& operation, const std::string& body, const std::string& account) {
                return endpoint_door->call(operation, body, account);
            },
            [endpoint_door](const std::string& account) { return endpoint_door->reset(account); }};
}

}  // namespace minamo::conformance
