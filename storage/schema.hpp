// What storage knows of a table: its keys, its indexes, its stream and its TTL attribute. Everything that storage does
// not interpret (billing, throughput, tags, policies) is one opaque text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/value.hpp"

namespace minamo::storage {

struct KeyAttribute {
    std::string name;
    Type type = Type::S;  // S, N or B
    bool operator==(const KeyAttribute&) const = default;
};

// Partition key and sort key. One partition attribute and at most one sort attribute on tables and LSIs, up to four of
// each on GSIs.
struct KeySchema {
    std::vector<KeyAttribute> partition;
    std::vector<KeyAttribute> sort;
    bool operator==(const KeySchema&) const = default;
    // The attribute of this name, or null.
    const KeyAttribute* find(std::string_view name) const;
};

// A key schema in a row, for those who own one (row_codec.hpp).
template <class Io, class Keys>
void visit_keys(Io& io, Keys& keys) {
    const auto attribute = [&](auto& key) {
        io(key.name);
        io.enumeration(key.type, Type::B);
    };
    io.list(keys.partition, attribute);
    io.list(keys.sort, attribute);
}

enum class IndexKind : std::uint8_t { local, global };
enum class Projection : std::uint8_t { keys_only, include, all };
enum class IndexStatus : std::uint8_t { creating, updating, deleting, active };
enum class TableStatus : std::uint8_t { creating, updating, deleting, active };

struct Index {
    std::uint8_t number = 0;  // first byte of its row keys, 1..254; used again only when all others have been
    IndexKind kind = IndexKind::local;
    std::string name;
    KeySchema keys;
    Projection projection = Projection::all;
    std::vector<std::string> non_key_attributes;
    IndexStatus status = IndexStatus::active;
    bool backfilling = false;
    std::string opaque;  // JSON text of the layer above
    bool operator==(const Index&) const = default;
};

enum class StreamView : std::uint8_t { keys_only, new_image, old_image, new_and_old_images };

struct StreamSettings {
    bool enabled = false;
    StreamView view = StreamView::keys_only;
    std::string label;         // of the latest stream, enabled or not; empty if there never was one
    std::uint64_t number = 0;  // of that stream in the journal; 0: none, or of a version that journaled nothing
    bool operator==(const StreamSettings&) const = default;
};

struct Table {
    std::uint64_t number = 0;  // names its tree; never used again within its store
    std::string name;
    std::string id;  // UUID, new for each creation
    TableStatus status = TableStatus::active;
    std::int64_t created_ms = 0;
    KeySchema keys;
    std::vector<Index> indexes;  // LSIs and GSIs in order of definition
    std::uint8_t index_number_next = 1;
    StreamSettings stream;
    std::string ttl_attribute;  // empty: TTL is off
    std::string opaque;         // JSON text of the layer above
    bool operator==(const Table&) const = default;

    const Index* find_index(std::string_view index_name) const;
    Index* find_index(std::string_view index_name);
    bool has_local_indexes() const;
    // A number for a new index, which no other has. Throws std::length_error where all 254 are taken.
    std::uint8_t take_index_number();
};

std::string encode(const Table& table);
// Throws Damaged on bytes that are not a table.
Table decode_table(std::string_view bytes);

// Whether an item entry of this index holds the attribute: ALL, or a key of index or table, or a listed name.
bool projects(const Table& table, const Index& index, std::string_view attribute);

}  // namespace minamo::storage
