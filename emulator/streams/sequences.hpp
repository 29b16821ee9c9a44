// How the API writes the places of a stream: sequence numbers and labels.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace minamo {

// A sequence number as the API shows it: 21 digits, whose order as texts is theirs.
std::string sequence_text(std::uint64_t sequence);
// Nothing where sequence_text() gives no such text.
std::optional<std::uint64_t> parse_sequence(std::string_view text);

// "2015-05-11T21:21:33.291": UTC with milliseconds and no zone.
std::string stream_label(std::int64_t moment_ms);

}  // namespace minamo
