// Splitting the shards of a stream, as a table that grows has it done.
#pragma once

#include <cstdint>
#include <string>

#include "emulator/namespaces/accounts.hpp"
#include "emulator/powers/refusal.hpp"
#include "emulator/world.hpp"
#include "storage/journal.hpp"

namespace minamo {

struct ShardSplit {
    std::string table;  // this, or the ARN
    std::string stream_arn;
    std::string shard;  // empty: all open ones
    std::int64_t into = 2;
};

// Refused where there is no such stream or shard, or where it would have too many.
Allowed<storage::Resharded> split_shards(World& world, const KnownCaller& caller, const ShardSplit& split);

}  // namespace minamo
