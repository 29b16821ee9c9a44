// One connection, kept alive; opened again where the server closed it. Answers have a Content-Length.
#include "conformance/replay/http_door.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace minamo::conformance {
namespace {

class Connection {
public:
    Connection(std::string host, std::string port) : host_(std::move(host)), port_(std::move(port)) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { close(); }

    Reply call(const std::string& request) {
        for (int attempt = 0; attempt < 2; ++attempt) {
            if (socket_ < 0) open();
            Reply reply;
            if (send_all(request) && receive(reply)) return reply;
            close();
        }
        throw std::runtime_error("The endpoint " + host_ + ":" + port_ + " does not answer: start it first.");
    }

private:
    void open() {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (getaddrinfo(host_.c_str(), port_.c_str(), &hints, &found) != 0) {
            throw std::runtime_error("The host " + host_ + " is not known.");
        }
        const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, freeaddrinfo);
        for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
            socket_ = ::socket(each->ai_family, each->ai_socktype, each->ai_protocol);
            if (socket_ >= 0 && ::connect(socket_, each->ai_addr, each->ai_addrlen) == 0) return;
            close();
        }
        throw std::runtime_error("Nothing listens on " + host_ + ":" + port_ + ": start the endpoint first.");
    }

    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
        received_.clear();
    }

    bool send_all(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    bool read_some() {
        char buffer[65536];
        const ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
        if (count <= 0) return false;
        received_.append(buffer, static_cast<std::size_t>(count));
        return true;
    }

    bool receive(Reply& reply) {
        std::size_t head = 0;
        while ((head = received_.find("\r\n\r\n")) == std::string::npos) {
            if (!read_some()) return false;
        }
        std::string header = received_.substr(0, head);
        std::ranges::transform(header, header.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        const std::size_t at = header.find("content-length:");
        if (header.size() < 12 || at == std::string::npos) return false;
        const std::size_t length = std::stoul(header.substr(at + 15));
        while (received_.size() < head + 4 + length) {
            if (!read_some()) return false;
        }
        reply.status = std::stoi(header.substr(9, 3));
        reply.body = received_.substr(head + 4, length);
        received_.erase(0, head + 4 + length);
        return true;
    }

    std::string host_;
    std::string port_;
    std::string received_;
    int socket_ = -1;
};

// DynamoDB's API, and minamo's control API where the endpoint has one.
class Endpoint {
public:
    Endpoint(std::string host, std::string authority, std::string region)
        : connection_(std::move(host), authority.substr(authority.rfind(':') + 1)),
          authority_(std::move(authority)),
          region_(std::move(region)) {}

    Reply call(const std::string& operation, const std::string& body, const std::string& account) {
        const bool streams = operation == "ListStreams" || operation == "DescribeStream" ||
                             operation == "GetShardIterator" || operation == "GetRecords";
        return connection_.call(
            "POST / HTTP/1.1\r\nHost: " + authority_ +
            "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: " +
            (streams ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.") + operation +
            "\r\nX-Amz-Date: 20260101T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 Credential=" + account + "/20260101/" +
            region_ +
            "/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=0\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body);
    }

    bool reset(const std::string& account) {
        if (!is_minamo_) is_minamo_ = has_control();
        if (!*is_minamo_) return false;
        return control("POST", "reset?account=" + account + "&region=" + region_).status == 200;
    }

private:
    Reply control(const std::string& method, const std::string& what) {
        return connection_.call(method + " /_minamo/" + what + " HTTP/1.1\r\nHost: " + authority_ +
                                "\r\nContent-Length: 0\r\n\r\n");
    }

    bool has_control() {
        try {
            const Reply reply = control("GET", "health");
            return reply.status == 200 && reply.body.starts_with(R"({"status":"ok","version":")");
        } catch (const std::runtime_error&) {  // An endpoint may close the connection at a path that it does not know.
            return false;
        }
    }

    Connection connection_;
    std::string authority_;
    std::string region_;
    std::optional<bool> is_minamo_;
};

}  // namespace

Door http_door(const std::string& endpoint, const std::string& region) {
    constexpr std::string_view scheme = "http://";
    if (!endpoint.starts_with(scheme)) throw std::runtime_error("Give the endpoint as http://host:port.");
    std::string authority = endpoint.substr(scheme.size());
    authority = authority.substr(0, authority.find('/'));
    const std::size_t colon = authority.rfind(':');
    if (colon == std::string::npos) throw std::runtime_error("Give the endpoint as http://host:port.");
    std::string host = authority.substr(0, colon);
    if (host.starts_with("[") && host.ends_with("]")) host = host.substr(1, host.size() - 2);
    const auto endpoint_door = std::make_shared<Endpoint>(std::move(host), authority, region);
    return {[endpoint_door](const std::string& operation, const std::string& body, const std::string& account) {
                return endpoint_door->call(operation, body, account);
            },
            [endpoint_door](const std::string& account) { return endpoint_door->reset(account); }};
}

}  // namespace minamo::conformance
