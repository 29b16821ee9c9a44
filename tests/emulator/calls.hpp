// Requests that many tests make.
#pragma once

#include <string>

#include "minamo/emulator.hpp"

namespace minamo::tests {

inline std::string create_request(const std::string& name) {
    return R"({"TableName":")" + name +
           R"(","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],)"
           R"("AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]})";
}

inline std::string put_request(const std::string& table, const std::string& id) {
    return R"({"TableName":")" + table + R"(","Item":{"id":{"S":")" + id + R"("}}})";
}

inline std::string table_request(const std::string& name) {
    return R"({"TableName":")" + name + R"("})";
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace minamo::tests
