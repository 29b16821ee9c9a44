// One connection, from its first byte to its last: reads requests, answers them in their order, ends where either side
// wants it to. All of a session runs on one thread, but for requests that take long: those are answered by a thread of
// the pool, while the session does nothing else.
//
// While it waits for bytes nothing is timed but a request that has begun; an answer whose moment has not come, and one
// that the client does not take, wait on the same timer. Before the server's side closes it says so (a FIN) and takes
// what the client still sends: a socket closed over unread bytes would take the answer with it.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "emulator/server/answer.hpp"
#include "emulator/server/reply.hpp"
#include "emulator/server/request_reader.hpp"

namespace minamo::server {

using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;
using WorkGuard = boost::asio::executor_work_guard<Executor>;

class Session;

// One thread's share of the server. Its members are used on that thread only.
struct Worker {
    explicit Worker(const Site& given)
        : site(given), context(1), grace(context.get_executor()), memory(context.get_executor()) {}

    // After a request that took much: in a second, so that many in a row cost once.
    void give_memory_back_soon();

    const Site& site;
    Stamps stamps;
    std::unordered_set<Session*> sessions;
    bool stopping = false;  // answers end their connections
    boost::asio::io_context context;
    Timer grace;   // after which a stopping worker drops what is left
    Timer memory;  // after which free memory goes back to the system
    bool memory_waits = false;
};

// Bytes that have come and have not been used.
class InputBuffer {
public:
    InputBuffer();

    std::string_view view() const { return {bytes_.get() + begin_, end_ - begin_}; }
    bool empty() const { return begin_ == end_; }
    void remove(std::size_t size);

    struct Space {
        char* data;
        std::size_t size;
    };
    // Space behind the bytes, of `wanted` bytes at least: write there, then add().
    Space space(std::size_t wanted);
    void add(std::size_t size) { end_ += size; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t capacity_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

// Memory for one handler at a time that a thread may post even where there is no other.
class Reserve {
public:
    void* take(std::size_t bytes) {
        if (taken_ || bytes > bytes_.size()) return ::operator new(bytes);
        taken_ = true;
        return bytes_.data();
    }
    void give_back(void* at) {
        if (at != bytes_.data()) return ::operator delete(at);
        taken_ = false;
    }

private:
    alignas(std::max_align_t) std::array<std::byte, 256> bytes_;
    bool taken_ = false;
};

class Session : public std::enable_shared_from_this<Session> {
public:
    // `peer_is_local`: it connects from a loopback address.
    Session(Worker& worker, Socket socket, bool peer_is_local);
    ~Session();  // NOLINT(bugprone-exception-escape): see its definition
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start();
    // The server stops: ends an idle connection. One that is at work ends with its answer, because worker.stopping is
    // set.
    void stop();
    void close();

private:
    struct Resumption;
    enum class Next : std::uint8_t { process, wait, put_off, linger };
    using Then = void (*)(Session&);

    void read();
    void on_read_given_up();
    void on_end_of_input();
    void on_request_timeout();
    void process();
    bool take_request();
    bool answer_request();
    bool take_reply(Reply reply);
    void put_off();
    void answer_patiently() noexcept;
    void resume();
    bool send(const Reply& reply);
    void wait();
    bool flush(Next next);
    void send_rest(std::size_t sent, Next next);
    void clear_output();
    void go_on(Next next);
    void finish();
    void linger();
    void drain();
    void arm(std::chrono::steady_clock::time_point moment, Then then);
    void disarm();

    Worker& worker_;
    Socket socket_;
    const bool peer_is_local_;
    InputBuffer input_;
    RequestReader reader_;
    std::string output_;
    Reply delayed_;                  // waits for its moment, or is put off: then what the pool answers
    bool answered_ = false;          // by the pool
    std::optional<WorkGuard> work_;  // while the pool has the request
    Reserve reserve_;                // with which the pool hands it back
    Timer timer_;
    std::uint64_t timer_turn_ = 0;  // tells a wait that was given up from the present one
    bool armed_ = false;
    bool reading_ = false;
    bool lingering_ = false;
    bool continue_sent_ = false;
    std::size_t drained_bytes_ = 0;
};

}  // namespace minamo::server
