// An access key that is no account stands for one of its own, the same each time.
#include "emulator/namespaces/accounts.hpp"

#include <algorithm>
#include <cstdint>

namespace minamo {

bool is_account(std::string_view text) {
    return text.size() == 12 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
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
