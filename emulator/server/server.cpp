// The public Server: a Listener that is kept until the Server goes.
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "emulator/server/listener.hpp"
#include "emulator/world.hpp"
#include "minamo/emulator.hpp"
#include "minamo/options.hpp"

namespace minamo {

struct Server::State {
    State(World& emulator, const ServeOptions& options)
        : listener({.emulator = emulator, .access = access_of(options), .gives_memory_back = options.gives_memory_back},
                   options.host, options.port, options.threads) {}

    static server::Access access_of(const ServeOptions& options) {
        return {.origins = options.cors,
                .control_origins = options.control_origins,
                .control_token = options.control_token,
                .hosts = options.allow_hosts,
                .control_anywhere = options.control_anywhere};
    }

    server::Listener listener;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

std::uint16_t Server::port() const {
    return state_->listener.port();
}
std::string Server::endpoint() const {
    return state_->listener.endpoint();
}
void Server::stop() {
    state_->listener.stop();
}

Server Emulator::serve(const ServeOptions& options) {
    constexpr unsigned threads_max = 256;
    if (options.threads > threads_max) throw StartError("A server has 256 threads at most: give threads so many.");
    try {
        return Server(std::make_unique<Server::State>(*world_, options));
    } catch (const std::system_error& fault) {  // of the system's, such as no descriptor left
        throw StartError(std::string("The server cannot start: ") + fault.what() + ".");
    }
}

}  // namespace minamo
