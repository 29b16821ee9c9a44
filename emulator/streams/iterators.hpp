// Shard iterators: a place in a shard as a text that clients hand back.
//
//   iterator = stream ARN "|1|" base64(place)
//   place    = shard (8) position (8) issued (8, milliseconds) check (8)     numbers big endian
#pragma once

#include <cstdint>
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

}  // namespace minamo
