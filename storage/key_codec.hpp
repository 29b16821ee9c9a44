// Keys of rows: bytes whose memcmp order is DynamoDB's order.
//
//   row key        = index number (1) + partition hash (16) + ordered part [+ hash of the full key (16) where cut]
//   ordered part   = sort part [+ tie part]
//   partition hash = XXH128 of the encoded partition value(s), big endian
//   sort part      = each sort value: S and B escaped and ended (00 -> 00 FF, end 00 01), N as in append_number_key.
//                    On a table the last S or B sort value stands plain, without escapes or end.
//   tie part       = on an LSI the table's sort key, on a GSI the 16-byte hash of the whole table key
//
// A key that would reach 511 bytes (LMDB's limit) is cut: its ordered part ends at ordered_bytes_max and 16 bytes of
// hash of the full key follow. So a key of 511 bytes is a cut one, every shorter key is whole, and the two never meet.
//
// Order: two keys of one partition that differ within their first P = ordered_bytes_max bytes of ordered part, or of
// which one is shorter than P, are in order as they stand. All others form *runs*: keys of one partition that agree in
// these P bytes and are at least P long, cut or not. Within a run the order is that of full_ordered_part(). Only
// key_codec and range know.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "storage/faults.hpp"
#include "storage/item_codec.hpp"
#include "storage/schema.hpp"

namespace minamo::storage {

inline constexpr std::size_t row_key_bytes_max = 511;
inline constexpr std::size_t partition_hash_bytes = 16;
inline constexpr std::size_t row_key_head_bytes = 1 + partition_hash_bytes;
inline constexpr std::size_t ordered_bytes_max = row_key_bytes_max - row_key_head_bytes - 16;

using PartitionHash = std::array<unsigned char, partition_hash_bytes>;

// XXH128, big endian.
PartitionHash hash_of(std::string_view bytes);
inline std::string_view bytes_of(const PartitionHash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// A key in a fixed buffer: made on the stack, no allocation. Copying touches the used bytes only.
class RowKey {
public:
    RowKey() {}
    RowKey(const RowKey& other) { append(other.bytes()); }
    RowKey& operator=(const RowKey& other) {
        size_ = other.size_;
        std::memmove(buffer_.data(), other.buffer_.data(), size_);
        return *this;
    }

    std::string_view bytes() const { return {buffer_.data(), size_}; }
    // The caller keeps within row_key_bytes_max: no key that was written is longer.
    void append(std::string_view bytes) {
        if (bytes.size() > row_key_bytes_max - size_) fail_damaged();
        if (bytes.empty()) return;
        std::memcpy(buffer_.data() + size_, bytes.data(), bytes.size());
        size_ += bytes.size();
    }
    void clear() { size_ = 0; }
    bool operator==(const RowKey& other) const { return bytes() == other.bytes(); }

private:
    std::array<char, row_key_bytes_max> buffer_;
    std::size_t size_ = 0;
};

// Appends 1 byte for zero, else 21 bytes, whose memcmp order is numeric order.
//
//   byte 0       0x40 negative | 0x80 zero | 0xC0 positive
//   byte 1       magnitude + 130, the range -130..125 filling exactly one byte
//   bytes 2-20   38 digits, two to a byte, zero filled
//
// Bytes 1-20 are complemented for a negative number, so that a larger magnitude sorts first.
void append_number_key(std::string& out, const Decimal& number);

// How one sort value stands in the ordered part.
enum class SortForm : std::uint8_t {
    plain,   // as it is: on a table, and in the tie part of an LSI
    ended,   // escaped and ended: on an index
    prefix,  // escaped, without the end: what all values that begin with this one begin with on an index
};
// Appends a value of type S, N or B; a number is the same in every form.
void append_sort_value(std::string& out, ValueView value, SortForm form);

// The hash of the partition value(s) of `item` under these keys. All must be present and of the key's type.
PartitionHash partition_hash(const KeySchema& keys, ItemView item);

// The key of the item's row in the table. `item` may be a whole item or only its key attributes; they must be present
// and of the right types (the layer above has checked, in DynamoDB's words).
RowKey table_row_key(const Table& table, ItemView item);

// The key of the item's row in the index; nothing where an index key attribute is absent, of another type, empty or
// longer than keys may be: the item is then not in the index.
std::optional<RowKey> index_row_key(const Table& table, const Index& index, ItemView item);

// The whole ordered part, uncut: what rows of one partition are ordered by. For range.cpp.
std::string full_ordered_part(const Table& table, const Index* index, ItemView item);

// Key sizes that the service allows (facts: numbers and sizes, section 2).
inline constexpr std::size_t partition_key_bytes_max = 2048;
inline constexpr std::size_t sort_key_bytes_max = 1024;

}  // namespace minamo::storage
