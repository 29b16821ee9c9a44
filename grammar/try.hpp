// Errors handed up, of anything like tl::expected: the one pair of macros that grammar/ and emulator/ share.
//
// TRY(f()) returns f's error from the enclosing function; TRY_LET(name, f()) also names its value.
#pragma once

#include <utility>

#include <tl/expected.hpp>

#define MINAMO_JOIN_(a, b) a##b
#define MINAMO_JOIN(a, b) MINAMO_JOIN_(a, b)
#define TRY(expression)                                           \
    do {                                                          \
        if (auto&& try_result = (expression); !try_result) {      \
            return tl::unexpected(std::move(try_result).error()); \
        }                                                         \
    } while (false)
#define TRY_LET_(result, name, expression)                         \
    auto result = (expression);                                    \
    if (!result) return tl::unexpected(std::move(result).error()); \
    auto& name = *result
#define TRY_LET(name, expression) TRY_LET_(MINAMO_JOIN(try_let_, __LINE__), name, expression)
