// A fixture for GoogleTest: TEST_F(minamo::testing::EmulatorTest, MySubject) { ... emulator, table("users") ... }
// Each test has an emulator of its own; making one takes well under a millisecond.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "emulator/emulator.hpp"
#include "emulator/testing/table.hpp"

namespace minamo::testing {

class EmulatorTest : public ::testing::Test {
protected:
    Emulator emulator;
    TableMaker table(std::string_view name) { return {emulator, name}; }
};

}  // namespace minamo::testing
