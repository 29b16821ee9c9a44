// What falls due in a namespace while its clock is being moved: other calls may do a part of it before the move does.
#pragma once

#include <atomic>
#include <mutex>
#include <utility>

#include "minamo/clock.hpp"

namespace minamo {

class DueTally {
public:
    // From begin() to its end() what is added is kept, for whoever takes it first.
    void begin() {
        const std::scoped_lock lock(mutex_);
        ++moves_;
    }
    void end() {
        const std::scoped_lock lock(mutex_);
        if (--moves_ == 0) kept_ = {};
    }

    void add(const FellDue& fell_due) {
        if (moves_ == 0) return;  // as nearly always
        const std::scoped_lock lock(mutex_);
        kept_.add(fell_due);
    }
    FellDue take() {
        const std::scoped_lock lock(mutex_);
        return std::exchange(kept_, {});
    }
    void clear() { static_cast<void>(take()); }

private:
    std::atomic<int> moves_{0};
    std::mutex mutex_;
    FellDue kept_;
};

}  // namespace minamo
