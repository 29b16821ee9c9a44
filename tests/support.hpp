// Catch2, of version 2 or 3, for all tests: the only file besides main.cpp that includes it.
#pragma once

#include <string>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

namespace minamo {

// Matches a text that has `part` in it.
inline auto contains(const std::string& part) {
#if __has_include(<catch2/catch_all.hpp>)
    return Catch::Matchers::ContainsSubstring(part);
#else
    return Catch::Contains(part);
#endif
}

}  // namespace minamo
