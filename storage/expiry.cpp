// Expiry rows, walked and filled.
#include "storage/expiry.hpp"

#include <algorithm>

#include "storage/expiry_rows.hpp"
#include "storage/key_codec.hpp"
#include "storage/lmdb.hpp"
#include "storage/store_state.hpp"
#include "storage/write.hpp"

namespace minamo::storage {
namespace {

constexpr std::string_view first_table_key("\0", 1);

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
            if (!seek_first_expiry(cursor)) return out;
            expired.expired_ms = moment_of_expiry(cursor.key());
            moment_ms = std::max(expired.expired_ms + state.store.expiry_delay_ms, due.moment_ms);
            if (moment_ms > until_ms || done == limit) break;
            expired.place = cursor.key();
            expired.key.append(cursor.value());
        }
        if (remove(transaction, table, expired, moment_ms)) ++out.items;
    }
    state.begin_change();
    put_expiry_due(state, table, *first_expiry_ms(state, tree), due.moment_ms);
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
        if (const auto moment_ms = first_expiry_ms(state, tree)) put_expiry_due(state, table, *moment_ms, now_ms);
    }
    return next;
}

std::size_t erase_expiries(WriteTransaction& transaction, const Table& table, std::size_t limit) {
    TransactionState& state = transaction.state();
    forget_expiries(state, table);
    lmdb::Cursor cursor(state.transaction, state.tree(table.number));
    std::size_t erased = 0;
    for (bool found = seek_first_expiry(cursor); found && erased < limit; found = cursor.next(), ++erased)
        cursor.erase();
    return erased;
}

}  // namespace minamo::storage
