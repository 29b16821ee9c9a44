// A token is a text of the store's `meta`, erased by an event when its time has come:
//
//   meta "token/<token>" = {"Body":<TransactItems as canonical text>,"Total":<JSON as text>,"Indexes":<JSON as text>}
#include "emulator/operations/transaction_tokens.hpp"

#include "emulator/lifecycle.hpp"
#include "emulator/limits.hpp"
#include "emulator/settings.hpp"

namespace minamo {
namespace {

// What must be the same: the actions, whatever the order of their members. ReturnConsumedCapacity takes no part.
std::string body_of(const Call& call) {
    return json::canonical_text(*call.input.find("TransactItems"));
}

}  // namespace

Result<std::optional<ReplayedCapacity>> find_token(Call& call, storage::WriteTransaction& transaction,
                                                   std::string_view token) {
    const auto kept = transaction.meta(token_name(token));
    if (!kept) return std::nullopt;
    json::Document document;
    const Input in(*document.parse(*kept));
    if (in.text("Body") != body_of(call)) {
        return fail(
            ErrorKind::idempotent_parameter_mismatch,
            "The request uses the same client token as a previous, but non-identical request. Do not reuse a client "
            "token with different requests, unless the requests are identical");
    }
    return ReplayedCapacity{std::string(in.text("Total")), std::string(in.text("Indexes"))};
}

void keep_token(Call& call, storage::WriteTransaction& transaction, std::string_view token,
                const ReplayedCapacity& capacity) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    out.member("Body", body_of(call));
    out.member("Total", capacity.total);
    out.member("Indexes", capacity.indexes);
    out.end_object();
    transaction.set_meta(token_name(token), text);
    schedule(transaction, call.now_ms + limits::transaction_token_ms,
             {EventKind::token_gone, 0, std::string(token), 0, 0, 0, {}});
}

}  // namespace minamo
