// A fixture for Catch2: TEST_CASE_METHOD(minamo::testing::Fixture, "my subject") { ... emulator, table("users") ... }
// Each test case has an emulator of its own; making one takes well under a millisecond.
#pragma once

#include <string_view>

#include "emulator/emulator.hpp"
#include "emulator/testing/table.hpp"

namespace minamo::testing {

struct Fixture {
    Emulator emulator;
    TableMaker table(std::string_view name) { return {emulator, name}; }
};

}  // namespace minamo::testing
