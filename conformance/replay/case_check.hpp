// Whether a case file says what case.hpp says that one may: a misspelt check would pass for ever.
#pragma once

#include <string>

#include <rapidjson/document.h>

namespace minamo::conformance {

// What is wrong, such as "case \"one\", call 2: there is no member \"ot\""; empty where nothing is.
std::string fault_of_case_file(const rapidjson::Value& file);

}  // namespace minamo::conformance
