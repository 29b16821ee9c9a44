// Transactions and cursors.
#include "storage/lmdb.hpp"

#include <lmdb.h>

#include <cerrno>
#include <utility>

namespace minamo::storage::lmdb {
namespace {

static_assert(MDB_VERSION_MAJOR == 0 && MDB_VERSION_MINOR == 9);

[[noreturn]] void fail(int code, const char* what) {
    switch (code) {
        case MDB_MAP_FULL:
            throw MapFull("The map is full.");
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
        case EIO:  // LMDB's word for a write that a full disk cut short
            throw StorageFull("The disk is full or failing (" + describe(code) +
                              "): nothing of this call was written; free some space and call again.");
        case ENOMEM:
            throw StorageFull("There is no memory left: nothing of this call was written.");
        default:
            throw std::runtime_error(std::string(what) + ": " + describe(code));
    }
}

MDB_val to_val(std::string_view bytes) { return {bytes.size(), const_cast<char*>(bytes.data())}; }
std::string_view to_view(const MDB_val& val) { return {static_cast<const char*>(val.mv_data), val.mv_size}; }

}  // namespace

Transaction::Transaction(Environment& environment, Access access) : environment_(&environment), access_(access) {
    begin();
}

void Transaction::begin() {
    environment_->lock(access_);
    holds_lock_ = true;
    if (access_ == Access::read) txn_ = environment_->take_reader();
    const int code = txn_ != nullptr
                         ? mdb_txn_renew(txn_)
                         : mdb_txn_begin(environment_->env_, nullptr, access_ == Access::read ? MDB_RDONLY : 0U, &txn_);
    if (code == 0) return;
    if (txn_ != nullptr) mdb_txn_abort(std::exchange(txn_, nullptr));
    end();
    fail(code, "mdb_txn_begin");
}

std::size_t Transaction::id() const { return mdb_txn_id(txn_); }

void Transaction::commit() {
    if (const int code = mdb_txn_commit(std::exchange(txn_, nullptr))) fail(code, "mdb_txn_commit");
}

void Transaction::end() noexcept {
    if (txn_ != nullptr && access_ == Access::read) {
        mdb_txn_reset(txn_);
        environment_->keep_reader(txn_);
    } else if (txn_ != nullptr) {
        mdb_txn_abort(txn_);
    }
    txn_ = nullptr;
    if (std::exchange(holds_lock_, false)) environment_->unlock();
}

std::optional<std::string_view> Transaction::get(Database database, std::string_view key) const {
    MDB_val wanted = to_val(key);
    MDB_val found;
    const int code = mdb_get(txn_, database.handle, &wanted, &found);
    if (code == 0) return to_view(found);
    if (code == MDB_NOTFOUND) return std::nullopt;
    fail(code, "mdb_get");
}

void Transaction::put(Database database, std::string_view key, std::string_view value) {
    MDB_val at = to_val(key);
    MDB_val bytes = to_val(value);
    if (const int code = mdb_put(txn_, database.handle, &at, &bytes, 0)) fail(code, "mdb_put");
}

bool Transaction::insert(Database database, std::string_view key, std::string_view value) {
    MDB_val at = to_val(key);
    MDB_val bytes = to_val(value);
    const int code = mdb_put(txn_, database.handle, &at, &bytes, MDB_NOOVERWRITE);
    if (code == 0) return true;
    if (code == MDB_KEYEXIST) return false;
    fail(code, "mdb_put");
}

bool Transaction::erase(Database database, std::string_view key) {
    MDB_val at = to_val(key);
    const int code = mdb_del(txn_, database.handle, &at, nullptr);
    if (code == 0) return true;
    if (code == MDB_NOTFOUND) return false;
    fail(code, "mdb_del");
}

std::size_t Transaction::row_count(Database database) const {
    MDB_stat stat;
    if (const int code = mdb_stat(txn_, database.handle, &stat)) fail(code, "mdb_stat");
    return stat.ms_entries;
}

Database Transaction::open(const std::string& name, bool create) {
    Database out;
    const int code = mdb_dbi_open(txn_, name.c_str(), create ? MDB_CREATE : 0U, &out.handle);
    if (code == 0) return out;
    if (!create && (code == MDB_NOTFOUND || code == MDB_INCOMPATIBLE)) return {};
    fail(code, "mdb_dbi_open");
}

void Transaction::drop(Database database) {
    if (const int code = mdb_drop(txn_, database.handle, 1)) fail(code, "mdb_drop");
}

void Transaction::close(Database database) { mdb_dbi_close(environment_->env_, database.handle); }

Cursor::Cursor(const Transaction& transaction, Database database) {
    if (const int code = mdb_cursor_open(transaction.txn_, database.handle, &cursor_)) fail(code, "mdb_cursor_open");
}

Cursor::~Cursor() { mdb_cursor_close(cursor_); }

bool Cursor::move(unsigned operation) {
    MDB_val key = to_val(key_);
    MDB_val value;
    const int code = mdb_cursor_get(cursor_, &key, &value, static_cast<MDB_cursor_op>(operation));
    if (code == MDB_NOTFOUND) return false;
    if (code != 0) fail(code, "mdb_cursor_get");
    key_ = to_view(key);
    value_ = to_view(value);
    return true;
}

bool Cursor::first() { return move(MDB_FIRST); }
bool Cursor::last() { return move(MDB_LAST); }
bool Cursor::next() { return move(MDB_NEXT); }
bool Cursor::previous() { return move(MDB_PREV); }

bool Cursor::seek(std::string_view key) {
    if (key.empty()) return first();
    key_ = key;
    return move(MDB_SET_RANGE);
}

void Cursor::erase() {
    if (const int code = mdb_cursor_del(cursor_, 0)) fail(code, "mdb_cursor_del");
}

}  // namespace minamo::storage::lmdb
