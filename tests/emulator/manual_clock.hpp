// A clock that moves when the test says so.
#pragma once

#include <atomic>
#include <chrono>

#include "emulator/emulator.hpp"

namespace minamo::tests {

class HandClock final : public Clock {
public:
    std::chrono::system_clock::time_point now() override {
        return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds_.load()));
    }
    void advance(std::chrono::milliseconds by) { milliseconds_ += by.count(); }
    void set(std::int64_t milliseconds) { milliseconds_ = milliseconds; }

private:
    std::atomic<std::int64_t> milliseconds_{1767225600000};  // 2026-01-01T00:00:00Z
};

}  // namespace minamo::tests
