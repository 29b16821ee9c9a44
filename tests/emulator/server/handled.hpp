// A server whose requests a handler of the test's own answers, and what its clients send and read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/server/listener.hpp"
#include "minamo/emulator.hpp"
#include "tests/emulator/server/raw_client.hpp"

namespace minamo::tests {

// The emulator below it is there for handlers that look at it.
class Handled {
public:
    // `set` gets the server::Site to fill in: the handler, times.
    template <class Set>
    Handled(unsigned threads, Set&& set) : listener_(site(set), "", 0, threads) {}

    RawClient connect() const { return RawClient(listener_.port()); }
    std::uint16_t port() const { return listener_.port(); }
    void stop() { listener_.stop(); }

private:
    template <class Set>
    server::Site site(Set& set) {
        server::Site out{.emulator = emulator_.world(), .access = {}};
        set(out);
        return out;
    }

    Emulator emulator_;
    server::Listener listener_;
};

inline std::string get(std::string_view path, std::string_view headers = "") {
    return std::string("GET ").append(path).append(" HTTP/1.1\r\n").append(headers).append("\r\n");
}

inline std::string body_of(RawClient& client) {
    const auto answer = client.read();
    return answer ? answer->body : "no answer";
}

}  // namespace minamo::tests
