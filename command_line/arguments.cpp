// DynamoDB Local's spellings are one table; what is in none of its rows stays as it was given.
#include "command_line/arguments.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace minamo {
namespace {

struct Spelling {
    std::string_view old;
    std::string_view present;  // empty: has no meaning here
};

constexpr std::array spellings{
    Spelling{"-port", "--port"},          Spelling{"-dbPath", "--db-path"},
    Spelling{"-inMemory", "--in-memory"}, Spelling{"-sharedDb", "--shared-db"},
    Spelling{"-cors", "--cors"},          Spelling{"-delayTransientStatuses", "--delay-transient-statuses"},
    Spelling{"-help", "--help"},          Spelling{"-version", "--version"},
    Spelling{"-disableTelemetry", ""},    Spelling{"-optimizeDbBeforeStartup", ""},
};

bool is_answered_without_command(std::string_view option) {
    return option == "--help" || option == "-h" || option == "--version" || option == "-V";
}

// Nothing where the argument is to be dropped.
std::optional<std::string> modernize(const std::string& argument) {
    const std::size_t mark = std::min(argument.find('='), argument.size());
    const auto found = std::ranges::find(spellings, std::string_view(argument).substr(0, mark), &Spelling::old);
    if (found == spellings.end()) return argument;
    if (found->present.empty()) return std::nullopt;
    return std::string(found->present) + argument.substr(mark);
}

// One line, whatever a message holds.
void append_printable(std::string& out, std::string_view text) {
    for (const char c : text) out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c);
}

}  // namespace

std::vector<std::string> modernize(const std::vector<std::string>& arguments) {
    std::vector<std::string> out;
    for (const std::string& argument : arguments) {
        if (auto present = modernize(argument)) out.push_back(std::move(*present));
    }
    const bool whole = !out.empty() && (!out.front().starts_with("-") || is_answered_without_command(out.front()));
    if (!whole) out.insert(out.begin(), "serve");
    return out;
}

std::optional<std::size_t> parse_size(std::string_view text) {
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end == text.data()) return std::nullopt;
    std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    if (unit.size() == 3 && unit.ends_with("iB")) unit.remove_suffix(2);
    int shift = 0;
    if (!unit.empty()) {
        constexpr std::string_view units = "kKmMgGtT";
        const std::size_t at = units.find(unit.front());
        if (unit.size() != 1 || at == units.npos) return std::nullopt;
        shift = 10 * static_cast<int>(at / 2 + 1);
    }
    if (number > (SIZE_MAX >> shift)) return std::nullopt;
    return number << shift;
}

std::string log_line(const CallRecord& record) {
    std::array<char, 64> milliseconds;
    const int length = std::snprintf(milliseconds.data(), milliseconds.size(), "%.3f", record.milliseconds);
    std::string out;
    append_printable(out, record.account);
    out.push_back('/');
    append_printable(out, record.region);
    out.push_back(' ');
    append_printable(out, record.operation);
    out.push_back(' ');
    append_printable(out, record.table.empty() ? std::string_view("-") : record.table);
    out.append(" ").append(milliseconds.data(), static_cast<std::size_t>(length)).append(" ms");
    if (!record.error_type.empty()) {
        out.append(" ").append(record.error_type);
        if (!record.error_message.empty()) out.append(": ");
        append_printable(out, record.error_message);
    }
    return out;
}

}  // namespace minamo
