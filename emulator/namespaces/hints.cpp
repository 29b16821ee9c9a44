// Looking for a table in all namespaces takes time in proportion to them, and a test may ask for tables that are
// nowhere as often as it likes: so the searches take no more than a small share of the time. A call that finds
// something else missing, as polls of a table's making do, costs one look into its own namespace.
#include "emulator/namespaces/hints.hpp"

#include <exception>

#include "emulator/namespaces/visit.hpp"

namespace minamo {
namespace {

constexpr int rest_per_search = 50;  // times as long as a search took, no other begins

std::string key_of(const KnownCaller& caller, std::string_view table) {
    return std::string(caller.account).append("/").append(caller.region).append("/").append(table);
}

std::string place_of(std::string_view access_key, std::string_view region) {
    return std::string("access key ").append(access_key).append(" in region ").append(region);
}

constexpr std::string_view advice = ": use its access key and region, or serve with --shared-db.";

// A store that cannot be read, being damaged or full, is another caller's trouble.
bool has_table(Namespace& space, std::string_view name) {
    try {
        return with_room(space, [&] {
            return Visit(space).read([&](storage::ReadTransaction* transaction) {
                return transaction != nullptr && transaction->find_table(name) != nullptr;
            });
        });
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace

bool Hints::is_said(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    return said_.size() >= hints_max || said_.contains(key);
}

bool Hints::may_say(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    return said_.size() < hints_max && said_.insert(key).second;
}

void Hints::no_tables(const Options& options, Namespaces& namespaces, const KnownCaller& caller,
                      const Namespace& space) {
    if (!options.on_notice) return;
    const std::string key = key_of(caller, {});
    if (is_said(key)) return;
    const Namespace* other = namespaces.first_with_store(&space);
    if (other == nullptr || !may_say(key)) return;
    options.on_notice("ListTables found no tables of " + place_of(caller.access_key, caller.region) + "; " +
                      place_of(other->access_key(), other->region()) + " has some" + std::string(advice));
}

void Hints::no_table(const Options& options, Namespaces& namespaces, const KnownCaller& caller, Namespace& space,
                     std::string_view operation, std::string_view table) {
    if (!options.on_notice || table.empty()) return;
    const std::string key = key_of(caller, table);
    if (is_said(key) || has_table(space, table)) return;  // where it is there, something else was not found
    const auto start = std::chrono::steady_clock::now();
    {
        const std::scoped_lock lock(mutex_);
        if (start < next_search_) return;
    }
    const Namespace* found = nullptr;
    for (Namespace* other : namespaces.with_stores()) {
        if (other == &space || !has_table(*other, table)) continue;
        found = other;
        break;
    }
    {
        const std::scoped_lock lock(mutex_);
        const auto end = std::chrono::steady_clock::now();
        next_search_ = end + rest_per_search * (end - start);
    }
    if (found == nullptr || !may_say(key)) return;
    options.on_notice(std::string(operation)
                          .append(" found no table ")
                          .append(table)
                          .append(" of ")
                          .append(place_of(caller.access_key, caller.region))
                          .append("; ")
                          .append(place_of(found->access_key(), found->region()))
                          .append(" has one")
                          .append(advice));
}

}  // namespace minamo
