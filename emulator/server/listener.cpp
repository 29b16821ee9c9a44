// Without SO_REUSEPORT: with it two servers would share a port, and each get half of the connections. SO_REUSEADDR lets
// a server start again at once on a port that it has just left.
#include "emulator/server/listener.hpp"

#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>

#include "emulator/server/signals_blocked.hpp"

namespace minamo::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr int free_port_attempts = 20;
constexpr std::chrono::milliseconds accept_pause{50};  // after an accept that failed, say for want of descriptors

bool is_default(std::string_view host) {
    return host.empty() || host == "localhost";
}

std::vector<asio::ip::address> addresses_of(const std::string& host) {
    if (is_default(host)) return {asio::ip::address_v4::loopback(), asio::ip::address_v6::loopback()};
    const bool bracketed = host.front() == '[' && host.back() == ']';
    error_code fault;
    const auto address = asio::ip::make_address(bracketed ? host.substr(1, host.size() - 2) : host, fault);
    if (!fault) return {address};
    asio::io_context context;
    tcp::resolver resolver(context);
    std::vector<asio::ip::address> out;
    for (const auto& entry : resolver.resolve(host, "", tcp::resolver::passive, fault)) {
        const auto found = entry.endpoint().address();
        if (std::ranges::find(out, found) == out.end()) out.push_back(found);
    }
    if (out.empty()) throw StartError("The host " + host + " is not known: give an address of this machine.");
    return out;
}

std::string sentence_of(const error_code& fault, const asio::ip::address& address, std::uint16_t port) {
    const std::string number = std::to_string(port);
    if (fault == asio::error::address_in_use) {
        return "Port " + number + " is in use: stop what listens there, or choose another port (0 picks a free one).";
    }
    if (fault == asio::error::access_denied) {
        return "Port " + number + " takes more rights than this process has: choose one above 1023.";
    }
    if (fault == boost::system::errc::address_not_available) {
        return "The address " + address.to_string() + " is not one of this machine.";
    }
    return "Cannot listen on " + address.to_string() + " port " + number + ": " + fault.message() + ".";
}

// What a client on this host connects to.
std::string url(const asio::ip::address& address, std::uint16_t port) {
    const std::string name = address.is_unspecified() ? "127.0.0.1" : address.to_string();
    const bool brackets = address.is_v6() && !address.is_unspecified();
    return "http://" + (brackets ? "[" + name + "]" : name) + ":" + std::to_string(port);
}

bool is_local(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
    }
    return address.is_loopback();
}

Site with_name(Site site, const std::string& host) {
    site.access.name = host;
    return site;
}

Site with_place(Site site, const std::vector<asio::ip::address>& addresses) {
    site.access.on_loopback = std::ranges::all_of(addresses, is_local);
    return site;
}

// A handler throws only where memory is out: its connection ends with it, the others go on.
void run_worker(Worker& worker) {
    for (;;) {
        try {
            worker.context.run();
            return;
        } catch (const std::exception&) {
        }
    }
}

void adopt(Worker& worker, Socket socket, bool peer_is_local) {
    if (worker.stopping) return;
    std::make_shared<Session>(worker, std::move(socket), peer_is_local)->start();
}

void stop_worker(Worker& worker) {
    worker.stopping = true;
    worker.memory.cancel();
    if (worker.sessions.empty()) return;
    const std::vector<Session*> sessions(worker.sessions.begin(), worker.sessions.end());
    for (Session* session : sessions) session->stop();
    worker.grace.expires_after(worker.site.stop_time);
    worker.grace.async_wait([&worker](const error_code&) {
        const std::vector<Session*> left(worker.sessions.begin(), worker.sessions.end());
        for (Session* session : left) session->close();
    });
}

}  // namespace

struct Listener::Acceptor {
    explicit Acceptor(const Executor& executor) : socket(executor), pause(executor) {}

    asio::basic_socket_acceptor<tcp, Executor> socket;
    tcp::endpoint peer;
    Timer pause;
};

Listener::Listener(Site site, const std::string& host, std::uint16_t port, unsigned threads)
    : Listener(with_name(std::move(site), host), addresses_of(host), port, threads) {}

Listener::Listener(Site site, const std::vector<Address>& addresses, std::uint16_t port, unsigned threads)
    : pool_(site.work_threads), site_(with_place(std::move(site), addresses)) {
    site_.pool = &pool_;
    const unsigned count = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < count; ++i) workers_.push_back(std::make_unique<Worker>(site_));
    open(addresses, port);
    start();
}

Listener::~Listener() {  // NOLINT(bugprone-exception-escape): where memory is out, the process ends
    stop();
}

// Every address gets the same port. One that the system picks for the first may be taken on the second: then another
// try.
void Listener::open(const std::vector<Address>& addresses, std::uint16_t port) {
    for (int attempt = 1;; ++attempt) {
        const bool again = port == 0 && attempt < free_port_attempts;
        port_ = port;
        acceptors_.clear();
        if (std::ranges::all_of(addresses, [&](const Address& address) { return listen(address, port_, again); }))
            return;
    }
}

// False where `may_fail` and the port is taken. A second address that this machine does not have is passed over.
bool Listener::listen(const Address& address, std::uint16_t port, bool may_fail) {
    auto acceptor = std::make_unique<Acceptor>(workers_.front()->context.get_executor());
    const tcp::endpoint endpoint(address, port);
    error_code fault;
    acceptor->socket.open(endpoint.protocol(), fault);
    if (!fault) acceptor->socket.set_option(asio::socket_base::reuse_address(true), fault);
    if (!fault && address.is_v6()) acceptor->socket.set_option(asio::ip::v6_only(!address.is_unspecified()), fault);
    if (!fault) acceptor->socket.bind(endpoint, fault);
    if (!fault) acceptor->socket.listen(asio::socket_base::max_listen_connections, fault);
    if (fault == asio::error::address_in_use && may_fail) return false;
    const bool absent =
        fault == boost::system::errc::address_not_available || fault == asio::error::address_family_not_supported;
    if (absent && !acceptors_.empty()) return true;
    if (fault) throw StartError(sentence_of(fault, address, port));
    port_ = acceptor->socket.local_endpoint().port();
    if (acceptors_.empty()) endpoint_ = url(address, port_);
    acceptors_.push_back(std::move(acceptor));
    return true;
}

void Listener::start() {
    const SignalsBlocked blocked;
    for (const auto& acceptor : acceptors_) accept(*acceptor);
    for (const auto& worker : workers_) guards_.emplace_back(worker->context.get_executor());
    try {
        for (const auto& worker : workers_) threads_.emplace_back([&worker] { run_worker(*worker); });
    } catch (const std::system_error& fault) {
        stop();
        throw StartError(std::string("Cannot start the server's threads: ") + fault.what() + ".");
    }
}

void Listener::accept(Acceptor& acceptor) {
    Worker& next = *workers_[turn_++ % workers_.size()];
    acceptor.socket.async_accept(next.context, acceptor.peer,
                                 [this, &acceptor, &next](const error_code& fault, Socket socket) {
                                     if (!acceptor.socket.is_open()) return;
                                     if (fault) {
                                         acceptor.pause.expires_after(accept_pause);
                                         acceptor.pause.async_wait([this, &acceptor](const error_code& stopped) {
                                             if (!stopped) accept(acceptor);
                                         });
                                         return;
                                     }
                                     const bool local = is_local(acceptor.peer.address());
                                     asio::dispatch(next.context, [&next, local, taken = std::move(socket)]() mutable {
                                         adopt(next, std::move(taken), local);
                                     });
                                     accept(acceptor);
                                 });
}

void Listener::stop() {
    if (threads_.empty()) return;
    asio::post(workers_.front()->context, [this] {
        for (const auto& acceptor : acceptors_) {
            error_code ignored;
            acceptor->socket.close(ignored);
            acceptor->pause.cancel();
        }
    });
    for (const auto& worker : workers_) asio::post(worker->context, [&worker] { stop_worker(*worker); });
    guards_.clear();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    pool_.stop();
    for (const auto& worker : workers_) {  // what the pool has answered too late
        worker->context.restart();
        worker->context.poll();
    }
}

}  // namespace minamo::server
