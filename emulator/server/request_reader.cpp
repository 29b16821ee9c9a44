// Beast's parser calls back for every element; the elements that matter are copied into two strings that live as long
// as the connection, so that reading a request allocates nothing.
//
// Beast leaves to its caller: a limit on a header that comes a line at a time, a Transfer-Encoding other than chunked,
// which hides where the body ends, and the fields of a chunked body's trailer, which are no headers.
#include "emulator/server/request_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/verb.hpp>

#include "emulator/server/gzip.hpp"

namespace minamo::server {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::size_t kept_body_bytes = 1024 * 1024;  // a body buffer that grew beyond this is given back

// Of a chunked body the parts that are no data: a chunk's header, the trailer.
constexpr std::size_t piece_bytes_max = 64 * 1024;
constexpr std::size_t shortest_chunks = std::string_view("0\r\n\r\n").size();

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

// A place in the text of the header: it moves while it grows.
struct Span {
    std::size_t at = 0;
    std::size_t size = 0;
    bool present = false;
};

std::optional<Header> known_header(http::field name, std::string_view text) {
    switch (name) {
        case http::field::accept_encoding:
            return Header::accept_encoding;
        case http::field::access_control_request_headers:
            return Header::preflight_headers;
        case http::field::access_control_request_method:
            return Header::preflight_method;
        case http::field::authorization:
            return Header::authorization;
        case http::field::content_encoding:
            return Header::content_encoding;
        case http::field::content_type:
            return Header::content_type;
        case http::field::date:
            return Header::date;
        case http::field::expect:
            return Header::expect;
        case http::field::host:
            return Header::host;
        case http::field::origin:
            return Header::origin;
        case http::field::sec_fetch_site:
            return Header::fetch_site;
        case http::field::unknown:
            break;
        default:
            return std::nullopt;
    }
    if (equal_ignoring_case(text, "x-amz-target")) return Header::amz_target;
    if (equal_ignoring_case(text, "x-amz-date")) return Header::amz_date;
    if (equal_ignoring_case(text, "x-minamo-token")) return Header::minamo_token;
    return std::nullopt;
}

// What a message's fields and body come to. One per request; `text` and `body` are borrowed.
class Message final : public http::basic_parser<true> {
public:
    Message(std::string& text, std::string& body) : text_(text), body_(body) {
        text_.clear();
        body_.clear();
        header_limit(static_cast<std::uint32_t>(std::max(line_bytes_max + fields_bytes_max, piece_bytes_max)) +
                     1);          // so that only the reader's own limit is met
        body_limit(boost::none);  // counted here, because what is too large is drained
        eager(true);
    }

    bool too_large() const { return too_large_; }

    // Whether a body of unknown length follows.
    bool is_unreadable() const { return transfer_encoding_ && (!chunked() || !only_chunks_); }

    // Whether chunks are to come, and none has.
    bool awaits_first_chunk() const { return chunked() && !chunk_seen_; }

    void view_header(Request& out) const {
        const auto at = [this](const Span& span) {
            return span.present ? std::string_view(text_).substr(span.at, span.size) : std::string_view{};
        };
        out.method = at(method_);
        out.target = at(target_);
        for (std::size_t i = 0; i < header_count; ++i) out.headers[i] = at(headers_[i]);
        out.http_1_1 = version_ >= 11;
        out.keep_alive = keep_alive();
    }

private:
    using error_code = beast::error_code;
    using Text = beast::string_view;

    Span keep_text(Text text) {
        const Span span{text_.size(), text.size(), true};
        text_.append(text.data(), text.size());
        return span;
    }

    void take_body(Text bytes) {
        if (too_large_ || body_.size() + bytes.size() > body_bytes_max) {
            too_large_ = true;
            std::string().swap(body_);
            return;
        }
        body_.append(bytes.data(), bytes.size());
    }

    void on_request_impl(http::verb, Text method, Text target, int version, error_code&) override {
        method_ = keep_text(method);
        target_ = keep_text(target);
        version_ = version;
    }
    void on_response_impl(int, Text, int, error_code&) override {}
    void on_field_impl(http::field name, Text text, Text value, error_code&) override {
        if (in_trailer_) return;
        if (name == http::field::transfer_encoding) {
            transfer_encoding_ = true;
            only_chunks_ = only_chunks_ && equal_ignoring_case(trim(view(value)), "chunked");
        }
        const auto header = known_header(name, view(text));
        if (!header) return;
        Span& span = headers_[static_cast<std::size_t>(*header)];
        if (!span.present) span = keep_text(value);
    }
    void on_header_impl(error_code&) override {
        in_trailer_ = true;
        too_large_ = content_length().value_or(0) > body_bytes_max;
    }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(Text bytes, error_code&) override {
        take_body(bytes);
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t, Text, error_code&) override { chunk_seen_ = true; }
    std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, error_code&) override {
        take_body(bytes);
        return bytes.size();
    }
    void on_finish_impl(error_code&) override {}

    std::string& text_;  // method, target and the values of known headers, one after the other
    std::string& body_;
    Span method_;
    Span target_;
    std::array<Span, header_count> headers_;
    int version_ = 11;
    bool transfer_encoding_ = false;
    bool only_chunks_ = true;  // no other coding beside them
    bool in_trailer_ = false;
    bool chunk_seen_ = false;
    bool too_large_ = false;
};

std::string_view sentence_of(const beast::error_code& error) {
    if (error == http::error::bad_version) return "The request is not HTTP/1.0 or HTTP/1.1.";
    if (error == http::error::bad_method) return "The request does not begin with a method.";
    if (error == http::error::bad_content_length) return "The Content-Length cannot be used.";
    if (error == http::error::multiple_content_length) return "The request has several Content-Lengths.";
    if (error == http::error::bad_transfer_encoding) return "The Transfer-Encoding cannot be used.";
    if (error == http::error::bad_chunk || error == http::error::bad_chunk_extension) {
        return "The body's chunks are malformed.";
    }
    return "The request is not well-formed HTTP.";
}

}  // namespace

class RequestReader::Parser {
public:
    Parser() { message.emplace(text, body); }

    std::string text;
    std::string body;
    std::optional<Message> message;
};

RequestReader::RequestReader() : parser_(std::make_unique<Parser>()) {}
RequestReader::~RequestReader() = default;

bool RequestReader::expects_continue() const {
    return request_.http_1_1 && equal_ignoring_case(request_.header(Header::expect), "100-continue");
}

void RequestReader::reset() {
    state_ = State::header;
    started_ = false;
    line_start_ = 0;
    fields_start_ = 0;
    searched_ = 0;
    request_ = {};
    if (parser_->body.capacity() > kept_body_bytes) std::string().swap(parser_->body);
    if (unpacked_.capacity() > kept_body_bytes) std::string().swap(unpacked_);
    parser_->message.emplace(parser_->text, parser_->body);
}

std::size_t RequestReader::put(std::string_view bytes) {
    std::size_t taken = 0;
    if (!started_) {
        // Some clients send a line break too many after a body.
        taken = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
        bytes.remove_prefix(taken);
        if (bytes.empty()) return taken;
        started_ = true;
    }
    if (!parser_->message->is_header_done()) {
        const std::size_t size = header_size(bytes);
        if (size == 0) return taken;
        put_header(bytes.substr(0, size));
        taken += size;
        bytes.remove_prefix(size);
    }
    if (state_ != State::broken) taken += put_body(bytes);
    if (state_ != State::broken) settle();
    return taken;
}

// Up to the empty line; 0 where it has not come yet, or where the header is broken. Beast would read a header in part,
// and take more of one that comes in pieces.
std::size_t RequestReader::header_size(std::string_view bytes) {
    if (bytes.front() < 'A' || bytes.front() > 'z') {
        fail(400, "The request does not begin with a method: this port speaks HTTP without TLS.");
        return 0;
    }
    for (;;) {
        const std::size_t end = bytes.find('\n', searched_);
        const std::size_t seen = std::min(end, bytes.size());
        if (fields_start_ == 0 && seen >= line_bytes_max) {
            fail(400, "The request line is longer than 16 KiB.");
            return 0;
        }
        if (fields_start_ != 0 && seen - fields_start_ >= fields_bytes_max) {
            fail(400, "The headers are longer than 16 KiB together.");
            return 0;
        }
        if (end == bytes.npos) {
            searched_ = bytes.size();
            return 0;
        }
        if (end == 0 || bytes[end - 1] != '\r') {
            fail(400, "A line of the header does not end in CR LF.");
            return 0;
        }
        if (end == line_start_ + 1) return end + 1;
        line_start_ = searched_ = end + 1;
        if (fields_start_ == 0) fields_start_ = line_start_;
    }
}

void RequestReader::put_header(std::string_view bytes) {
    Message& message = *parser_->message;
    beast::error_code error;
    message.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    if (error || !message.is_header_done()) return fail(400, sentence_of(error));
    if (message.is_unreadable()) {
        return fail(501, "The Transfer-Encoding is not one that minamo knows: send chunked, or a Content-Length.");
    }
    message.view_header(request_);
}

std::size_t RequestReader::put_body(std::string_view bytes) {
    Message& message = *parser_->message;
    // Beast asserts that it sees a last chunk whole, where that is the first.
    if (message.awaits_first_chunk() && bytes.size() < shortest_chunks) return 0;
    std::size_t taken = 0;
    while (taken < bytes.size() && !message.is_done()) {
        // No more at a time than a chunk's header or the trailer may have.
        const std::string_view piece = bytes.substr(taken, piece_bytes_max);
        beast::error_code error;
        const std::size_t size = message.put(boost::asio::const_buffer(piece.data(), piece.size()), error);
        taken += size;
        if (error && error != http::error::need_more) {
            fail(400, sentence_of(error));
            break;
        }
        if (size != 0) continue;
        if (piece.size() == piece_bytes_max) fail(400, "The body's chunks are malformed.");
        break;
    }
    return taken;
}

void RequestReader::settle() {
    const Message& message = *parser_->message;
    if (message.too_large()) {
        state_ = State::too_large;
    } else if (!message.is_done()) {
        state_ = State::body;
    } else {
        state_ = State::whole;
        request_.body = parser_->body;
        if (request_.has(Header::content_encoding)) undo_coding();
    }
}

// Of several codings in a row the service knows none.
void RequestReader::undo_coding() {
    const std::string_view name = trim(request_.header(Header::content_encoding));
    if (name.empty() || equal_ignoring_case(name, "identity")) return;
    const Coding coding = coding_of(name);
    const Inflation result =
        coding == Coding::none ? Inflation::broken : unpack(coding, request_.body, body_bytes_max, unpacked_);
    request_.undecodable = result == Inflation::broken;
    request_.body = result == Inflation::whole ? std::string_view(unpacked_) : std::string_view();
    if (result == Inflation::too_large) state_ = State::too_large;
}

void RequestReader::fail(int status, std::string_view sentence) {
    state_ = State::broken;
    fault_ = {status, sentence};
}

}  // namespace minamo::server
