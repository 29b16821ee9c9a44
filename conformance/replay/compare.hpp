// Comparison of JSON answers: numbers by value, sets of DynamoDB without order, everything else exactly.
#pragma once

#include <string>
#include <vector>

#include <rapidjson/document.h>

namespace minamo::conformance {

struct Match {
    bool partial = false;    // the expected object's members are enough
    bool unordered = false;  // arrays match in any order
};

// Where `actual` differs from `expected`, each place as "$.Items[0].n: expected 1, got 2".
std::vector<std::string> differences(const rapidjson::Value& expected, const rapidjson::Value& actual, Match match);

// The first of them; empty where there is none.
std::string difference(const rapidjson::Value& expected, const rapidjson::Value& actual, Match match);

// Puts what the answer has in the place of each "$like.PATTERN" that matches it.
void accept_alike(rapidjson::Value& expected, const rapidjson::Value& actual,
                  rapidjson::Document::AllocatorType& allocator);

std::string to_text(const rapidjson::Value& value);

}  // namespace minamo::conformance
