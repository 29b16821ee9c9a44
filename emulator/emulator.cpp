// The public face: everything is done by dispatch and the layers below.
#include "emulator/emulator.hpp"

#include <unistd.h>

#include <utility>

#include "emulator/dispatch.hpp"
#include "emulator/state.hpp"
#include "emulator/wire.hpp"

namespace minamo {

long Emulator::State::current_process() {
    return static_cast<long>(::getpid());
}

Emulator::Emulator(Options options) : state_(std::make_unique<State>(std::move(options))) {}

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
    state_->namespaces.first_clock().reset();
    for (Namespace* space : state_->namespaces.all()) space->reset();
}

void Emulator::reset(const Caller& caller) {
    state_->namespaces.find({account_of(caller.account), caller.region}).reset();
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
        space.holds().add({held.table, encode(*item), space.now_ms() + duration.count(), token});
    }
}

std::string_view version() {
    return MINAMO_VERSION;
}

}  // namespace minamo
