// Errors as values: one Error type and one table of kinds; the macros that hand errors up come with it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "grammar/try.hpp"

namespace minamo {

// The error types of the API. The order is that of the table in error.cpp.
enum class ErrorKind : std::uint8_t {
    validation,
    serialization,
    unknown_operation,
    missing_authentication_token,
    incomplete_signature,
    invalid_signature,
    unrecognized_client,
    access_denied,
    resource_not_found,
    resource_in_use,
    limit_exceeded,
    conditional_check_failed,
    item_collection_size_limit_exceeded,
    transaction_conflict,
    transaction_canceled,
    transaction_in_progress,
    idempotent_parameter_mismatch,
    provisioned_throughput_exceeded,
    request_limit_exceeded,
    throttling,
    table_not_found,
    duplicate_item,
    expired_iterator,
    trimmed_data_access,
    internal_server_error,
    internal_failure,
    service_unavailable,
};

// What the recent front of item writes and Query finds wrong with a request; what deployments say of each differs
// (deployment.hpp). The order is that of the table in deployment.cpp.
enum class RequestFault : std::uint8_t {
    none,             // of no request, or told alike everywhere
    mixing,           // expressions and legacy parameters together
    names_alone,      // ExpressionAttributeNames without an expression
    values_alone,     // ExpressionAttributeValues likewise
    no_values,        // ExpressionAttributeValues without members
    number,           // a value: N, or a member of NS
    null_or_texts,    // a value: NULL that is not true, an empty set of strings or binaries
    set,              // a value: an empty set of numbers, a repeated member
    nesting,          // a value of more than 32 levels
    datatype,         // a value: no datatype, or several
    map_name,         // a value: a name in a map
    condition,        // ConditionExpression
    update,           // UpdateExpression
    unused,           // a name or value that no expression uses
    expected,         // the rules of Expected
    return_values,    // a known one that the operation does not take
    select,           // Select beside other members
    empty_index_key,  // an item: an empty value for a key attribute of an index
};

// Why an action of a transaction was not done; of one without fault the code is "None" and nothing else is set.
struct CancellationReason {
    std::string code = "None";
    std::string message;
    std::string item;  // encoded; empty: none
};

struct ErrorParts {
    ErrorKind kind = ErrorKind::validation;
    std::string message;  // without text where the service sends none: has_message false
    bool has_message = true;
    std::string item;                         // encoded: what a failed condition returns; empty mostly
    std::vector<CancellationReason> reasons;  // of a cancelled transaction, one for each action
    RequestFault fault = RequestFault::none;
    std::string classic;  // the message of older deployments, and outside the new front; empty: the same
};

// As wide as one pointer: a call that succeeds passes some thirty Results, each with room for one.
class Error {
public:
    Error() : parts_(std::make_unique<ErrorParts>()) {}
    Error(const Error& other) : parts_(std::make_unique<ErrorParts>(*other.parts_)) {}
    Error(Error&&) = default;
    Error& operator=(Error other) noexcept {
        parts_ = std::move(other.parts_);
        return *this;
    }
    ~Error() = default;

    ErrorParts* operator->() { return parts_.get(); }
    const ErrorParts* operator->() const { return parts_.get(); }

private:
    std::unique_ptr<ErrorParts> parts_;  // null once it has been moved from
};

// What the wire says of a kind.
struct ErrorRow {
    ErrorKind kind;
    std::string_view name;         // "ValidationException"
    std::string_view name_space;   // "com.amazon.coral.validate"
    std::string_view message_key;  // "message" or "Message"
    int status;
};
const ErrorRow& row(ErrorKind kind);

// The body: {"__type":"<namespace>#<Name>","message":"..."}.
std::string render(const Error& error);

template <class T>
using Result = tl::expected<T, Error>;

// The commonest errors.
tl::unexpected<Error> invalid(std::string message);  // ValidationException
tl::unexpected<Error> invalid(RequestFault fault, std::string message, std::string classic = {});
// "One or more parameter values were invalid: " + what.
tl::unexpected<Error> invalid_parameters(std::string_view what);
tl::unexpected<Error> fail(ErrorKind kind, std::string message);
tl::unexpected<Error> fail_silently(ErrorKind kind);  // no message member

}  // namespace minamo
