// Catch2, for all tests: the only file besides main.cpp that includes it.
#pragma once

#include <catch2/catch.hpp>
