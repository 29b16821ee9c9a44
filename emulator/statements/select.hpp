// SELECT: a page of rows, or one item by its key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/call.hpp"
#include "emulator/items/capacity.hpp"
#include "emulator/statements/bound.hpp"
#include "storage/store.hpp"

namespace minamo {

// What a call asks of a SELECT beside the statement.
struct PageRequest {
    bool consistent = false;
    std::uint64_t limit = INT64_MAX;
    std::optional<std::string_view> token;
    CapacityDetail capacity = CapacityDetail::none;
};
PageRequest take_page_request(Input input);

// Reads a page of a statement that is bound, and writes the whole answer of ExecuteStatement. `transaction` may be
// null: there are no tables.
Result<void> answer_select(Call& call, storage::Transaction* transaction, const BoundStatement& statement,
                           const PageRequest& request);

}  // namespace minamo
