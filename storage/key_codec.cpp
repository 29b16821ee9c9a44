// Row keys: the partition's hash, then bytes in the order of the sort values. Keys that fit, nearly all, are written
// straight into their RowKey; the bound in `ordered_bytes_bound` tells beforehand whether one does.
#include "storage/key_codec.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "storage/encoded_number.hpp"

namespace minamo::storage {
namespace {

constexpr std::size_t number_key_bytes = EncodedNumber::bytes_max;

// Below, Out is a RowKey or a string.

// 00 becomes 00 FF.
template <class Out>
void append_escaped(Out& out, std::string_view text) {
    for (std::size_t zero = text.find('\0'); zero != text.npos; zero = text.find('\0')) {
        out.append(text.substr(0, zero));
        out.append(std::string_view("\0\xFF", 2));
        text.remove_prefix(zero + 1);
    }
    out.append(text);
}

// An item's number is a number key without what fills it up to full length.
template <class Out>
void append_number(Out& out, std::string_view payload) {
    static constexpr std::string_view zeros("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", Decimal::digits_max / 2);
    static constexpr std::string_view complements(
        "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", Decimal::digits_max / 2);
    const EncodedNumber number(payload);
    out.append(payload);
    if (!number.zero) out.append((number.negative ? complements : zeros).substr(number.pairs.size()));
}

template <class Out>
void append_value(Out& out, ValueView value, SortForm form) {
    if (value.type() == Type::N) {
        append_number(out, value.payload());
    } else if (form == SortForm::plain) {
        out.append(value.text());
    } else {
        append_escaped(out, value.text());
        if (form == SortForm::ended) out.append(std::string_view("\0\1", 2));
    }
}

template <class Out>
void append_ordered_part(Out& out, const Table& table, const Index* index, ItemView item) {
    const KeySchema& keys = index != nullptr ? index->keys : table.keys;
    const SortForm form = index != nullptr ? SortForm::ended : SortForm::plain;
    for (const KeyAttribute& key : keys.sort) append_value(out, item.find(key.name), form);
    if (index == nullptr) return;
    if (index->kind == IndexKind::global) {
        // The row key stands for the whole table key: it holds or hashes all of it.
        out.append(bytes_of(hash_of(table_row_key(table, item).bytes())));
    } else {
        for (const KeyAttribute& key : table.keys.sort) append_value(out, item.find(key.name), SortForm::plain);
    }
}

std::size_t sort_bytes_bound(const KeySchema& keys, ItemView item, SortForm form) {
    std::size_t bound = 0;
    for (const KeyAttribute& key : keys.sort) {
        const std::size_t bytes = key.type == Type::N ? number_key_bytes : item.find(key.name).text().size();
        bound += key.type == Type::N || form == SortForm::plain ? bytes : 2 * bytes + 2;
    }
    return bound;
}

// No less than the bytes of the ordered part.
std::size_t ordered_bytes_bound(const Table& table, const Index* index, ItemView item) {
    if (index == nullptr) return sort_bytes_bound(table.keys, item, SortForm::plain);
    const std::size_t tie =
        index->kind == IndexKind::global ? partition_hash_bytes : sort_bytes_bound(table.keys, item, SortForm::plain);
    return sort_bytes_bound(index->keys, item, SortForm::ended) + tie;
}

// The whole key from its head and ordered part, cut where it must be.
void append_or_cut(RowKey& key, const std::string& ordered) {
    if (row_key_head_bytes + ordered.size() < row_key_bytes_max) {
        key.append(ordered);
        return;
    }
    const PartitionHash hash = hash_of(std::string(key.bytes()) + ordered);
    key.append(std::string_view(ordered).substr(0, ordered_bytes_max));
    key.append(bytes_of(hash));
}

RowKey row_key(const Table& table, const Index* index, ItemView item) {
    RowKey key;
    const char number = static_cast<char>(index != nullptr ? index->number : 0);
    key.append({&number, 1});
    key.append(bytes_of(partition_hash(index != nullptr ? index->keys : table.keys, item)));
    if (row_key_head_bytes + ordered_bytes_bound(table, index, item) < row_key_bytes_max) {
        append_ordered_part(key, table, index, item);
    } else {
        append_or_cut(key, full_ordered_part(table, index, item));
    }
    return key;
}

bool usable(ValueView value, const KeyAttribute& key, std::size_t bytes_max) {
    if (value.empty() || value.type() != key.type) return false;
    return key.type == Type::N || (!value.text().empty() && value.text().size() <= bytes_max);
}

}  // namespace

PartitionHash hash_of(std::string_view bytes) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
    PartitionHash hash;
    static_assert(sizeof canonical.digest == partition_hash_bytes);
    std::memcpy(hash.data(), canonical.digest, hash.size());
    return hash;
}

void append_number_key(std::string& out, const Decimal& number) {
    std::string payload;
    append_encoded_number(payload, number);
    append_number(out, payload);
}

void append_sort_value(std::string& out, ValueView value, SortForm form) {
    append_value(out, value, form);
}

PartitionHash partition_hash(const KeySchema& keys, ItemView item) {
    if (keys.partition.size() == 1) return hash_of(item.find(keys.partition.front().name).encoded());
    std::string values;
    for (const KeyAttribute& key : keys.partition) values += item.find(key.name).encoded();
    return hash_of(values);
}

RowKey table_row_key(const Table& table, ItemView item) {
    return row_key(table, nullptr, item);
}

std::optional<RowKey> index_row_key(const Table& table, const Index& index, ItemView item) {
    for (const KeyAttribute& key : index.keys.partition) {
        if (!usable(item.find(key.name), key, partition_key_bytes_max)) return std::nullopt;
    }
    for (const KeyAttribute& key : index.keys.sort) {
        if (!usable(item.find(key.name), key, sort_key_bytes_max)) return std::nullopt;
    }
    return row_key(table, &index, item);
}

std::string full_ordered_part(const Table& table, const Index* index, ItemView item) {
    std::string ordered;
    append_ordered_part(ordered, table, index, item);
    return ordered;
}

}  // namespace minamo::storage
