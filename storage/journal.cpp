// Streams and shards come, change and go.
#include "storage/journal.hpp"

#include <algorithm>
#include <cstdio>

#include "storage/journal_records.hpp"
#include "storage/journal_rows.hpp"
#include "storage/store_state.hpp"

namespace minamo::storage {
namespace {

// What the functions of this file do to the journal in one transaction.
class Changes {
public:
    explicit Changes(WriteTransaction& transaction)
        : state_(transaction.state()), head_(state_.store.journal), rows_(head_.rows()) {
        state_.begin_change();
        head_.begin_change();
    }
    ~Changes() = default;
    Changes(const Changes&) = delete;
    Changes& operator=(const Changes&) = delete;

    std::uint64_t take_sequence() {
        const std::uint64_t taken = head_.take_sequence();
        state_.transaction.put(rows_, journal_sequence_key, BigEndian(taken).bytes());
        return taken;
    }
    void skip_sequences(std::uint64_t count) {
        head_.skip_sequences(count);
        keep_sequence();
    }
    void put(const Stream& stream) {
        state_.transaction.put(rows_, journal_key('s', stream.number), encode(stream));
        state_.transaction.put(rows_, stream_name_key(stream.table, stream.label), BigEndian(stream.number).bytes());
    }
    void put(const Stream& stream, const Shard& shard) {
        state_.transaction.put(rows_, journal_key('t', stream.number, shard.first), encode(shard));
    }
    void erase(const Stream& stream) {
        state_.transaction.erase(rows_, journal_key('s', stream.number));
        state_.transaction.erase(rows_, stream_name_key(stream.table, stream.label));
    }
    void erase(const Stream& stream, const Shard& shard) {
        state_.transaction.erase(rows_, journal_key('t', stream.number, shard.first));
    }
    // Records before the moment, up to `limit` less what is counted in `gone`.
    void erase_records(Shard& shard, std::int64_t horizon_ms, std::size_t limit, std::uint64_t& gone) {
        const std::string prefix = journal_key('r', shard.first);
        lmdb::Cursor cursor(state_.transaction, rows_);
        for (bool found = cursor.seek(prefix); found && cursor.key().starts_with(prefix); found = cursor.next()) {
            if (gone == limit || moment_of_record(cursor.value()) >= horizon_ms) break;
            shard.trimmed_last = BigEndian::read(cursor.key().substr(9));
            cursor.erase();
            ++gone;
        }
    }
    // The moment of the oldest record that is left.
    std::optional<std::int64_t> oldest(const Shard& shard) const {
        const std::string prefix = journal_key('r', shard.first);
        lmdb::Cursor cursor(state_.transaction, rows_);
        if (!cursor.seek(prefix) || !cursor.key().starts_with(prefix)) return std::nullopt;
        return moment_of_record(cursor.value());
    }
    // Before records go of which the last may tell the latest number.
    void keep_sequence() { state_.transaction.put(rows_, journal_sequence_key, BigEndian(head_.sequence()).bytes()); }
    // The stream's row too.
    void schedule_trim(Stream& stream, std::int64_t oldest_ms) { storage::schedule_trim(state_, stream, oldest_ms); }
    std::int64_t moment(std::int64_t now_ms) { return head_.moment(now_ms); }

private:
    TransactionState& state_;
    JournalHead& head_;
    lmdb::Database rows_;
};

// Digits of the moment, then eight that tell shards of one moment apart: ids ascend as shards come, so that whoever
// asks for those after the last one that he knows finds all that are new.
std::string shard_id(std::int64_t moment_ms, std::uint64_t first) {
    char text[48];
    std::snprintf(text, sizeof text, "shardId-%020lld-%08x", static_cast<long long>(moment_ms),
                  static_cast<unsigned>(first));
    return text;
}

Shard new_shard(Changes& changes, std::int64_t moment_ms, std::uint64_t hash_first, std::uint64_t hash_last) {
    Shard shard;
    shard.first = changes.take_sequence();
    shard.id = shard_id(moment_ms, shard.first);
    shard.created_ms = moment_ms;
    shard.hash_first = hash_first;
    shard.hash_last = hash_last;
    return shard;
}

// Part `i` of `count` equal parts of the range.
std::pair<std::uint64_t, std::uint64_t> part_of(std::uint64_t first, std::uint64_t last, unsigned i, unsigned count) {
    const std::uint64_t width = (last - first) / count;
    const std::uint64_t begin = first + width * i + (i > 0 ? i : 0);
    return {begin, i + 1 == count ? last : begin + width};
}

void close_shard(Changes& changes, const Stream& stream, Shard& shard, std::int64_t now_ms) {
    shard.last = changes.take_sequence();
    shard.closed_ms = now_ms;
    changes.put(stream, shard);
}

}  // namespace

std::optional<Stream> find_stream(Transaction& transaction, std::uint64_t number) {
    TransactionState& state = transaction.state();
    state.used = true;
    const auto row = state.transaction.get(state.store.journal.rows(), journal_key('s', number));
    if (!row) return std::nullopt;
    return decode_stream(number, *row);
}

std::optional<Stream> find_stream(Transaction& transaction, std::string_view table, std::string_view label) {
    TransactionState& state = transaction.state();
    state.used = true;
    const auto row = state.transaction.get(state.store.journal.rows(), stream_name_key(table, label));
    if (!row) return std::nullopt;
    return find_stream(transaction, BigEndian::read(*row));
}

std::vector<Stream> list_streams(Transaction& transaction, std::string_view after_table, std::string_view after_label,
                                 std::size_t limit) {
    TransactionState& state = transaction.state();
    state.used = true;
    std::vector<Stream> out;
    const std::string after = stream_name_key(after_table, after_label);
    lmdb::Cursor cursor(state.transaction, state.store.journal.rows());
    bool found = cursor.seek(after);
    if (found && cursor.key() == after) found = cursor.next();
    for (; found && out.size() < limit && cursor.key().front() == 'n'; found = cursor.next()) {
        out.push_back(find_stream(transaction, BigEndian::read(cursor.value())).value());
    }
    return out;
}

std::vector<Shard> list_shards(Transaction& transaction, const Stream& stream) {
    TransactionState& state = transaction.state();
    state.used = true;
    std::vector<Shard> out;
    const std::string prefix = journal_key('t', stream.number);
    lmdb::Cursor cursor(state.transaction, state.store.journal.rows());
    for (bool found = cursor.seek(prefix); found && cursor.key().starts_with(prefix); found = cursor.next()) {
        out.push_back(decode_shard(BigEndian::read(cursor.key().substr(9)), cursor.value()));
    }
    std::ranges::sort(out, {}, &Shard::id);
    return out;
}

std::optional<Shard> find_shard(Transaction& transaction, const Stream& stream, std::uint64_t first) {
    TransactionState& state = transaction.state();
    state.used = true;
    const auto row = state.transaction.get(state.store.journal.rows(), journal_key('t', stream.number, first));
    if (!row) return std::nullopt;
    return decode_shard(first, *row);
}

Stream open_stream(WriteTransaction& transaction, const Table& table, StreamView view, std::string_view label,
                   unsigned shards, std::int64_t now_ms, std::int64_t settled_ms) {
    Changes changes(transaction);
    const std::int64_t moment_ms = changes.moment(now_ms);
    Stream stream{changes.take_sequence(),
                  table.name,
                  std::string(label),
                  view,
                  table.keys,
                  moment_ms,
                  not_yet_ms,
                  settled_ms,
                  not_yet_ms};
    changes.put(stream);
    for (unsigned i = 0; i < shards; ++i) {
        const auto [first, last] = part_of(0, UINT64_MAX, i, shards);
        changes.put(stream, new_shard(changes, moment_ms, first, last));
    }
    return stream;
}

void close_stream(WriteTransaction& transaction, std::uint64_t number, std::int64_t now_ms, std::int64_t settled_ms) {
    auto stream = find_stream(transaction, number);
    if (!stream || stream->closed_ms != not_yet_ms) return;
    std::vector<Shard> shards = list_shards(transaction, *stream);
    Changes changes(transaction);
    stream->closed_ms = changes.moment(now_ms);
    stream->settled_ms = settled_ms;
    for (Shard& shard : shards) {
        if (shard.closed_ms == not_yet_ms) close_shard(changes, *stream, shard, stream->closed_ms);
    }
    if (stream->trim_ms == not_yet_ms) changes.schedule_trim(*stream, stream->closed_ms);
    changes.put(*stream);
}

Resharded reshard(WriteTransaction& transaction, Stream stream, const ShardChoice& choice, unsigned into,
                  std::int64_t now_ms) {
    std::vector<Shard> shards = list_shards(transaction, stream);
    Changes changes(transaction);
    const std::int64_t moment_ms = changes.moment(now_ms);
    Resharded out;
    for (Shard& parent : shards) {
        if (parent.closed_ms != not_yet_ms) continue;
        if ((!choice.id.empty() && parent.id != choice.id) || parent.created_ms > choice.created_until_ms) {
            out.oldest_open_ms = std::min(out.oldest_open_ms, parent.created_ms);
            continue;
        }
        close_shard(changes, stream, parent, moment_ms);
        out.closed.push_back(parent.id);
        for (unsigned i = 0; i < into; ++i) {
            const auto [first, last] = part_of(parent.hash_first, parent.hash_last, i, into);
            Shard child = new_shard(changes, moment_ms, first, last);
            child.parent_id = parent.id;
            changes.put(stream, child);
            out.oldest_open_ms = std::min(out.oldest_open_ms, child.created_ms);
            out.opened.push_back(child.id);
        }
    }
    if (!out.closed.empty() && stream.trim_ms == not_yet_ms) changes.schedule_trim(stream, moment_ms);
    return out;
}

namespace {

struct OpenShard {
    Stream stream;
    Shard shard;
};

// The open shards, as they came. Nothing where a stream is closed, or is not in its turn.
std::vector<OpenShard> open_shards(WriteTransaction& transaction, const std::vector<std::uint64_t>& streams) {
    std::vector<OpenShard> out;
    std::uint64_t latest_oldest = 0;  // the oldest shard of the stream before
    for (const std::uint64_t number : streams) {
        const auto stream = find_stream(transaction, number);
        if (!stream || stream->closed_ms != not_yet_ms) return {};
        std::uint64_t oldest = UINT64_MAX;
        for (Shard& shard : list_shards(transaction, *stream)) {
            if (shard.closed_ms != not_yet_ms) continue;
            oldest = std::min(oldest, shard.first);
            out.push_back({*stream, std::move(shard)});
        }
        if (oldest <= latest_oldest) return {};
        latest_oldest = oldest;
    }
    std::ranges::sort(out, {}, [](const OpenShard& open) { return open.shard.first; });
    return out;
}

// Each took two numbers when it followed another, and nothing has taken any since.
bool only_rolled(const std::vector<OpenShard>& open, std::uint64_t latest, std::int64_t interval_ms) {
    if (open.empty() || open.back().shard.first != latest) return false;
    if (open.back().shard.created_ms - open.front().shard.created_ms >= interval_ms) return false;
    return std::ranges::adjacent_find(open, [](const OpenShard& one, const OpenShard& next) {
               return next.shard.first - one.shard.first != 2 || next.shard.created_ms < one.shard.created_ms;
           }) == open.end();
}

}  // namespace

SkippedRolls skip_rolls(WriteTransaction& transaction, const std::vector<std::uint64_t>& streams, std::int64_t now_ms,
                        std::int64_t interval_ms, std::uint64_t times) {
    constexpr std::uint64_t id_numbers = std::uint64_t{1} << 32;  // beyond them ids do not ascend as numbers do
    std::vector<OpenShard> open = open_shards(transaction, streams);
    const std::uint64_t latest = latest_sequence(transaction);
    if (!only_rolled(open, latest, interval_ms) || open.front().shard.parent_id.empty()) return {};
    if (open.front().shard.created_ms + interval_ms != now_ms) return {};
    const std::uint64_t numbers_each_time = 2 * open.size();
    times = std::min(times, (id_numbers - latest % id_numbers) / numbers_each_time);
    if (times <= 1 || latest % id_numbers < 2 * numbers_each_time) return {};
    SkippedRolls out{times, {}};
    Changes changes(transaction);
    for (OpenShard& each : open) {
        Shard& shard = each.shard;
        changes.erase(each.stream, shard);
        shard.first += numbers_each_time * times;
        shard.created_ms += interval_ms * static_cast<std::int64_t>(times);
        shard.id = shard_id(shard.created_ms, shard.first);
        shard.parent_id = shard_id(shard.created_ms - interval_ms, shard.first - numbers_each_time);
        changes.put(each.stream, shard);
        out.tables.push_back(each.stream.table);
    }
    changes.skip_sequences(numbers_each_time * times);
    return out;
}

Trimmed trim(WriteTransaction& transaction, const Due& due, std::int64_t now_ms, std::size_t limit) {
    auto stream = find_stream(transaction, due.number());
    if (!stream || stream->trim_ms != due.moment_ms) return {};
    std::vector<Shard> shards = list_shards(transaction, *stream);
    Changes changes(transaction);
    changes.keep_sequence();
    Trimmed out{stream->table, 0};
    const std::int64_t horizon_ms = now_ms - journal_kept_ms;
    std::int64_t oldest_ms = stream->closed_ms;
    bool any_left = false;
    for (Shard& shard : shards) {
        const std::uint64_t before = out.records;
        changes.erase_records(shard, horizon_ms, limit, out.records);
        const auto record_ms = changes.oldest(shard);
        if (!record_ms && shard.closed_ms < horizon_ms) {
            changes.erase(*stream, shard);
            continue;
        }
        any_left = true;
        if (out.records != before) changes.put(*stream, shard);
        oldest_ms = std::min({oldest_ms, record_ms.value_or(not_yet_ms), shard.closed_ms});
    }
    if (stream->closed_ms < horizon_ms && !any_left) {
        changes.erase(*stream);
    } else if (oldest_ms != not_yet_ms) {
        changes.schedule_trim(*stream, oldest_ms);
    } else {
        stream->trim_ms = not_yet_ms;
        changes.put(*stream);
    }
    return out;
}

std::uint64_t latest_sequence(Transaction& transaction) {
    transaction.state().used = true;
    return transaction.state().store.journal.sequence();
}

}  // namespace minamo::storage
