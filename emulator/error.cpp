// The table of error kinds, and their rendering. The key of the text is "Message" for some kinds and "message" for others,
// as the service sends it (conformance/behaviour/validation.md, section 1).
#include "emulator/error.hpp"

#include <array>
#include <cstddef>

#include "emulator/json.hpp"

namespace minamo {
namespace {

constexpr std::string_view service = "com.amazon.coral.service";
constexpr std::string_view validate_space = "com.amazon.coral.validate";
constexpr std::string_view modelled = "com.amazonaws.dynamodb.v20120810";
constexpr std::string_view availability = "com.amazon.coral.availability";

using enum ErrorKind;

// clang-format off
constexpr std::array rows{
    ErrorRow{validation,                          "ValidationException",                      validate_space, "message", 400},
    ErrorRow{serialization,                       "SerializationException",                   service,        "Message", 400},
    ErrorRow{unknown_operation,                   "UnknownOperationException",                service,        "message", 400},
    ErrorRow{missing_authentication_token,        "MissingAuthenticationTokenException",      service,        "message", 400},
    ErrorRow{incomplete_signature,                "IncompleteSignatureException",             service,        "message", 400},
    ErrorRow{invalid_signature,                   "InvalidSignatureException",                service,        "message", 400},
    ErrorRow{unrecognized_client,                 "UnrecognizedClientException",              service,        "message", 400},
    ErrorRow{access_denied,                       "AccessDeniedException",                    service,        "Message", 400},
    ErrorRow{resource_not_found,                  "ResourceNotFoundException",                modelled,       "message", 400},
    ErrorRow{resource_in_use,                     "ResourceInUseException",                   modelled,       "message", 400},
    ErrorRow{limit_exceeded,                      "LimitExceededException",                   modelled,       "message", 400},
    ErrorRow{conditional_check_failed,            "ConditionalCheckFailedException",          modelled,       "message", 400},
    ErrorRow{item_collection_size_limit_exceeded, "ItemCollectionSizeLimitExceededException", modelled,       "message", 400},
    ErrorRow{transaction_conflict,                "TransactionConflictException",             modelled,       "message", 400},
    ErrorRow{transaction_canceled,                "TransactionCanceledException",             modelled,       "Message", 400},
    ErrorRow{transaction_in_progress,             "TransactionInProgressException",           modelled,       "Message", 400},
    ErrorRow{idempotent_parameter_mismatch,       "IdempotentParameterMismatchException",     modelled,       "Message", 400},
    ErrorRow{provisioned_throughput_exceeded,     "ProvisionedThroughputExceededException",   modelled,       "message", 400},
    ErrorRow{request_limit_exceeded,              "RequestLimitExceeded",                     modelled,       "message", 400},
    ErrorRow{throttling,                          "ThrottlingException",                      availability,   "message", 400},
    ErrorRow{table_not_found,                     "TableNotFoundException",                   modelled,       "message", 400},
    ErrorRow{duplicate_item,                      "DuplicateItemException",                   modelled,       "message", 400},
    ErrorRow{expired_iterator,                    "ExpiredIteratorException",                 modelled,       "message", 400},
    ErrorRow{trimmed_data_access,                 "TrimmedDataAccessException",               modelled,       "message", 400},
    ErrorRow{internal_server_error,               "InternalServerError",                      modelled,       "message", 500},
    ErrorRow{internal_failure,                    "InternalFailure",                          service,        "message", 500},
    ErrorRow{service_unavailable,                 "ServiceUnavailable",                       service,        "message", 503},
};
// clang-format on

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].kind != static_cast<ErrorKind>(i)) return false;
    }
    return rows.size() == static_cast<std::size_t>(service_unavailable) + 1;
}
static_assert(rows_follow_the_enum());

}  // namespace

const ErrorRow& row(ErrorKind kind) { return rows[static_cast<std::size_t>(kind)]; }

std::string render(const Error& error) {
    const ErrorRow& kind = row(error.kind);
    std::string out = "{\"__type\":\"";
    out.append(kind.name_space).append("#").append(kind.name).append("\"");
    if (!error.members.empty()) out.append(",").append(error.members);
    if (error.has_message) {
        out.append(",\"").append(kind.message_key).append("\":");
        json::append_string(out, error.message);
    }
    out.append("}");
    return out;
}

tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
    Error error;
    error.kind = kind;
    error.message = std::move(message);
    return tl::unexpected(std::move(error));
}

tl::unexpected<Error> invalid(std::string message) { return fail(ErrorKind::validation, std::move(message)); }

tl::unexpected<Error> invalid_enveloped(std::string message) {
    auto error = invalid(std::move(message));
    error.value().enveloped = true;
    return error;
}

tl::unexpected<Error> fail_silently(ErrorKind kind) {
    Error error;
    error.kind = kind;
    error.has_message = false;
    return tl::unexpected(std::move(error));
}

}  // namespace minamo
