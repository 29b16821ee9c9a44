// Stores come and go under the write lock of the store that is replaced: whoever waits for that lock finds, once it has
// it, that the store is no longer the namespace's, and starts again with the new one.
#include "emulator/namespaces/namespace.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "emulator/namespaces/store_files.hpp"
#include "emulator/namespaces/visit.hpp"
#include "minamo/clock.hpp"

namespace minamo {
namespace {

constexpr std::string_view clock_name = "clock";  // of a named row of the store

}  // namespace

Namespace::Namespace(World& world, const Options& options, Clock& clock, NamespaceClock& first_clock,
                     const Caller& owner, bool passing)
    : world_(world),
      options_(options),
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
    return store_path(options_.db_path, {account_, region_});
}

std::shared_ptr<storage::Store> Namespace::current() {
    return store_.load();
}

std::shared_ptr<storage::Store> Namespace::open() {
    storage::StoreOptions options;
    options.path = path();
    if (is_on_disk()) keep_region(options.path, region_);
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
        if (const auto kept = transaction.named_row(clock_name); kept && !clock_.restore(*kept)) {
            throw StartError("The store " + path() + " keeps a clock that cannot be read: move the file away.");
        }
        commit(transaction);
    });
    const auto next = store->begin_read().next_due_moment();
    set_next_due(next.value_or(never_ms));
}

void Namespace::commit(storage::WriteTransaction& transaction, const std::function<void()>& committed) {
    const auto clock = is_on_disk() ? clock_.changed() : std::nullopt;
    if (clock) transaction.set_named_row(clock_name, clock->text);
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

}  // namespace minamo
