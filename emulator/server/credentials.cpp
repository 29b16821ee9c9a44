// The service complains in this order: parts that are missing, the date, the signed headers, the algorithm, the
// credential. Of the last three sentences about a credential's scope, all that apply come together.
#include "emulator/server/credentials.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/namespaces/namespaces.hpp"
#include "emulator/wire/texts.hpp"

namespace minamo::server {
namespace {

constexpr std::string_view algorithm_known = "AWS4-HMAC-SHA256";

tl::unexpected<Error> incomplete_signature(std::string message) {
    return fail(ErrorKind::incomplete_signature, std::move(message));
}
tl::unexpected<Error> wrong_signature(std::string message) {
    return fail(ErrorKind::invalid_signature, std::move(message));
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) out.append(part);
    return out;
}

// What a signature consists of, wherever it stood. Empty: missing.
struct Signature {
    std::string_view algorithm;
    std::string_view credential;
    std::string_view signature;
    std::string_view signed_headers;
    std::string_view date;
};

// The value of `name` in "Credential=a/b, SignedHeaders=c;d, Signature=e".
std::string_view header_part(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const std::size_t end = std::min(header.find_first_of(", "), header.size());
        const std::string_view entry = header.substr(0, end);
        if (entry.size() > name.size() && entry.starts_with(name) && entry[name.size()] == '=') {
            return entry.substr(name.size() + 1);
        }
        header.remove_prefix(std::min(end + 1, header.size()));
    }
    return {};
}

Result<Signature> signature_of_header(const Request& request) {
    const std::string_view header = request.header(Header::authorization);
    const std::size_t end = std::min(header.find(' '), header.size());
    const std::string_view parts = header.substr(end);
    const std::string_view amz_date = request.header(Header::amz_date);
    const Signature out{header.substr(0, end), header_part(parts, "Credential"), header_part(parts, "Signature"),
                        header_part(parts, "SignedHeaders"),
                        amz_date.empty() ? request.header(Header::date) : amz_date};
    std::string missing;
    if (out.credential.empty()) missing.append("Authorization header requires 'Credential' parameter. ");
    if (out.signature.empty()) missing.append("Authorization header requires 'Signature' parameter. ");
    if (out.signed_headers.empty()) missing.append("Authorization header requires 'SignedHeaders' parameter. ");
    if (out.date.empty()) {
        missing.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    }
    if (missing.empty()) return out;
    return incomplete_signature(joined({missing, "Authorization=", header}));
}

// The parameters of a presigned request, in the order in which the service names those that are missing.
constexpr std::array<std::string_view, 5> query_names{"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature",
                                                      "X-Amz-SignedHeaders", "X-Amz-Date"};
using QueryValues = std::array<std::string, query_names.size()>;

// Nothing where the query has no X-Amz-Algorithm: then it is not presigned.
std::optional<QueryValues> presigned_values(std::string_view target) {
    std::string_view query = locate(target).query;
    if (query.find(query_names[0]) == query.npos) return std::nullopt;
    QueryValues values;
    bool found = false;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const std::size_t mark = std::min(pair.find('='), pair.size());
        const auto name = std::ranges::find(query_names, pair.substr(0, mark));
        if (name != query_names.end()) {
            const auto index = static_cast<std::size_t>(name - query_names.begin());
            values[index] = decode_percent(pair.substr(std::min(mark + 1, pair.size())));
            found = found || index == 0;
        }
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    if (!found) return std::nullopt;
    return values;
}

Result<Signature> signature_of_query(const QueryValues& values) {
    std::string missing;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].empty()) {
            missing.append("AWS query-string parameters must include '").append(query_names[i]).append("'. ");
        }
    }
    if (!missing.empty()) return incomplete_signature(missing + "Re-examine the query-string parameters.");
    return Signature{values[0], values[1], values[2], values[3], values[4]};
}

bool is_number(std::string_view digits, int min, int max) {
    int number = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return false;
        number = number * 10 + (c - '0');
    }
    return number >= min && number <= max;
}

// 20240131T235959Z.
bool is_date(std::string_view date) {
    return date.size() == 16 && date[8] == 'T' && date[15] == 'Z' && is_number(date.substr(0, 4), 0, 9999) &&
           is_number(date.substr(4, 2), 1, 12) && is_number(date.substr(6, 2), 1, 31) &&
           is_number(date.substr(9, 2), 0, 23) && is_number(date.substr(11, 2), 0, 59) &&
           is_number(date.substr(13, 2), 0, 59);
}

bool names_host(std::string_view signed_headers) {
    while (!signed_headers.empty()) {
        const std::size_t end = std::min(signed_headers.find(';'), signed_headers.size());
        if (equal_ignoring_case(trim(signed_headers.substr(0, end)), "host")) return true;
        signed_headers.remove_prefix(std::min(end + 1, signed_headers.size()));
    }
    return false;
}

// keyid/date/region/service/term
using Scope = std::array<std::string_view, 5>;

std::optional<Scope> scope_of(std::string_view credential) {
    if (std::ranges::count(credential, '/') != 4) return std::nullopt;
    Scope out;
    for (std::string_view& element : out) {
        const std::size_t end = std::min(credential.find('/'), credential.size());
        element = credential.substr(0, end);
        credential.remove_prefix(std::min(end + 1, credential.size()));
    }
    return out;
}

// Headers are bytes, and what comes back of them stands in JSON.
std::string readable(std::string_view text) {
    return is_ascii(text) ? std::string(text) : to_utf8(text);
}

KnownCaller caller_of(const Scope& scope) {
    return {{account_of(scope[0]), readable(scope[2])}, readable(scope[0])};
}

Result<void> check_scope(const Scope& scope, std::string_view date) {
    const auto& [key, day, region, service, term] = scope;
    std::string faults;
    if (region.empty()) faults.append("Credential should be scoped to a valid region, not ''. ");
    if (service.empty()) faults.append("Credential should be scoped to correct service: 'dynamodb'. ");
    if (term != "aws4_request") {
        faults += joined({"Credential should be scoped with a valid terminator: 'aws4_request', not '", term, "'. "});
    }
    if (day != date.substr(0, 8)) {
        faults += joined({"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '",
                          day, "' != '", date.substr(0, 8), "', from '", date, "'."});
    }
    if (!faults.empty()) return wrong_signature(std::move(faults));
    return {};
}

Result<KnownCaller> caller_of_signature(const Signature& signature) {
    if (!is_date(signature.date)) {
        return incomplete_signature(joined({"Date must be in ISO-8601 'basic format'. Got '", signature.date,
                                            "'. See http://en.wikipedia.org/wiki/ISO_8601"}));
    }
    if (!names_host(signature.signed_headers)) {
        return wrong_signature("'Host' must be a 'SignedHeader' in the AWS Authorization.");
    }
    if (signature.algorithm != algorithm_known) {
        return incomplete_signature(joined(
            {"Unsupported AWS 'algorithm': '", signature.algorithm, "' (only ", algorithm_known, " for now). "}));
    }
    const auto scope = scope_of(signature.credential);
    if (!scope) {
        return incomplete_signature(
            joined({"Credential must have exactly 5 slash-delimited elements, "
                    "e.g. keyid/date/region/service/term, got '",
                    signature.credential, "'"}));
    }
    TRY(check_scope(*scope, signature.date));
    return caller_of(*scope);
}

Result<KnownCaller> read_caller(const Request& request) {
    const std::string_view header = request.header(Header::authorization);
    const auto query = presigned_values(request.target);
    if (query && request.has(Header::authorization)) {
        return wrong_signature(
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    }
    if (!query && !header.starts_with("AWS4-")) {
        return fail(ErrorKind::missing_authentication_token, "Request is missing Authentication Token");
    }
    TRY_LET(signature, query ? signature_of_query(*query) : signature_of_header(request));
    return caller_of_signature(signature);
}

}  // namespace

Result<KnownCaller> authenticate(const Request& request) {
    auto caller = read_caller(request);
    if (!caller) caller.error()->message = readable(caller.error()->message);
    return caller;
}

std::optional<KnownCaller> named_caller(const Request& request) {
    const auto scope = scope_of(header_part(request.header(Header::authorization), "Credential"));
    if (!scope || (*scope)[2].empty()) return std::nullopt;
    return caller_of(*scope);
}

}  // namespace minamo::server
