// Rows of the journal as bytes (journal.hpp has their keys): for the files of storage/ only.
//
//   stream = table label view keys created_ms closed_ms settled_ms trim_ms     written by row_codec.hpp
//   shard  = last id parent_id created_ms closed_ms hash_first hash_last trimmed_last
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/big_endian.hpp"
#include "storage/stream.hpp"

namespace minamo::storage {

inline std::string journal_key(char kind, std::uint64_t number) {
    return std::string(1, kind).append(BigEndian(number).bytes());
}
inline std::string journal_key(char kind, std::uint64_t first, std::uint64_t second) {
    return journal_key(kind, first).append(BigEndian(second).bytes());
}
inline std::string stream_name_key(std::string_view table, std::string_view label) {
    return std::string("n").append(table).append(1, '\0').append(label);
}

inline constexpr std::string_view journal_sequence_key = "q";

std::string encode(const Stream& stream);
Stream decode_stream(std::uint64_t number, std::string_view bytes);
std::string encode(const Shard& shard);
Shard decode_shard(std::uint64_t first, std::string_view bytes);

// What every encoded record begins with (journal_records.hpp): flags, then its moment.
inline constexpr std::size_t record_moment_at = 1;
inline constexpr std::size_t record_head_bytes = record_moment_at + 8;
// The moment of an encoded record.
std::int64_t moment_of_record(std::string_view bytes);

}  // namespace minamo::storage
