// The calendar is that of <chrono>.
#include "emulator/wire/moments.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <utility>

namespace minamo {
namespace {

constexpr std::int64_t second_ms = 1000;
constexpr std::int64_t day_ms = 24 * 60 * 60 * second_ms;
constexpr std::int64_t duration_max_ms = 3652500 * day_ms;

// Exactly `digits` digits from the front of the text, then `end`.
bool take_number(std::string_view& text, std::size_t digits, char end, int& number) {
    if (text.size() <= digits || text[digits] != end) return false;
    const auto [last, fault] = std::from_chars(text.data(), text.data() + digits, number);
    if (fault != std::errc{} || last != text.data() + digits || number < 0) return false;
    text.remove_prefix(digits + 1);
    return true;
}

// ".25" up to the zone, in milliseconds.
std::optional<int> take_fraction(std::string_view text) {
    if (text.empty()) return std::nullopt;
    int milliseconds = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        if (i < 3) milliseconds = milliseconds * 10 + (text[i] - '0');
    }
    for (std::size_t i = text.size(); i < 3; ++i) milliseconds *= 10;
    return milliseconds;
}

}  // namespace

std::string iso_moment(std::int64_t moment_ms) {
    using namespace std::chrono;
    const sys_time<milliseconds> moment{milliseconds(moment_ms)};
    const auto day = floor<days>(moment);
    const year_month_day date(day);
    const hh_mm_ss<milliseconds> time(moment - day);
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return text;
}

std::optional<std::int64_t> parse_moment(std::string_view text) {
    using namespace std::chrono;
    if (!text.ends_with('Z')) return std::nullopt;
    const std::size_t point = text.find('.');
    int fraction_ms = 0;
    if (point != std::string_view::npos) {
        const auto fraction = take_fraction(text.substr(point + 1, text.size() - point - 2));
        if (!fraction) return std::nullopt;
        fraction_ms = *fraction;
    }
    std::string plain(text.substr(0, point == std::string_view::npos ? text.size() - 1 : point));
    plain.push_back('Z');
    std::string_view rest = plain;
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
    if (!take_number(rest, 4, '-', y) || !take_number(rest, 2, '-', mo) || !take_number(rest, 2, 'T', d) ||
        !take_number(rest, 2, ':', h) || !take_number(rest, 2, ':', mi) || !take_number(rest, 2, 'Z', s)) {
        return std::nullopt;
    }
    const year_month_day date{year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
    if (!rest.empty() || !date.ok() || y < 1970 || h > 23 || mi > 59 || s > 59) return std::nullopt;
    const std::int64_t seconds_of_day = (h * 60LL + mi) * 60 + s;
    return sys_days(date).time_since_epoch().count() * day_ms + seconds_of_day * second_ms + fraction_ms;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || number < 0) return std::nullopt;
    const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    constexpr std::pair<std::string_view, std::int64_t> units[] = {
        {"ms", 1}, {"s", second_ms}, {"m", 60 * second_ms}, {"h", 3600 * second_ms}, {"d", day_ms}};
    for (const auto& [name, unit_ms] : units) {
        if (unit == name && number <= duration_max_ms / unit_ms) return number * unit_ms;
    }
    return std::nullopt;
}

void write_moment(json::Writer& out, std::string_view name, std::int64_t moment_ms) {
    char text[32];
    const int length = std::snprintf(text, sizeof text, "%lld.%03lld", static_cast<long long>(moment_ms / 1000),
                                     static_cast<long long>(moment_ms % 1000));
    out.key(name);
    out.raw({text, static_cast<std::size_t>(length)});
}

}  // namespace minamo
