// Whom a server answers. A browser on this machine is "this host" too, and takes orders from any page: so the pages
// that may call are told by their Origin, and a page whose name was bound to this machine's address (DNS rebinding) by
// the Host that its browser sends.
//
// A server on loopback addresses goes by loopback names, addresses, the service's own names and the one that it was
// told to listen on. The control API takes no call that a page of another origin, or another site, has a browser make,
// unless that is allowed by name.
#pragma once

#include <string>
#include <string_view>

#include "emulator/server/request.hpp"

namespace minamo::server {

// Lists are separated by commas. Origins may end in a slash, hosts in a port, which says nothing.
struct Access {
    std::string name = {};          // that it was told to listen on: it goes by that, too
    std::string origins;            // of pages that may call operations; "*" or empty: all
    std::string control_origins;    // of pages that may use the control API, besides the server's own; "*": all
    std::string control_token;      // what other hosts send for the control API; empty: none will do
    std::string hosts;              // more names that the server goes by; "*": all
    bool control_anywhere = false;  // without a token: the control API for other hosts, too
    bool on_loopback = false;       // listens on loopback addresses only
};

struct Verdict {
    std::string_view allow_origin;  // what a browser is told: "*", the request's origin, or nothing
    std::string refusal;            // one sentence; empty: go on
};

// `peer_is_local`: the connection comes from a loopback address.
Verdict judge_operation(const Access& access, const Request& request);
Verdict judge_control(const Access& access, const Request& request, bool peer_is_local);

// Whether this is a name of the service: "dynamodb.eu-west-1.amazonaws.com",
// "123456789012.ddb.eu-west-1.amazonaws.com", "streams.dynamodb.cn-north-1.amazonaws.com.cn",
// "dynamodb.us-east-1.api.aws". Without a port.
bool is_service_host(std::string_view name);

// What a Host header names, without its port.
std::string_view host_name(std::string_view host);

}  // namespace minamo::server
