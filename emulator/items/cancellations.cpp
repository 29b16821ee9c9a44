// Codes are short names of the errors that single calls would answer.
#include "emulator/items/cancellations.hpp"

#include <algorithm>

namespace minamo {

std::string_view code_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::conditional_check_failed:
            return "ConditionalCheckFailed";
        case ErrorKind::item_collection_size_limit_exceeded:
            return "ItemCollectionSizeLimitExceeded";
        case ErrorKind::transaction_conflict:
            return "TransactionConflict";
        case ErrorKind::provisioned_throughput_exceeded:
            return "ProvisionedThroughputExceeded";
        case ErrorKind::throttling:
            return "ThrottlingError";
        case ErrorKind::duplicate_item:
            return "DuplicateItem";
        case ErrorKind::resource_not_found:
            return "ResourceNotFound";
        default:
            return "ValidationError";
    }
}

CancellationReason reason_of(const Error& error) {
    CancellationReason reason;
    reason.code = code_of(error->kind);
    reason.message = error->message;
    reason.item = error->item;
    return reason;
}

tl::unexpected<Error> repeated_item() {
    return invalid("Transaction request cannot include multiple operations on one item");
}

bool any_failed(const std::vector<CancellationReason>& reasons) {
    return std::ranges::any_of(reasons, [](const CancellationReason& reason) { return reason.code != "None"; });
}

Error transaction_canceled(const std::vector<CancellationReason>& reasons) {
    Error error;
    error->kind = ErrorKind::transaction_canceled;
    error->message = "Transaction cancelled, please refer cancellation reasons for specific reasons [";
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        error->message.append(i == 0 ? "" : ", ").append(reasons[i].code);
    }
    error->reasons = reasons;
    error->message.append("]");
    return error;
}

Error transaction_canceled(std::size_t count, std::size_t position, const Error& fault) {
    std::vector<CancellationReason> reasons(count);
    reasons[position] = reason_of(fault);
    return transaction_canceled(reasons);
}

}  // namespace minamo
