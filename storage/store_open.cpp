// Opening a store: whose file it is, who else has it, and what a new one begins with.
//
// The header record says what the file is: meta "\0header" = "minamo <format version>". It is read before anything is
// written. A new file is made under another name and renamed once it is whole, so that no file without a header is
// ours.
#include "storage/store_open.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <string>

#include "storage/page_check.hpp"

namespace minamo::storage {
namespace {

constexpr int format_version = 2;  // 1 had no journal
constexpr std::string_view magic = "minamo ";
constexpr std::string_view header_mark = "headerminamo ";  // the header record in the file: value behind key

using Opened = tl::expected<std::unique_ptr<StoreState>, OpenFault>;

tl::unexpected<OpenFault> fault(std::string message) {
    return tl::unexpected(OpenFault{std::move(message)});
}

tl::unexpected<OpenFault> not_ours(const std::string& path) {
    return fault("The file " + path + " is not a store of minamo: name another, or move it away.");
}

tl::unexpected<OpenFault> cannot_open(const std::string& path, const std::string& why) {
    return fault("The store " + path + " cannot be opened (" + why + "): name a file that can be read and written.");
}

tl::unexpected<OpenFault> cut_off(const std::string& path) {
    return fault("The store " + path +
                 " is cut off, its last pages are missing: put a whole copy in its place, or move it away.");
}

tl::unexpected<OpenFault> damaged(const std::string& path, const std::string& why) {
    return fault("The store " + path + " is damaged" + (why.empty() ? "" : " (" + why + ")") +
                 ": put a whole copy in its place, or move it away.");
}

// By a code of LMDB or errno.
tl::unexpected<OpenFault> cannot_open(const std::string& path, int code) {
    if (is_descriptor_shortage(code)) return fault(descriptor_shortage("The store " + path, code));
    return cannot_open(path, lmdb::describe(code));
}

// With room for a first call in a file that has `file_bytes` already.
lmdb::EnvironmentOptions environment_options(const StoreOptions& options, const std::string& path,
                                             std::size_t file_bytes = 0, StoreState* source = nullptr) {
    lmdb::EnvironmentOptions out;
    out.path = path;
    if (source != nullptr) {
        out.copy_of = source->environment.get();
        const lmdb::Transaction transaction(*source->environment, lmdb::Access::read);
        file_bytes = source->environment->map_bytes();
    }
    out.durable = options.durable;
    out.map_bytes = options.bytes_max != 0 ? std::min(options.map_bytes, options.bytes_max) : options.map_bytes;
    out.map_bytes = std::max(out.map_bytes, file_bytes + lmdb::map_bytes_min);
    return out;
}

// The trees that every store has, and its tables.
void load(StoreState& state, lmdb::Transaction& transaction) {
    state.meta = transaction.open("meta", true);
    state.due = transaction.open("due", true);
    state.counters = transaction.open("counters", true);
    state.journal.load(transaction);
    state.catalog.load(transaction);
}

void write_header(StoreState& state, lmdb::Transaction& transaction) {
    transaction.put(state.meta, header_name, std::string(magic) + std::to_string(format_version));
}

// The trees and the header of a store that is new, or a copy, which has them.
void make(StoreState& state) {
    lmdb::Transaction transaction(*state.environment, lmdb::Access::write);
    load(state, transaction);
    write_header(state, transaction);
    transaction.commit();
}

// The version that the header tells; nothing where there is no header of ours.
std::optional<int> read_version(lmdb::Transaction& transaction) {
    const lmdb::Database meta = transaction.open("meta", false);
    if (!meta.is_open()) return std::nullopt;
    const auto header = transaction.get(meta, header_name);
    if (!header || !header->starts_with(magic)) return std::nullopt;
    int version = 0;
    const char* end = header->data() + header->size();
    const auto read = std::from_chars(header->data() + magic.size(), end, version);
    return read.ec == std::errc{} && read.ptr == end ? std::optional<int>(version) : std::nullopt;
}

tl::expected<void, OpenFault> open_existing(StoreState& state, const StoreOptions& options, std::size_t file_bytes) {
    const lmdb::FileState file = lmdb::check_file(options.path, header_mark);
    if (file == lmdb::FileState::foreign) return not_ours(options.path);
    if (file == lmdb::FileState::cut_off) return cut_off(options.path);
    if (file == lmdb::FileState::damaged) return damaged(options.path, {});
    auto environment = lmdb::Environment::open(environment_options(options, options.path, file_bytes));
    if (!environment && lmdb::is_foreign_format(environment.error())) return not_ours(options.path);
    if (!environment) return cannot_open(options.path, environment.error());
    state.environment = std::move(*environment);
    lmdb::Transaction transaction(*state.environment, lmdb::Access::write);
    const auto version = read_version(transaction);
    if (!version) return not_ours(options.path);
    if (*version > format_version) {
        return fault("The store " + options.path + " was written by a newer version of minamo (format " +
                     std::to_string(*version) + ", this one reads " + std::to_string(format_version) +
                     "): use that version, or name another file.");
    }
    load(state, transaction);
    if (*version < format_version) write_header(state, transaction);
    transaction.commit();
    return {};
}

void sync_folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

// A new file until it is whole; removed where it does not come to that.
class UnfinishedFile {
public:
    explicit UnfinishedFile(std::string path) : path_(std::move(path)) { unlink(path_.c_str()); }
    ~UnfinishedFile() {
        if (!path_.empty()) unlink(path_.c_str());
    }
    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;

    const std::string& path() const { return path_; }
    // False, with errno, where it cannot be renamed.
    bool finish(const std::string& path) {
        if (std::rename(path_.c_str(), path.c_str()) != 0) return false;
        path_.clear();
        return true;
    }

private:
    std::string path_;
};

tl::expected<void, OpenFault> make_file(StoreState& state, const StoreOptions& options, StoreState* source) {
    UnfinishedFile file(options.path + ".new");
    auto environment = lmdb::Environment::open(environment_options(options, file.path(), 0, source));
    if (!environment) return cannot_open(options.path, environment.error());
    state.environment = std::move(*environment);
    make(state);
    if (!file.finish(options.path)) return cannot_open(options.path, errno);
    if (options.durable) sync_folder_of(options.path);
    return {};
}

// A file without a byte is a new one, unless a store has been there before.
tl::expected<void, OpenFault> open_file(StoreState& state, const StoreOptions& options, bool is_known,
                                        StoreState* source) {
    struct stat file {};
    const bool exists = stat(options.path.c_str(), &file) == 0;
    if (!exists && errno != ENOENT) return cannot_open(options.path, errno);
    if (exists && !S_ISREG(file.st_mode)) return not_ours(options.path);
    const auto file_bytes = static_cast<std::size_t>(file.st_size);
    if (exists && file_bytes == 0 && is_known) return cut_off(options.path);
    if (exists && source != nullptr) {
        return fault("The file " + options.path + " is there already: name another for the copy, or move it away.");
    }
    return exists && file_bytes > 0 ? open_existing(state, options, file_bytes) : make_file(state, options, source);
}

Opened open_on_disk(const StoreOptions& options, StoreState* source) {
    auto lock = FileLock::take(options.path);
    if (!lock) return tl::unexpected(std::move(lock.error()));
    auto state = std::make_unique<StoreState>();
    try {
        if (auto opened = open_file(*state, options, !lock->made(), source); !opened) {
            lock->undo();
            return tl::unexpected(std::move(opened.error()));
        }
    } catch (const Damaged& thrown) {
        lock->undo();
        return damaged(options.path, thrown.what());
    } catch (const std::exception& thrown) {
        lock->undo();
        return cannot_open(options.path, thrown.what());
    }
    state->lock = std::move(*lock);
    return state;
}

Opened open_in_memory(const StoreOptions& options, StoreState* source) {
    auto environment = lmdb::Environment::open(environment_options(options, {}, 0, source));
    if (!environment && is_descriptor_shortage(environment.error())) {
        return fault(descriptor_shortage("A store in memory", environment.error()));
    }
    if (!environment) {
        return fault("A store in memory cannot be opened (" + lmdb::describe(environment.error()) +
                     "): allow this process more memory, address space or maps (vm.max_map_count), or reset namespaces "
                     "that are no longer needed.");
    }
    auto state = std::make_unique<StoreState>();
    state->environment = std::move(*environment);
    make(*state);
    return state;
}

}  // namespace

void keep_from_children(StoreState& state) {
    const lmdb::Transaction transaction(*state.environment, lmdb::Access::read);
    if (const auto header = transaction.get(state.meta, header_name)) state.environment->keep_from_children(*header);
}

namespace {

// Opens or makes a store, or begins one as a copy of `source`.
Opened open_or_copy(const StoreOptions& options, StoreState* source) {
    auto state = options.path.empty() ? open_in_memory(options, source) : open_on_disk(options, source);
    if (!state) return state;
    (*state)->bytes_max = options.bytes_max;
    (*state)->expiry_delay_ms = options.expiry_delay_ms;
    keep_from_children(**state);
    return state;
}

}  // namespace

Opened open_state(const StoreOptions& options) {
    return open_or_copy(options, nullptr);
}

Opened copy_state(StoreState& source, const StoreOptions& options) {
    return open_or_copy(options, &source);
}

}  // namespace minamo::storage
