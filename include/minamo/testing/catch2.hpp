// Fixtures and matchers for Catch2, of version 2 or 3.
//
//   TEST_CASE_METHOD(minamo::test::Fixture, "my subject") { ... emulator, table("users") ... }
//   CHECK_THAT(users.get({{"id", S("ada")}}), is({{"id", S("ada")}, {"n", N(1)}}));
//
// Each test case has an emulator of its own; making one takes well under a millisecond.
#pragma once

// A version 2 that has been included already is the one of the program, whatever else is installed.
#if !defined(TWOBLUECUBES_SINGLE_INCLUDE_CATCH_HPP_INCLUDED) && __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#include <catch2/catch_tostring.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#define MINAMO_CATCH2_MATCHER(Type) Catch::Matchers::MatcherBase<Type>
#else
#include <catch2/catch.hpp>
#define MINAMO_CATCH2_MATCHER(Type) Catch::MatcherBase<Type>
#endif

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minamo/emulator.hpp"
#include "minamo/testing/endpoint.hpp"
#include "minamo/testing/table.hpp"

namespace minamo::test {

struct Fixture {
    Emulator emulator;
    TableMaker table(std::string_view name) { return {emulator, name}; }
};

// The same on HTTP, for code that calls by an AWS SDK.
struct EndpointFixture : Fixture {
    Endpoint endpoint{emulator};
};

// What the matchers below are: where values are not as expected, both are shown, and how they differ.
template <class Found, class Expected>
class IsMatcher final : public MINAMO_CATCH2_MATCHER(Found) {
public:
    explicit IsMatcher(Expected expected) : expected_(std::move(expected)) {}
    bool match(const Found& found) const override {
        difference_ = difference(found, expected_);
        return difference_.empty();
    }
    std::string describe() const override {
        return "is " + Catch::Detail::stringify(expected_) + (difference_.empty() ? "" : "\n" + difference_);
    }

private:
    Expected expected_;
    mutable std::string difference_;
};

// A row that there may be or not, as Table::get() gives it.
inline IsMatcher<std::optional<Row>, Row> is(Row expected) {
    return IsMatcher<std::optional<Row>, Row>(std::move(expected));
}
// All rows, in their order, as Table::rows() gives them.
inline IsMatcher<std::vector<Row>, std::vector<Row>> are(std::vector<Row> expected) {
    return IsMatcher<std::vector<Row>, std::vector<Row>>(std::move(expected));
}

}  // namespace minamo::test

template <>
struct Catch::StringMaker<std::optional<minamo::test::Row>> {
    static std::string convert(const std::optional<minamo::test::Row>& row) { return row ? row->json() : "no row"; }
};

#undef MINAMO_CATCH2_MATCHER
