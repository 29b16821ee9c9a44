// What both transactional calls share: why a transaction is cancelled.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "emulator/wire/error.hpp"

namespace minamo {

// The short name of an error: "ConditionalCheckFailed", "ValidationError".
std::string_view code_of(ErrorKind kind);

// The reason that an action's own error stands for.
CancellationReason reason_of(const Error& error);

// TransactionCanceledException with one reason per action, in order.
Error transaction_canceled(const std::vector<CancellationReason>& reasons);
// The same where only the action at `position` of `count` has a fault to tell.
Error transaction_canceled(std::size_t count, std::size_t position, const Error& fault);

// Two actions on one item.
tl::unexpected<Error> repeated_item();

// Whether any action failed.
bool any_failed(const std::vector<CancellationReason>& reasons);

}  // namespace minamo
