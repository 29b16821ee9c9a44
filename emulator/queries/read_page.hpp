// One page of Query or Scan: walking a range, filtering, projecting, counting, and saying where the next page starts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "emulator/expressions/expressions.hpp"
#include "emulator/items/capacity.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json.hpp"
#include "emulator/wire/words.hpp"
#include "storage/range.hpp"

namespace minamo {

// What Query and Scan have in common, read from the request in the order in which DynamoDB complains.
struct ReadRequest {
    Substitutions substitutions;
    BoundCondition filter;
    BoundProjection projection;
    Select select = Select::all_attributes;
    bool select_given = false;
    std::string start_key;  // encoded; empty: none
    bool legacy_filter = false;
    std::optional<std::string_view> index_name = {};  // borrowed
    bool consistent = false;
    bool forward = true;                             // of a Query
    std::uint64_t limit = INT64_MAX;                 // of items looked at
    CapacityDetail capacity = CapacityDetail::none;  // what is told of it

    ReadRequest() = default;
    ReadRequest(const ReadRequest&) = delete;
    ReadRequest& operator=(const ReadRequest&) = delete;
};

// What cannot be wrong any more: IndexName, ConsistentRead, ScanIndexForward, Limit, ReturnConsumedCapacity.
void take_page(Input input, ReadRequest& request);

// ExclusiveStartKey's values.
Result<void> take_start_key(Input input, ReadRequest& request);

// Select against the other members; before the table is known.
Result<void> take_select(Input input, ReadRequest& request);

// The index that is named, null where it names none; and what GSIs do not allow.
Result<const storage::Index*> find_index(const storage::Table& table, const ReadRequest& request);

// A projection that names what a GSI does not hold.
Result<void> check_columns(const storage::Table& table, const storage::Index& index, const BoundProjection& projection);

// ALL_ATTRIBUTES of a GSI that does not hold them.
Result<void> check_select(const storage::Index* index, const ReadRequest& request);

// ExclusiveStartKey against the keys of table and index: how many members it has; the table's key in it. In between
// come the keys of what is read (check_start_key_part).
Result<void> check_start_key_count(const storage::Table& table, const storage::Index* index,
                                   storage::ItemView start_key);
Result<void> check_start_key_of_table(const storage::Table& table, storage::ItemView start_key);

// Whether a query of a table without a sort key: it reads one item at most, so there is no next page.
bool is_single_item(const storage::Table& table, const storage::KeyRange& range);

// What a page has come to.
struct PageEnd {
    std::uint64_t count = 0;    // of items shown
    std::uint64_t scanned = 0;  // of items looked at
    bool ended = false;         // the end of the last range was seen
    std::size_t range = 0;      // of the last item looked at
    storage::ItemView last;     // that item, as the index holds it; empty(): none
    Capacity capacity;
};

// Reads ranges of one table or index, one after another, up to the limits of one page, and writes the member Items
// where items are shown.
PageEnd write_page(json::Writer& out, storage::Transaction& transaction, const storage::Table& table,
                   std::span<const storage::KeyRange> ranges, const ReadRequest& request);

// The key, encoded, that a next page starts behind.
std::string start_key_behind(const storage::Table& table, const storage::Index* index, storage::ItemView row);

// Reads the page and writes the whole answer of Query or Scan.
Result<void> answer_page(json::Writer& out, storage::Transaction& transaction, const storage::Table& table,
                         std::string_view given_name, const storage::KeyRange& range, const ReadRequest& request);

}  // namespace minamo
