// Streams, their shards and their records, as values.
#pragma once

#include <cstdint>
#include <string>

#include "storage/item_codec.hpp"
#include "storage/schema.hpp"

namespace minamo::storage {

// How long records, closed shards and closed streams are kept.
inline constexpr std::int64_t journal_kept_ms = 24LL * 60 * 60 * 1000;

// The moment of what has not come to pass: an open stream or shard is closed then.
inline constexpr std::int64_t not_yet_ms = INT64_MAX;

struct Stream {
    std::uint64_t number = 0;  // never used again within its store
    std::string table;
    std::string label;  // tells streams of one table apart
    StreamView view = StreamView::keys_only;
    KeySchema keys;  // of the table
    std::int64_t created_ms = 0;
    std::int64_t closed_ms = not_yet_ms;
    std::int64_t settled_ms = 0;        // until then it is being enabled, or disabled
    std::int64_t trim_ms = not_yet_ms;  // when trim() is due next
    bool operator==(const Stream&) const = default;
};

struct Shard {
    std::uint64_t first = 0;  // the sequence number with which it begins; names it within its store
    std::uint64_t last = 0;   // with which it was closed; 0: open
    std::string id;           // ids of one stream ascend as its shards come
    std::string parent_id;    // empty: none
    std::int64_t created_ms = 0;
    std::int64_t closed_ms = not_yet_ms;
    std::uint64_t hash_first = 0;    // of its partitions
    std::uint64_t hash_last = 0;     // inclusive
    std::uint64_t trimmed_last = 0;  // the latest record that is gone; 0: none is
    bool operator==(const Shard&) const = default;
};

// Who writes: stream records of TTL deletions name the service.
enum class Cause : std::uint8_t { user, time_to_live };

enum class RecordEvent : std::uint8_t { insert, modify, remove };

// One record. Its items are views (item_codec.hpp); empty() where the stream's view has none.
struct Record {
    std::uint64_t sequence = 0;
    std::int64_t moment_ms = 0;
    RecordEvent event = RecordEvent::insert;
    Cause cause = Cause::user;
    ItemView keys;  // only where there is no image
    ItemView new_image;
    ItemView old_image;
};

}  // namespace minamo::storage
