// A name that consists of digits and dots is an address: nobody can own it, so nobody can bind it to another one.
#include "emulator/server/access.hpp"

#include <algorithm>
#include <array>

namespace minamo::server {
namespace {

constexpr std::string_view token_header = "x-minamo-token";
constexpr std::size_t shown_bytes_max = 200;

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && equal_ignoring_case(text.substr(text.size() - end.size()), end);
}

// An origin as browsers send it: people copy it from where it is a URL.
std::string_view plain_origin(std::string_view entry) {
    while (entry.ends_with('/')) entry.remove_suffix(1);
    return entry;
}

// Whether the list has this entry, or a star. `plain` gives an entry the form in which it is compared.
bool is_listed(std::string_view list, std::string_view wanted, std::string_view (*plain)(std::string_view)) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        const std::string_view entry = plain(trim(list.substr(0, end)));
        if (entry == "*" || (!entry.empty() && equal_ignoring_case(entry, wanted))) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

// What a stranger sent, fit for a sentence.
std::string one_line_of(std::string_view text) {
    std::string out(text.substr(0, shown_bytes_max));
    std::ranges::replace_if(
        out, [](char c) { return c <= ' ' || c > '~'; }, '?');
    return out;
}

bool is_address(std::string_view name) {
    const auto all_of = [name](std::string_view characters) {
        return name.find_first_not_of(characters) == std::string_view::npos;
    };
    if (name.starts_with('[')) return name.ends_with(']') && all_of("[]0123456789abcdefABCDEF:.");
    return !name.empty() && all_of("0123456789.");
}

bool is_loopback_name(std::string_view name) {
    if (name.ends_with('.')) name.remove_suffix(1);
    return equal_ignoring_case(name, "localhost") || ends_with_ignoring_case(name, ".localhost");
}

// The authority that the request is for: of a target in absolute form, else the Host header's. Empty: none is named.
std::string_view authority(const Request& request) {
    const std::string_view target = request.target;
    const std::size_t scheme = target.starts_with('/') ? target.npos : target.find("://");
    if (scheme == target.npos) return trim(request.header(Header::host));
    const std::string_view rest = target.substr(scheme + 3);
    return rest.substr(0, rest.find_first_of("/?"));
}

// Clients without a Host header are no browsers.
bool goes_by(const Access& access, std::string_view place) {
    if (place.empty()) return true;
    const std::string_view name = host_name(place);
    return is_address(name) || is_loopback_name(name) || is_service_host(name) ||
           (!name.empty() && equal_ignoring_case(name, access.name)) || is_listed(access.hosts, name, host_name);
}

std::string refuse_host(std::string_view place) {
    const std::string text = one_line_of(host_name(place));
    return "This server does not go by the name " + text + ": call it by localhost or its address, or start it with " +
           "--allow-host " + text + ".";
}

// Whether the page is one of the server itself.
bool is_own(const Access& access, std::string_view origin, std::string_view place) {
    constexpr std::string_view scheme = "http://";
    return origin.size() > scheme.size() && equal_ignoring_case(origin.substr(0, scheme.size()), scheme) &&
           equal_ignoring_case(origin.substr(scheme.size()), place) && goes_by(access, place);
}

// Takes as long whatever the first difference is.
bool is_token(std::string_view given, std::string_view token) {
    if (given.size() != token.size()) return false;
    int difference = 0;
    for (std::size_t i = 0; i < token.size(); ++i) difference |= given[i] ^ token[i];
    return difference == 0;
}

// Why a host other than this one may not use the control API; empty where it may. A preflight does nothing, and cannot
// carry a token.
std::string refuse_peer(const Access& access, const Request& request) {
    if (!access.control_token.empty()) {
        if (request.method == "OPTIONS" || is_token(request.header(Header::minamo_token), access.control_token)) {
            return {};
        }
        return "The control API answers other hosts with the server's --control-token only: send it as the header " +
               std::string(token_header) + ".";
    }
    if (access.control_anywhere) return {};
    return "The control API answers this host only: "
           "start the server with --control-token TOKEN, or with --control-anywhere.";
}

}  // namespace

std::string_view host_name(std::string_view host) {
    if (host.starts_with('[')) return host.substr(0, std::min(host.find(']'), host.size() - 1) + 1);
    return host.substr(0, host.find(':'));
}

bool is_service_host(std::string_view name) {
    constexpr std::array<std::string_view, 3> domains{".amazonaws.com", ".amazonaws.com.cn", ".api.aws"};
    constexpr std::array<std::string_view, 6> services{"dynamodb",    "dynamodb-fips",    "ddb",
                                                       "streams-ddb", "streams-dynamodb", "streams-dynamodb-fips"};
    const auto domain =
        std::ranges::find_if(domains, [name](std::string_view end) { return ends_with_ignoring_case(name, end); });
    if (domain == domains.end()) return false;
    name.remove_suffix(domain->size());
    const bool plain = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    const std::size_t dot = name.rfind('.');  // before the region
    if (!plain || dot == name.npos || dot + 1 == name.size()) return false;
    name = name.substr(0, dot);
    const std::string_view service = name.substr(name.rfind('.') + 1);
    return std::ranges::any_of(services, [=](std::string_view each) { return equal_ignoring_case(service, each); });
}

Verdict judge_operation(const Access& access, const Request& request) {
    const std::string_view place = authority(request);
    if ((access.on_loopback || !access.hosts.empty()) && !goes_by(access, place)) return {{}, refuse_host(place)};
    if (!request.has(Header::origin)) return {};
    const std::string_view origin = trim(request.header(Header::origin));
    if (trim(access.origins).empty() || is_listed(access.origins, "*", plain_origin)) return {"*", {}};
    if (is_listed(access.origins, origin, plain_origin) || is_own(access, origin, place)) return {origin, {}};
    const std::string text = one_line_of(origin);
    return {{}, "Pages of " + text + " may not call this server: add " + text + " to its --cors."};
}

Verdict judge_control(const Access& access, const Request& request, bool peer_is_local) {
    if (!peer_is_local) {
        if (auto refusal = refuse_peer(access, request); !refusal.empty()) return {{}, std::move(refusal)};
    }
    const std::string_view place = authority(request);
    const bool checked = peer_is_local || access.on_loopback || !access.hosts.empty();
    if (checked && !goes_by(access, place)) return {{}, refuse_host(place)};
    if (request.has(Header::origin)) {
        const std::string_view origin = trim(request.header(Header::origin));
        if (is_listed(access.control_origins, origin, plain_origin) || is_own(access, origin, place))
            return {origin, {}};
        const std::string text = one_line_of(origin);
        return {
            {},
            "Pages of " + text + " may not use the control API: start the server with --control-origins " + text + "."};
    }
    const std::string_view site = request.header(Header::fetch_site);
    if (site.empty() || equal_ignoring_case(site, "none") || equal_ignoring_case(site, "same-origin")) return {};
    return {{},
            "Pages of another site may not use the control API: "
            "start the server with --control-origins and their origin."};
}

}  // namespace minamo::server
