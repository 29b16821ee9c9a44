// Those that are issued at one moment expire together.
#include "emulator/namespaces/issued_iterators.hpp"

#include <utility>

#include "emulator/limits.hpp"

namespace minamo {

void IssuedIterators::drop_expired(std::int64_t now_ms) {
    while (!batches_.empty() && batches_.front().issued_ms + limits::shard_iterator_ms < now_ms) {
        expired_ += batches_.front().count;
        batches_.pop_front();
    }
}

void IssuedIterators::issue(std::int64_t now_ms) {
    const std::scoped_lock lock(mutex_);
    drop_expired(now_ms);
    // Calls may pass each other by a little: such an iterator counts with the latest.
    if (batches_.empty() || batches_.back().issued_ms < now_ms) batches_.push_back({now_ms, 0});
    ++batches_.back().count;
}

std::uint64_t IssuedIterators::expire(std::int64_t now_ms) {
    const std::scoped_lock lock(mutex_);
    drop_expired(now_ms);
    return std::exchange(expired_, 0);
}

void IssuedIterators::clear() {
    const std::scoped_lock lock(mutex_);
    batches_.clear();
    expired_ = 0;
}

}  // namespace minamo
