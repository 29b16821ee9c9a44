// Comparison of JSON answers: numbers by value, sets of DynamoDB without order, everything else exactly.
#pragma once

#include <string>

#include <rapidjson/document.h>

namespace minamo::conformance {

struct Match {
    bool partial = false;    // the expected object's members are enough
    bool unordered = false;  // arrays match in any order
};

// Where `actual` differs from `expected`, as "$.Items[0].n: expected 1, got 2"; empty where it does not.
std::string difference(const rapidjson::Value& expected, const rapidjson::Value& actual, Match match);

std::string to_text(const rapidjson::Value& value);

}  // namespace minamo::conformance
