// The public face: everything is done by dispatch and the layers below.
#include "minamo/emulator.hpp"

#include <limits.h>

#include <algorithm>
#include <utility>

#include "emulator/control/control.hpp"
#include "emulator/dispatch.hpp"
#include "emulator/limits.hpp"
#include "emulator/namespaces/visit.hpp"
#include "emulator/powers/hold.hpp"
#include "emulator/powers/move_clock.hpp"
#include "emulator/powers/reset.hpp"
#include "emulator/streams/table_streams.hpp"
#include "emulator/wire/values.hpp"
#include "emulator/world.hpp"

namespace minamo {
namespace {

// What the system would refuse later, when a part of the folder has been made.
void check_path(const std::string& path) {
    constexpr std::size_t path_bytes_max = PATH_MAX - NAME_MAX - 2;  // with a file in it
    const std::string sentence = "The folder " + path.substr(0, 100) + " cannot be made: ";
    if (path.find('\0') != std::string::npos) throw StartError(sentence + "give db_path without a NUL character.");
    if (path.size() > path_bytes_max) throw StartError(sentence + "its path is too long.");
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        if (end - at > NAME_MAX) throw StartError(sentence + "a name in its path is longer than 255 bytes.");
        at = end + 1;
    }
}

// Beyond the end of all clocks it makes no difference how long something takes.
std::chrono::milliseconds checked_duration(std::chrono::milliseconds duration) {
    if (duration.count() < 0) throw StartError("Time does not go back: give durations that are not negative.");
    return std::min(duration, std::chrono::milliseconds(limits::moment_max_ms));
}

Options checked_options(Options options) {
    if (options.stream_shards < 1 || options.stream_shards > limits::stream_shards_max) {
        throw StartError("A stream has 1 to 100 shards: give stream_shards so many.");
    }
    for (auto* duration : {&options.create_table, &options.update_table, &options.delete_table, &options.ttl_delay}) {
        *duration = checked_duration(*duration);
    }
    check_path(options.db_path);
    return options;
}

// What it throws otherwise becomes a StartError.
template <class Start>
auto start_or_throw(std::string_view what, Start&& start) {
    try {
        return start();
    } catch (const StartError&) {
        throw;
    } catch (const std::exception& fault) {
        throw StartError(std::string(what) + " cannot start: " + fault.what() + ".");
    }
}

// Stores of the first format journaled nothing: their streams are opened once all stores are.
void open_streams(World& world) {
    for (Namespace* space : world.namespaces.with_stores()) {
        static_cast<void>(with_room(*space, [&] {
            const Visit visit(*space);
            return visit.write([&](storage::WriteTransaction* transaction) -> Result<void> {
                open_missing_streams(*transaction, world.options.stream_shards, visit.now_ms());
                return {};
            });
        }));
    }
}

std::unique_ptr<World> make_world(Options options) {
    auto world = std::make_unique<World>(checked_options(std::move(options)));
    open_streams(*world);
    return world;
}

// Of a power: what it was refused for becomes an exception.
template <class T>
T allowed_or_throw(Allowed<T> given) {
    if (!given) throw std::invalid_argument(given.error().sentence);
    return std::move(*given);
}

}  // namespace

Emulator::Emulator(Options options)
    : world_(start_or_throw("The emulator", [&] { return make_world(std::move(options)); })) {}

Emulator::~Emulator() = default;

Response Emulator::call(std::string_view operation, std::string_view json, const Caller& caller) {
    return call_embedded(*world_, operation, json, know(caller));
}

VirtualClock Emulator::clock(const Caller& caller) {
    return VirtualClock(world_->namespaces.find(know(caller)));
}

void Emulator::reset() {
    reset_all(*world_);
}

void Emulator::reset(const Caller& caller) {
    reset_one(*world_, know(caller));
}

void Emulator::hold(const std::vector<HeldKey>& keys, std::chrono::milliseconds duration, const std::string& token,
                    const Caller& caller) {
    std::vector<KeyToHold> held;
    for (const HeldKey& each : keys) {
        auto key = key_from_text(each.key);
        if (!key) throw std::invalid_argument("The key " + each.key + " cannot be held: " + key.error()->message + ".");
        held.push_back({each.table, std::move(*key)});
    }
    allowed_or_throw(hold_keys(world_->namespaces.find(know(caller)), held, duration.count(), token));
}

Response Emulator::control(std::string_view call, std::string_view json, const Caller& caller) {
    const KnownCaller known = know(caller);
    Answer answer = control_call(*world_, call, json, known);
    return std::move(answer.response);
}

std::chrono::system_clock::time_point VirtualClock::now() const {
    return moment_of(space_->clock().now_ms());
}

bool VirtualClock::frozen() const {
    return space_->clock().frozen();
}

double VirtualClock::rate() const {
    return space_->clock().rate();
}

FellDue VirtualClock::advance(std::chrono::milliseconds duration) {
    return allowed_or_throw(move_clock(*space_, {.advance_ms = duration.count()}));
}

FellDue VirtualClock::set(std::chrono::system_clock::time_point moment) {
    return allowed_or_throw(move_clock(*space_, {.set_ms = milliseconds_of(moment)}));
}

FellDue VirtualClock::freeze() {
    return allowed_or_throw(move_clock(*space_, {.freeze = true}));
}

FellDue VirtualClock::unfreeze() {
    return allowed_or_throw(move_clock(*space_, {.freeze = false}));
}

FellDue VirtualClock::set_rate(double rate) {
    return allowed_or_throw(move_clock(*space_, {.rate = rate}));
}

}  // namespace minamo
