// A client that sends bytes, any bytes, and reads what comes back as HTTP answers.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace minamo::tests {

struct RawAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;                            // chunks undone, gzip not

    bool has(const std::string& name) const { return headers.contains(name); }
    std::string header(const std::string& name) const;  // empty where absent
};

// One connection. Reads give up after a few seconds, so that a server that hangs fails a test instead of stopping it.
class RawClient {
public:
    explicit RawClient(std::uint16_t port, const std::string& address = "127.0.0.1");
    ~RawClient();
    RawClient(RawClient&& other) noexcept;
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool connected() const { return connected_; }
    // False where the server has closed meanwhile.
    bool send(std::string_view bytes);
    // Says that nothing more will come.
    void end_output();

    // The next answer; 100 Continue is passed over and counted. Nothing where the connection ends first, or in time
    // none comes. `bodyless`: the answer to a HEAD.
    std::optional<RawAnswer> read(bool bodyless = false);
    // Reads this many bytes of what comes, for read() to give out later.
    void take(std::size_t size);
    // Whether the server closes without another byte. Waits for it.
    bool ends();
    // Whether no byte comes, and no end, for this long.
    bool silent(std::chrono::milliseconds time);
    int continues() const { return continues_; }

private:
    bool fill();
    std::optional<std::string> line();
    std::optional<std::string> bytes(std::size_t size);
    std::optional<std::string> chunks();

    int socket_ = -1;
    bool connected_ = false;
    bool timed_out_ = false;
    int continues_ = 0;
    std::string input_;
};

// Sends one request over a connection of its own.
std::optional<RawAnswer> send_once(std::uint16_t port, std::string_view bytes);

}  // namespace minamo::tests
