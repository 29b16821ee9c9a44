// How many shard iterators of a namespace are out.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>

namespace minamo {

// Counts the iterators of a namespace that have been issued and have not expired.
class IssuedIterators {
public:
    void issue(std::int64_t now_ms);
    // How many have expired since the last look.
    std::uint64_t expire(std::int64_t now_ms);
    void clear();

private:
    struct Batch {
        std::int64_t issued_ms = 0;
        std::uint64_t count = 0;
    };
    void drop_expired(std::int64_t now_ms);

    std::mutex mutex_;
    std::deque<Batch> batches_;  // ascending
    std::uint64_t expired_ = 0;
};

}  // namespace minamo
