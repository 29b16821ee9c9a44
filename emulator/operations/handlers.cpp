// Names to handlers. They are looked up once, in the order of the API's rows: a call finds its own by the place of its
// row.
#include "emulator/operations/handlers.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

namespace minamo {
namespace {

struct Row {
    std::string_view operation;
    Handler handler;
};

// clang-format off
constexpr Row rows[] = {
    {"BatchGetItem",              batch_get_item},
    {"BatchWriteItem",            batch_write_item},
    {"CreateTable",               create_table},
    {"DeleteItem",                delete_item},
    {"DeleteTable",               delete_table},
    {"DescribeContinuousBackups", describe_continuous_backups},
    {"DescribeEndpoints",         describe_endpoints},
    {"DescribeLimits",            describe_limits},
    {"DescribeStream",            describe_stream},
    {"DescribeTable",             describe_table},
    {"DescribeTimeToLive",        describe_time_to_live},
    {"GetItem",                   get_item},
    {"GetRecords",                get_records},
    {"GetShardIterator",          get_shard_iterator},
    {"ListStreams",               list_streams},
    {"ListTables",                list_tables},
    {"PutItem",                   put_item},
    {"Query",                     query},
    {"Scan",                      scan},
    {"ExecuteStatement",          execute_statement},
    {"BatchExecuteStatement",     batch_execute_statement},
    {"ExecuteTransaction",        execute_transaction},
    {"TransactGetItems",          transact_get_items},
    {"TransactWriteItems",        transact_write_items},
    {"UpdateItem",                update_item},
    {"UpdateTable",               update_table},
    {"UpdateTimeToLive",          update_time_to_live},
};
// clang-format on

Handler find(std::string_view operation) {
    const auto* const row = std::ranges::find(rows, operation, &Row::operation);
    return row != std::end(rows) ? row->handler : nullptr;
}

}  // namespace

Handler handler_of(const api::Operation& operation) {
    static const std::vector<Handler> handlers = [] {
        std::vector<Handler> out;
        for (const api::Operation& each : api::operations()) out.push_back(find(each.name));
        return out;
    }();
    return handlers[static_cast<std::size_t>(&operation - api::operations().data())];
}

}  // namespace minamo
