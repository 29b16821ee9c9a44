// A door to any endpoint over HTTP or HTTPS, by libcurl, which signs each call (AWS Signature Version 4).
#pragma once

#include <string>

#include "conformance/replay/case.hpp"

namespace minamo::conformance {

// `endpoint` is "http://host:port", or https. The door keeps one connection, from one thread; it throws
// std::runtime_error with a sentence where the endpoint does not answer. The account of a case is the access key.
// minamo itself is asked to reset what a case leaves, others are not.
Door http_door(const std::string& endpoint, const std::string& region = "us-east-1");

}  // namespace minamo::conformance
