// What writers keep of the journal between transactions: the latest sequence number, the latest moment, and of each
// open stream which shard takes which partitions. For the files of storage/ only.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/lmdb.hpp"

namespace minamo::storage {

class JournalHead {
public:
    // A stream as those who append to it see it.
    struct OpenStream {
        struct OpenShard {
            std::uint64_t hash_last = 0;
            std::uint64_t first = 0;  // its name
        };
        std::vector<OpenShard> shards;  // ascending by hash_last
        bool trim_is_due = false;       // its trim stands in `due` already

        // The shard that takes partitions of this hash.
        std::uint64_t shard_of(std::uint64_t hash) const;
    };

    // Opens the tree, makes it where it is not there, and finds the latest number and moment.
    void load(lmdb::Transaction& transaction);

    lmdb::Database rows() const { return rows_; }

    // The next sequence number. Numbers of transactions that did not commit are left out.
    std::uint64_t take_sequence() { return ++sequence_; }
    std::uint64_t sequence() const { return sequence_; }
    // The moment of a record that is written now: records never go back in time, though calls may pass each other.
    std::int64_t moment(std::int64_t now_ms) { return latest_ms_ = latest_ms_ > now_ms ? latest_ms_ : now_ms; }

    // Read from its rows where it is not known yet.
    OpenStream& open_stream(const lmdb::Transaction& transaction, std::uint64_t stream);

    // Before a change of streams or shards in this transaction, other than through open_stream().
    void begin_change() {
        open_streams_.clear();
        changed_ = true;
    }
    // After a change through open_stream().
    void note_change() { changed_ = true; }
    void commit() noexcept { changed_ = false; }
    void abort() noexcept {
        if (changed_) open_streams_.clear();
        changed_ = false;
    }
    // After all streams are gone: time begins anew.
    void forget_moments() { latest_ms_ = 0; }

private:
    lmdb::Database rows_;
    std::uint64_t sequence_ = 0;
    std::int64_t latest_ms_ = 0;
    std::unordered_map<std::uint64_t, OpenStream> open_streams_;
    bool changed_ = false;
};

}  // namespace minamo::storage
