// Lines to pipes, sockets and files that somebody reads, or nobody.
#include "command_line/line_writer.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support.hpp"

namespace minamo::tests {
namespace {

// A pipe, or a pair of sockets: what is written to the one end is read from the other.
class Channel {
public:
    explicit Channel(bool sockets) {
        REQUIRE((sockets ? ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_.data()) : ::pipe(ends_.data())) == 0);
        if (sockets) std::swap(ends_[0], ends_[1]);
    }
    ~Channel() {
        ::close(ends_[1]);
        close_reader();
    }
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    int writer() const { return ends_[1]; }
    void close_reader() {
        if (ends_[0] >= 0) ::close(ends_[0]);
        ends_[0] = -1;
    }

    // All that is there now, or as many bytes of it.
    std::string read(std::size_t bytes_max = SIZE_MAX) const {
        ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
        std::string out;
        std::array<char, 65536> piece;
        for (;;) {
            const ssize_t size = ::read(ends_[0], piece.data(), std::min(piece.size(), bytes_max - out.size()));
            if (size <= 0) return out;
            out.append(piece.data(), static_cast<std::size_t>(size));
        }
    }

private:
    std::array<int, 2> ends_{};
};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        REQUIRE(end != text.npos);
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

}  // namespace

TEST_CASE("LineWriter: lines arrive, each with its end", "[server]") {
    for (const bool sockets : {false, true}) {
        const Channel channel(sockets);
        LineWriter writer(channel.writer());
        CHECK(writer.write("one"));
        CHECK(writer.write(""));
        CHECK(writer.write("two"));
        CHECK(channel.read() == "one\n\ntwo\n");
    }
}

TEST_CASE("LineWriter: where nobody reads, lines are dropped without a wait", "[server]") {
    for (const bool sockets : {false, true}) {
        CAPTURE(sockets);
        Channel channel(sockets);
        LineWriter writer(channel.writer());
        const std::string line(200, 'x');
        int written = 0;
        for (int i = 0; i < 20000; ++i) written += writer.write(line) ? 1 : 0;
        CHECK(written > 10);
        CHECK(written < 20000);
        std::string text = channel.read();
        CHECK(writer.write("read again"));
        text += channel.read();
        const auto lines = lines_of(text);
        REQUIRE(lines.size() == static_cast<std::size_t>(written) + 2);
        for (int i = 0; i < written; ++i) CHECK(lines[static_cast<std::size_t>(i)] == line);
        CHECK(lines[lines.size() - 2] ==
              "minamo: Lines dropped, because nobody read them: " + std::to_string(20000 - written) + ".");
        CHECK(lines.back() == "read again");
        CHECK(writer.write("and again"));
        CHECK(channel.read() == "and again\n");
    }
}

TEST_CASE("LineWriter: a descriptor that is shared stays as it was", "[server]") {
    const Channel channel(false);
    const LineWriter writer(channel.writer());
    CHECK((::fcntl(channel.writer(), F_GETFL) & O_NONBLOCK) == 0);
}

TEST_CASE("LineWriter: a line that is too long is cut", "[server]") {
    const Channel channel(false);
    LineWriter writer(channel.writer());
    CHECK(writer.write(std::string(100000, 'x')));
    CHECK(channel.read() == std::string(LineWriter::line_bytes_max - 1, 'x') + "\n");
}

TEST_CASE("LineWriter: lines of several threads don't mix", "[server]") {
    Channel channel(true);
    LineWriter writer(channel.writer());
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&writer, t] {
            for (int i = 0; i < 2000; ++i) writer.write(std::string(150, static_cast<char>('a' + t)));
        });
    }
    std::string text;
    for (int i = 0; i < 50; ++i) {
        text += channel.read();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    for (std::thread& thread : threads) thread.join();
    text += channel.read();
    writer.write("end");
    for (const std::string& line : lines_of(text + channel.read())) {
        if (line.starts_with("minamo: ") || line == "end") continue;
        CHECK(line == std::string(150, line[0]));
    }
}

TEST_CASE("LineWriter: a pipe that cannot be opened anew never makes it wait", "[server]") {
    const Channel channel(false);
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    const rlimit none{0, files.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
    LineWriter writer(channel.writer());
    ::setrlimit(RLIMIT_NOFILE, &files);
    const std::string line(LineWriter::line_bytes_max - 1, 'x');
    while (writer.write(line)) {
    }
    std::string text = channel.read(LineWriter::line_bytes_max);  // there is room for one piece, and no more
    std::promise<void> written;
    std::thread rescue([&, done = written.get_future()] {
        if (done.wait_for(std::chrono::seconds(5)) != std::future_status::ready) text += channel.read();
    });
    const auto start = std::chrono::steady_clock::now();
    CHECK(writer.write(line));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(4));
    written.set_value();
    rescue.join();
    text += channel.read();
    CHECK(writer.write("end"));
    text += channel.read();
    const auto lines = lines_of(text);
    REQUIRE(lines.size() > 3);
    CHECK(lines[lines.size() - 3] == "minamo: Lines dropped, because nobody read them: 1.");
    CHECK(lines[lines.size() - 2] == line);
    CHECK(lines.back() == "end");
}

TEST_CASE("LineWriter: a reader that has gone does no harm", "[server]") {
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    for (const bool sockets : {false, true}) {
        Channel channel(sockets);
        LineWriter writer(channel.writer());
        channel.close_reader();
        CHECK_FALSE(writer.write("nobody"));
        CHECK_FALSE(writer.write("nobody"));
    }
    std::signal(SIGPIPE, before);
}

TEST_CASE("LineWriter: a closed descriptor takes nothing", "[server]") {
    LineWriter writer(-1);
    CHECK_FALSE(writer.write("nowhere"));
}

}  // namespace minamo::tests
