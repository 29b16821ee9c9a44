// Tables as catalog rows, and questions about their keys and indexes.
//
//   table     = number name id status created_ms keys count index* index_number_next stream ttl_attribute opaque
//   index     = number global name keys projection texts(non_key_attributes) status backfilling opaque
//   keys      = attributes(partition) attributes(sort)
//   stream    = enabled view label
//   texts     = count text*           attributes = count (name type)*
//
// Numbers, enums and flags are varints, texts a length and their bytes. A row has no version of its own: the file's
// header has one for all.
#include "storage/schema.hpp"

#include <algorithm>
#include <stdexcept>

#include "storage/varint.hpp"

namespace minamo::storage {
namespace {

// What a row is made of goes by a Writer or a Reader in the same order; `visit` below is that order, written once.
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    void operator()(std::string_view text) {
        append_varint(out_, text.size());
        out_ += text;
    }
    void operator()(std::uint64_t number) { append_varint(out_, number); }
    void operator()(std::uint8_t number) { append_varint(out_, number); }
    void operator()(std::int64_t number) { append_varint(out_, static_cast<std::uint64_t>(number)); }
    void operator()(bool flag) { append_varint(out_, flag ? 1 : 0); }
    template <class Enum>
    void enumeration(const Enum& value, Enum) {
        append_varint(out_, static_cast<std::uint64_t>(value));
    }
    template <class Element, class Each>
    void list(const std::vector<Element>& elements, Each each) {
        append_varint(out_, elements.size());
        for (const Element& element : elements) each(element);
    }

private:
    std::string& out_;
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    bool done() const { return rest_.empty(); }

    void operator()(std::string& text) {
        const std::uint64_t length = number_up_to(rest_.size());
        if (length > rest_.size()) fail();
        text = rest_.substr(0, length);
        rest_.remove_prefix(length);
    }
    void operator()(std::uint64_t& number) { number = number_up_to(~std::uint64_t{0}); }
    void operator()(std::uint8_t& number) { number = static_cast<std::uint8_t>(number_up_to(0xFF)); }
    void operator()(std::int64_t& number) { number = static_cast<std::int64_t>(number_up_to(~std::uint64_t{0})); }
    void operator()(bool& flag) { flag = number_up_to(1) != 0; }
    template <class Enum>
    void enumeration(Enum& value, Enum last) {
        value = static_cast<Enum>(number_up_to(static_cast<std::uint64_t>(last)));
    }
    template <class Element, class Each>
    void list(std::vector<Element>& elements, Each each) {
        for (std::uint64_t left = number_up_to(rest_.size()); left > 0; --left) each(elements.emplace_back());
    }

    [[noreturn]] static void fail() { throw std::runtime_error("a catalog row is not a table"); }

private:
    std::uint64_t number_up_to(std::uint64_t max) {
        std::uint64_t number = 0;
        if (!read_varint(rest_, number) || number > max) fail();
        return number;
    }

    std::string_view rest_;
};

template <class Io, class Keys>
void visit_keys(Io& io, Keys& keys) {
    const auto attribute = [&](auto& key) {
        io(key.name);
        io.enumeration(key.type, Type::B);
    };
    io.list(keys.partition, attribute);
    io.list(keys.sort, attribute);
}

template <class Io, class AnyIndex>
void visit_index(Io& io, AnyIndex& index) {
    io(index.number);
    io(index.global);
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
    return std::any_of(indexes.begin(), indexes.end(), [](const Index& index) { return !index.global; });
}

std::string encode(const Table& table) {
    std::string out;
    Writer writer(out);
    visit_table(writer, table);
    return out;
}

Table decode_table(std::string_view bytes) {
    Table table;
    Reader reader(bytes);
    visit_table(reader, table);
    if (!reader.done()) Reader::fail();
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
