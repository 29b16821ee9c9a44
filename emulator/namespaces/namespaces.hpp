// All namespaces of an emulator: (account, region) -> Namespace.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "emulator/namespaces/visit.hpp"
#include "minamo/clock.hpp"
#include "minamo/options.hpp"

namespace minamo {

class Namespaces {
public:
    Namespaces(World& world, const Options& options, Clock& clock);

    // The caller's namespace, made on first use.
    Namespace& find(const KnownCaller& caller);
    // The caller's namespace; null where there is none.
    Namespace* find_existing(const KnownCaller& caller);
    // The same; where there is none, `passing` stands for it: nothing stays of namespaces that are only looked at.
    Namespace& look(const KnownCaller& caller, std::optional<Namespace>& passing);
    // Account and region of the caller's namespace.
    const Caller& owner_of(const Caller& caller) const;
    // One that has or had tables, other than `except`; null where there is none.
    const Namespace* first_with_store(const Namespace* except);
    std::vector<Namespace*> with_stores();
    // All there are.
    std::vector<Namespace*> all();
    // The clock that namespaces begin with, for calls that move all clocks.
    NamespaceClock& first_clock() { return first_clock_; }
    // After a change of it: on disk it outlives the process. Throws StorageFull.
    void keep_first_clock();
    // Gives it its own course again.
    void reset_first_clock();

private:
    struct Hash {
        std::size_t operator()(const Caller& owner) const {
            const std::hash<std::string> hash;
            return hash(owner.account) * 31 + hash(owner.region);
        }
    };
    struct Same {
        bool operator()(const Caller& a, const Caller& b) const {
            return a.account == b.account && a.region == b.region;
        }
    };

    World& world_;
    const Options& options_;
    Clock& clock_;
    NamespaceClock first_clock_;
    NamespaceClock plain_clock_;  // never moved
    std::mutex keeping_;          // the first clock: the latest is the last one kept
    std::shared_mutex mutex_;
    std::unordered_map<Caller, std::unique_ptr<Namespace>, Hash, Same> by_owner_;
};

}  // namespace minamo
