// A plain asynchronous Beast session with a string body and a constant answer.
#include "tests/bench/floor.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace minamo::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

class Session : public std::enable_shared_from_this<Session> {
public:
    explicit Session(tcp::socket socket) : socket_(std::move(socket)) {
        answer_.result(http::status::ok);
        answer_.set(http::field::content_type, "application/x-amz-json-1.0");
        answer_.set("x-amzn-RequestId", std::string(52, 'A'));
        answer_.body() = R"({"Item":{"pk":{"S":"user#100000"},"name":{"S":"abcdefghijklmnopqrstuvwxyz"}}})";
        answer_.keep_alive(true);
        answer_.prepare_payload();
    }

    void read() {
        request_ = {};
        http::async_read(socket_, buffer_, request_, [self = shared_from_this()](beast::error_code fault, std::size_t) {
            if (!fault) self->write();
        });
    }

private:
    void write() {
        http::async_write(socket_, answer_, [self = shared_from_this()](beast::error_code fault, std::size_t) {
            if (!fault) self->read();
        });
    }

    tcp::socket socket_;
    beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
    http::response<http::string_body> answer_;
};

}  // namespace

void serve_floor(unsigned short port) {
    const unsigned count = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::unique_ptr<asio::io_context>> contexts;
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < count; ++i) contexts.push_back(std::make_unique<asio::io_context>(1));
    tcp::acceptor acceptor(*contexts[0], tcp::endpoint(asio::ip::make_address("127.0.0.1"), port));
    std::size_t next = 0;
    std::function<void()> accept = [&] {
        asio::io_context& context = *contexts[next++ % count];
        acceptor.async_accept(context, [&](beast::error_code fault, tcp::socket socket) {
            if (!fault) {
                socket.set_option(tcp::no_delay(true));
                asio::post(socket.get_executor(),
                           [session = std::make_shared<Session>(std::move(socket))] { session->read(); });
            }
            accept();
        });
    };
    accept();
    std::vector<asio::executor_work_guard<asio::io_context::executor_type>> guards;
    for (auto& context : contexts) guards.push_back(asio::make_work_guard(*context));
    for (auto& context : contexts) threads.emplace_back([&context] { context->run(); });
    for (std::thread& thread : threads) thread.join();
}

}  // namespace minamo::bench
