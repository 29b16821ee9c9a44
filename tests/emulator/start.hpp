// When the clocks of tests begin, and the one clock that tests move.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "minamo/clock.hpp"

namespace minamo::tests {

inline constexpr std::int64_t start_ms = 1767225600000;  // 2026-01-01T00:00:00Z

inline std::chrono::system_clock::time_point start() {
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(start_ms));
}

inline std::shared_ptr<ManualClock> manual_clock() {
    return std::make_shared<ManualClock>(start());
}

}  // namespace minamo::tests
