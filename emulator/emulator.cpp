// The public face: everything is done by dispatch and the layers below.
#include "emulator/emulator.hpp"

#include <limits.h>

#include <algorithm>
#include <utility>

#include "emulator/dispatch.hpp"
#include "emulator/lifecycle.hpp"
#include "emulator/limits.hpp"
#include "emulator/namespaces/visit.hpp"
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
std::chrono::milliseconds checked(std::chrono::milliseconds duration) {
    if (duration.count() < 0) throw StartError("Time does not go back: give durations that are not negative.");
    return std::min(duration, std::chrono::milliseconds(limits::moment_max_ms));
}

Options checked(Options options) {
    if (options.stream_shards < 1 || options.stream_shards > limits::stream_shards_max) {
        throw StartError("A stream has 1 to 100 shards: give stream_shards so many.");
    }
    for (auto* duration : {&options.create_table, &options.update_table, &options.delete_table, &options.ttl_delay}) {
        *duration = checked(*duration);
    }
    check_path(options.db_path);
    return options;
}

// What it throws otherwise becomes a StartError.
template <class Start>
auto started(std::string_view what, Start&& start) {
    try {
        return start();
    } catch (const StartError&) {
        throw;
    } catch (const std::exception& fault) {
        throw StartError(std::string(what) + " cannot start: " + fault.what() + ".");
    }
}

FellDue moved(Namespace& space, const ClockMove& move) {
    const FallingDue falling(space);
    if (!space.clock().move(move)) throw std::invalid_argument(std::string(clock_bounds));
    return clock_moved(space, falling);
}

}  // namespace

Emulator::Emulator(Options options)
    : world_(started("The emulator", [&] { return std::make_unique<World>(checked(std::move(options))); })) {}

Emulator::~Emulator() = default;

Response Emulator::call(std::string_view operation, std::string_view json, const Caller& caller) {
    return call_embedded(*world_, operation, json, know(caller));
}

VirtualClock Emulator::clock(const Caller& caller) {
    return VirtualClock(world_->namespaces.find(know(caller)));
}

void Emulator::reset() {
    world_->namespaces.reset_first_clock();
    for (Namespace* space : world_->namespaces.all()) with_room(*space, [space] { space->reset(); });
}

void Emulator::reset(const Caller& caller) {
    Namespace* space = world_->namespaces.find_existing(know(caller));
    if (space != nullptr) with_room(*space, [space] { space->reset(); });
}

void Emulator::hold(const std::vector<HeldKey>& keys, std::chrono::milliseconds duration, const std::string& token,
                    const Caller& caller) {
    if (duration.count() < 0) throw std::invalid_argument("A hold lasts from now on: give a positive duration.");
    Namespace& space = world_->namespaces.find(know(caller));
    const std::int64_t now_ms = space.clock().now_ms();
    const std::int64_t until_ms = now_ms + std::min(duration.count(), limits::moment_max_ms);
    std::vector<Holds::Hold> holds;
    for (const HeldKey& held : keys) {
        json::Document document;
        const auto item = key_from_json(document.parse(held.key));
        if (!item) {
            throw std::invalid_argument("The key " + held.key + " cannot be held: " + item.error()->message + ".");
        }
        holds.push_back({held.table, encode(*item), until_ms, token});
    }
    space.holds().add(std::move(holds), now_ms);
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
    return moved(*space_, {.advance_ms = duration.count()});
}

FellDue VirtualClock::set(std::chrono::system_clock::time_point moment) {
    return moved(*space_, {.set_ms = milliseconds_of(moment)});
}

FellDue VirtualClock::freeze() {
    return moved(*space_, {.freeze = true});
}

FellDue VirtualClock::unfreeze() {
    return moved(*space_, {.freeze = false});
}

FellDue VirtualClock::set_rate(double rate) {
    if (!(rate > 0 && rate <= clock_rate_max)) throw std::invalid_argument(std::string(clock_rates));
    return moved(*space_, {.rate = rate});
}

}  // namespace minamo
