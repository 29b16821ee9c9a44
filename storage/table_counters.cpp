// Counters as bytes, and what one write does to them.
#include "storage/table_counters.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "storage/big_endian.hpp"

namespace minamo::storage {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::size_t entry_bytes = 1 + 8 + 8;

}  // namespace

TableCounters::TableCounters(const lmdb::Transaction& transaction, lmdb::Database database, std::uint64_t table_number)
    : table_number_(table_number) {
    std::string_view stored = transaction.get(database, BigEndian(table_number).bytes()).value_or(std::string_view{});
    entries_.reserve(stored.size() / entry_bytes + 1);
    for (; stored.size() >= entry_bytes; stored.remove_prefix(entry_bytes)) {
        Entry& entry = entries_.emplace_back();
        entry.index_number = static_cast<std::uint8_t>(stored.front());
        std::memcpy(&entry.counters.items, stored.data() + 1, 8);
        std::memcpy(&entry.counters.bytes, stored.data() + 9, 8);
    }
}

void TableCounters::erase(lmdb::Transaction& transaction, lmdb::Database database, std::uint64_t table_number) {
    transaction.erase(database, BigEndian(table_number).bytes());
}

Counters TableCounters::of(std::uint8_t index_number) const {
    const auto found = std::ranges::find(entries_, index_number, &Entry::index_number);
    return found != entries_.end() ? found->counters : Counters{};
}

void TableCounters::replace(std::uint8_t index_number, std::size_t old_bytes, std::size_t new_bytes) {
    auto found = std::ranges::find(entries_, index_number, &Entry::index_number);
    if (found == entries_.end()) found = entries_.insert(found, Entry{index_number, {}});
    Counters& counters = found->counters;
    counters.items += std::uint64_t{new_bytes != 0};
    counters.items -= std::uint64_t{old_bytes != 0};
    counters.bytes += new_bytes - old_bytes;
}

void TableCounters::store(lmdb::Transaction& transaction, lmdb::Database database) const {
    std::string bytes;
    for (const Entry& entry : entries_) {
        if (entry.counters == Counters{}) continue;
        bytes.push_back(static_cast<char>(entry.index_number));
        bytes.append(reinterpret_cast<const char*>(&entry.counters.items), 8);
        bytes.append(reinterpret_cast<const char*>(&entry.counters.bytes), 8);
    }
    transaction.put(database, BigEndian(table_number_).bytes(), bytes);
}

}  // namespace minamo::storage
