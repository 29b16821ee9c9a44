// A split closes shards and opens their children, at one moment of the namespace's clock.
#include "emulator/powers/split_shards.hpp"

#include <optional>

#include "emulator/lifecycle.hpp"
#include "emulator/wire/arns.hpp"

namespace minamo {
namespace {

constexpr std::int64_t into_max = 100;
constexpr std::int64_t open_shards_max = 1000;

std::optional<storage::Stream> find_open_stream(storage::Transaction& transaction, const World& world,
                                                const KnownCaller& caller, const ShardSplit& split) {
    std::optional<storage::Stream> stream;
    if (!split.stream_arn.empty()) {
        if (const auto arn = parse_stream_arn(split.stream_arn); arn && is_of(*arn, caller, world.options.shared_db)) {
            stream = find_stream(transaction, arn->table, arn->label);
        }
    } else if (const storage::Table* table = transaction.find_table(split.table)) {
        stream = find_stream(transaction, table->stream.number);
    }
    if (stream && stream->closed_ms != storage::not_yet_ms) stream.reset();
    return stream;
}

// How many open shards the stream would have.
std::int64_t open_after(storage::Transaction& transaction, const storage::Stream& stream, const ShardSplit& split) {
    std::int64_t count = 0;
    for (const storage::Shard& shard : list_shards(transaction, stream)) {
        if (shard.closed_ms != storage::not_yet_ms) continue;
        count += split.shard.empty() || shard.id == split.shard ? split.into : 1;
    }
    return count;
}

Allowed<storage::Resharded> split_in(storage::WriteTransaction* transaction, const World& world,
                                     const KnownCaller& caller, const ShardSplit& split, std::int64_t now_ms) {
    const auto stream = transaction != nullptr ? find_open_stream(*transaction, world, caller, split) : std::nullopt;
    if (!stream) {
        return refusal(
            "There is no such table with an enabled stream in this namespace: name one by TableName or StreamArn.",
            404);
    }
    if (open_after(*transaction, *stream, split) > open_shards_max) {
        return refusal("A stream has 1000 open shards at most: split it into fewer.");
    }
    auto resharded = reshard(*transaction, *stream, {.id = split.shard}, static_cast<unsigned>(split.into), now_ms);
    if (!resharded.closed.empty()) return resharded;
    return refusal("The stream has no open shard " + split.shard + ": DescribeStream tells which are open.", 404);
}

}  // namespace

Allowed<storage::Resharded> split_shards(World& world, const KnownCaller& caller, const ShardSplit& split) {
    if (split.into < 1 || split.into > into_max) {
        return refusal("Give into as a number of children from 1 to 100.");
    }
    if (split.table.empty() == split.stream_arn.empty()) return refusal("Give TableName or StreamArn.");
    std::optional<Namespace> passing;
    Namespace& space = world.namespaces.look(caller, passing);
    Allowed<storage::Resharded> out;
    const auto done = with_room(space, [&] {
        const Visit visit(space);
        catch_up(visit);
        return visit.write([&](storage::WriteTransaction* transaction) -> Result<void> {
            out = split_in(transaction, world, caller, split, visit.now_ms());
            return {};
        });
    });
    if (!done) return refusal(done.error()->message, 500);
    return out;
}

}  // namespace minamo
