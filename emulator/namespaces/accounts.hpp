// Access keys, and the accounts that they stand for.
#pragma once

#include <string>
#include <string_view>

#include "minamo/options.hpp"

namespace minamo {

// A caller as it named itself. `account` is 12 digits.
struct KnownCaller : Caller {
    std::string access_key;
};

// Whether it has the form of an account: 12 digits.
bool is_account(std::string_view text);

// 12 digits for any access key: itself where it is 12 digits, else digits of its own.
std::string account_of(std::string_view access_key);

// A caller whose `account` is an access key as it was given.
KnownCaller know(const Caller& caller);

}  // namespace minamo
