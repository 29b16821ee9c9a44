// BatchGetItem: up to 100 keys of several tables. What would exceed 16 MB is handed back in UnprocessedKeys.
#include <deque>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "emulator/items/capacity.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/items/item_writes.hpp"
#include "emulator/items/write_requests.hpp"
#include "emulator/limits.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/tables/settings.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

// What is asked of one table.
struct TableRead {
    std::string_view given_name;
    Input input;
    Substitutions substitutions;
    BoundProjection projection;
    std::vector<std::string> keys;  // encoded
    Capacity capacity;
    std::size_t unprocessed_from = SIZE_MAX;  // position of the first key that did not fit
};

Result<void> read_table(Input input, TableRead& read) {
    read.input = input;
    TRY(check_read_members(input));
    TRY_LET(projection, take_projection_members(input, read.substitutions));
    read.projection = std::move(projection);
    std::set<std::string> seen;
    bool duplicate = false;
    for (const auto& key : input.find("Keys")->GetArray()) {
        TRY_LET(encoded, encoded_item(key));
        duplicate = !seen.insert(encoded).second || duplicate;
        read.keys.push_back(std::move(encoded));
    }
    if (duplicate) return repeated_keys();
    return {};
}

Result<void> check_total(const json::Value& items) {
    std::size_t count = 0;
    for (const auto& table : items.GetObject()) {
        if (!table.value.IsNull()) count += json::find(table.value, "Keys")->Size();
    }
    if (count > limits::batch_get_items_max) return invalid("Too many items requested for the BatchGetItem call");
    return {};
}

Result<void> check_keys(Call& call, storage::Transaction* transaction, const std::deque<TableRead>& reads) {
    for (const TableRead& read : reads) TRY(item_table(transaction, table_name(call, read.given_name)));
    for (const TableRead& read : reads) {
        TRY_LET(table, item_table(transaction, table_name(call, read.given_name)));
        for (const std::string& key : read.keys) TRY(check_key(*table, storage::ItemView(key)));
        TRY(check_steps(*table, read.projection));
    }
    return {};
}

// Writes the items that are there and fit.
void answer_table(Call& call, storage::Transaction& transaction, const storage::Table& table, TableRead& read,
                  std::size_t& bytes_left) {
    const bool consistent = read.input.flag("ConsistentRead");
    call.out.key(read.given_name);
    call.out.begin_array();
    for (std::size_t i = 0; i < read.keys.size(); ++i) {
        const storage::ItemView item = transaction.get(table, table_row_key(table, storage::ItemView(read.keys[i])));
        const std::size_t bytes = item.empty() ? 0 : item.size_bytes();
        if (bytes > bytes_left) {
            read.unprocessed_from = i;
            break;
        }
        bytes_left -= bytes;
        read.capacity.add_read(bytes, consistent);
        if (item.empty()) continue;
        write_projected(call.out, read.projection, item);
    }
    call.out.end_array();
}

// What is left of a table's request, with its own members.
void write_unprocessed(json::Writer& out, const TableRead& read) {
    out.key(read.given_name);
    out.begin_object();
    out.key("Keys");
    out.begin_array();
    for (std::size_t i = read.unprocessed_from; i < read.keys.size(); ++i) {
        write_item(out, storage::ItemView(read.keys[i]));
    }
    out.end_array();
    for (const std::string_view member :
         {"ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames", "AttributesToGet"}) {
        if (const json::Value* given = read.input.find(member)) {
            out.key(member);
            out.raw(json::to_text(*given));
        }
    }
    out.end_object();
}

void write_answer(Call& call, storage::Transaction& transaction, std::deque<TableRead>& reads) {
    std::size_t bytes_left = limits::batch_get_bytes_max;
    call.out.begin_object();
    call.out.key("Responses");
    call.out.begin_object();
    for (TableRead& read : reads) {
        const storage::Table* table = transaction.find_table(table_name(call, read.given_name));
        answer_table(call, transaction, *table, read, bytes_left);
    }
    call.out.end_object();
    call.out.key("UnprocessedKeys");
    call.out.begin_object();
    for (const TableRead& read : reads) {
        if (read.unprocessed_from != SIZE_MAX) write_unprocessed(call.out, read);
    }
    call.out.end_object();
    const CapacityDetail detail = capacity_detail(call.input);
    if (detail != CapacityDetail::none) {
        call.out.key("ConsumedCapacity");
        call.out.begin_array();
        for (const TableRead& read : reads) read.capacity.write_to(call.out, table_name(call, read.given_name), detail);
        call.out.end_array();
    }
    call.out.end_object();
}

}  // namespace

Result<void> batch_get_item(Call& call) {
    const json::Value& items = *call.input.find("RequestItems");
    TRY(check_total(items));
    std::deque<TableRead> reads;
    for (const auto& table : items.GetObject()) {
        if (table.value.IsNull()) continue;
        TableRead& read = reads.emplace_back();
        read.given_name = json::text(table.name);
        TRY(read_table(Input(table.value), read));
    }
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        TRY(check_keys(call, transaction, reads));
        write_answer(call, *transaction, reads);
        return {};
    });
}

}  // namespace minamo
