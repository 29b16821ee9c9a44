// POST /_minamo/streams/split {"TableName":..} or {"StreamArn":..}, and if wanted "ShardId" (else all open shards) and
// "into" (how many children; 2). Answers {"closed":[ids],"opened":[ids]}.
#include <string>
#include <vector>

#include "emulator/control/calls.hpp"
#include "emulator/control/shapes.hpp"
#include "emulator/powers/split_shards.hpp"

namespace minamo::control {
namespace {

constexpr std::string_view texts = "Give TableName, StreamArn and ShardId as texts.";
constexpr api::Shape number{.kind = api::Kind::integer, .min = 1, .max = 100};

constexpr Member members[] = {
    {{"TableName", &shapes::text}, texts},
    {{"StreamArn", &shapes::text}, texts},
    {{"ShardId", &shapes::text}, texts},
    {{"into", &number}, "Give into as a number of children from 1 to 100."},
};

void write_ids(json::Writer& out, std::string_view name, const std::vector<std::string>& ids) {
    out.key(name);
    out.begin_array();
    for (const std::string& id : ids) out.string(id);
    out.end_array();
}

Answer answer_split(const storage::Resharded& resharded) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    write_ids(out, "closed", resharded.closed);
    write_ids(out, "opened", resharded.opened);
    out.end_object();
    return reply(text);
}

}  // namespace

const Members split_members{members, "Send a JSON object with TableName or StreamArn.",
                            "A split takes TableName or StreamArn, ShardId and into, and nothing else."};

Answer split(World& world, const Target& whom, const Input& in) {
    const ShardSplit wanted{std::string(in.text("TableName")), std::string(in.text("StreamArn")),
                            std::string(in.text("ShardId")), in.integer("into", 2)};
    const auto resharded = split_shards(world, whom.caller, wanted);
    if (!resharded) return refuse(resharded.error());
    return answer_split(*resharded);
}

}  // namespace minamo::control
