// Moments and durations as texts.
#include "emulator/wire/moments.hpp"
#include "emulator/limits.hpp"

#include <utility>

#include "tests/support.hpp"

using namespace minamo;

TEST_CASE("Moments: a moment is written in UTC with milliseconds", "[moments]") {
    CHECK(iso_moment(0) == "1970-01-01T00:00:00.000Z");
    CHECK(iso_moment(1431379293291) == "2015-05-11T21:21:33.291Z");
    CHECK(iso_moment(951782400000) == "2000-02-29T00:00:00.000Z");
    CHECK(iso_moment(limits::moment_max_ms) == "2261-12-31T23:59:59.999Z");
    CHECK(iso_moment(253402300799999) == "9999-12-31T23:59:59.999Z");
}

TEST_CASE("Moments: what is written reads back", "[moments]") {
    for (const std::int64_t moment_ms : {std::int64_t{0}, std::int64_t{999}, std::int64_t{1767225600000},
                                         std::int64_t{1795635163163}, limits::moment_max_ms}) {
        CHECK(parse_moment(iso_moment(moment_ms)) == moment_ms);
    }
}

TEST_CASE("Moments: a fraction may be shorter, longer or absent", "[moments]") {
    const std::pair<const char*, std::int64_t> texts[] = {
        {"2026-01-01T00:00:00Z", 1767225600000},
        {"2026-01-01T00:00:00.5Z", 1767225600500},
        {"2026-01-01T00:00:00.05Z", 1767225600050},
        {"2026-01-01T00:00:00.123456789Z", 1767225600123},
    };
    for (const auto& [text, moment_ms] : texts) {
        CAPTURE(text);
        CHECK(parse_moment(text) == moment_ms);
    }
}

TEST_CASE("Moments: other texts are none", "[moments]") {
    for (const char* text : {"",
                             "Z",
                             "2026",
                             "2026-01-01",
                             "2026-01-01T00:00:00",
                             "2026-01-01T00:00:00+00:00",
                             "2026-01-01 00:00:00Z",
                             "2026-1-01T00:00:00Z",
                             "2026-13-01T00:00:00Z",
                             "2026-02-29T00:00:00Z",
                             "2026-00-10T00:00:00Z",
                             "2026-01-00T00:00:00Z",
                             "2026-01-01T24:00:00Z",
                             "2026-01-01T00:60:00Z",
                             "2026-01-01T00:00:60Z",
                             "2026-01-01T00:00:00.Z",
                             "2026-01-01T00:00:00.x5Z",
                             "1969-12-31T23:59:59Z",
                             "-026-01-01T00:00:00Z",
                             "+026-01-01T00:00:00Z",
                             "2026-01-01T00:00:00ZZ",
                             "2026-01-01T00:00:00Z ",
                             "1767225600"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_moment(text));
    }
}

TEST_CASE("Moments: a duration is a number with its unit", "[moments]") {
    const std::pair<const char*, std::int64_t> texts[] = {
        {"0ms", 0},
        {"1500ms", 1500},
        {"10s", 10000},
        {"5m", 300000},
        {"49h", 176400000},
        {"3d", 259200000},
        {"87660h", 87660LL * 3600000},
        {"3652500d", 3652500LL * 86400000},
    };
    for (const auto& [text, milliseconds] : texts) {
        CAPTURE(text);
        CHECK(parse_duration(text) == milliseconds);
    }
}

TEST_CASE("Moments: other texts are no duration", "[moments]") {
    for (const char* text : {"", "h", "1", "-1h", "1.5h", "1 h", "1h ", "1y", "1H", "h1", "3652501d",
                             "9223372036854775807d", "99999999999999999999s"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_duration(text));
    }
}
