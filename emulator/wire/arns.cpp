// Only the partition aws is known.
#include "emulator/wire/arns.hpp"

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

std::string table_arn(const Caller& caller, std::string_view table) {
    std::string arn = "arn:aws:dynamodb:";
    return arn.append(caller.region).append(":").append(caller.account).append(":table/").append(table);
}

std::string stream_arn(const Caller& caller, std::string_view table, std::string_view label) {
    return table_arn(caller, table).append("/stream/").append(label);
}

}  // namespace minamo
