// The door of the control API.
#pragma once

#include <string_view>

#include "emulator/call.hpp"

namespace minamo {

// The control API under /_minamo/. `path` starts with "/_minamo/", `query` is what follows '?', `caller` is the
// namespace that the Authorization header names, if there is one. Answers JSON.
Answer control_call(World& world, std::string_view method, std::string_view path, std::string_view query,
                    std::string_view body, const KnownCaller* caller, Patience patience = Patience::all);

// The same for a caller in this process: `call` is what follows /_minamo/, with its query. Without a body a call that
// can be read is read, else done.
Answer control_call(World& world, std::string_view call, std::string_view body, const KnownCaller& caller);

}  // namespace minamo
