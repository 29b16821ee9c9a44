// The key is told as JSON and read by the checks of keys that come from anywhere: a token may be made up.
#include "emulator/statements/page_token.hpp"

#include <utility>

#include "emulator/wire/base64.hpp"
#include "emulator/wire/values.hpp"
#include "storage/key_codec.hpp"

namespace minamo {
namespace {

constexpr std::int64_t version = 1;

std::string hash_of(const BoundStatement& statement) {
    std::string bytes(statement.text);
    for (const std::string& parameter : statement.parameters) bytes.append(1, '\0').append(parameter);
    std::string out;
    append_base64(out, storage::bytes_of(storage::hash_of(bytes)));
    return out;
}

}  // namespace

tl::unexpected<Error> invalid_page_token() {
    return invalid("Invalid NextToken");
}

std::string page_token(const BoundStatement& statement, const PagePosition& position) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    out.member("Version", version);
    out.member("Statement", hash_of(statement));
    out.member("Read", static_cast<std::int64_t>(position.range));
    out.key("Key");
    write_item(out, storage::ItemView(position.key));
    out.end_object();
    std::string token;
    append_base64(token, text);
    return token;
}

Result<PagePosition> parse_page_token(const BoundStatement& statement, std::string_view token) {
    const auto text = decode_base64(token);
    json::Document document;
    const json::Value* parsed = text ? document.parse(*text) : nullptr;
    if (parsed == nullptr || !parsed->IsObject()) return invalid_page_token();
    const json::Value* known = json::find(*parsed, "Version");
    const json::Value* hash = json::find(*parsed, "Statement");
    const json::Value* range = json::find(*parsed, "Read");
    if (known == nullptr || !known->IsInt64() || known->GetInt64() != version || hash == nullptr || !hash->IsString() ||
        range == nullptr || !range->IsUint()) {
        return invalid_page_token();
    }
    if (json::text(*hash) != hash_of(statement)) return invalid("NextToken does not match request");
    const auto key = key_from_json(json::find(*parsed, "Key"));
    if (!key) return invalid_page_token();
    return PagePosition{range->GetUint(), encode(*key)};
}

}  // namespace minamo
