// Sequence numbers are the journal's, after a digit that keeps their length.
#include "emulator/streams/sequences.hpp"

#include <charconv>
#include <cstdio>

#include "emulator/wire/moments.hpp"

namespace minamo {

std::string sequence_text(std::uint64_t sequence) {
    char text[32];
    std::snprintf(text, sizeof text, "1%020llu", static_cast<unsigned long long>(sequence));
    return text;
}

std::optional<std::uint64_t> parse_sequence(std::string_view text) {
    if (text.size() != 21 || text.front() != '1') return std::nullopt;
    std::uint64_t sequence = 0;
    const auto [end, fault] = std::from_chars(text.data() + 1, text.data() + text.size(), sequence);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return sequence;
}

std::string stream_label(std::int64_t moment_ms) {
    std::string label = iso_moment(moment_ms);
    label.pop_back();  // the zone
    return label;
}

}  // namespace minamo
