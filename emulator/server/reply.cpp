// Answers are written straight into the connection's output: no header is built that is not sent at once.
#include "emulator/server/reply.hpp"

#include <charconv>
#include <random>

#include <zlib.h>

#include <boost/beast/http/status.hpp>

#include "emulator/server/gzip.hpp"

namespace minamo::server {
namespace {

constexpr std::size_t packed_from_bytes = 4096;
constexpr std::string_view exposed_headers = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

void append_header(std::string& out, std::string_view name, std::uint64_t number) {
    out.append(name).append(": ");
    append_number(out, number);
    out.append("\r\n");
}

void append_start(std::string& out, int status, Stamps& stamps) {
    if (status == 200) {
        out.append("HTTP/1.1 200 OK\r\nServer: minamo\r\nDate: ");
    } else {
        const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
        out.append("HTTP/1.1 ");
        append_number(out, static_cast<std::uint64_t>(status));
        out.append(" ").append(reason.data(), reason.size()).append("\r\nServer: minamo\r\nDate: ");
    }
    out.append(stamps.date()).append("\r\n");
}

void append_cors(std::string& out, const Reply& reply, const Request& request) {
    if (!reply.allow_origin.empty()) {
        append_header(out, "Access-Control-Allow-Origin", reply.allow_origin);
        if (reply.allow_origin != "*") append_header(out, "Vary", "Origin");
        append_header(out, "Access-Control-Expose-Headers", exposed_headers);
    }
    if (!reply.preflight) return;
    append_header(out, "Access-Control-Max-Age", "172800");
    if (request.has(Header::preflight_headers)) {
        append_header(out, "Access-Control-Allow-Headers", request.header(Header::preflight_headers));
    }
    if (request.has(Header::preflight_method)) {
        append_header(out, "Access-Control-Allow-Methods", request.header(Header::preflight_method));
    }
}

std::uint64_t checksum(std::string_view body) {
    return ::crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
}

std::uint64_t seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

void append_two_digits(std::string& out, int number) {
    out.push_back(static_cast<char>('0' + number / 10));
    out.push_back(static_cast<char>('0' + number % 10));
}

std::string format_date(std::time_t second) {
    constexpr std::string_view days = "SunMonTueWedThuFriSat";
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    std::tm parts{};
    ::gmtime_r(&second, &parts);
    std::string out;
    out.append(days.substr(static_cast<std::size_t>(parts.tm_wday) * 3, 3)).append(", ");
    append_two_digits(out, parts.tm_mday);
    out.append(" ").append(months.substr(static_cast<std::size_t>(parts.tm_mon) * 3, 3)).append(" ");
    append_number(out, static_cast<std::uint64_t>(parts.tm_year) + 1900);
    out.push_back(' ');
    append_two_digits(out, parts.tm_hour);
    out.push_back(':');
    append_two_digits(out, parts.tm_min);
    out.push_back(':');
    append_two_digits(out, parts.tm_sec);
    return out.append(" GMT");
}

}  // namespace

Stamps::Stamps() : random_(seed()) {}

// splitmix64.
std::uint64_t Stamps::next_random() {
    random_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = random_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

void Stamps::append_request_id(std::string& out) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
    constexpr std::string_view tail = "VV4KQNSO5AEMVJF66Q9ASUAAJG";
    for (int half = 0; half < 2; ++half) {
        std::uint64_t bits = next_random();
        for (int i = 0; i < 13; ++i, bits >>= 4) out.push_back(alphabet[bits & 31]);
    }
    out.append(tail);
}

std::string_view Stamps::date() {
    const std::time_t now = std::time(nullptr);
    if (now != second_) {
        second_ = now;
        date_ = format_date(now);
    }
    return date_;
}

void append_reply(std::string& out, const Reply& reply, const Request& request, bool keep_alive, Stamps& stamps) {
    std::string_view body = reply.body;
    std::string small;
    Coding coding = Coding::none;
    if (reply.may_pack && body.size() >= packed_from_bytes) {
        coding = accepted_coding(request.header(Header::accept_encoding));
        if (coding != Coding::none && !pack(coding, body, small)) coding = Coding::none;
    }
    if (coding != Coding::none) body = small;
    append_start(out, reply.status, stamps);
    if (!reply.content_type.empty()) append_header(out, "Content-Type", reply.content_type);
    append_header(out, "Content-Length", body.size());
    if (coding != Coding::none) append_header(out, "Content-Encoding", name_of(coding));
    if (!keep_alive) append_header(out, "Connection", "close");
    if (keep_alive && !request.http_1_1) append_header(out, "Connection", "keep-alive");
    append_cors(out, reply, request);
    out.append("x-amzn-RequestId: ");
    stamps.append_request_id(out);
    out.append("\r\n");
    append_header(out, "x-amz-crc32", checksum(body));
    out.append("\r\n");
    if (request.method != "HEAD") out.append(body);
}

void append_too_large(std::string& out, bool http_1_1, Stamps& stamps) {
    append_start(out, 413, stamps);
    out.append(http_1_1 ? "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
                        : "Content-Length: 0\r\nConnection: close\r\n\r\n");
}

void append_fault(std::string& out, const RequestReader::Fault& fault, Stamps& stamps) {
    append_start(out, fault.status, stamps);
    append_header(out, "Content-Type", "text/plain");
    append_header(out, "Content-Length", fault.sentence.size() + 1);
    out.append("Connection: close\r\n\r\n").append(fault.sentence).append("\n");
}

}  // namespace minamo::server
