// The stages, once each, in the order in which the service complains (conformance/behaviour/validation.md, section 1).
#include "emulator/dispatch.hpp"

#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include "emulator/lifecycle.hpp"
#include "emulator/namespaces/visit.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/validation/validate.hpp"
#include "emulator/wire/deployment.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/world.hpp"

namespace minamo {
namespace {

constexpr std::string_view tables_prefix = "DynamoDB_20120810.";
constexpr std::string_view streams_prefix = "DynamoDBStreams_20120810.";
constexpr std::size_t kept_body_bytes = 1024 * 1024;

const api::Operation* operation_of(std::string_view target) {
    const bool streams = target.starts_with(streams_prefix);
    if (!streams && !target.starts_with(tables_prefix)) return nullptr;
    target.remove_prefix(streams ? streams_prefix.size() : tables_prefix.size());
    const api::Operation* found = api::find_operation(target);
    return found != nullptr && found->streams == streams ? found : nullptr;
}

// One thread's arena: a call is parsed and answered on one thread.
json::Document& document() {
    thread_local json::Document parsed;
    return parsed;
}

// Whether the body has anything but blanks.
bool is_blank(std::string_view body) {
    return body.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// What a call is known by, as far as it got: for the log.
struct Trace {
    const api::Operation* operation = nullptr;
    KnownCaller caller;
    std::string table;
    Patience patience = Patience::all;
    Namespace* waits_for = nullptr;  // where it has been put off
};

bool is_not_found(const Error& error) {
    return error->kind == ErrorKind::resource_not_found || error->kind == ErrorKind::table_not_found;
}

Result<void> handle(Call& call, Trace& trace) {
    return with_room(call.space.space(), [&]() -> Result<void> {
        call.out.restart();
        call.space.begin();
        call.now_ms = call.space.now_ms();
        if (trace.patience == Patience::all) {
            catch_up(call.space);
        } else if (!catch_up_briefly(call.space)) {
            trace.waits_for = &call.space.space();
            return {};
        }
        return handler_of(call.operation)(call);
    });
}

Result<void> not_built(const api::Operation& operation) {
    return fail(ErrorKind::unknown_operation, std::string(operation.name) + " is not built in this version of minamo.");
}

Result<void> run_operation(World& emulator, Trace& trace, const json::Value& body, std::string& out) {
    const api::Operation& operation = *trace.operation;
    const Deployment deployment = emulator.options.envelope ? Deployment::recent : Deployment::classic;
    TRY(validate(operation, body, deployment));
    if (handler_of(operation) == nullptr) return not_built(operation);
    std::optional<Namespace> passing;
    Namespace* space = &emulator.namespaces.look(trace.caller, passing);
    json::Writer writer(out);
    const auto run_handler = [&] {
        const Visit visit(*space);
        Call call{emulator, operation, trace.caller, visit, visit.now_ms(), Input(body), writer, {}};
        auto handled = handle(call, trace);
        trace.table = std::move(call.table);
        return handled;
    };
    Result<void> handled;
    try {
        handled = run_handler();
    } catch (const NeedsToStay&) {
        space = &emulator.namespaces.find(trace.caller);
        handled = run_handler();
    }
    if (!handled && is_not_found(handled.error())) {
        emulator.hints.no_table(emulator.options, emulator.namespaces, trace.caller, *space, operation.name,
                                trace.table);
    }
    if (!handled) word(handled.error(), operation.name, deployment);
    return handled;
}

Result<void> run(World& emulator, Trace& trace, std::string_view body, const Authenticate& authenticate,
                 std::string& out) {
    const bool blank = is_blank(body);
    const json::Value* parsed = blank ? nullptr : document().parse(body);
    if (!blank && parsed == nullptr) return fail_silently(ErrorKind::serialization);
    if (trace.operation == nullptr) return fail_silently(ErrorKind::unknown_operation);
    TRY_LET(caller, authenticate());
    trace.caller = std::move(caller);
    if (parsed == nullptr || !parsed->IsObject()) return fail_silently(ErrorKind::serialization);
    if (emulator.process != World::current_process()) {
        return fail(ErrorKind::internal_failure,
                    "This emulator belongs to the process that made it: make a new one after fork().");
    }
    return run_operation(emulator, trace, *parsed, out);
}

Result<void> run_caught(World& emulator, Trace& trace, std::string_view body, const Authenticate& authenticate,
                        std::string& out) {
    try {
        return run(emulator, trace, body, authenticate, out);
    } catch (const storage::Fault& fault) {
        return fail(ErrorKind::internal_server_error, fault.what());
    } catch (const StartError& fault) {  // of a namespace's store
        return fail(ErrorKind::internal_server_error, fault.what());
    } catch (const std::exception& fault) {
        return fail(ErrorKind::internal_server_error, std::string("Internal error: ") + fault.what());
    }
}

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

Answer answer(World& emulator, const api::Operation* operation, std::string_view body, const Authenticate& authenticate,
              Patience patience) {
    const bool logged = static_cast<bool>(emulator.options.on_call);
    const auto start = logged ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point{};
    Trace trace{operation, {}, {}, patience};
    Answer out;
    const auto done = run_caught(emulator, trace, body, authenticate, out.response.body);
    if (body.size() > kept_body_bytes) document().parse("null");  // gives its memory back
    if (trace.waits_for != nullptr) {
        out.is_put_off = true;
        out.waits_for = trace.waits_for;
        return out;
    }
    if (!done) {
        const ErrorRow& kind = row(done.error()->kind);
        out.response.status = kind.status;
        out.response.type = kind.name;
        out.response.body = render(done.error());
    }
    if (logged) {
        emulator.options.on_call({trace.caller.account, trace.caller.region,
                                  std::string(operation != nullptr ? operation->name : "?"), trace.table,
                                  milliseconds_since(start), out.response.status, out.response.type,
                                  done ? std::string{} : done.error()->message});
    }
    return out;
}

}  // namespace

Answer dispatch(World& emulator, std::string_view target, std::string_view body, const Authenticate& authenticate,
                Patience patience) {
    return answer(emulator, operation_of(target), body, authenticate, patience);
}

Response call_embedded(World& emulator, std::string_view operation, std::string_view body, KnownCaller caller) {
    const auto known = [&caller]() -> Result<KnownCaller> { return std::move(caller); };
    Answer given = answer(emulator, api::find_operation(operation), body, known, Patience::all);
    std::this_thread::sleep_until(given.not_before);
    return std::move(given.response);
}

}  // namespace minamo
