// Holds stand for a foreign transaction in progress on named keys, so that a test can see conflicts. No call waits for
// one: it ends when the namespace's clock passes.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "storage/item_codec.hpp"
#include "storage/schema.hpp"

namespace minamo {

class Holds {
public:
    struct Hold {
        std::string table;
        std::string key;  // an encoded item of the key attributes
        std::int64_t until_ms = 0;
        std::string token;  // ClientRequestToken of the foreign transaction; may be empty
    };

    // Holds that have passed by `now_ms` go, here as below.
    void add(std::vector<Hold> holds, std::int64_t now_ms);
    void clear();

    // Whether a hold stands on the item with this key. `key` may be a whole item.
    bool stands_on(const storage::Table& table, storage::ItemView key, std::int64_t now_ms);
    // Whether a held transaction has this token.
    bool has_token(std::string_view token, std::int64_t now_ms);

    // How many are kept.
    std::size_t count() const { return count_.load(std::memory_order_relaxed); }

private:
    template <class Matches>
    bool any(std::int64_t now_ms, Matches&& matches);
    void drop_passed(std::int64_t now_ms);

    std::mutex mutex_;
    std::multimap<std::int64_t, Hold> holds_;  // by their end
    std::atomic<std::size_t> count_{0};        // callers pay one load where there are none
};

}  // namespace minamo
