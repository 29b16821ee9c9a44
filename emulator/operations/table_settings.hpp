// Settings of a table that CreateTable and UpdateTable share: encryption, warm throughput, changes of throughput.
#pragma once

#include <string>
#include <string_view>

#include "emulator/dispatch.hpp"
#include "emulator/settings.hpp"
#include "storage/schema.hpp"

namespace minamo {

// The SSEDescription that SSESpecification asks for, as JSON; empty for the default key. `specification` may be null.
std::string sse_description(const Call& call, const json::Value* specification);

// WarmThroughput as descriptions show it: what is given, over what `settings` have.
std::string warm_throughput(const json::Value& given, const TableSettings& settings);

// Sets the units of a table or index, and what a change leaves behind: its moment, and today's count of decreases.
void change_throughput(Throughput& throughput, const Throughput& given, std::int64_t now_ms);

}  // namespace minamo
