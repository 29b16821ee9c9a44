// Store and its transactions.
#include "storage/store.hpp"

#include <algorithm>
#include <utility>

#include "storage/big_endian.hpp"
#include "storage/expiry_rows.hpp"
#include "storage/journal_records.hpp"
#include "storage/store_open.hpp"
#include "storage/store_state.hpp"

namespace minamo::storage {

Transaction::Transaction(std::unique_ptr<TransactionState> state) : state_(std::move(state)) {}
Transaction::~Transaction() = default;
ReadTransaction::ReadTransaction(std::unique_ptr<TransactionState> state) : Transaction(std::move(state)) {}
WriteTransaction::WriteTransaction(std::unique_ptr<TransactionState> state) : Transaction(std::move(state)) {}

const Table* Transaction::find_table(std::string_view name) {
    for (;;) {
        const Table* table = state_->store.catalog.find(name);
        if (table == nullptr) return nullptr;
        if (state_->access == lmdb::Access::write || state_->store.trees.find(table->number).is_open()) {
            state_->used = true;
            return table;
        }
        const std::uint64_t number = table->number;
        if (state_->open_between(number)) continue;
        table = state_->store.catalog.find(name);
        if (table != nullptr && table->number == number) fail_damaged();  // a table without a tree
    }
}

std::vector<std::string> Transaction::table_names(std::string_view after, std::size_t limit) {
    state_->used = true;
    return state_->store.catalog.names(state_->transaction, after, limit);
}

std::size_t Transaction::table_count() {
    return state_->store.catalog.count(state_->transaction);
}

ItemView Transaction::get(const Table& table, const RowKey& key) {
    const lmdb::Database tree = state_->tree(table.number);
    if (!tree.is_open()) return {};
    const auto row = state_->transaction.get(tree, key.bytes());
    return row ? state_->lend(*row) : ItemView();
}

Counters Transaction::counters(const Table& table, std::uint8_t index_number) {
    if (const TableCounters* changed = state_->changed_counters(table.number)) return changed->of(index_number);
    state_->used = true;
    return TableCounters(state_->transaction, state_->store.counters, table.number).of(index_number);
}

std::optional<std::string> Transaction::named_row(std::string_view name) {
    state_->used = true;
    const auto text = state_->transaction.get(state_->store.meta, name);
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::vector<std::string> Transaction::named_rows(std::string_view prefix, std::string_view after, std::size_t limit) {
    state_->used = true;
    std::vector<std::string> names;
    lmdb::Cursor cursor(state_->transaction, state_->store.meta);
    bool found = cursor.seek(std::max({prefix, after, first_free_name}));
    if (found && cursor.key() == after) found = cursor.next();
    for (; found && names.size() < limit && cursor.key().starts_with(prefix); found = cursor.next()) {
        names.emplace_back(cursor.key());
    }
    return names;
}

std::optional<Due> Transaction::first_due(std::int64_t now_ms) {
    state_->used = true;
    state_->due_unsettled = true;
    lmdb::Cursor cursor(state_->transaction, state_->store.due);
    if (!cursor.first() || read_moment(cursor.key()) > now_ms) return std::nullopt;
    return Due{read_moment(cursor.key()), sequence_of_due(cursor.key()), std::string(cursor.value())};
}

std::optional<std::int64_t> Transaction::next_due_moment() {
    state_->used = true;
    lmdb::Cursor cursor(state_->transaction, state_->store.due);
    if (!cursor.first()) return std::nullopt;
    return read_moment(cursor.key());
}

void Transaction::visit_due(std::int64_t until_ms, const std::function<bool(const Due&)>& visit) {
    state_->used = true;
    lmdb::Cursor cursor(state_->transaction, state_->store.due);
    for (bool found = cursor.first(); found && read_moment(cursor.key()) <= until_ms; found = cursor.next()) {
        if (!visit({read_moment(cursor.key()), sequence_of_due(cursor.key()), std::string(cursor.value())})) return;
    }
}

const Table& WriteTransaction::put_table(Table table) {
    state_->begin_change();
    if (table.number == 0) {
        state_->begin_adding();
        const auto latest = state_->transaction.get(state_->store.meta, table_number_name);
        table.number = (latest ? BigEndian::read(*latest) : 0) + 1;
        state_->transaction.put(state_->store.meta, table_number_name, BigEndian(table.number).bytes());
        state_->store.trees.open(state_->transaction, table.number, true);
    }
    return state_->store.catalog.put(state_->transaction, std::move(table));
}

void WriteTransaction::erase_table(const Table& table) {
    forget_expiries(*state_, table);
    state_->begin_change();
    state_->erase_tree(table.number);
    state_->store.catalog.erase(state_->transaction, table);
}

std::size_t WriteTransaction::erase_index_rows(const Table& table, std::uint8_t index_number, std::size_t limit) {
    state_->begin_change();
    const char prefix = static_cast<char>(index_number);
    TableCounters& counters = state_->counters(table.number);
    lmdb::Cursor cursor(state_->transaction, state_->tree(table.number));
    std::size_t erased = 0;
    bool found = cursor.seek({&prefix, 1});
    for (; found && erased < limit && cursor.key().front() == prefix; found = cursor.next()) {
        counters.replace(index_number, ItemView(cursor.value()).size_bytes(), 0);
        cursor.erase();
        ++erased;
    }
    return erased;
}

void WriteTransaction::clear() {
    state_->begin_change();
    for (const std::string& name : table_names({}, SIZE_MAX)) erase_table(*find_table(name));
    clear_journal(*state_);
    const auto erase_from = [&](lmdb::Database rows, std::string_view first) {
        lmdb::Cursor cursor(state_->transaction, rows);
        for (bool found = cursor.seek(first); found; found = cursor.next()) cursor.erase();
    };
    erase_from(state_->store.due, std::string_view("\0", 1));
    state_->due_unsettled = true;
    erase_from(state_->store.meta, first_free_name);
}

void WriteTransaction::set_named_row(std::string_view name, std::string_view text) {
    state_->begin_change();
    state_->transaction.put(state_->store.meta, name, text);
}

void WriteTransaction::erase_named_row(std::string_view name) {
    state_->begin_change();
    state_->transaction.erase(state_->store.meta, name);
}

void WriteTransaction::add_due(std::int64_t moment_ms, std::string_view event) {
    state_->begin_change();
    std::uint64_t sequence = 0;
    {
        lmdb::Cursor cursor(state_->transaction, state_->store.due);
        const bool found = cursor.seek(due_key(moment_ms, due_own_bit)) ? cursor.previous() : cursor.last();
        if (found && read_moment(cursor.key()) == moment_ms) sequence = sequence_of_due(cursor.key()) + 1;
    }
    state_->put_due(moment_ms, sequence, event);
}

void WriteTransaction::erase_due(const Due& due) {
    state_->begin_change();
    state_->transaction.erase(state_->store.due, due_key(due.moment_ms, due.sequence));
    state_->due_unsettled = true;
}

std::int64_t WriteTransaction::earliest_due_added() const {
    return state_->earliest_due_ms;
}

void WriteTransaction::exempt() {
    state_->exempt = true;
}

std::size_t WriteTransaction::trees_left() const {
    return TableTrees::opened_max - std::min(TableTrees::opened_max, state_->store.trees.opened_count());
}

bool WriteTransaction::due_unsettled() const {
    return state_->due_unsettled;
}

void WriteTransaction::commit(const std::function<void()>& committed) {
    state_->commit();
    if (committed) committed();
    state_->transaction.end();
}

Store::Store(std::unique_ptr<StoreState> state) : state_(std::move(state)) {}
Store::~Store() = default;

tl::expected<std::unique_ptr<Store>, OpenFault> Store::open(const StoreOptions& options) {
    auto state = open_state(options);
    if (!state) return tl::unexpected(std::move(state.error()));
    return std::unique_ptr<Store>(new Store(std::move(*state)));
}

tl::expected<std::unique_ptr<Store>, OpenFault> Store::copy(const StoreOptions& options) {
    auto state = copy_state(*state_, options);
    if (!state) return tl::unexpected(std::move(state.error()));
    return std::unique_ptr<Store>(new Store(std::move(*state)));
}

ReadTransaction Store::begin_read() {
    return ReadTransaction(std::make_unique<TransactionState>(*state_, lmdb::Access::read));
}

WriteTransaction Store::begin_write() {
    auto state = std::make_unique<TransactionState>(*state_, lmdb::Access::write);
    state_->trees.trim(state->transaction, TableTrees::kept_max);
    return WriteTransaction(std::move(state));
}

void Store::grow() {
    const Failure latest = std::exchange(latest_failure(), {});
    const Failure failure = latest.store == state_.get() ? latest : Failure{};
    if (!state_->environment->grow(state_->bytes_max, failure.map_bytes)) {
        if (!failure.may_exceed) throw StorageFull(allowance_sentence(state_->bytes_max));
        state_->environment->extend(std::max(state_->bytes_max / 4, lmdb::map_bytes_min));
    }
    keep_from_children(*state_);
}

}  // namespace minamo::storage
