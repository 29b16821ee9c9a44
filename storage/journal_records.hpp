// Records as bytes, and the end of the journal at which they are written: for the files of storage/ only.
//
//   record = flags (1) moment (8, milliseconds, big endian) part*     parts: keys, new image, old image, those present
//   part   = length (varint) item
//   flags  = 1 keys | 2 new image | 4 old image | 8 INSERT | 16 REMOVE | 32 expired
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/item_codec.hpp"
#include "storage/key_codec.hpp"
#include "storage/schema.hpp"
#include "storage/store_state.hpp"
#include "storage/stream.hpp"

namespace minamo::storage {

// The record of a write to the table, without its moment; empty where the table has no stream. One of the items may be
// empty().
std::string encode_record(const Table& table, ItemView old_item, ItemView new_item, Cause cause);

// Appends it to the shard that has the row's partition.
void append_record(TransactionState& state, const Table& table, const RowKey& key, std::string& record,
                   std::int64_t now_ms);

// The next trim of the stream, whose oldest record or closed shard is of this moment: noted in its row and in `due`.
void schedule_trim(TransactionState& state, Stream& stream, std::int64_t oldest_ms);

// A stored record. Its items borrow `bytes`, for as long as the lease holds.
Record decode_record(std::uint64_t sequence, std::string_view bytes, Lease lease);

// Removes all streams, with their shards and records.
void clear_journal(TransactionState& state);

}  // namespace minamo::storage
