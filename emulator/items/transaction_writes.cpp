// Of writes that run, every one that fails reports.
#include "emulator/items/transaction_writes.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "emulator/items/cancellations.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/limits.hpp"

namespace minamo {
namespace {

Result<void> check_payload(std::size_t bytes) {
    if (bytes <= limits::transaction_bytes_max) return {};
    return invalid("Transaction payload size cannot exceed 4MB. Payload Size: " + std::to_string(bytes));
}

Result<WriteOutcome> run_write(Call& call, storage::WriteTransaction& transaction, const TransactedWrite& one) {
    TRY(check_not_held(call.space.holds(), *one.table, one.write.key_view(), call.now_ms));
    return execute(transaction, *one.table, one.write, call.now_ms, false);
}

// Units of writes, or of reads in a replay.
std::string units_text(const TableUses& uses, bool replay, CapacityDetail detail) {
    std::string text;
    json::Writer out(text);
    out.begin_array();
    for (const auto& [name, use] : uses) {
        const Capacity& capacity = replay ? use.reads : use.writes;
        capacity.write_to(out, name, detail, replay ? "ReadCapacityUnits" : "WriteCapacityUnits");
    }
    out.end_array();
    return text;
}

}  // namespace

Result<void> check_distinct_items(const std::deque<TransactedWrite>& writes) {
    std::set<std::pair<const storage::Table*, std::string>> seen;
    for (const TransactedWrite& one : writes) {
        const storage::ItemView key = one.write.key_view();
        if (!has_keys(*one.table, key)) continue;
        for (const auto& name : one.table->keys.partition) TRY(check_key_value(name.name, key.find(name.name), false));
        for (const auto& name : one.table->keys.sort) TRY(check_key_value(name.name, key.find(name.name), true));
        if (!seen.emplace(one.table, table_row_key(*one.table, key).bytes()).second) {
            return repeated_item();
        }
    }
    return {};
}

Result<std::optional<ReplayedCapacity>> earlier_transaction(Call& call, storage::WriteTransaction& transaction,
                                                            std::string_view token) {
    if (call.space.holds().has_token(call.input.text("ClientRequestToken"), call.now_ms)) {
        return fail(ErrorKind::transaction_in_progress,
                    "The transaction with the given request token is already in progress.");
    }
    if (token.empty()) return std::nullopt;
    return find_token(call, transaction, token);
}

Result<TableUses> execute_writes(Call& call, storage::WriteTransaction& transaction,
                                 const std::deque<TransactedWrite>& writes, CollectionMetrics& metrics) {
    TableUses uses;
    std::vector<CancellationReason> reasons(writes.size());
    std::size_t payload_bytes = 0;
    for (std::size_t i = 0; i < writes.size(); ++i) {
        const TransactedWrite& one = writes[i];
        auto outcome = run_write(call, transaction, one);
        if (!outcome) {
            reasons[i] = reason_of(outcome.error());
            continue;
        }
        const std::size_t bytes = std::max(outcome->written.old_bytes, outcome->written.new_bytes);
        payload_bytes += outcome->written.new_bytes;
        TableUse& use = uses[one.table->name];
        use.writes.add_write(outcome->written, true);
        use.reads.add_table(2 * Capacity::read_halves(bytes, true));
        metrics.add(one.table->name, *one.table, one.write.key_view());
    }
    if (any_failed(reasons)) return tl::unexpected(transaction_canceled(reasons));
    TRY(check_payload(payload_bytes));
    return uses;
}

std::string capacity_text(const TableUses& uses, CapacityDetail detail) {
    return units_text(uses, false, detail);
}

ReplayedCapacity replayed(const TableUses& uses) {
    return {units_text(uses, true, CapacityDetail::total), units_text(uses, true, CapacityDetail::indexes)};
}

}  // namespace minamo
