// Tables as catalog rows, and questions about their keys and indexes.
//
//   table     = number name id status created_ms keys count index* index_number_next stream ttl_attribute opaque
//               number(stream)              absent in rows of format 1
//   index     = number kind name keys projection texts(non_key_attributes) status backfilling opaque
//   keys      = attributes(partition) attributes(sort)
//   stream    = enabled view label
//   texts     = count text*           attributes = count (name type)*
//
// Written by row_codec.hpp. A row has no version of its own: the file's header has one for all.
#include "storage/schema.hpp"

#include <algorithm>
#include <stdexcept>

#include "storage/row_codec.hpp"

namespace minamo::storage {
namespace {

template <class Io, class AnyIndex>
void visit_index(Io& io, AnyIndex& index) {
    io(index.number);
    io.enumeration(index.kind, IndexKind::global);
    io(index.name);
    visit_keys(io, index.keys);
    io.enumeration(index.projection, Projection::all);
    io.list(index.non_key_attributes, [&](auto& name) { io(name); });
    io.enumeration(index.status, IndexStatus::active);
    io(index.backfilling);
    io(index.opaque);
}

template <class Io, class AnyTable>
void visit_table(Io& io, AnyTable& table) {
    io(table.number);
    io(table.name);
    io(table.id);
    io.enumeration(table.status, TableStatus::active);
    io(table.created_ms);
    visit_keys(io, table.keys);
    io.list(table.indexes, [&](auto& index) { visit_index(io, index); });
    io(table.index_number_next);
    io(table.stream.enabled);
    io.enumeration(table.stream.view, StreamView::new_and_old_images);
    io(table.stream.label);
    io(table.ttl_attribute);
    io(table.opaque);
    io.added(table.stream.number);
}

const KeyAttribute* find_key(const std::vector<KeyAttribute>& keys, std::string_view name) {
    const auto at = std::find_if(keys.begin(), keys.end(), [&](const KeyAttribute& key) { return key.name == name; });
    return at != keys.end() ? &*at : nullptr;
}

}  // namespace

const KeyAttribute* KeySchema::find(std::string_view name) const {
    const KeyAttribute* const key = find_key(partition, name);
    return key != nullptr ? key : find_key(sort, name);
}

const Index* Table::find_index(std::string_view index_name) const {
    const auto at =
        std::find_if(indexes.begin(), indexes.end(), [&](const Index& index) { return index.name == index_name; });
    return at != indexes.end() ? &*at : nullptr;
}

Index* Table::find_index(std::string_view index_name) {
    return const_cast<Index*>(static_cast<const Table*>(this)->find_index(index_name));
}

bool Table::has_local_indexes() const {
    return std::any_of(indexes.begin(), indexes.end(),
                       [](const Index& index) { return index.kind == IndexKind::local; });
}

std::uint8_t Table::take_index_number() {
    constexpr std::uint8_t number_max = 254;  // beyond it are expiry rows (expiry_rows.hpp)
    for (int tried = 0; tried <= number_max; ++tried) {
        const std::uint8_t taken = index_number_next;
        index_number_next = taken >= number_max ? 1 : static_cast<std::uint8_t>(taken + 1);
        const bool is_free =
            taken >= 1 && taken <= number_max && std::ranges::find(indexes, taken, &Index::number) == indexes.end();
        if (is_free) return taken;
    }
    throw std::length_error("a table has no number left for another index");
}

std::string encode(const Table& table) {
    std::string out;
    RowWriter writer(out);
    visit_table(writer, table);
    return out;
}

Table decode_table(std::string_view bytes) {
    Table table;
    RowReader reader(bytes, "a table");
    visit_table(reader, table);
    reader.end();
    return table;
}

bool projects(const Table& table, const Index& index, std::string_view attribute) {
    if (index.projection == Projection::all) return true;
    if (index.keys.find(attribute) != nullptr || table.keys.find(attribute) != nullptr) return true;
    return index.projection == Projection::include &&
           std::find(index.non_key_attributes.begin(), index.non_key_attributes.end(), attribute) !=
               index.non_key_attributes.end();
}

}  // namespace minamo::storage
