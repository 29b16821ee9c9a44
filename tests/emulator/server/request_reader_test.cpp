// The reader alone, so that every cut really is one: what it reads depends on the bytes, not on the pieces they come
// in.
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "emulator/server/request_reader.hpp"
#include "tests/emulator/server/raw_requests.hpp"
#include "tests/support.hpp"

namespace minamo::tests {
namespace {

using server::Header;
using server::RequestReader;
using State = RequestReader::State;

// All that a reader makes of bytes, as text.
class Reading {
public:
    void put(std::string_view piece) {
        buffer_.append(piece);
        while (!over_ && !buffer_.empty()) {
            buffer_.erase(0, reader_.put(buffer_));
            if (!note()) return;
        }
    }

    // Where a request is unfinished, that is part of the text.
    std::string text() const {
        if (over_) return text_;
        return text_ + (reader_.state() == State::body ? "in a body"
                        : reader_.started()            ? "in a header"
                                                       : "between requests");
    }

private:
    // True where something is complete.
    bool note() {
        if (reader_.state() == State::whole) {
            note_request();
            reader_.reset();
            return true;
        }
        if (reader_.state() == State::broken) {
            text_ += "broken " + std::to_string(reader_.fault().status) + " " + std::string(reader_.fault().sentence);
            over_ = true;
        }
        if (reader_.state() == State::too_large) {
            text_ += "too large";
            over_ = true;
        }
        return over_;
    }

    void note_request() {
        const server::Request& request = reader_.request();
        text_.append(request.method).append(" ").append(request.target);
        for (std::size_t i = 0; i < server::header_count; ++i) {
            const auto header = static_cast<Header>(i);
            if (!request.has(header)) continue;
            text_.append("|").append(std::to_string(i)).append("=").append(request.header(header));
        }
        text_.append(request.http_1_1 ? "|1.1" : "|1.0").append(request.keep_alive ? "|alive|" : "|last|");
        text_.append(request.body).append("\n");
    }

    RequestReader reader_;
    std::string buffer_;
    std::string text_;
    bool over_ = false;
};

std::string read_in(const std::string& bytes, std::size_t piece) {
    Reading reading;
    for (std::size_t at = 0; at < bytes.size(); at += piece) reading.put(std::string_view(bytes).substr(at, piece));
    return reading.text();
}

std::string read_cut(const std::string& bytes, std::size_t cut) {
    Reading reading;
    reading.put(std::string_view(bytes).substr(0, cut));
    reading.put(std::string_view(bytes).substr(cut));
    return reading.text();
}

std::string read_at_random(const std::string& bytes, std::mt19937& random) {
    Reading reading;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t piece = 1 + random() % 40;
        reading.put(std::string_view(bytes).substr(at, piece));
        at += piece;
    }
    return reading.text();
}

}  // namespace

TEST_CASE("RequestReader: pieces of any one size read the same", "[server]") {
    for (const RawRequest& request : all_requests()) {
        CAPTURE(request.name);
        const std::string whole = read_in(request.bytes, request.bytes.size() + 1);
        for (const std::size_t piece : {1, 2, 3, 5, 7, 64, 1000}) {
            if (request.bytes.size() / piece > 200000) continue;
            CAPTURE(piece);
            CHECK(read_in(request.bytes, piece) == whole);
        }
    }
}

TEST_CASE("RequestReader: a cut at any offset reads the same", "[server]") {
    for (const RawRequest& request : all_requests()) {
        const std::string whole = read_in(request.bytes, request.bytes.size() + 1);
        const std::size_t size = request.bytes.size();
        const std::size_t step = size * size / 4000000 + 1;  // of long ones at some only
        for (std::size_t cut = 0; cut <= size; cut += step) {
            if (read_cut(request.bytes, cut) == whole) continue;
            FAIL_CHECK(request.name << ", cut at " << cut << ": " << read_cut(request.bytes, cut));
            break;
        }
    }
}

TEST_CASE("RequestReader: requests one after the other read as they do alone", "[server]") {
    std::mt19937 random(20240131);
    std::string bytes;
    std::string alone;
    for (const RawRequest& request : all_requests()) {
        if (!request.lives || request.bytes.size() > 5000) continue;
        bytes += request.bytes;
        alone += read_in(request.bytes, request.bytes.size());
        alone.erase(alone.rfind("between requests"));
    }
    alone += "between requests";
    CHECK(read_in(bytes, bytes.size()) == alone);
    for (int round = 0; round < 20; ++round) CHECK(read_at_random(bytes, random) == alone);
}

TEST_CASE("RequestReader: bytes at random never stop it", "[server]") {
    std::mt19937 random(7);
    const std::vector<RawRequest> requests = all_requests();
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = requests[random() % requests.size()].bytes.substr(0, 2000);
        for (int changes = 0; changes < 4 && !bytes.empty(); ++changes) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        const std::string whole = read_in(bytes, bytes.size() + 1);
        if (read_at_random(bytes, random) != whole) FAIL_CHECK("cut differently: " << bytes);
        CHECK_FALSE(whole.empty());
    }
}

TEST_CASE("RequestReader: what it keeps of a request", "[server]") {
    RequestReader reader;
    const std::string bytes =
        "POST /a?b HTTP/1.1\r\nHost: h\r\nX-Other: y\r\nAuthorization:\r\nx-amz-TARGET:  t \r\nContent-Length: "
        "2\r\n\r\n{}";
    CHECK(reader.put(bytes) == bytes.size());
    REQUIRE(reader.state() == State::whole);
    const server::Request& request = reader.request();
    CHECK(request.method == "POST");
    CHECK(request.target == "/a?b");
    CHECK(request.body == "{}");
    CHECK(request.header(Header::host) == "h");
    CHECK(request.header(Header::amz_target) == "t");
    CHECK(request.has(Header::authorization));
    CHECK(request.header(Header::authorization).empty());
    CHECK_FALSE(request.has(Header::origin));
    CHECK(request.keep_alive);
}

TEST_CASE("RequestReader: it takes no byte of the next request", "[server]") {
    RequestReader reader;
    const std::string first = "GET /1 HTTP/1.1\r\n\r\n";
    CHECK(reader.put(first + "GET /2") == first.size());
    CHECK(reader.state() == State::whole);
    reader.reset();
    CHECK_FALSE(reader.started());
    CHECK(reader.state() == State::header);
}

TEST_CASE("RequestReader: a client that expects to be told to go on", "[server]") {
    RequestReader reader;
    reader.put("POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
    CHECK(reader.state() == State::body);
    CHECK(reader.expects_continue());
}

TEST_CASE("RequestReader: HTTP/1.0 has no 100-continue", "[server]") {
    RequestReader reader;
    reader.put("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    CHECK_FALSE(reader.expects_continue());
}

TEST_CASE("RequestReader: a body of 16 MiB is taken", "[server]") {
    const std::string body(server::body_bytes_max, ' ');
    RequestReader reader;
    const std::string bytes = post_with("", body);
    CHECK(reader.put(bytes) == bytes.size());
    REQUIRE(reader.state() == State::whole);
    CHECK(reader.request().body.size() == body.size());
}

TEST_CASE("RequestReader: chunks over 16 MiB are too large as soon as they are", "[server]") {
    RequestReader reader;
    const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
    std::string bytes = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 16; ++i) bytes += chunk;
    bytes.erase(0, reader.put(bytes));
    CHECK(reader.state() == State::body);
    reader.put(bytes + "1\r\nx");
    CHECK(reader.state() == State::too_large);
}

TEST_CASE("RequestReader: gzip of 16 MiB is taken", "[server]") {
    const std::string small = gzip_of(std::string(server::body_bytes_max, ' '));
    RequestReader reader;
    reader.put(post_with("Content-Encoding: gzip\r\n", small));
    REQUIRE(reader.state() == State::whole);
    CHECK(reader.request().body.size() == server::body_bytes_max);
}

}  // namespace minamo::tests
