// In the service's order: table, token, index, keys, branches, what the index holds, order; then the page.
#include "emulator/statements/select.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "emulator/items/item_keys.hpp"
#include "emulator/queries/branches.hpp"
#include "emulator/queries/read_page.hpp"
#include "emulator/statements/page_token.hpp"
#include "emulator/statements/statement_table.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::ItemView;
using storage::Table;

Result<const Index*> named_index(const Table& table, const BoundStatement& statement, bool consistent) {
    const auto& name = statement.translation->index;
    if (!name) return nullptr;
    const Index* index = table.find_index(*name);
    if (index == nullptr || index->status == storage::IndexStatus::deleting) {
        return invalid("The table does not have the specified index");
    }
    if (index->status == storage::IndexStatus::creating) {
        return invalid("Cannot read from backfilling global secondary index: " + *name);
    }
    if (index->kind == storage::IndexKind::global && consistent) {
        return invalid("Strongly consistent read is not supported on Global Secondary Indexes");
    }
    TRY(check_columns(table, *index, statement.projection));
    return index;
}

// Which way the partitions and the rows of each go.
struct Directions {
    bool partitions_down = false;
    bool sorts_down = false;
};

Result<Directions> directions(const storage::KeySchema& keys, const BoundStatement& statement,
                              const Branches& branches) {
    const std::vector<SortBy>& order = statement.translation->order;
    Directions out;
    if (order.empty()) return out;
    const std::string& partition = keys.partition[0].name;
    for (const SortBy& key : order) {
        if (keys.find(key.attribute) != nullptr) continue;
        return invalid("Attribute " + key.attribute + " in ORDER BY clause must be part of the primary key");
    }
    if (!statement.where) return invalid("Must have WHERE clause in the statement when using ORDER BY clause.");
    if (!branches.is_keyed()) {
        return invalid(
            "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
    }
    const auto by_partition = std::ranges::find(order, partition, &SortBy::attribute);
    if (by_partition == order.end() && branches.partition_count() > 1) {
        return invalid(
            "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.");
    }
    out.partitions_down = by_partition != order.end() && by_partition->descending;
    // A sort key that is not named goes down.
    const auto by_sort = std::ranges::find_if(order, [&](const SortBy& key) { return key.attribute != partition; });
    out.sorts_down = by_sort == order.end() || by_sort->descending;
    return out;
}

// A key of a token, which may be made up, must be one of a row that the range could have.
Result<void> check_position(const Table& table, const Index* index, const std::vector<storage::KeyRange>& ranges,
                            const PagePosition& position) {
    const ItemView key(position.key);
    const storage::KeySchema& keys = index != nullptr ? index->keys : table.keys;
    if (position.range >= ranges.size() || !has_keys(table, key)) return invalid_page_token();
    for (const auto* list : {&keys.partition, &keys.sort}) {
        for (const storage::KeyAttribute& attribute : *list) {
            const storage::ValueView value = key.find(attribute.name);
            if (value.empty() || value.type() != attribute.type) return invalid_page_token();
        }
    }
    const auto& partition = ranges[position.range].partition;
    if (partition && partition_hash(keys, key) != *partition) return invalid_page_token();
    return {};
}

}  // namespace

PageRequest take_page_request(Input input) {
    PageRequest request;
    request.consistent = input.flag("ConsistentRead");
    request.limit = static_cast<std::uint64_t>(input.integer("Limit", INT64_MAX));
    if (input.has("NextToken")) request.token = input.text("NextToken");
    request.capacity = capacity_detail(input);
    return request;
}

Result<void> answer_select(Call& call, storage::Transaction* transaction, const BoundStatement& statement,
                           const PageRequest& request) {
    TRY_LET(table, statement_table(call, transaction, statement));
    PagePosition position;
    if (request.token) {
        TRY_LET(parsed, parse_page_token(statement, *request.token));
        position = std::move(parsed);
    }
    TRY_LET(index, named_index(*table, statement, request.consistent));
    Branches branches(*table, index, statement.where);
    TRY(branches.check_values());
    TRY(branches.check_overlaps());
    TRY(branches.check_count());
    TRY(branches.check_filters());
    TRY(pass_stage(statement, Stage::in_table));
    TRY_LET(ways, directions(index != nullptr ? index->keys : table->keys, statement, branches));

    std::vector<storage::KeyRange> ranges(1);
    ranges[0].index = index;
    if (branches.is_keyed()) ranges = branches.ranges(ways.partitions_down, ways.sorts_down);
    if (request.token) {
        TRY(check_position(*table, index, ranges, position));
        ranges.erase(ranges.begin(), ranges.begin() + static_cast<std::ptrdiff_t>(position.range));
        ranges[0].start_after = position.key;
    }
    ReadRequest read;
    if (!branches.is_keyed() || !branches.are_exact()) read.filter = statement.where;
    read.projection = statement.projection;
    read.select = statement.projection ? Select::specific_attributes
                  : index != nullptr   ? Select::projected_attributes
                                       : Select::all_attributes;
    read.consistent = request.consistent;
    read.limit = request.limit;
    call.out.begin_object();
    const PageEnd end = write_page(call.out, *transaction, *table, ranges, read);
    if (!end.ended && !end.last.empty()) {
        const PagePosition next{position.range + end.range, start_key_behind(*table, index, end.last)};
        call.out.member("NextToken", page_token(statement, next));
    }
    write_consumed_capacity(call.out, end.capacity, table->name, request.capacity);
    call.out.end_object();
    return {};
}

}  // namespace minamo
