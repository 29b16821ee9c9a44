// What is read out of a request's text: the parts of its target, and comparisons that HTTP makes.
#include "emulator/server/request.hpp"

#include <algorithm>

namespace minamo::server {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

Location locate(std::string_view target) {
    if (!target.starts_with('/')) {
        // The absolute form that proxies send: http://host:port/path?query.
        const std::size_t scheme = target.find("://");
        const std::size_t start = scheme == target.npos ? target.npos : target.find_first_of("/?", scheme + 3);
        target = start == target.npos ? std::string_view{} : target.substr(start);
    }
    const std::size_t mark = target.find('?');
    if (mark == target.npos) return {target, {}};
    return {target.substr(0, mark), target.substr(mark + 1)};
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace minamo::server
