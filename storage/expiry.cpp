// Expiry rows: kept by writes, walked by sweeps.
#include "storage/expiry.hpp"

#include <algorithm>

#include "storage/due_key.hpp"
#include "storage/key_codec.hpp"
#include "storage/store_state.hpp"
#include "storage/write.hpp"

namespace minamo::storage {
namespace {

constexpr std::string_view first_table_key("\0", 1);
constexpr char expiry_head = '\xFF';
constexpr std::size_t expiry_key_bytes = 1 + 8 + 16;

std::string expiry_key(std::int64_t moment_ms, std::string_view row_key) {
    std::string key(1, expiry_head);
    key.append(moment_bytes(moment_ms).bytes());
    return key.append(bytes_of(hash_of(row_key)));
}

std::int64_t moment_of_expiry(std::string_view key) {
    return read_moment(key.substr(1));
}

bool seek_first(lmdb::Cursor& cursor) {
    return cursor.seek({&expiry_head, 1}) && cursor.key().size() == expiry_key_bytes;
}

// The moment of the table's first expiry row.
std::optional<std::int64_t> first_moment(TransactionState& state, lmdb::Database tree) {
    lmdb::Cursor cursor(state.transaction, tree);
    if (!seek_first(cursor)) return std::nullopt;
    return moment_of_expiry(cursor.key());
}

// An expiry whose deletion is past comes to pass now.
void put_due(TransactionState& state, const Table& table, std::int64_t moment_ms, std::int64_t now_ms) {
    const std::int64_t due_ms = std::max(moment_ms + state.store.expiry_delay_ms, now_ms);
    state.put_due(due_ms, expiry_sequence(table.number), table.name);
}

void erase_due(TransactionState& state, const Table& table, std::int64_t moment_ms) {
    const std::int64_t due_ms = moment_ms + state.store.expiry_delay_ms;
    state.transaction.erase(state.store.due, due_key(due_ms, expiry_sequence(table.number)));
    state.due_unsettled = true;
}

// One item whose moment has come.
struct Expired {
    std::int64_t expired_ms = 0;
    std::string place;  // its expiry row's key
    RowKey key;
};

// False where it is too old to be deleted, has gone, or does not expire any more. Its expiry row goes in any case.
bool remove(WriteTransaction& transaction, const Table& table, const Expired& expired, std::int64_t now_ms) {
    const bool is_whole = expired.place == expiry_key(expired.expired_ms, expired.key.bytes());
    const ItemView item = transaction.get(table, expired.key);
    const bool still_expires = is_whole && !item.empty() && expires_ms(item, table.ttl_attribute) == expired.expired_ms;
    if (still_expires && expired.expired_ms >= now_ms - expiry_age_max_ms) {
        write(transaction, table, expired.key, item, {}, now_ms, Cause::time_to_live);
        return true;
    }
    TransactionState& state = transaction.state();
    state.begin_change();
    state.transaction.erase(state.tree(table.number), expired.place);
    return false;
}

}  // namespace

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

Swept sweep(WriteTransaction& transaction, const Due& due, std::int64_t until_ms, std::size_t limit) {
    Swept out;
    const Table* found = transaction.find_table(due.event);
    if (found == nullptr || found->number != due.number()) return out;
    if (found->ttl_attribute.empty() || found->status == TableStatus::deleting) return out;
    const Table table = *found;
    out.table = table.name;
    TransactionState& state = transaction.state();
    const lmdb::Database tree = state.tree(table.number);
    for (std::size_t done = 0;; ++done) {
        Expired expired;
        std::int64_t moment_ms = 0;
        {
            lmdb::Cursor cursor(state.transaction, tree);
            if (!seek_first(cursor)) return out;
            expired.expired_ms = moment_of_expiry(cursor.key());
            moment_ms = std::max(expired.expired_ms + state.store.expiry_delay_ms, due.moment_ms);
            if (moment_ms > until_ms || done == limit) break;
            expired.place = cursor.key();
            expired.key.append(cursor.value());
        }
        if (remove(transaction, table, expired, moment_ms)) ++out.items;
    }
    state.begin_change();
    put_due(state, table, *first_moment(state, tree), due.moment_ms);
    return out;
}

std::string fill_expiries(WriteTransaction& transaction, const Table& table, std::string_view resume, std::size_t limit,
                          std::int64_t now_ms) {
    TransactionState& state = transaction.state();
    state.begin_change();
    const lmdb::Database tree = state.tree(table.number);
    std::string next;
    lmdb::Cursor cursor(state.transaction, tree);
    bool found = cursor.seek(resume.empty() ? first_table_key : resume);
    for (std::size_t done = 0; found && cursor.key().front() == '\0'; found = cursor.next(), ++done) {
        if (done == limit) {
            next = cursor.key();
            break;
        }
        const auto moment_ms = expires_ms(ItemView(cursor.value()), table.ttl_attribute);
        if (moment_ms) state.transaction.put(tree, expiry_key(*moment_ms, cursor.key()), std::string(cursor.key()));
    }
    if (next.empty()) {
        if (const auto moment_ms = first_moment(state, tree)) put_due(state, table, *moment_ms, now_ms);
    }
    return next;
}

std::size_t erase_expiries(WriteTransaction& transaction, const Table& table, std::size_t limit) {
    forget_expiries(transaction, table);
    TransactionState& state = transaction.state();
    lmdb::Cursor cursor(state.transaction, state.tree(table.number));
    std::size_t erased = 0;
    for (bool found = seek_first(cursor); found && erased < limit; found = cursor.next(), ++erased) cursor.erase();
    return erased;
}

void forget_expiries(WriteTransaction& transaction, const Table& table) {
    TransactionState& state = transaction.state();
    state.begin_change();
    if (const auto moment_ms = first_moment(state, state.tree(table.number))) erase_due(state, table, *moment_ms);
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
    const auto before_ms = first_moment(state, tree);
    if (edit.erase) state.transaction.erase(tree, expiry_key(*edit.erase, row_key));
    if (edit.insert) state.transaction.put(tree, expiry_key(*edit.insert, row_key), row_key);
    if (cause == Cause::time_to_live) return;
    const auto after_ms = first_moment(state, tree);
    if (before_ms == after_ms) return;
    if (before_ms) erase_due(state, table, *before_ms);
    if (after_ms) put_due(state, table, *after_ms, now_ms);
}

}  // namespace minamo::storage
