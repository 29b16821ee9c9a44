// Settings that are kept and echoed.
#include "emulator/operations/table_settings.hpp"

#include <cstdio>
#include <ctime>

#include "emulator/settings.hpp"

namespace minamo {
namespace {

storage::StreamView stream_view(std::string_view name) {
    if (name == "KEYS_ONLY") return storage::StreamView::keys_only;
    if (name == "NEW_IMAGE") return storage::StreamView::new_image;
    if (name == "OLD_IMAGE") return storage::StreamView::old_image;
    return storage::StreamView::new_and_old_images;
}

// A key's id or alias as the ARN that descriptions show.
std::string key_arn(const Caller& caller, std::string_view id) {
    if (id.starts_with("arn:")) return std::string(id);
    std::string arn = "arn:aws:kms:";
    arn.append(caller.region).append(":").append(caller.account).append(":");
    if (!id.starts_with("alias/")) arn.append("key/");
    return arn.append(id);
}

}  // namespace

std::string sse_description(const Call& call, const json::Value* specification) {
    if (specification == nullptr) return {};
    const Input in(*specification);
    if (!in.flag("Enabled")) return {};
    std::string text;
    json::Writer out(text);
    out.begin_object();
    out.member("Status", "ENABLED");
    out.member("SSEType", "KMS");
    out.member("KMSMasterKeyArn", key_arn(call.caller, in.text("KMSMasterKeyId", "alias/aws/dynamodb")));
    out.end_object();
    return text;
}

std::string warm_throughput(const json::Value& given) {
    const Input in(given);
    std::string text;
    json::Writer out(text);
    out.begin_object();
    for (const std::string_view member : {"ReadUnitsPerSecond", "WriteUnitsPerSecond"}) {
        if (in.has(member)) out.member(member, in.integer(member));
    }
    out.member("Status", "ACTIVE");
    out.end_object();
    return text;
}

std::string stream_label(std::int64_t moment_ms) {
    const std::time_t seconds = static_cast<std::time_t>(moment_ms / 1000);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[64];
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    char fraction[8];
    std::snprintf(fraction, sizeof fraction, ".%03d", static_cast<int>(moment_ms % 1000));
    return std::string(text, length) + fraction;
}

Result<void> enable_stream(const Call& call, std::string_view view_type, storage::Table& table) {
    table.stream = {true, stream_view(view_type), stream_label(call.now_ms)};
    return {};
}

}  // namespace minamo
