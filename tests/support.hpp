// Catch2, of version 2 or 3, for all tests: the only file besides main.cpp that includes it.
#pragma once

#include <string>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)  // as GCC says it
#define MINAMO_SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)  // as clang does
#define MINAMO_SANITIZED true
#endif
#endif
#ifndef MINAMO_SANITIZED
#define MINAMO_SANITIZED false
#endif

namespace minamo {

// Whether a sanitizer watches this process: it takes memory and open files of its own.
inline constexpr bool is_sanitized = MINAMO_SANITIZED;

// What matchers of values are made from.
#if __has_include(<catch2/catch_all.hpp>)
template <class Value>
using MatcherBase = Catch::Matchers::MatcherBase<Value>;
#else
template <class Value>
using MatcherBase = Catch::MatcherBase<Value>;
#endif

// Matches a text that has `part` in it.
inline auto contains(const std::string& part) {
#if __has_include(<catch2/catch_all.hpp>)
    return Catch::Matchers::ContainsSubstring(part);
#else
    return Catch::Contains(part);
#endif
}

}  // namespace minamo
