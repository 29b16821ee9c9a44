// A fixture for GoogleTest: TEST_F(minamo::test::EmulatorTest, MySubject) { ... emulator, table("users") ... }
// Each test has an emulator of its own; making one takes well under a millisecond.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "minamo/emulator.hpp"
#include "minamo/testing/table.hpp"

namespace minamo::test {

class EmulatorTest : public ::testing::Test {
protected:
    Emulator emulator;
    TableMaker table(std::string_view name) { return {emulator, name}; }
};

}  // namespace minamo::test
