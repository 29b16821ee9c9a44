// Few holds stand at a time: they are searched, after those that have passed have gone.
#include "emulator/namespaces/holds.hpp"

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

void Holds::add(std::vector<Hold> holds, std::int64_t now_ms) {
    const std::scoped_lock lock(mutex_);
    for (Hold& hold : holds) {
        const std::int64_t until_ms = hold.until_ms;
        holds_.emplace(until_ms, std::move(hold));
    }
    drop_passed(now_ms);
}

void Holds::clear() {
    const std::scoped_lock lock(mutex_);
    holds_.clear();
    count_ = 0;
}

void Holds::drop_passed(std::int64_t now_ms) {
    holds_.erase(holds_.begin(), holds_.upper_bound(now_ms));
    count_ = holds_.size();
}

template <class Matches>
bool Holds::any(std::int64_t now_ms, Matches&& matches) {
    if (count() == 0) return false;
    const std::scoped_lock lock(mutex_);
    drop_passed(now_ms);
    return std::ranges::any_of(holds_, [&](const auto& entry) { return matches(entry.second); });
}

bool Holds::stands_on(const storage::Table& table, storage::ItemView key, std::int64_t now_ms) {
    return any(now_ms, [&](const Hold& hold) {
        return hold.table == table.name && same_key(table, key, storage::ItemView(hold.key));
    });
}

bool Holds::has_token(std::string_view token, std::int64_t now_ms) {
    return !token.empty() && any(now_ms, [&](const Hold& hold) { return hold.token == token; });
}

}  // namespace minamo
