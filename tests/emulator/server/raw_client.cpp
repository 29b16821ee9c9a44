// Blocking sockets with a timeout: one test, one thread, one thing after the other.
#include "tests/emulator/server/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cerrno>
#include <utility>

namespace minamo::tests {
namespace {

constexpr int patience_seconds = 10;

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

bool connect_to(int socket, std::uint16_t port, const std::string& address) {
    if (address.find(':') != std::string::npos) {
        sockaddr_in6 to{};
        to.sin6_family = AF_INET6;
        to.sin6_port = htons(port);
        ::inet_pton(AF_INET6, address.c_str(), &to.sin6_addr);
        return ::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    }
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
    return ::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
}

}  // namespace

std::string RawAnswer::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

RawClient::RawClient(std::uint16_t port, const std::string& address)
    : socket_(::socket(address.find(':') == std::string::npos ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{patience_seconds, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connected_ = connect_to(socket_, port, address);
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      connected_(other.connected_),
      timed_out_(other.timed_out_),
      continues_(other.continues_),
      input_(std::move(other.input_)) {}

RawClient::~RawClient() {
    if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::end_output() {
    ::shutdown(socket_, SHUT_WR);
}

bool RawClient::fill() {
    std::array<char, 16384> piece;
    const ssize_t size = ::recv(socket_, piece.data(), piece.size(), 0);
    timed_out_ = size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (size <= 0) return false;
    input_.append(piece.data(), static_cast<std::size_t>(size));
    return true;
}

std::optional<std::string> RawClient::line() {
    std::size_t end = 0;
    while ((end = input_.find("\r\n")) == std::string::npos) {
        if (!fill()) return std::nullopt;
    }
    std::string out = input_.substr(0, end);
    input_.erase(0, end + 2);
    return out;
}

std::optional<std::string> RawClient::bytes(std::size_t size) {
    while (input_.size() < size) {
        if (!fill()) return std::nullopt;
    }
    std::string out = input_.substr(0, size);
    input_.erase(0, size);
    return out;
}

std::optional<std::string> RawClient::chunks() {
    std::string out;
    for (;;) {
        const auto head = line();
        if (!head) return std::nullopt;
        const std::size_t size = std::stoul(*head, nullptr, 16);
        const auto data = bytes(size);
        if (!data || !line()) return std::nullopt;
        if (size == 0) return out;
        out += *data;
    }
}

std::optional<RawAnswer> RawClient::read(bool bodyless) {
    RawAnswer out;
    const auto first = line();
    if (!first || first->size() < 12 || !first->starts_with("HTTP/1.1 ")) return std::nullopt;
    out.status = std::stoi(first->substr(9, 3));
    for (auto header = line();; header = line()) {
        if (!header) return std::nullopt;
        if (header->empty()) break;
        const std::size_t colon = header->find(": ");
        if (colon == std::string::npos) return std::nullopt;
        out.headers[lower(header->substr(0, colon))] = header->substr(colon + 2);
    }
    if (out.status == 100) {
        ++continues_;
        return read(bodyless);
    }
    if (bodyless) return out;
    const auto body =
        out.header("transfer-encoding") == "chunked" ? chunks() : bytes(std::stoul(out.header("content-length")));
    if (!body) return std::nullopt;
    out.body = *body;
    return out;
}

void RawClient::take(std::size_t size) {
    const std::size_t wanted = input_.size() + size;
    while (input_.size() < wanted && fill()) {
    }
}

bool RawClient::ends() {
    if (!input_.empty()) return false;
    return !fill() && !timed_out_;
}

bool RawClient::silent(std::chrono::milliseconds time) {
    if (!input_.empty()) return false;
    pollfd watched{socket_, POLLIN, 0};
    return ::poll(&watched, 1, static_cast<int>(time.count())) == 0;
}

std::optional<RawAnswer> send_once(std::uint16_t port, std::string_view bytes) {
    RawClient client(port);
    if (!client.send(bytes)) return std::nullopt;
    return client.read();
}

}  // namespace minamo::tests
