// Kept as "<base ms> <moment ms> <rate> <frozen> <latest ms>".
#include "emulator/namespace_clock.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "emulator/moments.hpp"

namespace minamo {
namespace {

constexpr std::int64_t saved_every_ms = 1000;

}  // namespace

bool NamespaceClock::may_move(std::int64_t from_ms, std::int64_t duration_ms) {
    return duration_ms >= 0 && duration_ms <= clock_move_max_ms && duration_ms <= moment_max_ms - from_ms;
}

std::int64_t NamespaceClock::base_ms() {
    const auto since_epoch = base_.now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
}

std::int64_t NamespaceClock::moment_of(const Course& course, std::int64_t base_ms) const {
    if (course.frozen) return course.moment_ms;
    const double passed_ms = static_cast<double>(base_ms - course.base_ms) * course.rate;
    const auto left_ms = static_cast<double>(moment_max_ms - course.moment_ms);
    return passed_ms >= left_ms ? moment_max_ms : course.moment_ms + static_cast<std::int64_t>(passed_ms);
}

std::int64_t NamespaceClock::not_before_latest(std::int64_t moment_ms) {
    std::int64_t latest = latest_ms_.load(std::memory_order_relaxed);
    while (latest < moment_ms && !latest_ms_.compare_exchange_weak(latest, moment_ms, std::memory_order_relaxed)) {
    }
    return std::max(latest, moment_ms);
}

std::int64_t NamespaceClock::now_ms() {
    const std::int64_t offset_ms = offset_ms_.load(std::memory_order_acquire);
    if (offset_ms != not_plain) return not_before_latest(base_ms() + offset_ms);
    const std::scoped_lock lock(mutex_);
    return not_before_latest(moment_of(course_, base_ms()));
}

bool NamespaceClock::frozen() const {
    const std::scoped_lock lock(mutex_);
    return course_.frozen;
}

double NamespaceClock::rate() const {
    const std::scoped_lock lock(mutex_);
    return course_.rate;
}

NamespaceClock::Course NamespaceClock::here() {
    Course out = course_;
    out.base_ms = base_ms();
    const std::int64_t offset_ms = offset_ms_.load(std::memory_order_relaxed);
    const std::int64_t moment_ms = offset_ms != not_plain ? out.base_ms + offset_ms : moment_of(course_, out.base_ms);
    out.moment_ms = not_before_latest(moment_ms);
    return out;
}

void NamespaceClock::take(Course course) {
    course_ = course;
    const bool plain = !course.frozen && course.rate == 1;
    offset_ms_.store(plain ? course.moment_ms - course.base_ms : not_plain, std::memory_order_release);
    saved_ = false;
}

bool NamespaceClock::advance(std::int64_t duration_ms) {
    const std::scoped_lock lock(mutex_);
    Course course = here();
    if (!may_move(course.moment_ms, duration_ms)) return false;
    course.moment_ms += duration_ms;
    take(course);
    return true;
}

bool NamespaceClock::set(std::int64_t moment_ms) {
    const std::scoped_lock lock(mutex_);
    Course course = here();
    if (!may_move(course.moment_ms, moment_ms - course.moment_ms)) return false;
    course.moment_ms = moment_ms;
    take(course);
    return true;
}

void NamespaceClock::freeze(bool frozen) {
    const std::scoped_lock lock(mutex_);
    Course course = here();
    course.frozen = frozen;
    take(course);
}

void NamespaceClock::set_rate(double rate) {
    const std::scoped_lock lock(mutex_);
    Course course = here();
    course.rate = rate;
    take(course);
}

void NamespaceClock::reset() {
    const std::scoped_lock lock(mutex_);
    course_ = {};
    offset_ms_.store(0, std::memory_order_release);
    latest_ms_.store(INT64_MIN, std::memory_order_relaxed);
    saved_ = true;
}

void NamespaceClock::follow(NamespaceClock& other) {
    const std::scoped_lock lock(mutex_, other.mutex_);
    take(other.here());
    saved_ = true;
}

std::optional<std::string> NamespaceClock::changed_text() {
    const std::scoped_lock lock(mutex_);
    const std::int64_t latest_ms = latest_ms_.load(std::memory_order_relaxed);
    if (saved_ && latest_ms < saved_ms_ + saved_every_ms) return std::nullopt;
    saved_ = true;
    saved_ms_ = latest_ms;
    Course course = course_;
    const std::int64_t offset_ms = offset_ms_.load(std::memory_order_relaxed);
    if (offset_ms != not_plain) course = {0, offset_ms, 1, false};
    char text[160];
    std::snprintf(text, sizeof text, "%lld %lld %.17g %d %lld", static_cast<long long>(course.base_ms),
                  static_cast<long long>(course.moment_ms), course.rate, course.frozen ? 1 : 0,
                  static_cast<long long>(latest_ms));
    return text;
}

bool NamespaceClock::restore(std::string_view text) {
    long long base_ms = 0;
    long long moment_ms = 0;
    long long latest_ms = 0;
    double rate = 1;
    int frozen = 0;
    const std::string whole(text);
    if (std::sscanf(whole.c_str(), "%lld %lld %lf %d %lld", &base_ms, &moment_ms, &rate, &frozen, &latest_ms) != 5 ||
        !(rate > 0 && rate <= clock_rate_max)) {
        return false;
    }
    const std::scoped_lock lock(mutex_);
    take({base_ms, moment_ms, rate, frozen != 0});
    latest_ms_.store(latest_ms, std::memory_order_relaxed);
    saved_ms_ = latest_ms;
    saved_ = true;
    return true;
}

}  // namespace minamo
