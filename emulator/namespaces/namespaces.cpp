// On disk the stores that are there are opened at the start.
#include "emulator/namespaces/namespaces.hpp"

#include <algorithm>
#include <filesystem>
#include <mutex>

#include "emulator/namespaces/small_files.hpp"
#include "emulator/namespaces/store_files.hpp"
#include "minamo/clock.hpp"

namespace minamo {

Namespaces::Namespaces(World& world, const Options& options, Clock& clock)
    : world_(world), options_(options), clock_(clock), first_clock_(clock), plain_clock_(clock) {
    if (options.db_path.empty()) return;
    std::error_code fault;
    std::filesystem::create_directories(options.db_path, fault);
    if (!std::filesystem::is_directory(options.db_path)) {
        throw StartError("The folder " + options.db_path + " cannot be made: name one that can be written to.");
    }
    const std::string clock_path = first_clock_path(options.db_path);
    const auto kept = read_file(clock_path);
    if (kept && !kept->empty() && !first_clock_.restore(*kept)) {
        throw StartError("The file " + clock_path + " keeps a clock that cannot be read: move the file away.");
    }
    for (const auto& entry : std::filesystem::directory_iterator(options.db_path, fault)) {
        const auto owner = owner_of_store(entry.path().string());
        if (owner) find({*owner, {}}).open_existing();
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
        place = std::make_unique<Namespace>(world_, options_, clock_, first_clock_, owner_of(caller));
        place->called_by(caller.access_key);
    }
    return *place;
}

Namespace& Namespaces::look(const KnownCaller& caller, std::optional<Namespace>& passing) {
    if (Namespace* found = find_existing(caller)) return *found;
    return passing.emplace(world_, options_, clock_, first_clock_, owner_of(caller), true);
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
    const std::string path = first_clock_path(options_.db_path);
    if (!replace_file(path, changed->text)) {
        throw storage::StorageFull("The file " + path + " cannot be written: make room, or let it be written to.");
    }
    first_clock_.kept(*changed);
}

void Namespaces::reset_first_clock() {
    first_clock_.follow(plain_clock_);
    keep_first_clock();
}

}  // namespace minamo
