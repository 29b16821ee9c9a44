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

// One call on its way through the stages: what each has found out, for those after it and for the log.
struct Passage {
    World& world;
    const api::Operation* operation;
    std::string_view body;
    Patience patience;
    const json::Value* parsed = nullptr;
    KnownCaller caller = {};
    std::string table = {};
    Answer answer = {};

    Deployment deployment() const { return world.options.envelope ? Deployment::recent : Deployment::classic; }
};

Result<void> parse_body(Passage& pass) {
    if (is_blank(pass.body)) return {};
    pass.parsed = document().parse(pass.body);
    if (pass.parsed == nullptr) return fail_silently(ErrorKind::serialization);
    return {};
}

Result<void> require_operation(const Passage& pass) {
    if (pass.operation == nullptr) return fail_silently(ErrorKind::unknown_operation);
    return {};
}

Result<void> authenticate(Passage& pass, const Authenticate& identify) {
    TRY_LET(caller, identify());
    pass.caller = std::move(caller);
    return {};
}

Result<void> validate_body(const Passage& pass) {
    if (pass.parsed == nullptr || !pass.parsed->IsObject()) return fail_silently(ErrorKind::serialization);
    if (pass.world.process != World::current_process()) {
        return fail(ErrorKind::internal_failure,
                    "This emulator belongs to the process that made it: make a new one after fork().");
    }
    TRY(validate(*pass.operation, *pass.parsed, pass.deployment()));
    if (handler_of(*pass.operation) != nullptr) return {};
    return fail(ErrorKind::unknown_operation,
                std::string(pass.operation->name) + " is not built in this version of minamo.");
}

// False where the call has no patience for all that is due: it has been put off.
bool catch_up_with_time(Passage& pass, const Visit& visit) {
    if (pass.patience == Patience::all) {
        catch_up(visit);  // a full store leaves the rest for later
        return true;
    }
    if (catch_up_briefly(visit)) return true;
    pass.answer.is_put_off = true;
    pass.answer.waits_for = &visit.space();
    return false;
}

// Catches up with time, then lets the operation's handler answer; both again where the namespace changed meanwhile.
Result<void> call_handler_in(Passage& pass, Namespace& space) {
    json::Writer writer(pass.answer.response.body);
    const Visit visit(space);
    Call call{pass.world, *pass.operation, pass.caller, visit, visit.now_ms(), Input(*pass.parsed), writer, {}};
    auto handled = with_room(space, [&]() -> Result<void> {
        call.out.restart();
        call.space.begin();
        call.now_ms = call.space.now_ms();
        if (!catch_up_with_time(pass, call.space)) return {};
        return handler_of(*pass.operation)(call);
    });
    pass.table = std::move(call.table);
    return handled;
}

bool is_not_found(const Error& error) {
    return error->kind == ErrorKind::resource_not_found || error->kind == ErrorKind::table_not_found;
}

Result<void> call_handler(Passage& pass) {
    std::optional<Namespace> passing;
    Namespace* space = &pass.world.namespaces.look(pass.caller, passing);
    Result<void> handled;
    try {
        handled = call_handler_in(pass, *space);
    } catch (const NeedsToStay&) {
        space = &pass.world.namespaces.find(pass.caller);
        handled = call_handler_in(pass, *space);
    }
    if (handled) return handled;
    if (is_not_found(handled.error())) {
        const World& world = pass.world;
        pass.world.hints.no_table(world.options, pass.world.namespaces, pass.caller, *space, pass.operation->name,
                                  pass.table);
    }
    word(handled.error(), pass.operation->front, pass.deployment());
    return handled;
}

Result<void> run_stages(Passage& pass, const Authenticate& identify) {
    TRY(parse_body(pass));
    TRY(require_operation(pass));
    TRY(authenticate(pass, identify));
    TRY(validate_body(pass));
    return call_handler(pass);
}

// What is thrown is told as the service tells its own failures.
Result<void> run_caught(Passage& pass, const Authenticate& identify) {
    try {
        return run_stages(pass, identify);
    } catch (const storage::Fault& fault) {
        return fail(ErrorKind::internal_server_error, fault.what());
    } catch (const StartError& fault) {  // of a namespace's store
        return fail(ErrorKind::internal_server_error, fault.what());
    } catch (const std::exception& fault) {
        return fail(ErrorKind::internal_server_error, std::string("Internal error: ") + fault.what());
    }
}

void render_error(Response& response, const Error& error) {
    const ErrorRow& kind = row(error->kind);
    response.status = kind.status;
    response.type = kind.name;
    response.body = render(error);
}

using Moment = std::chrono::steady_clock::time_point;

void log_call(const Passage& pass, const Result<void>& done, Moment start) {
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    const Response& response = pass.answer.response;
    pass.world.options.on_call(
        {pass.caller.account, pass.caller.region, std::string(pass.operation != nullptr ? pass.operation->name : "?"),
         pass.table, taken.count(), response.status, response.type, done ? std::string{} : done.error()->message});
}

Answer answer_call(World& world, const api::Operation* operation, std::string_view body, const Authenticate& identify,
                   Patience patience) {
    const bool logged = static_cast<bool>(world.options.on_call);
    const Moment start = logged ? std::chrono::steady_clock::now() : Moment{};
    Passage pass{world, operation, body, patience};
    const auto done = run_caught(pass, identify);
    if (body.size() > kept_body_bytes) document().parse("null");  // gives its memory back
    if (pass.answer.is_put_off) return std::move(pass.answer);
    if (!done) render_error(pass.answer.response, done.error());
    if (logged) log_call(pass, done, start);
    return std::move(pass.answer);
}

}  // namespace

Answer dispatch(World& world, std::string_view target, std::string_view body, const Authenticate& authenticate,
                Patience patience) {
    return answer_call(world, operation_of(target), body, authenticate, patience);
}

Response call_embedded(World& world, std::string_view operation, std::string_view body, KnownCaller caller) {
    const auto known = [&caller]() -> Result<KnownCaller> { return std::move(caller); };
    Answer given = answer_call(world, api::find_operation(operation), body, known, Patience::all);
    std::this_thread::sleep_until(given.not_before);
    return std::move(given.response);
}

}  // namespace minamo
