// A request that is in the buffer whole is answered at once and in place: no timer, no allocation, one read and one
// write. All else, a slow peer, a large body, an answer that waits, goes through a handler of its own.
#include "emulator/server/session.hpp"

#include <malloc.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include "emulator/server/work_pool.hpp"

namespace minamo::server {
namespace {

using boost::system::error_code;

constexpr std::size_t input_bytes = 8 * 1024;        // of a connection without long requests
constexpr std::size_t read_header_bytes = 4 * 1024;  // asked for at a time
constexpr std::size_t read_body_bytes = 64 * 1024;
constexpr std::size_t flush_bytes = 256 * 1024;         // of answers to pipelined requests
constexpr std::size_t kept_output_bytes = 1024 * 1024;  // an output buffer that grew beyond this is given back
constexpr std::size_t large_bytes = 1024 * 1024;        // of a request or an answer: its memory is worth giving back
constexpr std::chrono::seconds memory_rest{1};
constexpr std::size_t drained_bytes_max = 64 * 1024 * 1024;

// The allocator keeps what was freed, for the next large request.
void give_memory_back() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

}  // namespace

void Worker::give_memory_back_soon() {
    if (!site.gives_memory_back || memory_waits || stopping) return;
    memory_waits = true;
    memory.expires_after(memory_rest);
    memory.async_wait([this](const error_code& error) {
        memory_waits = false;
        if (!error) give_memory_back();
    });
}

InputBuffer::InputBuffer() : bytes_(new char[input_bytes]), capacity_(input_bytes) {}

InputBuffer::Space InputBuffer::space(std::size_t wanted) {
    if (capacity_ - end_ < wanted) {
        const std::string_view used = view();
        if (capacity_ - used.size() >= wanted) {
            std::memmove(bytes_.get(), used.data(), used.size());
        } else {
            capacity_ = std::bit_ceil(used.size() + wanted);
            std::unique_ptr<char[]> larger(new char[capacity_]);
            std::memcpy(larger.get(), used.data(), used.size());
            bytes_ = std::move(larger);
        }
        end_ = used.size();
        begin_ = 0;
    }
    return {bytes_.get() + end_, capacity_ - end_};
}

void InputBuffer::remove(std::size_t size) {
    begin_ += size;
    if (begin_ == end_) begin_ = end_ = 0;
}

Session::Session(Worker& worker, Socket socket, bool peer_is_local)
    : worker_(worker), socket_(std::move(socket)), peer_is_local_(peer_is_local), timer_(socket_.get_executor()) {
    worker_.sessions.insert(this);
}

Session::~Session() {  // NOLINT(bugprone-exception-escape): where memory is out, the process ends
    worker_.sessions.erase(this);
    if (worker_.stopping && worker_.sessions.empty()) worker_.grace.cancel();
}

void Session::start() {
    error_code ignored;  // a connection that has gone away meanwhile is found by the first read
    socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    read();
}

void Session::stop() {
    if (lingering_) return close();
    error_code ignored;
    if (reading_ && !reader_.started()) socket_.cancel(ignored);
}

void Session::close() {
    disarm();
    work_.reset();
    error_code ignored;
    socket_.close(ignored);
}

void Session::read() {
    if (reader_.started() && !armed_) {
        arm(std::chrono::steady_clock::now() + worker_.site.request_time,
            [](Session& self) { self.on_request_timeout(); });
    }
    const bool in_body = reader_.state() == RequestReader::State::body;
    const InputBuffer::Space space = input_.space(in_body ? read_body_bytes : read_header_bytes);
    reading_ = true;
    socket_.async_read_some(boost::asio::buffer(space.data, space.size),
                            [self = shared_from_this()](const error_code& error, std::size_t size) {
                                self->reading_ = false;
                                if (!self->socket_.is_open()) return;
                                if (error == boost::asio::error::eof) return self->on_end_of_input();
                                if (error == boost::asio::error::operation_aborted) return self->on_read_given_up();
                                if (error) return self->close();
                                self->input_.add(size);
                                self->process();
                            });
}

// The server stops. A request that has come all the same is answered: it was there before the connection's end.
void Session::on_read_given_up() {
    error_code ignored;
    if (socket_.available(ignored) != 0) return read();
    close();
}

void Session::on_end_of_input() {
    if (!reader_.started()) return close();
    append_fault(output_, {400, "The request ended too early."}, worker_.stamps);
    finish();
}

void Session::on_request_timeout() {
    append_fault(output_, {408, "The request was not complete in time."}, worker_.stamps);
    error_code ignored;
    socket_.write_some(boost::asio::buffer(output_), ignored);
    close();
}

// Takes what has come as far as it goes: whole requests are answered, in their order.
void Session::process() {
    while (take_request()) {
        if (!answer_request()) return;
        if (output_.size() >= flush_bytes && !flush(Next::process)) return;
    }
    if (reader_.state() == RequestReader::State::broken) {
        append_fault(output_, reader_.fault(), worker_.stamps);
        return finish();
    }
    if (reader_.state() == RequestReader::State::too_large) {
        append_too_large(output_, reader_.request().http_1_1, worker_.stamps);
        return finish();
    }
    if (worker_.stopping && !reader_.started()) return finish();
    if (reader_.state() == RequestReader::State::body && !continue_sent_ && reader_.expects_continue()) {
        continue_sent_ = true;
        output_.append(continue_reply);
    }
    if (flush(Next::process)) read();
}

// Whether there is a whole request now.
bool Session::take_request() {
    if (input_.empty()) return false;
    input_.remove(reader_.put(input_.view()));
    return reader_.state() == RequestReader::State::whole;
}

// False where the session goes on elsewhere.
bool Session::answer_request() {
    disarm();
    return take_reply(worker_.site.handler(worker_.site, reader_.request(), peer_is_local_));
}

bool Session::take_reply(Reply reply) {
    if (reply.is_put_off) {
        delayed_ = std::move(reply);
        if (flush(Next::put_off)) put_off();
        return false;
    }
    if (std::max(reader_.request().body.size(), reply.body.size()) > large_bytes) worker_.give_memory_back_soon();
    const auto at_once = std::chrono::steady_clock::time_point{};
    if (reply.not_before == at_once || reply.not_before <= std::chrono::steady_clock::now()) return send(reply);
    delayed_ = std::move(reply);
    if (flush(Next::wait)) wait();
    return false;
}

// Of a handler that takes its memory from a session's reserve.
template <class T>
struct ReserveAllocator {
    using value_type = T;

    explicit ReserveAllocator(Reserve& given) : reserve(&given) {}
    template <class Other>
    explicit ReserveAllocator(const ReserveAllocator<Other>& other) : reserve(other.reserve) {}

    T* allocate(std::size_t count) { return static_cast<T*>(reserve->take(count * sizeof(T))); }
    void deallocate(T* at, std::size_t) { reserve->give_back(at); }
    bool operator==(const ReserveAllocator&) const = default;

    Reserve* reserve;
};

struct Session::Resumption {
    using allocator_type = ReserveAllocator<Resumption>;

    allocator_type get_allocator() const { return allocator_type(session->reserve_); }
    void operator()() const { session->resume(); }

    std::shared_ptr<Session> session;
};

// The request stays where it is: nothing is read meanwhile. Without a thread for it this one has to do.
void Session::put_off() {
    work_.emplace(socket_.get_executor());
    WorkPool::Job job = [self = shared_from_this()]() mutable {
        const Executor executor = self->worker_.context.get_executor();
        self->answer_patiently();
        boost::asio::post(executor, Resumption{std::move(self)});
    };
    const bool taken = worker_.site.pool->add(delayed_.waits_for, std::move(job));
    if (!taken) job();  // NOLINT(bugprone-use-after-move): then it is where it was
}

void Session::answer_patiently() noexcept {
    answered_ = false;
    try {
        const Site& site = worker_.site;
        delayed_ = site.patient_handler(site, reader_.request(), peer_is_local_);
        answered_ = true;
    } catch (...) {  // memory is out, or the server stops: the connection ends with it
    }
}

void Session::resume() {
    work_.reset();
    if (!answered_) return close();
    if (socket_.is_open() && take_reply(std::move(delayed_))) process();
}

void Session::wait() {
    arm(delayed_.not_before, [](Session& self) {
        if (self.send(self.delayed_)) self.process();
    });
}

// False where the connection ends with it.
bool Session::send(const Reply& reply) {
    const bool keep_alive = reader_.request().keep_alive && !worker_.stopping;
    append_reply(output_, reply, reader_.request(), keep_alive, worker_.stamps);
    continue_sent_ = false;
    reader_.reset();
    if (!keep_alive) finish();
    return keep_alive;
}

// True where all is sent; else the session goes on with `next` when it is.
bool Session::flush(Next next) {
    if (output_.empty()) return true;
    error_code error;
    const std::size_t sent = socket_.write_some(boost::asio::buffer(output_), error);
    if (error && error != boost::asio::error::would_block) {
        close();
        return false;
    }
    if (sent == output_.size()) {
        clear_output();
        return true;
    }
    send_rest(sent, next);
    return false;
}

// As much of the output as the client takes, which has as long for each piece as for a request; then goes on.
void Session::send_rest(std::size_t sent, Next next) {
    arm(std::chrono::steady_clock::now() + worker_.site.request_time, [](Session& self) { self.close(); });
    socket_.async_write_some(boost::asio::buffer(output_) + sent,
                             [self = shared_from_this(), sent, next](const error_code& error, std::size_t size) {
                                 if (error) return self->close();
                                 if (sent + size < self->output_.size()) return self->send_rest(sent + size, next);
                                 self->disarm();
                                 self->clear_output();
                                 self->go_on(next);
                             });
}

void Session::clear_output() {
    output_.clear();
    if (output_.capacity() > kept_output_bytes) output_.shrink_to_fit();
}

void Session::go_on(Next next) {
    switch (next) {
        case Next::process:
            return process();
        case Next::wait:
            return wait();
        case Next::put_off:
            return put_off();
        case Next::linger:
            return linger();
    }
}

// Sends what is left, then ends the connection.
void Session::finish() {
    disarm();
    if (flush(Next::linger)) linger();
}

void Session::linger() {
    error_code ignored;
    socket_.shutdown(boost::asio::socket_base::shutdown_send, ignored);
    arm(std::chrono::steady_clock::now() + worker_.site.request_time, [](Session& self) { self.close(); });
    lingering_ = true;
    drain();
}

void Session::drain() {
    input_.remove(input_.view().size());
    const InputBuffer::Space space = input_.space(read_header_bytes);
    socket_.async_read_some(boost::asio::buffer(space.data, space.size),
                            [self = shared_from_this()](const error_code& error, std::size_t size) {
                                self->drained_bytes_ += size;
                                if (error || self->drained_bytes_ > drained_bytes_max) return self->close();
                                self->drain();
                            });
}

// One wait at a time: a new one takes the place of the old.
void Session::arm(std::chrono::steady_clock::time_point moment, Then then) {
    armed_ = true;
    timer_.expires_at(moment);
    timer_.async_wait([self = shared_from_this(), then, turn = ++timer_turn_](const error_code& error) {
        if (error || turn != self->timer_turn_) return;
        self->armed_ = false;
        then(*self);
    });
}

void Session::disarm() {
    if (!armed_) return;
    armed_ = false;
    ++timer_turn_;
    timer_.cancel();
}

}  // namespace minamo::server
