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

    // The next sequence number.
    std::uint64_t take_sequence() { return ++latest_.sequence; }
    // Takes so many at once.
    void skip_sequences(std::uint64_t count) { latest_.sequence += count; }
    std::uint64_t sequence() const { return latest_.sequence; }
    // The moment of a record that is written now: records never go back in time, though calls may pass each other.
    std::int64_t moment(std::int64_t now_ms) {
        if (latest_.moment_ms < now_ms) latest_.moment_ms = now_ms;
        return latest_.moment_ms;
    }

    // Read from its rows where it is not known yet.
    OpenStream& open_stream(const lmdb::Transaction& transaction, std::uint64_t stream);

    // Before a change of streams or shards in this transaction, other than through open_stream().
    void begin_change() {
        open_streams_.clear();
        changed_ = true;
    }
    // After a change through open_stream().
    void note_change() { changed_ = true; }
    void commit() noexcept {
        committed_ = latest_;
        changed_ = false;
    }
    void abort() noexcept {
        latest_ = committed_;
        if (changed_) open_streams_.clear();
        changed_ = false;
    }
    // After all streams are gone: time begins anew.
    void forget_moments() { latest_.moment_ms = INT64_MIN; }

private:
    struct Latest {
        std::uint64_t sequence = 0;
        std::int64_t moment_ms = INT64_MIN;
    };

    lmdb::Database rows_;
    Latest latest_;     // of the present write transaction
    Latest committed_;  // what a restart would find
    std::unordered_map<std::uint64_t, OpenStream> open_streams_;
    bool changed_ = false;
};

}  // namespace minamo::storage
