// A door to any endpoint: a blocking HTTP/1.1 client that signs nothing but names its caller.
#pragma once

#include <string>

#include "conformance/replay/case.hpp"

namespace minamo::conformance {

// `endpoint` is "http://host:port". The door keeps one connection, from one thread; it throws std::runtime_error with a
// sentence where the endpoint does not answer. minamo itself is asked to reset what a case leaves, others are not.
Door http_door(const std::string& endpoint, const std::string& region = "us-east-1");

}  // namespace minamo::conformance
