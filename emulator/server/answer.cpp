// Statement order is the order of the service's checks.
#include "emulator/server/answer.hpp"

#include <exception>
#include <string_view>
#include <utility>

#include "emulator/control/calls.hpp"
#include "emulator/control/control.hpp"
#include "emulator/dispatch.hpp"
#include "emulator/server/credentials.hpp"
#include "emulator/world.hpp"

namespace minamo::server {
namespace {

constexpr std::string_view control_root = "/_minamo";
constexpr std::string_view amz_json = "application/x-amz-json-1.0";
constexpr std::string_view plain_json = "application/json";
constexpr std::string_view undecodable = "The body is not what its Content-Encoding says.";
constexpr std::string_view unknown_operation_xml = "<UnknownOperationException/>\n";

// The service's name where the Host header has it; else that of us-east-1.
std::string_view service_host(std::string_view host) {
    host = host_name(host);
    const bool greets = host.starts_with("dynamodb.") || host.starts_with("streams.dynamodb.");
    return greets && is_service_host(host) ? host : "dynamodb.us-east-1.amazonaws.com";
}

bool is_control_path(std::string_view path) {
    return path.starts_with(control_root) && (path.size() == control_root.size() || path[control_root.size()] == '/');
}

std::string_view media_type(std::string_view content_type) {
    return trim(content_type.substr(0, content_type.find(';')));
}

void put_answer(Reply& reply, Answer&& answer) {
    reply.status = answer.response.status;
    reply.body = std::move(answer.response.body);
    reply.not_before = answer.not_before;
    reply.is_put_off = answer.is_put_off;
    reply.waits_for = answer.waits_for;
    reply.may_pack = true;
}

void refuse(std::string sentence, bool is_control, Reply& reply) {
    reply.status = 403;
    reply.content_type = plain_json;
    if (is_control) {
        reply.body = std::move(control::refuse(403, sentence).response.body);
    } else {
        reply.body = render(fail(ErrorKind::access_denied, std::move(sentence)).value());
    }
}

void answer_control(const Site& site, const Request& request, const Location& location, Reply& reply) {
    reply.content_type = plain_json;
    if (request.undecodable) return put_answer(reply, control::refuse(400, undecodable));
    const auto caller = named_caller(request);
    try {
        put_answer(reply, control_call(site.emulator, request.method, location.path, location.query, request.body,
                                       caller ? &*caller : nullptr, reply.patience));
    } catch (const std::exception& fault) {
        put_answer(reply, control::refuse(500, fault.what()));
    }
}

void answer_operation(const Site& site, const Request& request, std::string_view path, Reply& reply) {
    const std::string_view type = media_type(request.header(Header::content_type));
    const bool amz = equal_ignoring_case(type, amz_json);
    if (request.method == "GET" && (path.empty() || path == "/")) {
        reply.body.append("healthy: ").append(service_host(request.header(Header::host))).append(" ");
        return;
    }
    if (request.method != "POST" || (!request.body.empty() && !amz && !equal_ignoring_case(type, plain_json))) {
        reply.status = 404;
        reply.body = unknown_operation_xml;
        return;
    }
    reply.content_type = amz ? amz_json : plain_json;
    if (request.undecodable) {
        reply.status = 500;
        reply.body = render(fail(ErrorKind::internal_server_error, std::string(undecodable)).value());
        return;
    }
    const auto caller = [&request] { return authenticate(request); };
    put_answer(reply,
               dispatch(site.emulator, request.header(Header::amz_target), request.body, caller, reply.patience));
}

Reply answer_request(const Site& site, const Request& request, bool peer_is_local, Patience patience) {
    Reply reply;
    reply.patience = patience;
    const Location location = locate(request.target);
    const bool is_control = is_control_path(location.path);
    Verdict verdict =
        is_control ? judge_control(site.access, request, peer_is_local) : judge_operation(site.access, request);
    reply.allow_origin = verdict.allow_origin;
    if (!verdict.refusal.empty()) {
        refuse(std::move(verdict.refusal), is_control, reply);
    } else if (request.method == "OPTIONS" && request.has(Header::origin)) {
        reply.preflight = true;
    } else if (is_control) {
        answer_control(site, request, location, reply);
    } else {
        answer_operation(site, request, location.path, reply);
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
