// Moments and durations as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/wire/json.hpp"

namespace minamo {

// "2026-01-01T00:00:00.000Z".
std::string iso_moment(std::int64_t moment_ms);

// "2026-01-01T00:00:00Z", with or without a fraction of the second (what is finer than milliseconds is dropped); the
// zone must be Z. Nothing for other texts, for dates that no calendar has, and before 1970.
std::optional<std::int64_t> parse_moment(std::string_view text);

// "1500ms", "10s", "5m", "49h", "3d" in milliseconds, 10,000 years at most.
std::optional<std::int64_t> parse_duration(std::string_view text);

// A moment as the JSON protocol shows it: seconds since the epoch, with a fraction.
void write_moment(json::Writer& out, std::string_view name, std::int64_t moment_ms);

}  // namespace minamo
