// GetItem: one item, or what a projection leaves of it.
#include <string>

#include "emulator/items/capacity.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/items/write_requests.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/tables/named_table.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
Result<void> get_item(Call& call) {
    ReadOne read;
    TRY(take_get(call.input, read));
    const std::string_view name = table_name(call);
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        TRY_LET(table, item_table(transaction, name));
        TRY(check_key(*table, storage::ItemView(read.key)));
        TRY(check_steps(*table, read.projection));
        const storage::ItemView item = transaction->get(*table, table_row_key(*table, storage::ItemView(read.key)));
        call.out.begin_object();
        if (!item.empty()) {
            call.out.key("Item");
            write_projected(call.out, read.projection, item);
        }
        if (read.capacity != CapacityDetail::none) {
            Capacity capacity;
            capacity.add_read(item.empty() ? 0 : item.size_bytes(), read.consistent);
            write_consumed_capacity(call.out, capacity, name, read.capacity);
        }
        call.out.end_object();
        return {};
    });
}

}  // namespace minamo
