// The journal: streams, their shards and the records of writes (stream.hpp, record_cursor.hpp), in the tree `journal`
// of a store.
//
// A stream outlives its table. It has open shards, which divide the partitions of the table among them by hash, and
// closed ones. Sequence numbers come from one counter of the store, so that they ascend in every shard and from parent
// to child; a shard is named by the number with which it begins. What is older than journal_kept_ms goes by trim(), for
// which the next moment stands in `due` (store.hpp).
//
//   "n" table 00 label           -> stream number (8)             label: a text of the layer above
//   "q"                          -> latest sequence number (8)    kept when streams and shards change
//   "r" shard (8) sequence (8)   -> record                        see journal_records.cpp
//   "s" stream number (8)        -> stream
//   "t" stream (8) shard (8)     -> shard                         numbers in keys big endian
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/due.hpp"
#include "storage/schema.hpp"
#include "storage/store.hpp"
#include "storage/stream.hpp"

namespace minamo::storage {

std::optional<Stream> find_stream(Transaction& transaction, std::uint64_t number);
std::optional<Stream> find_stream(Transaction& transaction, std::string_view table, std::string_view label);
// Streams by table and label, `limit` at most: after the one that the two name (exclusive; it need not exist).
std::vector<Stream> list_streams(Transaction& transaction, std::string_view after_table, std::string_view after_label,
                                 std::size_t limit);
// The shard of the stream that begins with this number.
std::optional<Shard> find_shard(Transaction& transaction, const Stream& stream, std::uint64_t first);
// All of the stream, by id.
std::vector<Shard> list_shards(Transaction& transaction, const Stream& stream);

// A new stream of the table, with `shards` open shards; `settled_ms` as in Stream.
Stream open_stream(WriteTransaction& transaction, const Table& table, StreamView view, std::string_view label,
                   unsigned shards, std::int64_t now_ms, std::int64_t settled_ms);
// Closes the stream and its open shards.
void close_stream(WriteTransaction& transaction, std::uint64_t number, std::int64_t now_ms, std::int64_t settled_ms);
// Which open shards: one, or all that were created by a moment.
struct ShardChoice {
    std::string_view id = {};  // empty: any
    std::int64_t created_until_ms = not_yet_ms;
};
struct Resharded {
    std::vector<std::string> closed;  // ids
    std::vector<std::string> opened;
    std::int64_t oldest_open_ms = not_yet_ms;  // creation of the oldest shard that is open now
};
// Closes the chosen shards and opens `into` children in place of each.
Resharded reshard(WriteTransaction& transaction, Stream stream, const ShardChoice& choice, unsigned into,
                  std::int64_t now_ms);

// Shards that are followed by one other each, `interval_ms` after they were created, again and again, while nothing
// else is written: what comes of it is known beforehand, and what a day's trimming takes of it need not be made. Leaves
// open shards as they are when each was followed `times` times more, none of those between. `streams` in the order in
// which they come next, the first now. Returns how many times that was: 0, with nothing done, unless each open shard of
// these streams was created in the latest interval and their numbers are the latest of the store, so that they have no
// records.
struct SkippedRolls {
    std::uint64_t times = 0;
    std::vector<std::string> tables;  // one for each open shard
};
SkippedRolls skip_rolls(WriteTransaction& transaction, const std::vector<std::uint64_t>& streams, std::int64_t now_ms,
                        std::int64_t interval_ms, std::uint64_t times);

struct Trimmed {
    std::string table;
    std::uint64_t records = 0;
};
// Does what a Due of DueKind::trim asks for (erase it first): by `now_ms`, removes the records that are too old,
// `limit` at most, then the shards that were closed so long ago, and at last the stream itself. What comes next stands
// in `due` again.
Trimmed trim(WriteTransaction& transaction, const Due& due, std::int64_t now_ms, std::size_t limit);

// The latest sequence number that any record of the store has, or less than which none will have.
std::uint64_t latest_sequence(Transaction& transaction);

}  // namespace minamo::storage
