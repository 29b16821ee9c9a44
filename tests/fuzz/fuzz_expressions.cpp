// libFuzzer: any text into all three parsers; what parses must print to text that parses to the same tree.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "grammar/parse.hpp"
#include "grammar/print.hpp"

namespace {

constexpr std::size_t text_bytes_max = 4096;

// Canonical text may be longer than what it was parsed from, even too long.
template <class Tree>
void round_trip(std::string_view text, minamo::grammar::Parsed<Tree> (*parse)(std::string_view)) {
    const auto parsed = parse(text);
    if (!parsed) {
        if (parsed.error().reason.empty()) std::abort();
        return;
    }
    const std::string printed = minamo::grammar::print(*parsed);
    if (printed.size() > text_bytes_max) return;
    const auto again = parse(printed);
    if (!again || minamo::grammar::print(*again) != printed) std::abort();
    if (again->placeholders.names != parsed->placeholders.names) std::abort();
    if (again->placeholders.values != parsed->placeholders.values) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    round_trip(text, &minamo::grammar::parse_condition);
    round_trip(text, &minamo::grammar::parse_update);
    round_trip(text, &minamo::grammar::parse_projection);
    return 0;
}
