// Opening, growing and closing environments; the lock; the pool of read transactions.
//
// In memory is a memfd, which LMDB opens through /proc/self/fd and writes in place (MDB_WRITEMAP): no file is left behind,
// and /dev/shm sets no bound. On disk goes without MDB_WRITEMAP: on a full disk writing in place is SIGBUS, while plain
// writes fail, abort, and leave a file that is whole.
#include <fcntl.h>
#include <lmdb.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "storage/lmdb.hpp"

namespace minamo::storage::lmdb {
namespace {

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

void note_unlock(const Environment* environment) { std::erase(held_by_this_thread, environment); }
#else
void note_lock(const Environment*) {}
void note_unlock(const Environment*) {}
#endif

}  // namespace

std::string describe(int code) { return mdb_strerror(code); }

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
    if (code == 0) code = mdb_env_open(env_, path, flags | MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOTLS, file_mode);
    if (code != 0) {
        mdb_env_close(env_);
        env_ = nullptr;
    }
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

bool Environment::grow(std::size_t bytes_max) {
    const Exclusive exclusive(*this);
    const std::size_t now = map_bytes();
    const std::size_t wanted = bytes_max == 0 ? now * 2 : std::min(now * 2, whole_pages(bytes_max));
    if (wanted <= now) return false;
    remap(wanted);
    return true;
}

// LMDB unmaps first and cannot go back where the larger map is refused: so what it will ask for is tried before.
void Environment::remap(std::size_t bytes) {
    unsigned flags = 0;
    int descriptor = -1;
    must(mdb_env_get_flags(env_, &flags), "mdb_env_get_flags");
    must(mdb_env_get_fd(env_, &descriptor), "mdb_env_get_fd");
    void* room = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room != MAP_FAILED) munmap(room, bytes);
    const bool in_place = (flags & MDB_WRITEMAP) != 0;
    if (room == MAP_FAILED || (in_place && ftruncate(descriptor, static_cast<off_t>(bytes)) != 0)) {
        throw StorageFull("This system has no room for a larger store: nothing of this call was written.");
    }
    must(mdb_env_set_mapsize(env_, bytes), "mdb_env_set_mapsize");
}

// A page of LMDB begins with its own number, which tells where the map begins.
void Environment::keep_from_children(std::string_view stored) {
    MDB_stat stat;
    must(mdb_env_stat(env_, &stat), "mdb_env_stat");
    const auto page = reinterpret_cast<std::uintptr_t>(stored.data()) / stat.ms_psize * stat.ms_psize;
    std::size_t number = 0;
    std::memcpy(&number, reinterpret_cast<const void*>(page), sizeof number);
    madvise(reinterpret_cast<void*>(page - number * stat.ms_psize), map_bytes(), MADV_DONTFORK);
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

}  // namespace minamo::storage::lmdb
