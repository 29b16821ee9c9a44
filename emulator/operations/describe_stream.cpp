// ListStreams and DescribeStream, both in pages: of streams by table and label, and of shards by id.
#include <algorithm>
#include <string>
#include <vector>

#include "emulator/limits.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/streams/named_stream.hpp"
#include "emulator/streams/sequences.hpp"
#include "emulator/tables/description.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/arns.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/moments.hpp"
#include "emulator/wire/words.hpp"

namespace minamo {
namespace {

using storage::Shard;
using storage::Stream;

SwitchStatus status_of(const Stream& stream, std::int64_t now_ms) {
    return switch_status(stream.closed_ms == storage::not_yet_ms, now_ms >= stream.settled_ms);
}

void write_shard(json::Writer& out, const Shard& shard) {
    out.begin_object();
    out.member("ShardId", shard.id);
    if (!shard.parent_id.empty()) out.member("ParentShardId", shard.parent_id);
    out.key("SequenceNumberRange");
    out.begin_object();
    out.member("StartingSequenceNumber", sequence_text(shard.first));
    if (shard.closed_ms != storage::not_yet_ms) out.member("EndingSequenceNumber", sequence_text(shard.last));
    out.end_object();
    out.end_object();
}

// The page of shards that the call asks for; `more` where others follow.
struct ShardPage {
    std::vector<Shard> shards;
    bool more = false;
};

Result<ShardPage> shard_page(const Call& call, storage::Transaction& transaction, const Stream& stream) {
    const std::string_view start = call.input.text("ExclusiveStartShardId");
    const auto limit = static_cast<std::size_t>(call.input.integer("Limit", limits::streams_page));
    const json::Value* filter = call.input.find("ShardFilter");
    const std::string_view parent = filter != nullptr ? Input(*filter).text("ShardId") : std::string_view{};
    if (filter != nullptr && (parent.empty() || !Input(*filter).has("Type"))) {
        return invalid_parameters("ShardFilter takes both Type and ShardId");
    }
    ShardPage page;
    page.shards = list_shards(transaction, stream);
    std::erase_if(page.shards, [&](const Shard& shard) {
        return (!start.empty() && shard.id <= start) || (filter != nullptr && shard.parent_id != parent);
    });
    page.more = page.shards.size() > limit;
    if (page.more) page.shards.resize(limit);
    return page;
}

void write_stream(Call& call, const Stream& stream, const ShardPage& page) {
    json::Writer& out = call.out;
    out.begin_object();
    out.key("StreamDescription");
    out.begin_object();
    out.member("StreamArn", stream_arn(call.caller, stream.table, stream.label));
    out.member("StreamLabel", stream.label);
    out.member("StreamStatus", word_of(status_of(stream, call.now_ms)));
    out.member("StreamViewType", word_of(stream.view));
    write_moment(out, "CreationRequestDateTime", stream.created_ms);
    out.member("TableName", stream.table);
    write_keys(out, stream.keys);
    out.key("Shards");
    out.begin_array();
    for (const Shard& shard : page.shards) write_shard(out, shard);
    out.end_array();
    if (page.more) out.member("LastEvaluatedShardId", page.shards.back().id);
    out.end_object();
    out.end_object();
}

// Where ListStreams goes on: after this stream.
struct Start {
    std::string_view table;
    std::string_view label;
};

Result<Start> list_start(const Call& call, std::string_view table) {
    const std::string_view arn = call.input.text("ExclusiveStartStreamArn");
    if (arn.empty()) return Start{table, {}};
    const auto parts = parse_stream_arn(arn);
    if (!parts) return invalid("Invalid StreamArn");
    if (!table.empty() && parts->table < table) return Start{table, {}};
    return Start{parts->table, parts->label};
}

}  // namespace

Result<void> list_streams(Call& call) {
    const std::string_view table = call.input.has("TableName") ? table_name(call) : std::string_view{};
    const auto limit = static_cast<std::size_t>(call.input.integer("Limit", limits::streams_page));
    TRY_LET(start, list_start(call, table));
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        std::vector<Stream> streams;
        if (transaction != nullptr) streams = list_streams(*transaction, start.table, start.label, limit + 1);
        if (!table.empty()) std::erase_if(streams, [&](const Stream& stream) { return stream.table != table; });
        const bool more = streams.size() > limit;
        if (more) streams.pop_back();
        json::Writer& out = call.out;
        out.begin_object();
        out.key("Streams");
        out.begin_array();
        for (const Stream& stream : streams) {
            out.begin_object();
            out.member("StreamArn", stream_arn(call.caller, stream.table, stream.label));
            out.member("TableName", stream.table);
            out.member("StreamLabel", stream.label);
            out.end_object();
        }
        out.end_array();
        if (more)
            out.member("LastEvaluatedStreamArn", stream_arn(call.caller, streams.back().table, streams.back().label));
        out.end_object();
        return {};
    });
}

Result<void> describe_stream(Call& call) {
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        TRY_LET(stream, named_stream(call, transaction, call.input.text("StreamArn")));
        TRY_LET(page, shard_page(call, *transaction, stream));
        write_stream(call, stream, page);
        return {};
    });
}

}  // namespace minamo
