// The clock of one namespace: the emulator's Clock with an offset and a rate of its own, or stopped. Never goes back.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/limits.hpp"
#include "emulator/time/shared_slot.hpp"
#include "minamo/clock.hpp"

namespace minamo {

// What one move may skip and how fast a clock may run: time that passes is work, a little for each hour and shard.
inline constexpr std::int64_t clock_move_max_ms = 36525LL * 24 * 60 * 60 * 1000;
inline constexpr double clock_rate_max = 1e6;

// Why a clock refuses to move, or to run so fast.
inline constexpr std::string_view clock_bounds =
    "The clock never goes back, not past the year 2261, and 100 years at most at a time: "
    "give another moment, or reset the namespace to begin anew.";
inline constexpr std::string_view clock_rates = "Give a rate over 0 and up to 1000000, such as 60.";

// A change of a clock: first `set_ms`, then `advance_ms` on top of it, then how it goes on.
struct ClockMove {
    std::optional<std::int64_t> set_ms = {};
    std::optional<std::int64_t> advance_ms = {};
    std::optional<bool> freeze = {};
    std::optional<double> rate = {};  // over 0, up to clock_rate_max
};

class NamespaceClock {
public:
    explicit NamespaceClock(Clock& base);

    // Milliseconds since the epoch; no less than any it has told before, save by reset().
    std::int64_t now_ms();
    bool frozen() const;
    double rate() const;

    // False, with nothing changed, where it would go back, past limits::moment_max_ms, or further than
    // clock_move_max_ms.
    bool move(const ClockMove& move);
    // Whether it would, now.
    bool may_move(const ClockMove& move);

    // As another is, from its present moment on; that may be going back.
    void follow(NamespaceClock& other);

    // What has to outlive the process: something with each change of the clock, and otherwise once a second at most.
    // It is asked for before it is kept, and told that it was kept after.
    struct Kept {
        std::string text;
        std::shared_ptr<const void> course;
        std::int64_t latest_ms = 0;
    };
    std::optional<Kept> changed();
    void kept(const Kept& kept);
    // Takes up a text of Kept. False for other texts.
    bool restore(std::string_view text);

private:
    // At `base_ms` of the base it was `moment_ms` here. Each change makes another, so that who still reads the time by
    // an earlier one does not touch the present one.
    struct Course {
        std::int64_t base_ms = 0;
        std::int64_t moment_ms = 0;
        double rate = 1;
        bool frozen = false;
        std::atomic<std::int64_t> latest_ms{INT64_MIN};

        std::int64_t moment_at(std::int64_t base) const;
        std::int64_t now_at(std::int64_t base);
    };

    std::int64_t base_ms();
    std::shared_ptr<Course> course() const { return course_.load(); }
    // The present course, from the present moment on.
    std::shared_ptr<Course> continued();
    // The moment to which it would move; nothing where it may not.
    static std::optional<std::int64_t> target(std::int64_t now_ms, const ClockMove& move);

    Clock& base_;
    std::mutex changing_;
    SharedSlot<Course> course_;
    std::shared_ptr<const void> kept_course_;
    std::int64_t kept_latest_ms_ = INT64_MIN;
};

}  // namespace minamo
