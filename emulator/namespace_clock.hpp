// The clock of one namespace: the emulator's Clock with an offset and a rate of its own, or stopped. Never goes back.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/emulator.hpp"

namespace minamo {

// What one move may skip and how fast a clock may run: time that passes is work, a little for each hour and shard.
inline constexpr std::int64_t clock_move_max_ms = 36525LL * 24 * 60 * 60 * 1000;
inline constexpr double clock_rate_max = 1e6;

class NamespaceClock {
public:
    explicit NamespaceClock(Clock& base) : base_(base) {}

    // Milliseconds since the epoch; no less than any it has told before.
    std::int64_t now_ms();
    bool frozen() const;
    double rate() const;

    // Each returns false, with nothing changed, where the clock would go back, past moment_max_ms, or further than
    // clock_move_max_ms.
    bool advance(std::int64_t duration_ms);
    bool set(std::int64_t moment_ms);
    void freeze(bool frozen);
    // Seconds that pass in one second of the base; over 0, up to clock_rate_max.
    void set_rate(double rate);

    // Whether a clock at this moment could be moved so far.
    static bool may_move(std::int64_t from_ms, std::int64_t duration_ms);

    // As the base is.
    void reset();
    // As another is, from its present moment on.
    void follow(NamespaceClock& other);

    // What has to outlive the process: changes with each change of the clock, and otherwise once a second at most.
    // Nothing where it is what was given last.
    std::optional<std::string> changed_text();
    // Takes up what changed_text() gave. False for other texts.
    bool restore(std::string_view text);

private:
    // At `base_ms` of the base it was `moment_ms` here.
    struct Course {
        std::int64_t base_ms = 0;
        std::int64_t moment_ms = 0;
        double rate = 1;
        bool frozen = false;
    };

    std::int64_t base_ms();
    std::int64_t moment_of(const Course& course, std::int64_t base_ms) const;
    std::int64_t not_before_latest(std::int64_t moment_ms);
    // Under mutex_: a course from the present moment on.
    void take(Course course);
    Course here();

    static constexpr std::int64_t not_plain = INT64_MIN;

    Clock& base_;
    mutable std::mutex mutex_;
    Course course_;
    std::atomic<std::int64_t> offset_ms_{
        0};  // of a course of rate 1, which most are: readers take no lock; or not_plain
    std::atomic<std::int64_t> latest_ms_{INT64_MIN};
    std::int64_t saved_ms_ = 0;
    bool saved_ = true;
};

}  // namespace minamo
