// A shared_ptr that threads read while another replaces it.
//
// std::atomic<std::shared_ptr> of libstdc++ 12 gives its lock up without release order when it loads (fixed in 13):
// a race by the letter, which ThreadSanitizer reports. Held here for no longer than a count takes to go up.
#pragma once

#include <atomic>
#include <memory>
#include <thread>
#include <utility>

namespace minamo {

template <class T>
class SharedSlot {
public:
    SharedSlot() = default;
    explicit SharedSlot(std::shared_ptr<T> value) : value_(std::move(value)) {}

    std::shared_ptr<T> load() const {
        const Lock lock(busy_);
        return value_;
    }
    // What was there before goes after the lock is given up: it may be much.
    void store(std::shared_ptr<T> value) {
        const Lock lock(busy_);
        value_.swap(value);
    }

private:
    class Lock {
    public:
        explicit Lock(std::atomic_flag& busy) : busy_(busy) {
            while (busy_.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
        }
        ~Lock() { busy_.clear(std::memory_order_release); }
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;

    private:
        std::atomic_flag& busy_;
    };

    mutable std::atomic_flag busy_;
    std::shared_ptr<T> value_;
};

}  // namespace minamo
