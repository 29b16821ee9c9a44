// Few holds stand at a time: a list is searched.
#include "emulator/holds.hpp"

#include <algorithm>
#include <utility>

namespace minamo {
namespace {

// Whether the item has exactly these key attributes.
bool same_key(const storage::Table& table, storage::ItemView item, storage::ItemView key) {
    for (const auto* keys : {&table.keys.partition, &table.keys.sort}) {
        for (const auto& attribute : *keys) {
            const storage::ValueView held = key.find(attribute.name);
            if (held.empty() || !equal(held, item.find(attribute.name))) return false;
        }
    }
    return true;
}

}  // namespace

void Holds::add(Hold hold) {
    const std::scoped_lock lock(mutex_);
    holds_.push_back(std::move(hold));
    count_ = holds_.size();
}

void Holds::clear() {
    const std::scoped_lock lock(mutex_);
    holds_.clear();
    count_ = 0;
}

bool Holds::stands_on(const storage::Table& table, storage::ItemView key, std::int64_t now_ms) const {
    if (count_.load(std::memory_order_relaxed) == 0) return false;
    const std::scoped_lock lock(mutex_);
    return std::ranges::any_of(holds_, [&](const Hold& hold) {
        return hold.until_ms > now_ms && hold.table == table.name && same_key(table, key, storage::ItemView(hold.key));
    });
}

bool Holds::has_token(std::string_view token, std::int64_t now_ms) const {
    if (token.empty() || count_.load(std::memory_order_relaxed) == 0) return false;
    const std::scoped_lock lock(mutex_);
    return std::ranges::any_of(holds_, [&](const Hold& hold) { return hold.until_ms > now_ms && hold.token == token; });
}

}  // namespace minamo
