// A fixture for Catch2: TEST_CASE_METHOD(minamo::test::Fixture, "my subject") { ... emulator, table("users") ... }
// Each test case has an emulator of its own; making one takes well under a millisecond.
#pragma once

#include <string_view>

#include "minamo/emulator.hpp"
#include "minamo/testing/table.hpp"

namespace minamo::test {

struct Fixture {
    Emulator emulator;
    TableMaker table(std::string_view name) { return {emulator, name}; }
};

}  // namespace minamo::test
