// What waits for its moment, and its key in the tree `due`, which time orders.
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

// What a Due asks for: an event of the layer above; or of storage itself, sweep() (expiry.hpp) or trim() (journal.hpp).
enum class DueKind : std::uint8_t { event, expiry, trim };

struct Due {
    std::int64_t moment_ms = 0;
    std::uint64_t sequence = 0;  // tells events of one moment apart; assigned by add_due
    std::string event;           // bytes of the layer above; of an expiry the table's name
    DueKind kind() const {
        if ((sequence & due_own_bit) == 0) return DueKind::event;
        return (sequence & due_trim_bit) != 0 ? DueKind::trim : DueKind::expiry;
    }
    // Of an expiry the table's, of a trim the stream's.
    std::uint64_t number() const { return sequence & ~(due_own_bit | due_trim_bit); }
};

}  // namespace minamo::storage
