// `minamo serve`: a server in a process of its own, until a signal or the end of its parent.
#pragma once

#include "command_line/arguments.hpp"

namespace minamo {

// Says on stdout, in one line, where it listens. SIGINT and SIGTERM stop it gracefully, a second one at once. Returns
// the exit code: 0, or 1 where it cannot start, with one sentence on stderr.
int serve_until_stopped(ServeSettings settings);

}  // namespace minamo
