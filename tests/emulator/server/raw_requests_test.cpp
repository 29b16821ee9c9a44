// Every table's bytes over a real connection: whole, a byte at a time, and cut in two at every offset. The answers must
// be the same each time, and every answer must carry what all answers carry.
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "minamo/emulator.hpp"
#include "tests/emulator/server/raw_client.hpp"
#include "tests/emulator/server/raw_requests.hpp"
#include "tests/support.hpp"

namespace minamo::tests {
namespace {

constexpr std::size_t small_bytes = 1500;  // longer ones are cut at some offsets only
constexpr std::size_t cuts_of_long_ones = 25;

bool matches(const std::string& text, const std::string& pattern) {
    const std::size_t dots = pattern.find("...");
    return dots == std::string::npos ? text == pattern : text.starts_with(pattern.substr(0, dots));
}

// What is wrong with an answer beside its body; empty: nothing.
std::string fault_of(const RawAnswer& answer, const ExpectedAnswer& expected) {
    if (answer.status != expected.status) return "status " + std::to_string(answer.status) + ": " + answer.body;
    if (!expected.bodyless && !matches(answer.body, expected.body)) return "body " + answer.body;
    for (const std::string& header : expected.headers) {
        if (header.starts_with("!")) {
            if (answer.has(header.substr(1))) return "unexpected " + header.substr(1);
            continue;
        }
        const std::string name = header.substr(0, header.find(": "));
        if (answer.header(name) != header.substr(name.size() + 2)) return name + ": " + answer.header(name);
    }
    const std::string date = answer.header("date");
    if (date.size() != 29 || !date.ends_with(" GMT")) return "date " + date;
    if (!answer.has("x-amzn-requestid")) return {};
    const std::string id = answer.header("x-amzn-requestid");
    const bool plain = std::ranges::all_of(id, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
    if (id.size() != 52 || !plain) return "request id " + id;
    const auto* bytes = reinterpret_cast<const Bytef*>(answer.body.data());
    const auto crc = ::crc32(0, bytes, static_cast<uInt>(answer.body.size()));
    if (!expected.bodyless && answer.header("x-amz-crc32") != std::to_string(crc))
        return "crc " + answer.header("x-amz-crc32");
    return {};
}

// Reads what `request` is to be answered with; what is wrong.
std::string fault_of(RawClient& client, const RawRequest& request) {
    if (request.ends) client.end_output();
    for (const ExpectedAnswer& expected : request.answers) {
        const auto answer = client.read(expected.bodyless);
        if (!answer) return "no answer";
        if (auto fault = fault_of(*answer, expected); !fault.empty()) return fault;
    }
    if (!request.lives && !client.ends()) return "the connection lives";
    return {};
}

// The next connection, or the last one where it lives: what comes next shows that it does.
class Connections {
public:
    explicit Connections(std::uint16_t port) : port_(port) {}

    RawClient& next() {
        if (!client_) client_.emplace(port_);
        return *client_;
    }
    void done(bool lives) {
        if (!lives) client_.reset();
    }

private:
    std::uint16_t port_;
    std::optional<RawClient> client_;
};

// Every cut of a request, many at a time, each in two pieces on a connection of its own. The server may have closed
// before the second: then it is not needed.
class CutRequests {
public:
    explicit CutRequests(std::uint16_t port) {
        for (std::size_t i = 0; i < lanes_count; ++i) lanes_.emplace_back(port);
    }

    // What is wrong, and at which cut; empty: nothing.
    std::string fault_of_cuts(const RawRequest& request, std::size_t step) {
        for (std::size_t cut = 1; cut < request.bytes.size();) {
            std::vector<std::size_t> cuts;
            for (; cut < request.bytes.size() && cuts.size() < lanes_.size(); cut += step) cuts.push_back(cut);
            if (auto fault = send(request, cuts); !fault.empty()) return fault;
        }
        return {};
    }

private:
    static constexpr std::size_t lanes_count = 64;

    std::string send(const RawRequest& request, const std::vector<std::size_t>& cuts) {
        const std::string_view bytes = request.bytes;
        for (std::size_t i = 0; i < cuts.size(); ++i) lanes_[i].next().send(bytes.substr(0, cuts[i]));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));  // in which the server reads all first pieces
        for (std::size_t i = 0; i < cuts.size(); ++i) lanes_[i].next().send(bytes.substr(cuts[i]));
        std::string found;
        for (std::size_t i = 0; i < cuts.size(); ++i) {
            const std::string fault = fault_of(lanes_[i].next(), request);
            lanes_[i].done(request.lives && fault.empty());
            if (found.empty() && !fault.empty()) found = "cut at " + std::to_string(cuts[i]) + ": " + fault;
        }
        return found;
    }

    std::vector<Connections> lanes_;
};

std::size_t step_of(const RawRequest& request) {
    return request.bytes.size() <= small_bytes ? 1 : request.bytes.size() / cuts_of_long_ones;
}

}  // namespace

TEST_CASE("Raw requests: there are many of each kind", "[server]") {
    CHECK(http_requests().size() >= 50);
    CHECK(body_requests().size() >= 45);
    CHECK(call_requests().size() >= 50);
    CHECK(credential_requests().size() >= 25);
}

TEST_CASE("Raw requests: each has a name of its own", "[server]") {
    std::set<std::string> names;
    for (const RawRequest& request : all_requests()) {
        CAPTURE(request.name);
        CHECK(names.insert(request.name).second);
    }
}

TEST_CASE("Raw requests: sent whole, they get their answers", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    for (const RawRequest& request : all_requests()) {
        RawClient client(server.port());
        client.send(request.bytes);
        CAPTURE(request.name);
        CHECK(fault_of(client, request) == "");
        if (!request.lives) continue;
        client.send("GET / HTTP/1.1\r\n\r\n");
        const auto after = client.read();
        REQUIRE(after);
        CHECK(after->body == healthy);
    }
}

TEST_CASE("Raw requests: sent a byte at a time, they get the same answers", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    Connections connections(server.port());
    for (const RawRequest& request : all_requests()) {
        if (request.bytes.size() > small_bytes) continue;
        RawClient& client = connections.next();
        for (const char& byte : request.bytes) {
            if (!client.send({&byte, 1})) break;
        }
        CAPTURE(request.name);
        const std::string fault = fault_of(client, request);
        CHECK(fault == "");
        connections.done(request.lives && fault.empty());
    }
}

TEST_CASE("Raw requests: cut at any offset, they get the same answers", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    CutRequests cut_requests(server.port());
    for (const RawRequest& request : all_requests()) {
        CAPTURE(request.name);
        CHECK(cut_requests.fault_of_cuts(request, step_of(request)) == "");
    }
}

TEST_CASE("Raw requests: a client that leaves at any offset does no harm", "[server]") {
    Emulator emulator;
    const Server server = emulator.serve();
    for (const RawRequest& request : all_requests()) {
        const std::size_t step = std::max<std::size_t>(step_of(request), 7);
        for (std::size_t cut = 1; cut < request.bytes.size(); cut += step) {
            RawClient(server.port()).send(std::string_view(request.bytes).substr(0, cut));
        }
    }
    const auto after = send_once(server.port(), "GET / HTTP/1.1\r\n\r\n");
    REQUIRE(after);
    CHECK(after->body == healthy);
}

}  // namespace minamo::tests
