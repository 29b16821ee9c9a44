// The floor for HTTP: a Beast server that reads each request and answers the same bytes.
#pragma once

namespace minamo::bench {

// Serves on 127.0.0.1:port, on as many threads as minamo has by default, until the process is killed.
void serve_floor(unsigned short port);

}  // namespace minamo::bench
