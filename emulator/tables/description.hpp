// Descriptions: tables and indexes as DescribeTable shows them, and the ARNs and ids in them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/dispatch.hpp"
#include "storage/schema.hpp"
#include "storage/store.hpp"

namespace minamo {

// arn:aws:dynamodb:<region>:<account>:table/<name>, of the caller's region.
std::string table_arn(const Caller& caller, std::string_view table_name);

// A TableDescription, counters live. The replies of CreateTable and DeleteTable show less than the others: nothing that
// the request of the former did not ask for, nothing of keys and indexes in the latter.
enum class Shown : std::uint8_t { whole, created, deleted };
void write_description(Call& call, storage::Transaction& transaction, const storage::Table& table,
                       Shown shown = Shown::whole);

// The member KeySchema.
void write_keys(json::Writer& out, const storage::KeySchema& keys);

// "KEYS_ONLY", "NEW_IMAGE", ...
std::string_view stream_view_name(storage::StreamView view);

// A moment as the JSON protocol shows it: seconds since the epoch, with a fraction.
void write_moment(json::Writer& out, std::string_view name, std::int64_t moment_ms);

// A random UUID, version 4.
std::string make_uuid();

}  // namespace minamo
