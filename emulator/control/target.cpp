// Whom a control call means. A name that is misspelt, or forgotten, must not come to mean another namespace, or all.
#include <algorithm>
#include <utility>

#include "emulator/control/calls.hpp"
#include "emulator/wire/texts.hpp"

namespace minamo::control {
namespace {

// What a query says.
struct Named {
    bool all = false;
    std::string account;
    std::string region;
};

// Takes "name=value"; the sentence for what is wrong.
std::string take_pair(std::string_view pair, Named& out) {
    const std::size_t mark = std::min(pair.find('='), pair.size());
    const std::string name = to_utf8(decode_percent(pair.substr(0, mark)));
    std::string value = to_utf8(decode_percent(pair.substr(std::min(mark + 1, pair.size()))));
    if (name == "all") {
        if (!value.empty() && value != "true" && value != "1") return "Give all without a value: ?all.";
        out.all = true;
        return {};
    }
    std::string* const text = name == "account" ? &out.account : name == "region" ? &out.region : nullptr;
    if (text == nullptr) return "There is no query name " + name + ": a control call takes account, region and all.";
    if (value.empty()) return "Give " + name + " a value, or leave it out.";
    if (!text->empty()) return "Give " + name + " once.";
    *text = std::move(value);
    return {};
}

}  // namespace

std::string read_target(std::string_view query, const KnownCaller* caller, bool needed, Target& out) {
    Named named;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        if (end != 0) {
            if (auto fault = take_pair(query.substr(0, end), named); !fault.empty()) return fault;
        }
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    const bool one = !named.account.empty() || !named.region.empty();
    if (named.all && one) return "Give account and region, or all, and not both.";
    out.all = named.all;
    if (named.all) return {};
    if (caller != nullptr) out.caller = *caller;
    if (!named.account.empty()) {
        out.caller.account = account_of(named.account);
        out.caller.access_key = std::move(named.account);
    }
    const bool known = caller != nullptr || !out.caller.access_key.empty();
    if (!known && !named.region.empty()) return "Give account with region: the access key of the namespace.";
    if (!known && needed) {
        return "Say whose: ?account=ACCESS_KEY&region=REGION, the credentials of an Authorization header, "
               "or ?all for every namespace.";
    }
    out.all = !known;
    if (!named.region.empty()) out.caller.region = std::move(named.region);
    return {};
}

}  // namespace minamo::control
