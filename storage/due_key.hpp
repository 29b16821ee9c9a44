// Keys of the tree `due`, which time orders: for the files of storage/ only.
//
//   due key = moment (8, milliseconds, big endian, sign bit flipped) + sequence (8, big endian)
//
// Sequences with the top bit set are work of storage's own: of one moment it comes after everything else. The next bit
// tells trims of a stream, by its number, from expiries of a table's items, by its number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/big_endian.hpp"

namespace minamo::storage {

inline constexpr std::uint64_t due_own_bit = std::uint64_t{1} << 63;
inline constexpr std::uint64_t due_trim_bit = std::uint64_t{1} << 62;

inline std::uint64_t expiry_sequence(std::uint64_t table_number) {
    return due_own_bit | table_number;
}
inline std::uint64_t trim_sequence(std::uint64_t stream_number) {
    return due_own_bit | due_trim_bit | stream_number;
}

// A moment as 8 bytes whose order is its own.
inline BigEndian moment_bytes(std::int64_t moment_ms) {
    return BigEndian(static_cast<std::uint64_t>(moment_ms) ^ due_own_bit);
}
inline std::int64_t read_moment(std::string_view bytes) {
    return static_cast<std::int64_t>(BigEndian::read(bytes) ^ due_own_bit);
}

inline std::string due_key(std::int64_t moment_ms, std::uint64_t sequence) {
    std::string key(moment_bytes(moment_ms).bytes());
    return key.append(BigEndian(sequence).bytes());
}
inline std::uint64_t sequence_of_due(std::string_view key) {
    return BigEndian::read(key.substr(8));
}

}  // namespace minamo::storage
