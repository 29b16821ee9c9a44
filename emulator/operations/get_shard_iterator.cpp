// GetShardIterator: a place in a shard. Every type becomes the sequence number from which to read.
#include <algorithm>
#include <cmath>
#include <string>

#include "emulator/operations/handlers.hpp"
#include "emulator/streams/iterators.hpp"
#include "emulator/streams/named_stream.hpp"
#include "emulator/streams/sequences.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/arns.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/words.hpp"
#include "storage/record_cursor.hpp"

namespace minamo {
namespace {

using storage::Shard;

Result<Shard> find_shard(storage::Transaction& transaction, const storage::Stream& stream, std::string_view id) {
    auto shards = list_shards(transaction, stream);
    const auto found = std::ranges::find(shards, id, &Shard::id);
    if (found == shards.end()) return fail(ErrorKind::resource_not_found, "Shard does not exist");
    return std::move(*found);
}

std::uint64_t oldest_position(const Shard& shard) {
    return std::max(shard.first, shard.trimmed_last + 1);
}

// After what is newest now; in a closed shard that is its end.
std::uint64_t latest_position(storage::Transaction& transaction, const Shard& shard) {
    return shard.closed_ms != storage::not_yet_ms ? shard.last + 1 : latest_sequence(transaction) + 1;
}

Result<std::uint64_t> position_of_sequence(const Call& call, storage::Transaction& transaction, const Shard& shard,
                                           bool after) {
    const auto sequence = parse_sequence(call.input.text("SequenceNumber"));
    const std::uint64_t last = latest_position(transaction, shard) - 1;
    if (!sequence || *sequence < shard.first || *sequence > last) return invalid_parameters("Invalid SequenceNumber");
    // From the start of the shard on nothing is missed as long as nothing has gone.
    if (*sequence + (after ? 1 : 0) <= shard.trimmed_last) return trimmed_data_access();
    return *sequence + (after ? 1 : 0);
}

Result<std::uint64_t> position_of_moment(const Call& call, storage::Transaction& transaction, const Shard& shard) {
    const double seconds = call.input.find("Timestamp")->GetDouble();
    if (seconds * 1000 > static_cast<double>(call.now_ms)) {
        return invalid_parameters("Timestamp must not be later than the present time");
    }
    const auto moment_ms = static_cast<std::int64_t>(std::max(0.0, std::floor(seconds * 1000)));
    storage::RecordCursor cursor(transaction, shard);
    if (cursor.seek_moment(moment_ms)) return cursor.record().sequence;
    return latest_position(transaction, shard);
}

IteratorType iterator_type(Input input) {
    return from_word<IteratorType>(input.text("ShardIteratorType")).value();
}

// A type that takes a SequenceNumber or a Timestamp must have it, another must not.
Result<void> check_members(Input input) {
    const IteratorType type = iterator_type(input);
    const bool by_sequence = type == IteratorType::at_sequence || type == IteratorType::after_sequence;
    if (by_sequence && !input.has("SequenceNumber")) return invalid_parameters("Invalid SequenceNumber");
    if (!by_sequence && input.has("SequenceNumber")) {
        return invalid_parameters("SequenceNumber should not be passed for this iterator type");
    }
    const bool by_moment = type == IteratorType::at_moment;
    if (by_moment && !input.has("Timestamp")) return invalid_parameters("Invalid Timestamp");
    if (!by_moment && input.has("Timestamp")) {
        return invalid_parameters("Timestamp should not be passed for this iterator type");
    }
    return {};
}

Result<std::uint64_t> start_position(const Call& call, storage::Transaction& transaction, const Shard& shard) {
    switch (iterator_type(call.input)) {
        case IteratorType::oldest:
            return oldest_position(shard);
        case IteratorType::newest:
            return latest_position(transaction, shard);
        case IteratorType::at_moment:
            return position_of_moment(call, transaction, shard);
        case IteratorType::at_sequence:
            return position_of_sequence(call, transaction, shard, false);
        case IteratorType::after_sequence:
            break;
    }
    return position_of_sequence(call, transaction, shard, true);
}

}  // namespace

Result<void> get_shard_iterator(Call& call) {
    TRY(check_members(call.input));
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        TRY_LET(stream, named_stream(call, transaction, call.input.text("StreamArn")));
        TRY_LET(shard, find_shard(*transaction, stream, call.input.text("ShardId")));
        TRY_LET(from, start_position(call, *transaction, shard));
        const std::string arn = stream_arn(call.caller, stream.table, stream.label);
        call.space.iterators().issue(call.now_ms);
        call.out.begin_object();
        call.out.member("ShardIterator", encode(ShardIterator{arn, shard.first, from, call.now_ms}));
        call.out.end_object();
        return {};
    });
}

}  // namespace minamo
