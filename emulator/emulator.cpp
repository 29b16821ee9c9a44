// The public face: everything is done by dispatch and the layers below.
#include "emulator/emulator.hpp"

#include <unistd.h>

#include <cmath>
#include <utility>

#include "emulator/dispatch.hpp"
#include "emulator/lifecycle.hpp"
#include "emulator/state.hpp"
#include "emulator/wire.hpp"

namespace minamo {

std::chrono::system_clock::time_point SystemClock::now() {
    return std::chrono::system_clock::now();
}

long Emulator::State::current_process() {
    return static_cast<long>(::getpid());
}

namespace {

std::int64_t milliseconds_of(std::chrono::system_clock::time_point moment) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count();
}

std::chrono::system_clock::time_point moment_of(std::int64_t milliseconds) {
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds));
}

}  // namespace

ManualClock::ManualClock(std::chrono::system_clock::time_point start) : milliseconds_(milliseconds_of(start)) {}

std::chrono::system_clock::time_point ManualClock::now() {
    return moment_of(milliseconds_.load());
}

void ManualClock::advance(std::chrono::milliseconds duration) {
    if (duration.count() < 0) throw std::invalid_argument("A clock cannot go back: advance it by a positive duration.");
    milliseconds_ += duration.count();
}

void ManualClock::set(std::chrono::system_clock::time_point moment) {
    const std::int64_t wanted = milliseconds_of(moment);
    std::int64_t present = milliseconds_.load();
    do {
        if (wanted < present) throw std::invalid_argument("A clock cannot go back: set it to a later moment.");
    } while (!milliseconds_.compare_exchange_weak(present, wanted));
}

void FellDue::add(const FellDue& later) {
    tables.insert(tables.end(), later.tables.begin(), later.tables.end());
    indexes.insert(indexes.end(), later.indexes.begin(), later.indexes.end());
    for (const auto& [table, count] : later.expired_items) expired_items[table] += count;
    for (const auto& [table, count] : later.trimmed_records) trimmed_records[table] += count;
    for (const auto& [table, count] : later.rolled_shards) rolled_shards[table] += count;
    expired_iterators += later.expired_iterators;
    expired_tokens += later.expired_tokens;
}

std::chrono::system_clock::time_point VirtualClock::now() const {
    return moment_of(space_->now_ms());
}

bool VirtualClock::frozen() const {
    return space_->clock().frozen();
}

double VirtualClock::rate() const {
    return space_->clock().rate();
}

FellDue VirtualClock::advance(std::chrono::milliseconds duration) {
    if (!space_->clock().advance(duration.count())) throw std::invalid_argument(std::string(clock_bounds));
    return clock_moved(*space_);
}

FellDue VirtualClock::set(std::chrono::system_clock::time_point moment) {
    if (!space_->clock().set(milliseconds_of(moment))) throw std::invalid_argument(std::string(clock_bounds));
    return clock_moved(*space_);
}

FellDue VirtualClock::freeze() {
    space_->clock().freeze(true);
    return clock_moved(*space_);
}

FellDue VirtualClock::unfreeze() {
    space_->clock().freeze(false);
    return clock_moved(*space_);
}

FellDue VirtualClock::set_rate(double rate) {
    if (!std::isfinite(rate) || rate <= 0) throw std::invalid_argument("Give a rate over 0, such as 60.");
    space_->clock().set_rate(rate);
    return clock_moved(*space_);
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
