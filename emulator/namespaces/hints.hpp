// Sentences for who looks into the wrong namespace: each access key and region has tables of its own, and the service's
// own words, "Requested resource not found", say nothing of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "emulator/namespaces/namespaces.hpp"
#include "minamo/options.hpp"

namespace minamo {

// To on_notice, where there is one: what goes wrong in looking for it never changes the call's answer. Each sentence is
// said once, and hints_max at most in an emulator's life.
class Hints {
public:
    static constexpr std::size_t hints_max = 250;

    // ListTables found nothing in `space`.
    void no_tables(const Options& options, Namespaces& namespaces, const KnownCaller& caller, const Namespace& space);
    // `operation` did not find this table in `space`.
    void no_table(const Options& options, Namespaces& namespaces, const KnownCaller& caller, Namespace& space,
                  std::string_view operation, std::string_view table);

private:
    bool may_say(const std::string& key);
    bool is_said(const std::string& key);

    std::mutex mutex_;
    std::set<std::string> said_;
    std::chrono::steady_clock::time_point next_search_{};
};

}  // namespace minamo
