// The table of error kinds, and their rendering. The key of the text is "Message" for some kinds, and for errors that
// have members beside it, and "message" for others, as the service sends it (conformance/behaviour/validation.md,
// section 1).
#include "emulator/wire/error.hpp"

#include <cstddef>
#include <iterator>

#include "emulator/wire/json.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

constexpr std::string_view service = "com.amazon.coral.service";
constexpr std::string_view validate = "com.amazon.coral.validate";
constexpr std::string_view modelled = "com.amazonaws.dynamodb.v20120810";
constexpr std::string_view availability = "com.amazon.coral.availability";

using enum ErrorKind;

// clang-format off
constexpr ErrorRow rows[] = {
    {validation,                          "ValidationException",                      validate,       "message", 400},
    {serialization,                       "SerializationException",                   service,        "Message", 400},
    {unknown_operation,                   "UnknownOperationException",                service,        "message", 400},
    {missing_authentication_token,        "MissingAuthenticationTokenException",      service,        "message", 400},
    {incomplete_signature,                "IncompleteSignatureException",             service,        "message", 400},
    {invalid_signature,                   "InvalidSignatureException",                service,        "message", 400},
    {unrecognized_client,                 "UnrecognizedClientException",              service,        "message", 400},
    {access_denied,                       "AccessDeniedException",                    service,        "Message", 400},
    {resource_not_found,                  "ResourceNotFoundException",                modelled,       "message", 400},
    {resource_in_use,                     "ResourceInUseException",                   modelled,       "message", 400},
    {limit_exceeded,                      "LimitExceededException",                   modelled,       "message", 400},
    {conditional_check_failed,            "ConditionalCheckFailedException",          modelled,       "message", 400},
    {item_collection_size_limit_exceeded, "ItemCollectionSizeLimitExceededException", modelled,       "message", 400},
    {transaction_conflict,                "TransactionConflictException",             modelled,       "message", 400},
    {transaction_canceled,                "TransactionCanceledException",             modelled,       "Message", 400},
    {transaction_in_progress,             "TransactionInProgressException",           modelled,       "Message", 400},
    {idempotent_parameter_mismatch,       "IdempotentParameterMismatchException",     modelled,       "Message", 400},
    {provisioned_throughput_exceeded,     "ProvisionedThroughputExceededException",   modelled,       "message", 400},
    {request_limit_exceeded,              "RequestLimitExceeded",                     modelled,       "message", 400},
    {throttling,                          "ThrottlingException",                      availability,   "message", 400},
    {table_not_found,                     "TableNotFoundException",                   modelled,       "message", 400},
    {duplicate_item,                      "DuplicateItemException",                   modelled,       "message", 400},
    {expired_iterator,                    "ExpiredIteratorException",                 modelled,       "message", 400},
    {trimmed_data_access,                 "TrimmedDataAccessException",               modelled,       "message", 400},
    {internal_server_error,               "InternalServerError",                      modelled,       "message", 500},
    {internal_failure,                    "InternalFailure",                          service,        "message", 500},
    {service_unavailable,                 "ServiceUnavailable",                       service,        "message", 503},
};
// clang-format on

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        if (rows[i].kind != static_cast<ErrorKind>(i)) return false;
    }
    return std::size(rows) == static_cast<std::size_t>(service_unavailable) + 1;
}
static_assert(rows_follow_the_enum());

// The member Item, after another; nothing where there is none.
void append_item(std::string& out, const std::string& encoded) {
    if (encoded.empty()) return;
    out.append(",\"Item\":");
    append_json(out, storage::ItemView(encoded));
}

void append_reasons(std::string& out, const std::vector<CancellationReason>& reasons) {
    out.append(",\"CancellationReasons\":");
    json::Writer writer(out);
    writer.begin_array();
    for (const CancellationReason& reason : reasons) {
        writer.begin_object();
        if (!reason.item.empty()) {
            writer.key("Item");
            write_item(writer, storage::ItemView(reason.item));
        }
        writer.member("Code", reason.code);
        if (!reason.message.empty()) writer.member("Message", reason.message);
        writer.end_object();
    }
    writer.end_array();
}

}  // namespace

const ErrorRow& row(ErrorKind kind) {
    return rows[static_cast<std::size_t>(kind)];
}

std::string render(const Error& error) {
    const ErrorRow& kind = row(error->kind);
    std::string out = "{\"__type\":\"";
    out.append(kind.name_space).append("#").append(kind.name).append("\"");
    append_item(out, error->item);
    if (!error->reasons.empty()) append_reasons(out, error->reasons);
    if (error->has_message) {
        const bool has_more = !error->item.empty() || !error->reasons.empty();
        out.append(",\"").append(has_more ? "Message" : kind.message_key).append("\":");
        json::append_string(out, error->message);
    }
    out.append("}");
    return out;
}

tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
    Error error;
    error->kind = kind;
    error->message = std::move(message);
    return tl::unexpected(std::move(error));
}

tl::unexpected<Error> invalid(std::string message) {
    return fail(ErrorKind::validation, std::move(message));
}

tl::unexpected<Error> invalid(RequestFault fault, std::string message, std::string classic) {
    auto error = invalid(std::move(message));
    error.value()->fault = fault;
    error.value()->classic = std::move(classic);
    return error;
}

tl::unexpected<Error> fail_silently(ErrorKind kind) {
    Error error;
    error->kind = kind;
    error->has_message = false;
    return tl::unexpected(std::move(error));
}

tl::unexpected<Error> invalid_parameters(std::string_view what) {
    return invalid(std::string("One or more parameter values were invalid: ").append(what));
}

}  // namespace minamo
