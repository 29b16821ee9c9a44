// A request against its Shape, in DynamoDB's words: types first, stopping at the first fault, then all constraints in
// one error (conformance/behaviour/validation.md, sections 2 and 3).
#pragma once

#include "emulator/api/operations.hpp"
#include "emulator/wire/deployment.hpp"
#include "emulator/wire/json.hpp"

namespace minamo {

// `body` is an object; some sentences depend on the deployment. SerializationException for wrong types, then
// ValidationException: a sentence of one member, else "N validation errors detected: ...", else a sentence for a member
// that this version refuses.
//
// What passes has the types of its shape everywhere, whatever the depth. Null stands only where a member of a structure
// is absent, or for an attribute of an item or an M; elsewhere in lists and maps it has been refused.
Result<void> validate(const api::Operation& operation, const json::Value& body,
                      Deployment deployment = Deployment::recent);

}  // namespace minamo
