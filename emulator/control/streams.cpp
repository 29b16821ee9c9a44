// POST /_minamo/streams/split {"TableName":..} or {"StreamArn":..}, and if wanted "ShardId" (else all open shards) and
// "into" (how many children; 2). Answers {"closed":[ids],"opened":[ids]}.
#include <optional>
#include <string>
#include <vector>

#include "emulator/call.hpp"
#include "emulator/control/calls.hpp"
#include "emulator/lifecycle.hpp"
#include "emulator/namespaces/visit.hpp"
#include "emulator/options.hpp"
#include "emulator/streams/named_stream.hpp"
#include "emulator/wire/arns.hpp"
#include "emulator/wire/json.hpp"
#include "emulator/world.hpp"
#include "storage/journal.hpp"

namespace minamo::control {
namespace {

constexpr std::int64_t into_max = 100;
constexpr std::int64_t open_shards_max = 1000;

struct Split {
    std::string table;
    std::string stream_arn;
    std::string shard;
    std::int64_t into = 2;
    Caller caller;
    bool shared = false;  // one namespace for all callers
};

// The sentence for what is wrong; empty where nothing is.
std::string_view read_member(std::string_view name, const json::Value& value, Split& split) {
    if (name == "into") {
        if (value.IsInt64() && value.GetInt64() >= 1 && value.GetInt64() <= into_max) {
            split.into = value.GetInt64();
            return "";
        }
        return "Give into as a number of children from 1 to 100.";
    }
    std::string* const text = name == "TableName"   ? &split.table
                              : name == "StreamArn" ? &split.stream_arn
                              : name == "ShardId"   ? &split.shard
                                                    : nullptr;
    if (text == nullptr) return "A split takes TableName or StreamArn, ShardId and into, and nothing else.";
    if (!value.IsString()) return "Give TableName, StreamArn and ShardId as texts.";
    *text = json::text(value);
    return "";
}

std::optional<storage::Stream> find_open_stream(storage::Transaction& transaction, const Split& split) {
    std::optional<storage::Stream> stream;
    if (!split.stream_arn.empty()) {
        if (const auto arn = parse_stream_arn(split.stream_arn); arn && is_of(*arn, split.caller, split.shared)) {
            stream = find_stream(transaction, arn->table, arn->label);
        }
    } else if (const storage::Table* table = transaction.find_table(split.table)) {
        stream = find_stream(transaction, table->stream.number);
    }
    if (stream && stream->closed_ms != storage::not_yet_ms) stream.reset();
    return stream;
}

// How many open shards the stream would have.
std::int64_t open_after(storage::Transaction& transaction, const storage::Stream& stream, const Split& split) {
    std::int64_t count = 0;
    for (const storage::Shard& shard : list_shards(transaction, stream)) {
        if (shard.closed_ms != storage::not_yet_ms) continue;
        count += split.shard.empty() || shard.id == split.shard ? split.into : 1;
    }
    return count;
}

void write_ids(json::Writer& out, std::string_view name, const std::vector<std::string>& ids) {
    out.key(name);
    out.begin_array();
    for (const std::string& id : ids) out.string(id);
    out.end_array();
}

Answer answer(const storage::Resharded& resharded) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    write_ids(out, "closed", resharded.closed);
    write_ids(out, "opened", resharded.opened);
    out.end_object();
    return reply(text);
}

Answer run(storage::WriteTransaction* transaction, const Split& split, std::int64_t now_ms) {
    const auto stream = transaction != nullptr ? find_open_stream(*transaction, split) : std::nullopt;
    if (!stream) {
        return refuse(404,
                      "There is no such table with an enabled stream in this namespace: name one by TableName or "
                      "StreamArn.");
    }
    if (open_after(*transaction, *stream, split) > open_shards_max) {
        return refuse(400, "A stream has 1000 open shards at most: split it into fewer.");
    }
    const auto resharded =
        reshard(*transaction, *stream, {.id = split.shard}, static_cast<unsigned>(split.into), now_ms);
    if (!resharded.closed.empty()) return answer(resharded);
    return refuse(404, "The stream has no open shard " + split.shard + ": DescribeStream tells which are open.");
}

}  // namespace

Answer split(World& emulator, const Target& whom, std::string_view body) {
    json::Document document;
    const json::Value* parsed = parse_object(document, body);
    if (parsed == nullptr) return refuse(400, "Send a JSON object with TableName or StreamArn.");
    Split split;
    split.caller = whom.caller;
    split.shared = emulator.options.shared_db;
    for (const auto& member : parsed->GetObject()) {
        const std::string_view fault = read_member(json::text(member.name), member.value, split);
        if (!fault.empty()) return refuse(400, fault);
    }
    if (split.table.empty() == split.stream_arn.empty()) return refuse(400, "Give TableName or StreamArn.");
    std::optional<Namespace> passing;
    Namespace& space = emulator.namespaces.look(whom.caller, passing);
    Answer out;
    const auto done = with_room(space, [&] {
        const Visit visit(space);
        catch_up(visit);
        return visit.write([&](storage::WriteTransaction* transaction) -> Result<void> {
            out = run(transaction, split, visit.now_ms());
            return {};
        });
    });
    return done ? out : refuse(500, done.error()->message);
}

}  // namespace minamo::control
