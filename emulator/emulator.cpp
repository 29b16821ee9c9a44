// The public face: everything is done by dispatch and the layers below.
#include "emulator/emulator.hpp"

#include <unistd.h>

#include <utility>

#include "emulator/dispatch.hpp"
#include "emulator/limits.hpp"
#include "emulator/state.hpp"
#include "emulator/wire.hpp"

namespace minamo {

long Emulator::State::current_process() {
    return static_cast<long>(::getpid());
}

namespace {

Options checked(Options options) {
    if (options.stream_shards < 1 || options.stream_shards > limits::stream_shards_max) {
        throw StartError("A stream has 1 to 100 shards: give stream_shards so many.");
    }
    for (const auto duration : {options.create_table, options.update_table, options.delete_table, options.ttl_delay}) {
        if (duration.count() < 0) throw StartError("Time does not go back: give durations that are not negative.");
    }
    return options;
}

}  // namespace

Emulator::Emulator(Options options) : state_(std::make_unique<State>(checked(std::move(options)))) {}

Emulator::~Emulator() = default;

Response Emulator::call(std::string_view operation, std::string_view json, const Caller& caller) {
    Caller known = caller;
    known.account = account_of(caller.account);
    return call_embedded(*state_, operation, json, known);
}

VirtualClock Emulator::clock(const Caller& caller) {
    return VirtualClock(state_->namespaces.find({account_of(caller.account), caller.region}));
}

void Emulator::reset() {
    state_->namespaces.reset_first_clock();
    for (Namespace* space : state_->namespaces.all()) with_room(*space, [space] { space->reset(); });
}

void Emulator::reset(const Caller& caller) {
    Namespace& space = state_->namespaces.find({account_of(caller.account), caller.region});
    with_room(space, [&space] { space.reset(); });
}

void Emulator::hold(const std::vector<HeldKey>& keys, std::chrono::milliseconds duration, const std::string& token,
                    const Caller& caller) {
    Namespace& space = state_->namespaces.find({account_of(caller.account), caller.region});
    for (const HeldKey& held : keys) {
        json::Document document;
        const json::Value* key = document.parse(held.key);
        const Result<storage::Item> item =
            key != nullptr && key->IsObject() ? item_from_json(*key) : invalid("it is not a JSON object");
        if (!item) throw std::invalid_argument("The key " + held.key + " cannot be held: " + item.error().message);
        space.holds().add({held.table, encode(*item), space.clock().now_ms() + duration.count(), token});
    }
}

std::string_view version() {
    return MINAMO_VERSION;
}

}  // namespace minamo
