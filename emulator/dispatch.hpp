// One call through the stages that every call passes: json, operation, credentials, validation, time, handler, answer.
#pragma once

#include <functional>
#include <string_view>

#include "emulator/call.hpp"

namespace minamo {

// Gives the caller, or what is wrong with the credentials. Called after the body has been parsed and the operation
// found.
using Authenticate = std::function<Result<KnownCaller>()>;

// `target` is the X-Amz-Target header's value ("DynamoDB_20120810.PutItem"); `body` the request's bytes.
Answer dispatch(World& world, std::string_view target, std::string_view body, const Authenticate& authenticate,
                Patience patience = Patience::all);

// The same for a caller in this process: the operation's name without a prefix, credentials given. Waits until the
// answer may be seen.
Response call_embedded(World& world, std::string_view operation, std::string_view body, KnownCaller caller);

}  // namespace minamo
