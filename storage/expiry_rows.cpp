// Expiry rows, kept by writes.
#include "storage/expiry_rows.hpp"

#include <algorithm>

#include "storage/big_endian.hpp"
#include "storage/decimal.hpp"
#include "storage/due.hpp"
#include "storage/key_codec.hpp"

namespace minamo::storage {
namespace {

constexpr char expiry_head = '\xFF';
constexpr std::size_t expiry_key_bytes = 1 + 8 + 16;

void erase_due(TransactionState& state, const Table& table, std::int64_t moment_ms) {
    const std::int64_t due_ms = moment_ms + state.store.expiry_delay_ms;
    state.transaction.erase(state.store.due, due_key(due_ms, expiry_sequence(table.number)));
    state.due_unsettled = true;
}

}  // namespace

std::string expiry_key(std::int64_t moment_ms, std::string_view row_key) {
    std::string key(1, expiry_head);
    key.append(moment_bytes(moment_ms).bytes());
    return key.append(bytes_of(hash_of(row_key)));
}

std::int64_t moment_of_expiry(std::string_view key) {
    return read_moment(key.substr(1));
}

bool seek_first_expiry(lmdb::Cursor& cursor) {
    return cursor.seek({&expiry_head, 1}) && cursor.key().size() == expiry_key_bytes;
}

// The moment of the table's first expiry row.
std::optional<std::int64_t> first_expiry_ms(TransactionState& state, lmdb::Database tree) {
    lmdb::Cursor cursor(state.transaction, tree);
    if (!seek_first_expiry(cursor)) return std::nullopt;
    return moment_of_expiry(cursor.key());
}

// An expiry whose deletion is past comes to pass now.
void put_expiry_due(TransactionState& state, const Table& table, std::int64_t moment_ms, std::int64_t now_ms) {
    const std::int64_t due_ms = std::max(moment_ms + state.store.expiry_delay_ms, now_ms);
    state.put_due(due_ms, expiry_sequence(table.number), table.name);
}

std::optional<std::int64_t> expires_ms(ItemView item, std::string_view attribute) {
    constexpr int magnitude_max = 14;  // seconds of so many digits and one more fit in 64 bits of milliseconds
    const ValueView value = item.find(attribute);
    if (value.empty() || value.type() != Type::N) return std::nullopt;
    const Decimal seconds = value.number();
    if (seconds.negative() || seconds.magnitude() > magnitude_max) return std::nullopt;
    std::int64_t milliseconds = 0;
    for (int power = seconds.magnitude(); power >= -3; --power) {
        const int digit = seconds.magnitude() - power;
        milliseconds = milliseconds * 10 + (digit < seconds.digit_count() ? seconds.digit(digit) : 0);
    }
    return milliseconds + 1;
}

void forget_expiries(TransactionState& state, const Table& table) {
    state.begin_change();
    if (const auto moment_ms = first_expiry_ms(state, state.tree(table.number))) erase_due(state, table, *moment_ms);
}

ExpiryEdit expiry_edit(const Table& table, ItemView old_item, ItemView new_item) {
    if (table.ttl_attribute.empty()) return {};
    ExpiryEdit edit{expires_ms(old_item, table.ttl_attribute), expires_ms(new_item, table.ttl_attribute)};
    if (edit.erase == edit.insert) return {};
    return edit;
}

void apply(TransactionState& state, const Table& table, std::string_view row_key, const ExpiryEdit& edit,
           std::int64_t now_ms, Cause cause) {
    if (!edit.erase && !edit.insert) return;
    const lmdb::Database tree = state.tree(table.number);
    const auto before_ms = first_expiry_ms(state, tree);
    if (edit.erase) state.transaction.erase(tree, expiry_key(*edit.erase, row_key));
    if (edit.insert) state.transaction.put(tree, expiry_key(*edit.insert, row_key), row_key);
    if (cause == Cause::time_to_live) return;
    const auto after_ms = first_expiry_ms(state, tree);
    if (before_ms == after_ms) return;
    if (before_ms) erase_due(state, table, *before_ms);
    if (after_ms) put_expiry_due(state, table, *after_ms, now_ms);
}

}  // namespace minamo::storage
