// Found at opening by a look at the last record of each shard; kept in memory from then on.
#include "storage/journal_head.hpp"

#include <algorithm>
#include <stdexcept>

#include "storage/journal_rows.hpp"

namespace minamo::storage {

void JournalHead::load(lmdb::Transaction& transaction) {
    rows_ = transaction.open("journal", true);
    latest_ = {};
    if (const auto kept = transaction.get(rows_, journal_sequence_key)) latest_.sequence = BigEndian::read(*kept);
    lmdb::Cursor shards(transaction, rows_);
    lmdb::Cursor records(transaction, rows_);
    for (bool found = shards.seek("t"); found && shards.key().front() == 't'; found = shards.next()) {
        const std::uint64_t shard = BigEndian::read(shards.key().substr(9));
        const std::string prefix = journal_key('r', shard);
        if (!(records.seek(journal_key('r', shard, UINT64_MAX)) ? records.previous() : records.last())) continue;
        if (!records.key().starts_with(prefix)) continue;
        latest_.sequence = std::max(latest_.sequence, BigEndian::read(records.key().substr(9)));
        latest_.moment_ms = std::max(latest_.moment_ms, moment_of_record(records.value()));
    }
    committed_ = latest_;
}

std::uint64_t JournalHead::OpenStream::shard_of(std::uint64_t hash) const {
    const auto found = std::ranges::lower_bound(shards, hash, {}, &OpenShard::hash_last);
    if (found == shards.end()) throw std::runtime_error("a stream has no open shard for a partition");
    return found->first;
}

JournalHead::OpenStream& JournalHead::open_stream(const lmdb::Transaction& transaction, std::uint64_t stream) {
    OpenStream& open = open_streams_[stream];
    if (!open.shards.empty()) return open;
    const auto row = transaction.get(rows_, journal_key('s', stream));
    if (!row) throw std::runtime_error("a table has a stream that is not there");
    open.trim_is_due = decode_stream(stream, *row).trim_ms != not_yet_ms;
    const std::string prefix = journal_key('t', stream);
    lmdb::Cursor cursor(transaction, rows_);
    for (bool found = cursor.seek(prefix); found && cursor.key().starts_with(prefix); found = cursor.next()) {
        const Shard shard = decode_shard(BigEndian::read(cursor.key().substr(9)), cursor.value());
        if (shard.closed_ms == not_yet_ms) open.shards.push_back({shard.hash_last, shard.first});
    }
    std::ranges::sort(open.shards, {}, &OpenStream::OpenShard::hash_last);
    return open;
}

}  // namespace minamo::storage
