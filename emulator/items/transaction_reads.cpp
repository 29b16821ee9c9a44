// Each read takes what a consistent read takes, twice.
#include "emulator/items/transaction_reads.hpp"

#include <map>
#include <vector>

#include "emulator/items/cancellations.hpp"
#include "emulator/items/capacity.hpp"
#include "emulator/items/item_writes.hpp"
#include "emulator/limits.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

Result<void> check_holds(Call& call, const std::deque<TransactedRead>& reads) {
    std::vector<CancellationReason> reasons(reads.size());
    for (std::size_t i = 0; i < reads.size(); ++i) {
        const auto checked =
            check_not_held(call.space.holds(), *reads[i].table, storage::ItemView(reads[i].key), call.now_ms);
        if (!checked) reasons[i] = reason_of(checked.error());
    }
    if (any_failed(reasons)) return tl::unexpected(transaction_canceled(reasons));
    return {};
}

void write_response(json::Writer& out, const TransactedRead& read, storage::ItemView item, NothingLeft nothing_left) {
    out.begin_object();
    if (!item.empty()) {
        const bool all = !*read.projection;
        const std::string part = all ? std::string{} : project(*read.projection, item);
        const storage::ItemView shown = all ? item : storage::ItemView(part);
        if (all || shown.count() > 0 || nothing_left == NothingLeft::empty_item) {
            out.key("Item");
            write_item(out, shown);
        }
    }
    out.end_object();
}

}  // namespace

Result<void> answer_reads(Call& call, storage::Transaction& transaction, const std::deque<TransactedRead>& reads,
                          NothingLeft nothing_left) {
    TRY(check_holds(call, reads));
    std::map<std::string, Capacity> capacities;
    std::size_t bytes_sum = 0;
    call.out.begin_object();
    call.out.key("Responses");
    call.out.begin_array();
    for (const TransactedRead& read : reads) {
        const auto item = transaction.get(*read.table, table_row_key(*read.table, storage::ItemView(read.key)));
        const std::size_t bytes = item.empty() ? 0 : item.size_bytes();
        bytes_sum += bytes;
        capacities[read.table->name].add_table(2 * Capacity::read_halves(bytes, true));
        write_response(call.out, read, item, nothing_left);
    }
    call.out.end_array();
    if (bytes_sum > limits::transaction_bytes_max) {
        return invalid("Payload in response is too large." + std::to_string(bytes_sum));
    }
    const CapacityDetail detail = capacity_detail(call.input);
    if (detail != CapacityDetail::none) {
        call.out.key("ConsumedCapacity");
        call.out.begin_array();
        for (const auto& [name, capacity] : capacities) {
            capacity.write_to(call.out, name, detail, "ReadCapacityUnits");
        }
        call.out.end_array();
    }
    call.out.end_object();
    return {};
}

}  // namespace minamo
