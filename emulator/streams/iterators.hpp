// Shard iterators: a place in a shard as a text that clients hand back, and how many are out.
//
//   iterator = stream ARN "|1|" base64(place)
//   place    = shard (8) position (8) issued (8, milliseconds) check (8)     numbers big endian
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace minamo {

struct ShardIterator {
    std::string_view stream_arn;  // borrowed
    std::uint64_t shard = 0;      // names it within its store
    std::uint64_t position = 0;   // the sequence number from which to read
    std::int64_t issued_ms = 0;
};

std::string encode(const ShardIterator& iterator);
// Nothing where encode() gave no such text.
std::optional<ShardIterator> decode_shard_iterator(std::string_view text);

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
