// DATE '2020-01-31' and TIME [(p)] [WITH TIME ZONE] '12:00:00.5+01:00', with what the open parser says of those that
// there cannot be.
#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

#include "grammar/statements/reader.hpp"

namespace minamo::grammar::statements {
namespace {

// The name of what stands where a string should, as that of Ion's type.
std::string_view found_type(const Token& token) {
    switch (token.kind) {
        case TokenKind::number:
            return token.text.find_first_of(".eE") == std::string::npos ? "INT" : "DECIMAL";
        case TokenKind::parameter:
            return "INT";
        case TokenKind::boolean:
            return "BOOL";
        case TokenKind::null:
        case TokenKind::missing:
            return "NULL";
        case TokenKind::string:
            return "STRING";
        case TokenKind::ion:
            return token.text;
        default:
            return "SYMBOL";
    }
}

// Whether `text` begins as `pattern`, in which '0' stands for any digit.
bool begins_as(std::string_view text, std::string_view pattern) {
    if (text.size() < pattern.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool fits = pattern[i] == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == pattern[i];
        if (!fits) return false;
    }
    return true;
}

int number_at(std::string_view text, std::size_t at, std::size_t count) {
    int out = 0;
    std::from_chars(text.data() + at, text.data() + at + count, out);
    return out;
}

Fault not_parsed(const Token& token, std::string_view why) {
    Fault fault = Reader::fault_at(token.at, Place::moment_text, token.text);
    fault.value().reason += why;
    return fault;
}

Fault out_of_range(const Token& token, std::string_view what, std::string_view range, int value) {
    return not_parsed(token, ": Invalid value for " + std::string(what) + " (valid values " + std::string(range) +
                                 "): " + std::to_string(value));
}

bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

Result<void> check_date(const Token& token) {
    constexpr std::string_view months[] = {"JANUARY", "FEBRUARY", "MARCH",     "APRIL",   "MAY",      "JUNE",
                                           "JULY",    "AUGUST",   "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"};
    constexpr int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const std::string_view text = token.text;
    constexpr std::string_view pattern = "0000-00-00";
    if (text.size() != pattern.size() || !begins_as(text, pattern)) {
        return Reader::fault_at(token.at, Place::date_format);
    }
    const int year = number_at(text, 0, 4);
    const int month = number_at(text, 5, 2);
    const int day = number_at(text, 8, 2);
    if (month < 1 || month > 12) return out_of_range(token, "MonthOfYear", "1 - 12", month);
    if (day < 1 || day > 31) return out_of_range(token, "DayOfMonth", "1 - 28/31", day);
    const auto index = static_cast<std::size_t>(month - 1);
    if (day > days[index]) {
        return not_parsed(token, ": Invalid date '" + std::string(months[index]) + " " + std::to_string(day) + "'");
    }
    if (month == 2 && day == 29 && !is_leap(year)) {
        return not_parsed(token, ": Invalid date 'February 29' as '" + std::to_string(year) + "' is not a leap year");
    }
    return {};
}

// Where the places behind a point at `at` end.
std::size_t fraction_end(std::string_view text, std::size_t at) {
    if (at >= text.size() || text[at] != '.') return at;
    ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at;
}

bool is_time(std::string_view text) {
    constexpr std::string_view pattern = "00:00:00";
    if (!begins_as(text, pattern)) return false;
    std::string_view rest = text.substr(fraction_end(text, pattern.size()));
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    constexpr std::string_view offset = "+00:00";
    if (rest.empty()) return text.back() != ' ';
    return rest.size() == offset.size() && (rest[0] == '+' || rest[0] == '-') &&
           begins_as(rest.substr(1), offset.substr(1));
}

Result<void> check_time(const Token& token) {
    const std::string_view text = token.text;
    if (!is_time(text)) return Reader::fault_at(token.at, Place::time_format);
    const int hour = number_at(text, 0, 2);
    const int minute = number_at(text, 3, 2);
    const int second = number_at(text, 6, 2);
    if (hour > 23) return out_of_range(token, "HourOfDay", "0 - 23", hour);
    if (minute > 59) return out_of_range(token, "MinuteOfHour", "0 - 59", minute);
    if (second > 59) return out_of_range(token, "SecondOfMinute", "0 - 59", second);
    constexpr std::size_t nanoseconds_end = 18;
    if (fraction_end(text, 8) > nanoseconds_end) {
        return not_parsed(token, ", unparsed text found at index " + std::to_string(nanoseconds_end));
    }
    return {};
}

Result<void> parse_precision(Reader& in) {
    if (!in.take_punctuation("(")) return {};
    const Token& digits = in.peek();
    const std::size_t significant = digits.text.find_first_not_of('0');
    const bool whole = digits.kind == TokenKind::number && found_type(digits) == "INT";
    if (!whole || (significant != std::string::npos && digits.text.size() - significant > 1)) {
        return in.fault(Place::time_precision);
    }
    in.take();
    return in.expect_punctuation(")", Place::right_paren);
}

}  // namespace

Result<Expression> parse_date(Reader& in) {
    in.take();
    if (in.peek().kind != TokenKind::string) return in.fault(Place::date_string, found_type(in.peek()));
    const Token& date = in.take();
    TRY(check_date(date));
    return leaf(Term::date, date.text, date.at);
}

Result<Expression> parse_time(Reader& in) {
    in.take();
    TRY(parse_precision(in));
    if (in.peek().kind == TokenKind::keyword) {
        TRY(in.expect_keyword("with", Place::time_with));
        TRY(in.expect_keyword("time", Place::time_time));
        TRY(in.expect_keyword("zone", Place::time_zone));
    }
    if (in.peek().kind != TokenKind::string) return in.fault(Place::time_string, found_type(in.peek()));
    const Token& time = in.take();
    TRY(check_time(time));
    return leaf(Term::time, time.text, time.at);
}

}  // namespace minamo::grammar::statements
