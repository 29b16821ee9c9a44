// A token is a named row of the store, erased by an event when its time has come:
//
//   row "token/<token>" = {"Digest":<of the actions>,"Total":<JSON as text>,"Indexes":<JSON as text>}
//
// Earlier versions kept "Body", the text of TransactItems, instead of "Digest": it means the same.
#include "emulator/items/transaction_tokens.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "emulator/limits.hpp"
#include "emulator/tables/settings.hpp"
#include "emulator/time/events.hpp"
#include "emulator/validation/types.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json_members.hpp"
#include "storage/key_codec.hpp"

namespace minamo {
namespace {

// Appends what a value means: the members of its shape, whatever their order, and no others. Each text has its length
// before it, so that no two values run into the same.
class Meaning {
public:
    void add(const api::Shape& shape, const json::Value& value) {
        if (shape.kind == api::Kind::list) {
            begin('[', value.Size());
            for (const auto& element : value.GetArray()) add(*shape.element, element);
        } else if (shape.kind == api::Kind::structure || shape.kind == api::Kind::map) {
            add_members(shape, value);
        } else if (value.IsString()) {
            add_text(json::text(value));
        } else {
            add_text(json::to_text(value));
        }
    }

    // Of 128 bits, in hexadecimal.
    std::string digest() const {
        const std::string bytes(storage::bytes_of(storage::hash_of(text_)));
        std::string out;
        for (const char byte : bytes) {
            constexpr std::string_view digits = "0123456789abcdef";
            out.push_back(digits[static_cast<unsigned char>(byte) >> 4]);
            out.push_back(digits[static_cast<unsigned char>(byte) & 15U]);
        }
        return out;
    }

private:
    struct Known {
        std::string_view name;
        const api::Shape* shape;
        const json::Value* value;
    };

    void add_members(const api::Shape& shape, const json::Value& object) {
        std::vector<Known> members;
        for (const JsonMember& member : distinct_members(object)) {
            const api::Field* field = shape.kind == api::Kind::map ? nullptr : find_field(shape, member.name);
            const api::Shape* of_value = field != nullptr ? field->shape : shape.element;
            if (of_value != nullptr) members.push_back({member.name, of_value, member.value});
        }
        std::ranges::sort(members, {}, &Known::name);
        begin('{', members.size());
        for (const Known& member : members) {
            add_text(member.name);
            add(*member.shape, *member.value);
        }
    }
    void add_text(std::string_view text) {
        begin('"', text.size());
        text_.append(text);
    }
    void begin(char kind, std::size_t count) { text_.append(1, kind).append(std::to_string(count)).push_back(':'); }

    std::string text_;
};

constexpr std::string_view items = "TransactItems";
constexpr std::string_view statements = "TransactStatements";

// What must be the same: the actions. ReturnConsumedCapacity takes no part.
std::string_view actions_of(const Call& call) {
    return find_field(*call.operation.input, statements) != nullptr ? statements : items;
}

std::string digest_of(const api::Shape& shape, const json::Value& value) {
    Meaning meaning;
    meaning.add(shape, value);
    return meaning.digest();
}

const api::Shape& shape_of_actions(const Call& call) {
    return *find_field(*call.operation.input, actions_of(call))->shape;
}

std::string digest_of(const Call& call) {
    return digest_of(shape_of_actions(call), *call.input.find(actions_of(call)));
}

std::string_view kept_text(const Input& row, std::string_view name) {
    const json::Value* value = row.find(name);
    if (value == nullptr || !value->IsString()) storage::fail_damaged();
    return json::text(*value);
}

std::string kept_digest(const Call& call, const Input& row) {
    if (row.has("Digest")) return std::string(kept_text(row, "Digest"));
    json::Document document;
    const json::Value* body = document.parse(kept_text(row, "Body"));
    TypeCheck types;
    const bool fits = body != nullptr && types.accepts(shape_of_actions(call), *body) && !types.saw_null_element();
    if (!fits) storage::fail_damaged();
    return digest_of(shape_of_actions(call), *body);
}

}  // namespace

Result<std::optional<ReplayedCapacity>> find_token(Call& call, storage::WriteTransaction& transaction,
                                                   std::string_view token) {
    const auto kept = transaction.named_row(token_name(token));
    if (!kept) return std::nullopt;
    json::Document document;
    const json::Value* parsed = document.parse(*kept);
    if (parsed == nullptr || !parsed->IsObject()) storage::fail_damaged();
    const Input in(*parsed);
    if (kept_digest(call, in) != digest_of(call)) {
        return fail(ErrorKind::idempotent_parameter_mismatch,
                    "The request uses the same client token as a previous, but non-identical request. "
                    "Do not reuse a client token with different requests, unless the requests are identical");
    }
    return ReplayedCapacity{std::string(kept_text(in, "Total")), std::string(kept_text(in, "Indexes"))};
}

void keep_token(Call& call, storage::WriteTransaction& transaction, std::string_view token,
                const ReplayedCapacity& capacity) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    out.member("Digest", digest_of(call));
    out.member("Total", capacity.total);
    out.member("Indexes", capacity.indexes);
    out.end_object();
    transaction.set_named_row(token_name(token), text);
    schedule(transaction, call.now_ms + limits::transaction_token_ms, token_gone(token));
}

void forget_token(Turn& turn, const Event& event) {
    turn.transaction.erase_named_row(token_name(event.name));
    ++turn.fell_due.expired_tokens;
}

}  // namespace minamo
