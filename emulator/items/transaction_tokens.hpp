// ClientRequestToken: for 10 minutes of the namespace's clock a transaction with the same token and the same body has
// no effect and answers as the first did, with read units.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/call.hpp"
#include "emulator/time/events.hpp"
#include "emulator/turn.hpp"
#include "storage/store.hpp"

namespace minamo {

// ConsumedCapacity of a replay, as JSON, for both details.
struct ReplayedCapacity {
    std::string total;
    std::string indexes;
};

// The earlier call with this token, if there is one. IdempotentParameterMismatchException where its body was another.
Result<std::optional<ReplayedCapacity>> find_token(Call& call, storage::WriteTransaction& transaction,
                                                   std::string_view token);

void keep_token(Call& call, storage::WriteTransaction& transaction, std::string_view token,
                const ReplayedCapacity& capacity);

// When its time has come.
void forget_token(Turn& turn, const Event& event);

}  // namespace minamo
