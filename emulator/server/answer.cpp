// Statement order is the order of the service's checks.
#include "emulator/server/answer.hpp"

#include <algorithm>
#include <exception>
#include <string_view>
#include <utility>

#include "emulator/dispatch.hpp"
#include "emulator/server/credentials.hpp"

namespace minamo::server {
namespace {

constexpr std::string_view control_prefix = "/_minamo/";
constexpr std::string_view amz_json = "application/x-amz-json-1.0";
constexpr std::string_view plain_json = "application/json";
constexpr std::string_view unknown_operation_xml = "<UnknownOperationException/>\n";

// What a browser is told: "*", the origin itself, or nothing where it is not one of those allowed.
std::string_view allowed_origin(const Site& site, const Request& request) {
    if (!request.has(Header::origin)) return {};
    std::string_view origins = site.origins;
    if (trim(origins).empty()) return "*";
    const std::string_view origin = request.header(Header::origin);
    while (!origins.empty()) {
        const std::size_t end = std::min(origins.find(','), origins.size());
        const std::string_view entry = trim(origins.substr(0, end));
        if (entry == "*") return "*";
        if (equal_ignoring_case(entry, origin)) return origin;
        origins.remove_prefix(std::min(end + 1, origins.size()));
    }
    return {};
}

// "dynamodb.eu-west-1.amazonaws.com" where the Host header has that form, as far as the port; else us-east-1's.
std::string_view service_host(std::string_view host) {
    host = host.substr(0, host.find(':'));
    if ((host.starts_with("dynamodb.") || host.starts_with("streams.dynamodb.")) && host.ends_with(".amazonaws.com")) {
        return host;
    }
    return "dynamodb.us-east-1.amazonaws.com";
}

std::string_view media_type(std::string_view content_type) {
    return trim(content_type.substr(0, content_type.find(';')));
}

void take(Reply& reply, Answer&& answer) {
    reply.status = answer.response.status;
    reply.body = std::move(answer.response.body);
    reply.not_before = answer.not_before;
    reply.is_put_off = answer.is_put_off;
    reply.waits_for = answer.waits_for;
    reply.may_gzip = true;
}

void answer_control(const Site& site, const Request& request, const Location& location, bool peer_is_local,
                    Reply& reply) {
    reply.content_type = plain_json;
    if (!peer_is_local && !site.control_anywhere) {
        reply.status = 403;
        reply.body = R"({"error":"The control API answers this host only: start the server with --control-anywhere."})";
        return;
    }
    const auto caller = named_caller(request);
    try {
        take(reply, control_call(site.emulator, request.method, location.path, location.query, request.body,
                                 caller ? &*caller : nullptr, reply.patience));
    } catch (const std::exception& fault) {
        reply.status = 500;
        reply.body = "{\"error\":";
        json::append_string(reply.body, fault.what());
        reply.body.append("}");
    }
}

void answer_operation(const Site& site, const Request& request, Reply& reply) {
    const std::string_view type = media_type(request.header(Header::content_type));
    const bool amz = equal_ignoring_case(type, amz_json);
    if (request.method != "POST" || (!request.body.empty() && !amz && !equal_ignoring_case(type, plain_json))) {
        reply.status = 404;
        reply.body = unknown_operation_xml;
        return;
    }
    reply.content_type = amz ? amz_json : plain_json;
    const auto caller = [&request] { return authenticate(request); };
    take(reply, dispatch(site.emulator, request.header(Header::amz_target), request.body, caller, reply.patience));
}

Reply answer_request(const Site& site, const Request& request, bool peer_is_local, Patience patience) {
    Reply reply;
    reply.patience = patience;
    reply.allow_origin = allowed_origin(site, request);
    const Location location = locate(request.target);
    if (request.method == "OPTIONS" && request.has(Header::origin)) {
        reply.preflight = !reply.allow_origin.empty();
    } else if (location.path.starts_with(control_prefix)) {
        answer_control(site, request, location, peer_is_local, reply);
    } else if (request.method == "GET") {
        reply.body.append("healthy: ").append(service_host(request.header(Header::host))).append(" ");
    } else {
        answer_operation(site, request, reply);
    }
    return reply;
}

}  // namespace

Reply answer(const Site& site, const Request& request, bool peer_is_local) {
    return answer_request(site, request, peer_is_local, Patience::none);
}

Reply answer_patiently(const Site& site, const Request& request, bool peer_is_local) {
    return answer_request(site, request, peer_is_local, Patience::all);
}

}  // namespace minamo::server
