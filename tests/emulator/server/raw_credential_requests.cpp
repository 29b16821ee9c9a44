// Credentials, in the Authorization header and in the query.
#include "tests/emulator/server/raw_requests.hpp"

namespace minamo::tests {
namespace {

const ExpectedAnswer fine{200, std::string(no_tables), {}, false};

RawRequest row(std::string name, std::string bytes, ExpectedAnswer answer) {
    return {std::move(name), std::move(bytes), {std::move(answer)}, true, false};
}

ExpectedAnswer refused(std::string_view type, std::string_view message) {
    std::string body = R"({"__type":"com.amazon.coral.service#)";
    body.append(type).append(R"(","message":")").append(message).append("\"}");
    return {400, std::move(body), {}, false};
}
ExpectedAnswer missing() {
    return refused("MissingAuthenticationTokenException", "Request is missing Authentication Token");
}
ExpectedAnswer incomplete(std::string_view message) {
    return refused("IncompleteSignatureException", message);
}
ExpectedAnswer wrong(std::string_view message) {
    return refused("InvalidSignatureException", message);
}

std::string with(std::string_view lines, std::string_view body = "{}") {
    std::string headers(amz_json);
    headers.append("X-Amz-Target: DynamoDB_20120810.ListTables\r\n").append(lines);
    return post_with(headers, body);
}

// Authorization: `value`, and a date.
std::string authorized(std::string_view value, std::string_view date = "20240131T010203Z") {
    std::string lines = "Authorization: ";
    lines.append(value).append("\r\nX-Amz-Date: ").append(date).append("\r\n");
    return with(lines);
}

std::string scoped(std::string_view scope) {
    std::string value = "AWS4-HMAC-SHA256 Credential=";
    return authorized(value.append(scope).append(", SignedHeaders=host, Signature=0f"));
}

std::string presigned(std::string_view query) {
    std::string out = "POST /?";
    out.append(query).append(with("").substr(6));
    return out;
}

std::vector<RawRequest> in_the_header() {
    const std::string no_signature = "AWS4-HMAC-SHA256 Credential=" + std::string(credential) + ", SignedHeaders=host";
    return {
        row("a Date header in place of X-Amz-Date",
            with("Authorization: AWS4-HMAC-SHA256 Credential=A/20240131/r/dynamodb/aws4_request,SignedHeaders=host,"
                 "Signature=0f\r\nDate: 20240131T010203Z\r\n"),
            fine),
        row("another service, another region", scoped("A/20240131/mars-1/streams/aws4_request"), fine),
        row("bytes that are no UTF-8", authorized("AWS4-\xFF\xFE x\xC3\xA9"),
            incomplete(
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' "
                "parameter. Authorization header requires 'SignedHeaders' parameter. "
                "Authorization=AWS4-\xEF\xBF\xBD\xEF\xBF\xBD x\xC3\xA9")),
        row("a date that is no UTF-8",
            authorized("AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=0f", "\xFF"),
            incomplete("Date must be in ISO-8601 'basic format'. Got '\xEF\xBF\xBD'. See "
                       "http://en.wikipedia.org/wiki/ISO_8601")),
        row("no credentials", with(""), missing()),
        row("an empty Authorization", authorized(""), missing()),
        row("Basic", authorized("Basic dXNlcjpwYXNz"), missing()),
        row("AWS4 in lower case", authorized("aws4-hmac-sha256 Credential=x"), missing()),
        row("nothing but the algorithm", authorized("AWS4-HMAC-SHA256"),
            incomplete(
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' "
                "parameter. Authorization header requires 'SignedHeaders' parameter. "
                "Authorization=AWS4-HMAC-SHA256")),
        row("nothing but the algorithm, no date", with("Authorization: AWS4-HMAC-SHA256\r\n"),
            incomplete(
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' "
                "parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires "
                "existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256")),
        row("no signature", authorized(no_signature),
            incomplete("Authorization header requires 'Signature' parameter. Authorization=" + no_signature)),
        row("an empty signature", authorized(no_signature + ", Signature="),
            incomplete("Authorization header requires 'Signature' parameter. Authorization=" + no_signature +
                       ", Signature=")),
        row("a date that is none", authorized(no_signature + ", Signature=0f", "yesterday"),
            incomplete(
                "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601")),
        row("a thirteenth month", authorized(no_signature + ", Signature=0f", "20241331T010203Z"),
            incomplete("Date must be in ISO-8601 'basic format'. Got '20241331T010203Z'. See "
                       "http://en.wikipedia.org/wiki/ISO_8601")),
        row("the host is not signed",
            authorized("AWS4-HMAC-SHA256 Credential=x, SignedHeaders=content-type;x-host, Signature=0f"),
            wrong("'Host' must be a 'SignedHeader' in the AWS Authorization.")),
        row("another algorithm", authorized("AWS4-ECDSA-P256-SHA256 Credential=x, SignedHeaders=host, Signature=0f"),
            incomplete("Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now). ")),
        row("four elements", scoped("a/20240131/c/d"),
            incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
                "'a/20240131/c/d'")),
        row("six elements", scoped("a/20240131/c/d/aws4_request/f"),
            incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
                "'a/20240131/c/d/aws4_request/f'")),
        row("another terminator", scoped("a/20240131/c/d/aws5_request"),
            wrong("Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ")),
        row("another day", scoped("a/20240130/c/d/aws4_request"),
            wrong("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                  "'20240130' != "
                  "'20240131', from '20240131T010203Z'.")),
        row("an empty scope", scoped("a////"),
            wrong("Credential should be scoped to a valid region, not ''. Credential should be scoped to correct "
                  "service: "
                  "'dynamodb'. Credential should be scoped with a valid terminator: 'aws4_request', not ''. Date in "
                  "Credential "
                  "scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '' != '20240131', from "
                  "'20240131T010203Z'.")),
    };
}

std::vector<RawRequest> in_the_query() {
    const std::string whole =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20240131%2Fus-east-1%2Fdynamodb%2Faws4_request&"
        "X-Amz-Signature=0f&X-Amz-SignedHeaders=host%3Bx-a&X-Amz-Date=20240131T010203Z";
    return {
        row("presigned", presigned(whole), fine),
        row("presigned, with more", presigned("a&b=c&" + whole + "&X-Amz-Expires=60"), fine),
        row("presigned and signed", "POST /?" + whole + list_tables().substr(6),
            wrong("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.")),
        row("presigned by half", presigned("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0f"),
            incomplete(
                "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include "
                "'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the "
                "query-string parameters.")),
        row("presigned with nothing", presigned("X-Amz-Algorithm"),
            incomplete(
                "AWS query-string parameters must include 'X-Amz-Algorithm'. AWS query-string parameters must include "
                "'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string "
                "parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. "
                "Re-examine the query-string parameters.")),
        row("another parameter that looks like it", presigned("NoX-Amz-Algorithm=AWS4-HMAC-SHA256"), missing()),
        row("presigned with a bad date", presigned(whole + "x"),
            incomplete("Date must be in ISO-8601 'basic format'. Got '20240131T010203Zx'. See "
                       "http://en.wikipedia.org/wiki/ISO_8601")),
    };
}

std::vector<RawRequest> order() {
    return {
        row("bad JSON comes before no credentials", with("", "{"), {400, std::string(serialization), {}, false}),
        row("no credentials come before no body", with("", ""), missing()),
        row("no credentials come before an array", with("", "[]"), missing()),
        row("an unknown operation comes before no credentials",
            post_with("Content-Type: application/json\r\nX-Amz-Target: DynamoDB_20120810.Nothing\r\n", "{}"),
            {400, std::string(unknown_operation), {}, false}),
        row("no credentials come before a wrong type", with("", R"({"Limit":"x"})"), missing()),
    };
}

}  // namespace

std::vector<RawRequest> credential_requests() {
    std::vector<RawRequest> out = in_the_header();
    for (auto* more : {in_the_query, order}) {
        for (RawRequest& request : more()) out.push_back(std::move(request));
    }
    return out;
}

}  // namespace minamo::tests
