// Sequence numbers are the journal's, after a digit that keeps their length.
#include "emulator/streams/named_stream.hpp"

#include <charconv>
#include <cstdio>

#include "emulator/tables/description.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/state.hpp"

namespace minamo {
namespace {

// Up to `end`, which is dropped too. False where there is no such end.
bool take_until(std::string_view& text, std::string_view end, std::string_view& part) {
    const std::size_t at = text.find(end);
    if (at == std::string_view::npos) return false;
    part = text.substr(0, at);
    text.remove_prefix(at + end.size());
    return true;
}

}  // namespace

std::optional<StreamArn> parse_stream_arn(std::string_view text) {
    constexpr std::string_view head = "arn:aws:dynamodb:";
    if (!text.starts_with(head)) return std::nullopt;
    text.remove_prefix(head.size());
    StreamArn out;
    if (!take_until(text, ":", out.region) || !take_until(text, ":table/", out.account) ||
        !take_until(text, "/stream/", out.table)) {
        return std::nullopt;
    }
    out.label = text;
    if (out.region.empty() || out.account.empty() || out.table.empty() || out.label.empty()) return std::nullopt;
    return out;
}

bool is_of(const StreamArn& arn, const Caller& caller, bool shared) {
    return shared || (arn.region == caller.region && arn.account == caller.account);
}

std::string stream_arn(const Caller& caller, const storage::Stream& stream) {
    return table_arn(caller, stream.table).append("/stream/").append(stream.label);
}

Result<storage::Stream> named_stream(Call& call, storage::Transaction* transaction, std::string_view arn) {
    const auto parts = parse_stream_arn(arn);
    if (!parts) return invalid("Invalid StreamArn");
    if (call.emulator.options.on_call) call.table = parts->table;
    if (transaction != nullptr && is_of(*parts, call.caller, call.emulator.options.shared_db)) {
        if (auto stream = find_stream(*transaction, parts->table, parts->label)) return std::move(*stream);
    }
    return fail(ErrorKind::resource_not_found,
                "Requested resource not found: Stream: " + std::string(arn) + " not found");
}

tl::unexpected<Error> trimmed_data_access() {
    return fail(ErrorKind::trimmed_data_access,
                "The operation attempted to read past the oldest stream record in a shard.");
}

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

}  // namespace minamo
