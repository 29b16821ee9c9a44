// Environments: opening, growing and closing them, the lock, the pool of read transactions. Then transactions and
// cursors.
//
// In memory is a memfd, which LMDB opens through /proc/self/fd and writes in place (MDB_WRITEMAP): no file is left
// behind, and /dev/shm sets no bound. On disk goes without MDB_WRITEMAP: on a full disk writing in place is SIGBUS,
// while plain writes fail, abort, and leave a file that is whole.
#include "storage/lmdb.hpp"

#include <fcntl.h>
#include <lmdb.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

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

MDB_val to_val(std::string_view bytes) {
    return {bytes.size(), const_cast<char*>(bytes.data())};
}
std::string_view to_view(const MDB_val& val) {
    return {static_cast<const char*>(val.mv_data), val.mv_size};
}

constexpr mdb_mode_t file_mode = 0644;

// A file that is gone when the last of those who have it open closes it.
class NamelessFile {
public:
    explicit NamelessFile(bool memfd) {
        if (memfd && open_memfd()) return;
        const char* folder = std::getenv("TMPDIR");
        path_ = std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/minamo-XXXXXX";
        descriptor_ = mkstemp(path_.data());
        named_ = descriptor_ >= 0;
    }
    ~NamelessFile() {
        if (named_) unlink(path_.c_str());
        if (descriptor_ >= 0) close(descriptor_);
    }
    NamelessFile(const NamelessFile&) = delete;
    NamelessFile& operator=(const NamelessFile&) = delete;

    bool is_open() const { return descriptor_ >= 0; }
    const char* path() const { return path_.c_str(); }

private:
    bool open_memfd() {
        descriptor_ = memfd_create("minamo", MFD_CLOEXEC);
        if (descriptor_ < 0) return false;
        path_ = "/proc/self/fd/" + std::to_string(descriptor_);
        if (access(path_.c_str(), R_OK | W_OK) == 0) return true;
        close(descriptor_);
        return false;
    }

    int descriptor_ = -1;
    bool named_ = false;
    std::string path_;
};

// What mmap or ftruncate say of a map that is too large for this system.
bool is_too_large(int code) {
    return code == ENOMEM || code == EFBIG || code == EINVAL || code == ENOSPC || code == EOVERFLOW;
}

std::size_t whole_pages(std::size_t bytes) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return (bytes + page - 1) / page * page;
}

// LMDB ends the process where its pages contradict each other.
void on_contradiction(MDB_env*, const char*) {
    throw Damaged("The store is damaged, a page of it contradicts another: put a whole copy of its file in its place.");
}

void must(int code, const char* what) {
    if (code != 0) throw std::runtime_error(std::string(what) + ": " + describe(code));
}

#ifndef NDEBUG
thread_local std::vector<const Environment*> held_by_this_thread;

void note_lock(const Environment* environment) {
    if (std::ranges::find(held_by_this_thread, environment) != held_by_this_thread.end()) {
        std::fputs("minamo: a thread began a second transaction of one store: it would wait for itself\n", stderr);
        std::abort();
    }
    held_by_this_thread.push_back(environment);
}

void note_unlock(const Environment* environment) {
    std::erase(held_by_this_thread, environment);
}
#else
void note_lock(const Environment*) {}
void note_unlock(const Environment*) {}
#endif

}  // namespace

std::string describe(int code) {
    return mdb_strerror(code);
}

bool is_foreign_format(int code) {
    return code == MDB_INVALID || code == MDB_VERSION_MISMATCH || code == MDB_CORRUPTED;
}

Environment::Environment() : process_(getpid()) {
    pthread_rwlockattr_t attributes;
    must(pthread_rwlockattr_init(&attributes), "pthread_rwlockattr_init");
    pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    must(pthread_rwlock_init(&lock_, &attributes), "pthread_rwlock_init");
    pthread_rwlockattr_destroy(&attributes);
}

Environment::~Environment() {
    // In a forked child the map is not there, and its place may be taken.
    if (getpid() != process_) return;
    for (auto& reader : readers_) {
        if (MDB_txn* txn = reader.load()) mdb_txn_abort(txn);
    }
    if (env_ != nullptr) mdb_env_close(env_);
    pthread_rwlock_destroy(&lock_);
}

int Environment::open_at(const char* path, unsigned flags, std::size_t bytes) {
    if (const int code = mdb_env_create(&env_)) return code;
    int code = mdb_env_set_mapsize(env_, bytes);
    if (code == 0) code = mdb_env_set_maxdbs(env_, trees_max);
    if (code == 0) code = mdb_env_set_assert(env_, on_contradiction);
    if (code == 0) code = mdb_env_open(env_, path, flags | MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOTLS, file_mode);
    if (code != 0) {
        mdb_env_close(env_);
        env_ = nullptr;
    }
    return code;
}

// Page by page, free ones too: compacting would refuse pages that a spilled transaction has left behind. No writer is
// in while this thread has the lock.
int Environment::copy_to(const char* path) {
    const int descriptor = ::open(path, O_WRONLY | O_CREAT | O_CLOEXEC, file_mode);
    if (descriptor < 0) return errno;
    lock(Access::read);
    int code = mdb_env_copyfd2(env_, descriptor, 0);
    unlock();
    if (close(descriptor) != 0 && code == 0) code = errno;
    return code;
}

tl::expected<std::unique_ptr<Environment>, int> Environment::open(const EnvironmentOptions& options) {
    std::unique_ptr<Environment> out(new Environment);
    std::optional<NamelessFile> nameless;
    if (options.path.empty()) {
        nameless.emplace(options.memfd);
        if (!nameless->is_open()) return tl::unexpected(errno);
    }
    const char* path = nameless ? nameless->path() : options.path.c_str();
    if (options.copy_of != nullptr) {
        if (const int code = options.copy_of->copy_to(path)) return tl::unexpected(code);
    }
    const unsigned flags = nameless ? MDB_NOSYNC | MDB_WRITEMAP : options.durable ? 0U : MDB_NOSYNC;
    for (std::size_t bytes = whole_pages(options.map_bytes);; bytes = whole_pages(bytes / 2)) {
        const int code = out->open_at(path, flags, bytes);
        if (code == 0) return out;
        if (!is_too_large(code) || bytes / 2 < map_bytes_min) return tl::unexpected(code);
    }
}

std::size_t Environment::map_bytes() const {
    MDB_envinfo info;
    must(mdb_env_info(env_, &info), "mdb_env_info");
    return info.me_mapsize;
}

// The lock without a transaction: the map may move.
class Environment::Exclusive {
public:
    explicit Exclusive(Environment& environment) : environment_(environment) { environment.lock(Access::write); }
    ~Exclusive() { environment_.unlock(); }
    Exclusive(const Exclusive&) = delete;
    Exclusive& operator=(const Exclusive&) = delete;

private:
    Environment& environment_;
};

bool Environment::grow(std::size_t bytes_max, std::size_t seen_bytes) {
    const Exclusive exclusive(*this);
    const std::size_t now = map_bytes();
    if (seen_bytes != 0 && now > seen_bytes) return true;
    for (const std::size_t factor : {4, 2}) {
        const std::size_t wanted = bytes_max == 0 ? now * factor : std::min(now * factor, whole_pages(bytes_max));
        if (wanted <= now) return false;
        if (factor > 2 && !has_room_for(wanted)) continue;
        resize(wanted);
        break;
    }
    return true;
}

void Environment::extend(std::size_t bytes) {
    const Exclusive exclusive(*this);
    resize(whole_pages(map_bytes() + bytes));
}

void Environment::resize(std::size_t bytes) {
    if (!has_room_for(bytes)) {
        throw StorageFull("This system has no room for a larger store: nothing of this call was written.");
    }
    must(mdb_env_set_mapsize(env_, bytes), "mdb_env_set_mapsize");
}

// Of its own, so that it may be asked for within a write transaction too: LMDB shows the free pages to readers only.
std::size_t Environment::used_bytes() {
    MDB_txn* reader = take_reader();
    const int begun = reader != nullptr ? mdb_txn_renew(reader) : mdb_txn_begin(env_, nullptr, MDB_RDONLY, &reader);
    if (begun != 0) {
        if (reader != nullptr) mdb_txn_abort(reader);
        fail(begun, "mdb_txn_begin");
    }
    std::size_t free_pages = 0;
    MDB_cursor* cursor = nullptr;
    if (mdb_cursor_open(reader, 0, &cursor) == 0) {
        MDB_val key;
        MDB_val pages;
        while (mdb_cursor_get(cursor, &key, &pages, MDB_NEXT) == 0) {
            std::size_t count = 0;
            std::memcpy(&count, pages.mv_data, sizeof count);
            free_pages += count;
        }
        mdb_cursor_close(cursor);
    }
    mdb_txn_reset(reader);
    keep_reader(reader);
    MDB_envinfo info;
    MDB_stat stat;
    must(mdb_env_info(env_, &info), "mdb_env_info");
    must(mdb_env_stat(env_, &stat), "mdb_env_stat");
    return (info.me_last_pgno + 1 - free_pages) * stat.ms_psize;
}

// LMDB unmaps first and cannot go back where the larger map is refused: so what it will ask for is tried before.
bool Environment::has_room_for(std::size_t bytes) {
    unsigned flags = 0;
    int descriptor = -1;
    must(mdb_env_get_flags(env_, &flags), "mdb_env_get_flags");
    must(mdb_env_get_fd(env_, &descriptor), "mdb_env_get_fd");
    void* room = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room != MAP_FAILED) munmap(room, bytes);
    if (room == MAP_FAILED) return false;
    const bool in_place = (flags & MDB_WRITEMAP) != 0;
    return !in_place || ftruncate(descriptor, static_cast<off_t>(bytes)) == 0;
}

// A page of LMDB begins with its own number, which tells where the map begins.
void Environment::keep_from_children(std::string_view stored) {
    MDB_stat stat;
    must(mdb_env_stat(env_, &stat), "mdb_env_stat");
    const auto page = reinterpret_cast<std::uintptr_t>(stored.data()) / stat.ms_psize * stat.ms_psize;
    std::size_t number = 0;
    // NOLINTBEGIN(performance-no-int-to-ptr): LMDB tells where its map is by a number
    std::memcpy(&number, reinterpret_cast<const void*>(page), sizeof number);
    madvise(reinterpret_cast<void*>(page - number * stat.ms_psize), map_bytes(), MADV_DONTFORK);
    // NOLINTEND(performance-no-int-to-ptr)
}

void Environment::lock(Access access) {
    note_lock(this);
    must(access == Access::read ? pthread_rwlock_rdlock(&lock_) : pthread_rwlock_wrlock(&lock_), "pthread_rwlock");
}

void Environment::unlock() {
    note_unlock(this);
    pthread_rwlock_unlock(&lock_);
}

MDB_txn* Environment::take_reader() {
    for (auto& place : readers_) {
        if (place.load(std::memory_order_relaxed) == nullptr) continue;
        if (MDB_txn* reader = place.exchange(nullptr, std::memory_order_acquire)) return reader;
    }
    return nullptr;
}

void Environment::keep_reader(MDB_txn* reader) {
    for (auto& place : readers_) {
        MDB_txn* none = nullptr;
        if (place.compare_exchange_strong(none, reader, std::memory_order_release, std::memory_order_relaxed)) return;
    }
    mdb_txn_abort(reader);
}

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

std::size_t Transaction::id() const {
    return mdb_txn_id(txn_);
}

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

void Transaction::close(Database database) {
    mdb_dbi_close(environment_->env_, database.handle);
}

Cursor::Cursor(const Transaction& transaction, Database database) {
    if (const int code = mdb_cursor_open(transaction.txn_, database.handle, &cursor_)) fail(code, "mdb_cursor_open");
}

Cursor::~Cursor() {
    mdb_cursor_close(cursor_);
}

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

bool Cursor::first() {
    return move(MDB_FIRST);
}
bool Cursor::last() {
    return move(MDB_LAST);
}
bool Cursor::next() {
    return move(MDB_NEXT);
}
bool Cursor::previous() {
    return move(MDB_PREV);
}

bool Cursor::seek(std::string_view key) {
    if (key.empty()) return first();
    key_ = key;
    return move(MDB_SET_RANGE);
}

void Cursor::erase() {
    if (const int code = mdb_cursor_del(cursor_, 0)) fail(code, "mdb_cursor_del");
}

}  // namespace minamo::storage::lmdb
