// Bytes of a connection -> requests. Takes them in pieces of any size: what comes out depends on the bytes alone, never
// on where they were cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/server/request.hpp"

namespace minamo::server {

// The request line; the headers together, with the empty line that ends them.
inline constexpr std::size_t line_bytes_max = 16 * 1024;
inline constexpr std::size_t fields_bytes_max = 16 * 1024;
// Before codings are undone, and after.
inline constexpr std::size_t body_bytes_max = 16 * 1024 * 1024;

class RequestReader {
public:
    enum class State : std::uint8_t {
        header,     // more bytes are needed; nothing can be said of the request yet
        body,       // the header is whole, more bytes are needed
        whole,      // request() is complete
        too_large,  // the body is or will be over body_bytes_max: bytes are still taken, and dropped
        broken,     // this is not HTTP: fault() says why, and nothing on this connection can be read any more
    };

    RequestReader();
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    // Takes bytes from the front of `bytes`; how many. What it leaves must stand at the front of the next call's bytes,
    // with more after it.
    std::size_t put(std::string_view bytes);

    State state() const { return state_; }
    // Whether a byte of the request has been seen.
    bool started() const { return started_; }
    // The client waits for "100 Continue" before it sends the body.
    bool expects_continue() const;

    // Of a header that is whole; the body only in State::whole.
    const Request& request() const { return request_; }

    struct Fault {
        int status = 400;
        std::string_view sentence;
    };
    const Fault& fault() const { return fault_; }

    // For the next request. Keeps memory, save what a large body took.
    void reset();

private:
    class Parser;

    std::size_t header_size(std::string_view bytes);
    void put_header(std::string_view bytes);
    std::size_t put_body(std::string_view bytes);
    void settle();
    void undo_coding();
    void fail(int status, std::string_view sentence);

    std::unique_ptr<Parser> parser_;
    State state_ = State::header;
    bool started_ = false;
    std::size_t line_start_ = 0;    // of the header's line that has not ended yet
    std::size_t fields_start_ = 0;  // behind the request line; 0: that has not ended yet
    std::size_t searched_ = 0;      // bytes of the header that have been looked at
    Request request_;
    Fault fault_;
    std::string unpacked_;
};

}  // namespace minamo::server
