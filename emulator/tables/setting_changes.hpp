// What CreateTable and UpdateTable share of settings: encryption, streams, throughput of all kinds, and what they
// refuse in the same words.
#pragma once

#include <string>
#include <string_view>

#include "emulator/call.hpp"
#include "emulator/tables/settings.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json.hpp"
#include "storage/schema.hpp"

namespace minamo {

// The SSEDescription that SSESpecification asks for, as JSON; empty for the default key. `specification` may be null.
std::string sse_description(const Call& call, const json::Value* specification);

// StreamViewType of a StreamSpecification that enables a stream, which must have one.
Result<storage::StreamView> stream_view(Input specification);

// ValidationException for ProvisionedThroughput of what is on demand: of a table, of an index of one.
tl::unexpected<Error> units_on_demand();
tl::unexpected<Error> units_on_demand(const std::string& index);

// The members of OnDemandThroughput, and ValidationException for one that is out of bounds.
inline constexpr std::string_view on_demand_members[] = {"MaxReadRequestUnits", "MaxWriteRequestUnits"};
tl::unexpected<Error> on_demand_out_of_range(std::string_view member);

// WarmThroughput must not be below what a table or index has from its start; `of` is "table" or "index <name>".
Result<void> check_warm_throughput(const json::Value& given, bool on_demand, const Throughput& throughput,
                                   const std::string& of);

// WarmThroughput as it is kept, a JSON object of its two numbers: what is given, over what was kept, over what a table
// or index has from its start.
std::string warm_throughput(const json::Value& given, bool on_demand, const Throughput& throughput,
                            const std::string& kept);

// Begins a change of a table's or index's units, which is shown by its moment and today's count of decreases; the units
// themselves when it has settled, or at once where there were none.
void change_throughput(Throughput& throughput, const Throughput& given, std::int64_t now_ms);

}  // namespace minamo
