// Addresses, threads, and the connections between them: each accepted socket goes to the next thread, and stays there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "emulator/server/session.hpp"
#include "emulator/server/work_pool.hpp"

namespace minamo::server {

class Listener {
public:
    // Serves when it returns. `host`: empty or "localhost" for 127.0.0.1 and ::1, an address, or a name; `port` 0 picks
    // a free one; `threads` 0: one per core. Throws StartError.
    Listener(Site site, const std::string& host, std::uint16_t port, unsigned threads);
    ~Listener();  // NOLINT(bugprone-exception-escape): see its definition
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    std::uint16_t port() const { return port_; }
    // "http://127.0.0.1:8000"
    const std::string& endpoint() const { return endpoint_; }

    // Takes no more connections, answers the requests that are in flight, ends. Not from within a call.
    void stop();

private:
    using Address = boost::asio::ip::address;
    Listener(Site site, const std::vector<Address>& addresses, std::uint16_t port, unsigned threads);

    using Guard = boost::asio::executor_work_guard<Executor>;

    struct Acceptor;

    void open(const std::vector<Address>& addresses, std::uint16_t port);
    bool listen(const Address& address, std::uint16_t port, bool may_fail);
    void start();
    void accept(Acceptor& acceptor);

    WorkPool pool_;
    Site site_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<std::unique_ptr<Acceptor>> acceptors_;  // on the first worker
    std::vector<Guard> guards_;
    std::vector<std::thread> threads_;
    std::size_t turn_ = 0;
    std::uint16_t port_ = 0;
    std::string endpoint_;
};

}  // namespace minamo::server
