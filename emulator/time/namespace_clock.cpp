// Kept as "<base ms> <moment ms> <rate> <frozen> <latest ms>".
#include "emulator/time/namespace_clock.hpp"
#include "emulator/limits.hpp"
#include "emulator/wire/json.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace minamo {
namespace {

constexpr std::int64_t kept_every_ms = 1000;

void append_number(std::string& out, std::int64_t number) {
    if (!out.empty()) out.push_back(' ');
    out.append(std::to_string(number));
}

void append_number(std::string& out, double number) {
    out.push_back(' ');
    json::append_real(out, number);
}

template <class Integer>
bool take_number(std::string_view& text, Integer& number) {
    if (text.starts_with(' ')) text.remove_prefix(1);
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return fault == std::errc{};
}

// As JSON has numbers: the standard library's reader and writer of them would load libm, for a rounding mode.
bool take_number(std::string_view& text, double& number) {
    if (text.starts_with(' ')) text.remove_prefix(1);
    const std::size_t end = std::min(text.find(' '), text.size());
    json::Document document;
    const json::Value* value = document.parse(text.substr(0, end));
    if (value == nullptr || !value->IsNumber()) return false;
    number = value->GetDouble();
    text.remove_prefix(end);
    return true;
}

bool is_in_reach(std::int64_t from_ms, std::int64_t duration_ms) {
    return duration_ms >= 0 && duration_ms <= clock_move_max_ms && duration_ms <= limits::moment_max_ms - from_ms;
}

}  // namespace

std::int64_t NamespaceClock::Course::moment_at(std::int64_t base) const {
    if (frozen) return moment_ms;
    const std::int64_t passed_ms = base - base_ms;
    if (rate == 1) return std::min(moment_ms + passed_ms, limits::moment_max_ms);
    const double scaled_ms = static_cast<double>(passed_ms) * rate;
    const auto left_ms = static_cast<double>(limits::moment_max_ms - moment_ms);
    return scaled_ms >= left_ms ? limits::moment_max_ms : moment_ms + static_cast<std::int64_t>(scaled_ms);
}

std::int64_t NamespaceClock::Course::now_at(std::int64_t base) {
    const std::int64_t moment = moment_at(base);
    std::int64_t latest = latest_ms.load(std::memory_order_relaxed);
    while (latest < moment && !latest_ms.compare_exchange_weak(latest, moment, std::memory_order_relaxed)) {
    }
    return std::max(latest, moment);
}

NamespaceClock::NamespaceClock(Clock& base) : base_(base), course_(std::make_shared<Course>()) {
    kept_course_ = course();
}

std::int64_t NamespaceClock::base_ms() {
    const auto since_epoch = base_.now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
}

std::int64_t NamespaceClock::now_ms() {
    return course()->now_at(base_ms());
}

bool NamespaceClock::frozen() const {
    return course()->frozen;
}

double NamespaceClock::rate() const {
    return course()->rate;
}

std::shared_ptr<NamespaceClock::Course> NamespaceClock::continued() {
    const auto present = course();
    auto next = std::make_shared<Course>();
    next->base_ms = base_ms();
    next->moment_ms = present->now_at(next->base_ms);
    next->rate = present->rate;
    next->frozen = present->frozen;
    return next;
}

std::optional<std::int64_t> NamespaceClock::target(std::int64_t now_ms, const ClockMove& move) {
    const std::int64_t set_ms = move.set_ms.value_or(now_ms);
    const std::int64_t advance_ms = move.advance_ms.value_or(0);
    if (!is_in_reach(now_ms, set_ms - now_ms) || !is_in_reach(set_ms, advance_ms)) return std::nullopt;
    return set_ms + advance_ms;
}

bool NamespaceClock::move(const ClockMove& move) {
    const std::scoped_lock lock(changing_);
    auto next = continued();
    const auto moment_ms = target(next->moment_ms, move);
    if (!moment_ms) return false;
    next->moment_ms = *moment_ms;
    next->rate = move.rate.value_or(next->rate);
    next->frozen = move.freeze.value_or(next->frozen);
    next->latest_ms = *moment_ms;
    course_.store(std::move(next));
    return true;
}

bool NamespaceClock::may_move(const ClockMove& move) {
    return target(now_ms(), move).has_value();
}

void NamespaceClock::follow(NamespaceClock& other) {
    const std::scoped_lock lock(changing_);
    course_.store(other.continued());
}

std::optional<NamespaceClock::Kept> NamespaceClock::changed() {
    const auto present = course();
    const std::int64_t latest_ms = present->latest_ms.load(std::memory_order_relaxed);
    const std::scoped_lock lock(changing_);
    if (present == kept_course_ && latest_ms < kept_latest_ms_ + kept_every_ms) return std::nullopt;
    Kept out{{}, present, latest_ms};
    append_number(out.text, present->base_ms);
    append_number(out.text, present->moment_ms);
    append_number(out.text, present->rate);
    append_number(out.text, std::int64_t{present->frozen});
    append_number(out.text, latest_ms);
    return out;
}

void NamespaceClock::kept(const Kept& kept) {
    const std::scoped_lock lock(changing_);
    kept_course_ = kept.course;
    kept_latest_ms_ = kept.latest_ms;
}

bool NamespaceClock::restore(std::string_view text) {
    auto next = std::make_shared<Course>();
    int frozen = 0;
    std::int64_t latest_ms = 0;
    if (!take_number(text, next->base_ms) || !take_number(text, next->moment_ms) || !take_number(text, next->rate) ||
        !take_number(text, frozen) || !take_number(text, latest_ms) || !text.empty() ||
        !(next->rate > 0 && next->rate <= clock_rate_max)) {
        return false;
    }
    next->frozen = frozen != 0;
    next->latest_ms = latest_ms;
    const std::scoped_lock lock(changing_);
    kept_course_ = next;
    kept_latest_ms_ = latest_ms;
    course_.store(std::move(next));
    return true;
}

}  // namespace minamo
