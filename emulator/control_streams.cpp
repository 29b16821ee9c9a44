// POST /_minamo/streams/split {"TableName":..} or {"StreamArn":..}, and if wanted "ShardId" (else all open shards) and
// "into" (how many children; 2). Answers {"closed":[ids],"opened":[ids]}.
#include <optional>
#include <string>
#include <vector>

#include "emulator/control.hpp"
#include "emulator/lifecycle.hpp"
#include "emulator/operations/stream_arns.hpp"
#include "emulator/state.hpp"
#include "storage/journal.hpp"

namespace minamo::control {
namespace {

constexpr std::int64_t into_max = 100;

struct Split {
    std::string table;
    std::string stream_arn;
    std::string shard;
    std::int64_t into = 2;
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
        if (const auto arn = parse_stream_arn(split.stream_arn)) {
            stream = find_stream(transaction, arn->table, arn->label);
        }
    } else if (const storage::Table* table = transaction.find_table(split.table)) {
        stream = find_stream(transaction, table->stream.number);
    }
    if (stream && stream->closed_ms != storage::not_yet_ms) stream.reset();
    return stream;
}

void write_ids(json::Writer& out, std::string_view name, const std::vector<std::string>& ids) {
    out.key(name);
    out.begin_array();
    for (const std::string& id : ids) out.string(id);
    out.end_array();
}

// Nothing, with the sentence in `fault`, where there is no such open stream or shard.
std::optional<storage::Resharded> run(Namespace& space, const Split& split, std::string& fault) {
    std::optional<storage::Resharded> out;
    const std::int64_t now_ms = space.now_ms();
    const auto body = [&](storage::WriteTransaction* transaction) -> Result<void> {
        auto stream = transaction != nullptr ? find_open_stream(*transaction, split) : std::nullopt;
        if (!stream) {
            fault =
                "There is no such table with an enabled stream in this namespace: name one by TableName or StreamArn.";
            return {};
        }
        out = reshard(*transaction, *stream, {.id = split.shard}, static_cast<unsigned>(split.into), now_ms);
        if (!out->closed.empty()) return {};
        out.reset();
        fault = "The stream has no open shard " + split.shard + ": DescribeStream tells which are open.";
        return {};
    };
    const auto done = with_room(space, [&] {
        catch_up(space, now_ms);
        return space.write(body);
    });
    return done ? out : std::nullopt;
}

}  // namespace

Answer split(Emulator::State& emulator, const Target& whom, std::string_view body) {
    json::Document document;
    const json::Value* parsed = parse_object(document, body);
    if (parsed == nullptr) return refuse(400, "Send a JSON object with TableName or StreamArn.");
    Split split;
    for (const auto& member : parsed->GetObject()) {
        const std::string_view fault = read_member(json::text(member.name), member.value, split);
        if (!fault.empty()) return refuse(400, fault);
    }
    if (split.table.empty() == split.stream_arn.empty()) return refuse(400, "Give TableName or StreamArn.");
    std::string fault;
    const auto resharded = run(emulator.namespaces.find(whom.caller), split, fault);
    if (!resharded) return refuse(404, fault);
    std::string text;
    json::Writer out(text);
    out.begin_object();
    write_ids(out, "closed", resharded->closed);
    write_ids(out, "opened", resharded->opened);
    out.end_object();
    return reply(text);
}

}  // namespace minamo::control
