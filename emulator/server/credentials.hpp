// Who calls: the shape of the credentials of a request, in the Authorization header or in the query of a presigned one
// (conformance/behaviour/validation.md, section 1, "Authentication texts").
//
// Any access key, secret, region and service will do, and any time: only what makes no sense is refused.
#pragma once

#include <optional>

#include "emulator/namespaces/namespaces.hpp"
#include "emulator/server/request.hpp"
#include "emulator/wire/error.hpp"

namespace minamo::server {

// The caller's account is 12 digits, made of the access key.
Result<KnownCaller> authenticate(const Request& request);

// The caller that an Authorization header names, as far as it can be made out; nothing where it cannot.
std::optional<KnownCaller> named_caller(const Request& request);

}  // namespace minamo::server
