// Clocks never go back, and end where std::chrono does.
#include "minamo/clock.hpp"

#include <stdexcept>

#include "emulator/limits.hpp"

namespace minamo {
namespace {

std::int64_t checked_moment(std::int64_t moment_ms) {
    if (moment_ms <= limits::moment_max_ms) return moment_ms;
    throw std::invalid_argument("A clock ends with the year 2261: give an earlier moment.");
}

std::int64_t moment_after(std::int64_t moment_ms, std::int64_t duration_ms) {
    return checked_moment(duration_ms <= limits::moment_max_ms ? moment_ms + duration_ms : duration_ms);
}

}  // namespace

std::int64_t milliseconds_of(std::chrono::system_clock::time_point moment) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count();
}

std::chrono::system_clock::time_point moment_of(std::int64_t milliseconds) {
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds));
}

std::chrono::system_clock::time_point SystemClock::now() {
    return std::chrono::system_clock::now();
}

ManualClock::ManualClock(std::chrono::system_clock::time_point start)
    : milliseconds_(checked_moment(milliseconds_of(start))) {}

std::chrono::system_clock::time_point ManualClock::now() {
    return moment_of(milliseconds_.load());
}

void ManualClock::advance(std::chrono::milliseconds duration) {
    if (duration.count() < 0) throw std::invalid_argument("A clock cannot go back: advance it by a positive duration.");
    std::int64_t present = milliseconds_.load();
    while (!milliseconds_.compare_exchange_weak(present, moment_after(present, duration.count()))) {
    }
}

void ManualClock::set(std::chrono::system_clock::time_point moment) {
    const std::int64_t wanted = checked_moment(milliseconds_of(moment));
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

}  // namespace minamo
