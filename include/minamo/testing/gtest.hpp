// Fixtures and checks for GoogleTest.
//
//   TEST_F(minamo::test::EmulatorTest, MySubject) { ... emulator, table("users") ... }
//   EXPECT_TRUE(same(users.get({{"id", S("ada")}}), Row{{"id", S("ada")}, {"n", N(1)}}));
//
// Each test has an emulator of its own; making one takes well under a millisecond.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "minamo/emulator.hpp"
#include "minamo/testing/endpoint.hpp"
#include "minamo/testing/table.hpp"

namespace minamo::test {

class EmulatorTest : public ::testing::Test {
protected:
    Emulator emulator;
    TableMaker table(std::string_view name) { return {emulator, name}; }
};

// The same on HTTP, for code that calls by an AWS SDK.
class EndpointTest : public EmulatorTest {
protected:
    Endpoint endpoint{emulator};
};

// Where rows are not as expected, the failure shows both, and how they differ.
inline ::testing::AssertionResult same(const std::optional<Row>& found, const Row& expected) {
    const std::string text = difference(found, expected);
    return text.empty() ? ::testing::AssertionSuccess() : ::testing::AssertionFailure() << text;
}
inline ::testing::AssertionResult same(const std::vector<Row>& found, const std::vector<Row>& expected) {
    const std::string text = difference(found, expected);
    return text.empty() ? ::testing::AssertionSuccess() : ::testing::AssertionFailure() << text;
}

}  // namespace minamo::test
