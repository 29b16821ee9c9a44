// Stores come and go under the write lock of the store that is replaced: whoever waits for that lock finds, once it has
// it, that the store is no longer the namespace's, and starts again with the new one.
#include "emulator/namespaces/namespaces.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "emulator/namespaces/small_files.hpp"
#include "emulator/streams/table_streams.hpp"
#include "storage/key_codec.hpp"

namespace minamo {
namespace {

constexpr std::string_view file_suffix = ".minamo";
constexpr std::string_view clock_name = "clock";  // in the store's `meta`
// Kept by rename. One without a byte, which earlier versions left behind where the power failed, keeps nothing.
constexpr const char* first_clock_file = "first_clock";
// Of a region whose name is too long for a file's: the file beside its store that holds it.
constexpr std::string_view region_suffix = ".region";
constexpr std::size_t region_bytes_max = 230;  // with account and suffixes 255
constexpr std::size_t region_bytes_shown = 60;
constexpr char hash_mark = '~';

bool is_account(std::string_view text) {
    return text.size() == 12 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_file_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

void append_hex(std::string& out, unsigned char byte) {
    static constexpr std::string_view hex = "0123456789ABCDEF";
    out.push_back(hex[byte >> 4]);
    out.push_back(hex[byte & 15]);
}

// A region is any text: what may not stand in a file name is written as %XX. What gets too long ends in a hash.
std::string file_name(std::string_view region) {
    std::string out;
    for (const char c : region) {
        if (is_file_name_character(c)) {
            out.push_back(c);
        } else {
            out.push_back('%');
            append_hex(out, static_cast<unsigned char>(c));
        }
    }
    if (out.size() <= region_bytes_max) return out;
    out.resize(region_bytes_shown);
    out.push_back(hash_mark);
    for (const unsigned char byte : storage::hash_of(region)) append_hex(out, byte);
    return out;
}

std::int64_t hex_digit(char c) {
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

// Whether a file name of a region ends in a hash: it does not tell the region.
bool is_hashed(std::string_view name) {
    return name.size() == region_bytes_shown + 33 && name[region_bytes_shown] == hash_mark;
}

// Where the region of such a store is kept.
std::string region_path(const std::string& path) {
    return path.substr(0, path.size() - file_suffix.size()) + std::string(region_suffix);
}

std::string region_of(const std::string& path, std::string_view name) {
    std::string out;
    if (is_hashed(name)) {
        const auto kept = read_file(region_path(path));
        if (kept && file_name(*kept) == name) return *kept;
        throw StartError("The region of the store " + path + " is not known, it should stand in " + region_path(path) +
                         ": put that file back, or move the store away.");
    }
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '%' && i + 2 < name.size()) {
            out.push_back(static_cast<char>(hex_digit(name[i + 1]) * 16 + hex_digit(name[i + 2])));
            i += 2;
        } else {
            out.push_back(name[i]);
        }
    }
    return out;
}

}  // namespace

Namespace::Namespace(const Options& options, Clock& clock, NamespaceClock& first_clock, const Caller& owner,
                     bool passing)
    : options_(options),
      clock_(clock),
      first_clock_(first_clock),
      account_(owner.account),
      region_(owner.region),
      passing_(passing) {
    clock_.follow(first_clock);
}

std::string Namespace::access_key() const {
    const std::scoped_lock lock(opening_);
    return access_key_.empty() ? account_ : access_key_;
}

void Namespace::called_by(std::string_view access_key) {
    if (key_known_.load(std::memory_order_relaxed) || access_key.empty() || access_key == account_) return;
    const std::scoped_lock lock(opening_);
    if (key_known_.exchange(true)) return;
    access_key_ = access_key;
}

std::string Namespace::path() const {
    if (options_.db_path.empty()) return {};
    return options_.db_path + "/" + account_ + "_" + file_name(region_) + std::string(file_suffix);
}

std::shared_ptr<storage::Store> Namespace::current() {
    return store_.load();
}

void Namespace::keep_region(const std::string& path) const {
    if (path.empty() || !is_hashed(file_name(region_))) return;
    const std::string kept_at = region_path(path);
    if (read_file(kept_at) == region_) return;
    if (!replace_file(kept_at, region_)) {
        throw StartError("The file " + kept_at + " cannot be written: make room, or let it be written to.");
    }
}

std::shared_ptr<storage::Store> Namespace::open() {
    storage::StoreOptions options;
    options.path = path();
    keep_region(options.path);
    options.durable = options_.durable;
    options.map_bytes = options_.map_bytes;
    options.bytes_max = options_.memory_max_bytes;
    options.expiry_delay_ms = options_.ttl_delay.count();
    auto opened = storage::Store::open(options);
    if (!opened) throw StartError(opened.error().message);
    return std::move(*opened);
}

std::shared_ptr<storage::Store> Namespace::current_or_new() {
    if (auto store = current()) return store;
    if (passing_) throw NeedsToStay{};
    const std::scoped_lock lock(opening_);
    if (auto store = current()) return store;
    auto store = open();
    store_.store(store);
    return store;
}

void Namespace::open_existing() {
    if (!std::filesystem::exists(path())) return;
    const auto store = current_or_new();
    with_room(*this, [&] {
        auto transaction = store->begin_write();
        if (const auto kept = transaction.meta(clock_name); kept && !clock_.restore(*kept)) {
            throw StartError("The store " + path() + " keeps a clock that cannot be read: move the file away.");
        }
        open_missing_streams(transaction, options_.stream_shards, clock_.now_ms());
        commit(transaction);
    });
    const auto next = store->begin_read().next_due_moment();
    set_next_due(next.value_or(never_ms));
}

void Namespace::commit(storage::WriteTransaction& transaction, const std::function<void()>& committed) {
    const auto clock = is_on_disk() ? clock_.changed() : std::nullopt;
    if (clock) transaction.set_meta(clock_name, clock->text);
    std::int64_t next_ms = std::min(next_due_ms(), transaction.earliest_due_added());
    if (transaction.due_unsettled()) next_ms = transaction.next_due_moment().value_or(never_ms);
    transaction.commit([&] {
        if (committed) committed();
        set_next_due(next_ms);
        if (clock) clock_.kept(*clock);
    });
}

void Namespace::grow() {
    if (const auto store = current()) store->grow();
}

void Namespace::begin_anew() {
    holds_.clear();
    iterators_.clear();
    falling_.clear();
    set_next_due(never_ms);
    clock_.follow(first_clock_);
    epoch_.fetch_add(1, std::memory_order_release);
}

void Namespace::reset() {
    for (;;) {
        const auto store = current();
        if (!store) return begin_anew();
        auto transaction = store->begin_write();
        if (store != current()) continue;
        if (is_on_disk()) {
            transaction.clear();
            return transaction.commit([this] { begin_anew(); });
        }
        begin_anew();
        store_.store(nullptr);
        return;
    }
}

void Namespace::drop_empty_store() {
    if (is_on_disk()) return;
    const auto store = current();
    if (!store) return;
    auto transaction = store->begin_write();
    if (store != current() || transaction.table_count() != 0 || transaction.next_due_moment()) return;
    store_.store(nullptr);
}

Namespaces::Namespaces(const Options& options, Clock& clock)
    : options_(options), clock_(clock), first_clock_(clock), plain_clock_(clock) {
    if (options.db_path.empty()) return;
    std::error_code fault;
    std::filesystem::create_directories(options.db_path, fault);
    if (!std::filesystem::is_directory(options.db_path)) {
        throw StartError("The folder " + options.db_path + " cannot be made: name one that can be written to.");
    }
    const std::string clock_path = options.db_path + "/" + first_clock_file;
    const auto kept = read_file(clock_path);
    if (kept && !kept->empty() && !first_clock_.restore(*kept)) {
        throw StartError("The file " + clock_path + " keeps a clock that cannot be read: move the file away.");
    }
    for (const auto& entry : std::filesystem::directory_iterator(options.db_path, fault)) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(file_suffix) || name.size() < 14 + file_suffix.size() || name[12] != '_') continue;
        if (!is_account(std::string_view(name).substr(0, 12))) continue;
        const std::string_view region = std::string_view(name).substr(13, name.size() - 13 - file_suffix.size());
        const Caller owner{name.substr(0, 12), region_of(entry.path().string(), region)};
        find({owner, {}}).open_existing();
    }
}

const Caller& Namespaces::owner_of(const Caller& caller) const {
    static const Caller shared{"000000000000", "shared"};
    return options_.shared_db ? shared : caller;
}

Namespace* Namespaces::find_existing(const KnownCaller& caller) {
    const std::shared_lock lock(mutex_);
    const auto found = by_owner_.find(owner_of(caller));
    if (found == by_owner_.end()) return nullptr;
    found->second->called_by(caller.access_key);
    return found->second.get();
}

Namespace& Namespaces::find(const KnownCaller& caller) {
    if (Namespace* found = find_existing(caller)) return *found;
    const std::unique_lock lock(mutex_);
    auto& place = by_owner_[owner_of(caller)];
    if (!place) {
        place = std::make_unique<Namespace>(options_, clock_, first_clock_, owner_of(caller));
        place->called_by(caller.access_key);
    }
    return *place;
}

Namespace& Namespaces::look(const KnownCaller& caller, std::optional<Namespace>& passing) {
    if (Namespace* found = find_existing(caller)) return *found;
    return passing.emplace(options_, clock_, first_clock_, owner_of(caller), true);
}

std::vector<Namespace*> Namespaces::all() {
    const std::shared_lock lock(mutex_);
    std::vector<Namespace*> out;
    out.reserve(by_owner_.size());
    for (const auto& [key, space] : by_owner_) out.push_back(space.get());
    return out;
}

const Namespace* Namespaces::first_with_store(const Namespace* except) {
    const std::shared_lock lock(mutex_);
    const auto found = std::ranges::find_if(
        by_owner_, [except](const auto& entry) { return entry.second.get() != except && entry.second->has_store(); });
    return found == by_owner_.end() ? nullptr : found->second.get();
}

std::vector<Namespace*> Namespaces::with_stores() {
    const std::shared_lock lock(mutex_);
    std::vector<Namespace*> out;
    for (const auto& [key, space] : by_owner_) {
        if (space->has_store()) out.push_back(space.get());
    }
    return out;
}

void Namespaces::keep_first_clock() {
    if (options_.db_path.empty()) return;
    const std::scoped_lock lock(keeping_);
    const auto changed = first_clock_.changed();
    if (!changed) return;
    const std::string path = options_.db_path + "/" + first_clock_file;
    if (!replace_file(path, changed->text)) {
        throw storage::StorageFull("The file " + path + " cannot be written: make room, or let it be written to.");
    }
    first_clock_.kept(*changed);
}

void Namespaces::reset_first_clock() {
    first_clock_.follow(plain_clock_);
    keep_first_clock();
}

KnownCaller know(const Caller& caller) {
    return {{account_of(caller.account), caller.region}, caller.account};
}

std::string account_of(std::string_view access_key) {
    if (access_key.empty()) return "000000000000";
    if (is_account(access_key)) return std::string(access_key);
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a, 64 bits
    for (const char c : access_key) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    std::string digits = std::to_string(hash % 1000000000000ULL);
    return std::string(12 - digits.size(), '0') + digits;
}

}  // namespace minamo
