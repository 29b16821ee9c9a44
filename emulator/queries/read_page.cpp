// A page ends at Limit, after 1 MiB of evaluated items and of what is fetched for them, or at the end of the range. The
// item that crosses the boundary is still part of it. Only the first two leave a LastEvaluatedKey, even if nothing
// follows.
#include "emulator/queries/read_page.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "emulator/items/capacity.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/items/item_writes.hpp"
#include "emulator/limits.hpp"
#include "emulator/wire/deployment.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/values.hpp"

namespace minamo {
namespace {

using storage::Index;
using storage::ItemView;
using storage::KeyAttribute;
using storage::Table;

std::set<std::string_view> key_names(const Table& table, const Index* index) {
    std::set<std::string_view> names;
    const auto add = [&names](const storage::KeySchema& keys) {
        for (const KeyAttribute& key : keys.partition) names.insert(key.name);
        for (const KeyAttribute& key : keys.sort) names.insert(key.name);
    };
    add(table.keys);
    if (index != nullptr) add(index->keys);
    return names;
}

// Top-level names that the projection asks for and the index does not hold, each once.
std::string unprojected(const Table& table, const Index& index, const std::vector<ResolvedPath>& paths) {
    std::unordered_set<std::string_view> names;
    std::string list;
    for (const ResolvedPath& path : paths) {
        const std::string_view name = path[0].name;
        if (projects(table, index, name) || !names.insert(name).second) continue;
        list.append(list.empty() ? "" : ", ").append(name);
    }
    return list;
}

Result<void> check_global_index(const Table& table, const Index& index, const ReadRequest& request) {
    if (request.consistent) return invalid("Consistent reads are not supported on global secondary indexes");
    return check_columns(table, index, request.projection);
}

// Whether rows of a local index must be completed from the table, which the reader pays for.
bool needs_table(const Table& table, const Index* index, const ReadRequest& request) {
    if (index == nullptr || index->kind == storage::IndexKind::global || index->projection == storage::Projection::all)
        return false;
    if (request.select == Select::all_attributes) return true;
    return request.projection && !unprojected(table, *index, paths(request.projection)).empty();
}

// The walk over one page.
class Page {
public:
    Page(json::Writer& out, storage::Transaction& transaction, const Table& table,
         std::span<const storage::KeyRange> ranges, const ReadRequest& request)
        : out_(out),
          transaction_(transaction),
          table_(table),
          ranges_(ranges),
          request_(request),
          index_(ranges.empty() ? nullptr : ranges.front().index),
          fetches_(needs_table(table, index_, request)) {}

    PageEnd walk() {
        const bool shows_items = request_.select != Select::count;
        if (shows_items) {
            out_.key("Items");
            out_.begin_array();
        }
        for (std::size_t i = 0; i < ranges_.size() && has_room(); ++i) {
            const std::size_t before = bytes_;
            walk_range(i, shows_items);
            charge(bytes_ - before);
        }
        if (ranges_.empty()) {
            end_.ended = true;
            charge(0);
        }
        if (shows_items) out_.end_array();
        if (index_ != nullptr) end_.capacity.add_table(fetched_halves_);
        return std::move(end_);
    }

private:
    bool has_room() const { return end_.scanned < request_.limit && page_bytes_ < limits::page_bytes_max; }

    void walk_range(std::size_t position, bool shows_items) {
        storage::RangeCursor cursor(transaction_, table_, ranges_[position]);
        while (has_room()) {
            const ItemView row = cursor.next();
            if (row.empty()) {
                end_.ended = position + 1 == ranges_.size();
                return;
            }
            end_.range = position;
            end_.last = row;
            add_row(row, shows_items);
        }
    }

    void charge(std::size_t bytes) {
        const HalfUnits halves = Capacity::read_halves(bytes, request_.consistent);
        if (index_ != nullptr) {
            end_.capacity.add_index(*index_, halves);
        } else {
            end_.capacity.add_table(halves);
        }
    }

    // A filter sees what the index holds, also where the rest is fetched.
    void add_row(ItemView row, bool shows_items) {
        ++end_.scanned;
        bytes_ += row.size_bytes();
        page_bytes_ += row.size_bytes();
        ItemView item = row;
        if (fetches_) {
            item = transaction_.get(table_, table_row_key(table_, row));
            fetched_halves_ += Capacity::read_halves(item.size_bytes(), request_.consistent);
            page_bytes_ += item.size_bytes();
        }
        if (!evaluate(request_.filter, row)) return;
        ++end_.count;
        if (!shows_items) return;
        item_text_.clear();
        if (request_.projection) {
            const std::string part = project(request_.projection, item);
            append_json(item_text_, ItemView(part));
        } else {
            append_json(item_text_, item);
        }
        out_.raw(item_text_);
    }

    json::Writer& out_;
    storage::Transaction& transaction_;
    const Table& table_;
    const std::span<const storage::KeyRange> ranges_;
    const ReadRequest& request_;
    const Index* index_;
    const bool fetches_;
    PageEnd end_;
    std::size_t bytes_ = 0;       // of what was walked
    std::size_t page_bytes_ = 0;  // of that and of what was fetched for it
    HalfUnits fetched_halves_ = 0;
    std::string item_text_;
};

tl::unexpected<Error> start_key_mismatch() {
    return invalid("The provided starting key is invalid: The provided key element does not match the schema");
}

}  // namespace

bool is_single_item(const Table& table, const storage::KeyRange& range) {
    return range.partition && range.index == nullptr && table.keys.sort.empty();
}

void take_page(Input input, ReadRequest& request) {
    if (const json::Value* name = input.find("IndexName")) request.index_name = json::text(*name);
    request.consistent = input.flag("ConsistentRead");
    request.forward = input.flag("ScanIndexForward", true);
    request.limit = static_cast<std::uint64_t>(input.integer("Limit", INT64_MAX));
    request.capacity = capacity_detail(input);
}

Result<void> take_start_key(Input input, ReadRequest& request) {
    const json::Value* given = input.find("ExclusiveStartKey");
    if (given == nullptr) return {};
    auto encoded = encoded_item(*given);
    if (encoded) {
        request.start_key = std::move(*encoded);
        return {};
    }
    // Of the faults of values these are told with a prefix, the others without.
    Error error = std::move(encoded).error();
    const bool prefixed = error->fault == RequestFault::datatype || error->fault == RequestFault::null_or_texts;
    word_classic(error);
    if (prefixed) error->message.insert(0, "The provided starting key is invalid: ");
    return tl::unexpected(std::move(error));
}

Result<void> take_select(Input input, ReadRequest& request) {
    const auto asked = from_word<Select>(input.text("Select"));
    const bool expression = input.has("ProjectionExpression");
    const bool listed = expression || input.has("AttributesToGet");
    const std::string member = expression ? "ProjectionExpression" : "AttributesToGet";
    request.select_given = asked.has_value();
    if (asked == Select::specific_attributes && !listed) {
        return invalid(RequestFault::select,
                       "Must specify the AttributesToGet or ProjectionExpression "
                       "when choosing to get SPECIFIC_ATTRIBUTES");
    }
    if (listed && asked == Select::count) {
        return invalid(RequestFault::select, "Cannot specify the " + member + " when choosing to get only the Count");
    }
    if (listed && (asked == Select::all_attributes || asked == Select::projected_attributes)) {
        return invalid(RequestFault::select,
                       "Cannot specify the " + member + " when choosing to get " + std::string(word_of(*asked)));
    }
    if (asked == Select::projected_attributes && !request.index_name) {
        return invalid(RequestFault::select,
                       "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }
    if (asked == Select::count) {
        request.select = Select::count;
    } else if (listed) {
        request.select = Select::specific_attributes;
    } else if (asked == Select::projected_attributes || (!asked && request.index_name)) {
        request.select = Select::projected_attributes;
    }
    return {};
}

Result<void> check_columns(const Table& table, const Index& index, const BoundProjection& projection) {
    if (index.kind == storage::IndexKind::local || !projection || index.projection == storage::Projection::all)
        return {};
    const std::string names = unprojected(table, index, paths(projection));
    if (names.empty()) return {};
    return invalid_parameters("Global secondary index " + index.name + " does not project [" + names + "]");
}

Result<const Index*> find_index(const Table& table, const ReadRequest& request) {
    if (!request.index_name) return nullptr;
    const std::string_view name = *request.index_name;
    const Index* index = table.find_index(name);
    if (index == nullptr || index->status == storage::IndexStatus::deleting) {
        return invalid("The table does not have the specified index: " + std::string(name));
    }
    if (index->status == storage::IndexStatus::creating) {
        return invalid("Cannot read from backfilling global secondary index: " + std::string(name));
    }
    if (index->kind == storage::IndexKind::global) TRY(check_global_index(table, *index, request));
    return index;
}

Result<void> check_select(const Index* index, const ReadRequest& request) {
    const bool asks_all = request.select_given && request.select == Select::all_attributes;
    if (!asks_all || index == nullptr || index->kind == storage::IndexKind::local ||
        index->projection == storage::Projection::all)
        return {};
    return invalid_parameters("Select type ALL_ATTRIBUTES is not supported for global secondary index " + index->name +
                              " because its projection type is not ALL");
}

Result<void> check_start_key_count(const Table& table, const Index* index, ItemView start_key) {
    if (start_key.count() == key_names(table, index).size()) return {};
    return start_key_invalid();
}

Result<void> check_start_key_of_table(const Table& table, ItemView start_key) {
    return has_keys(table, start_key) ? Result<void>{} : start_key_mismatch();
}

PageEnd write_page(json::Writer& out, storage::Transaction& transaction, const Table& table,
                   std::span<const storage::KeyRange> ranges, const ReadRequest& request) {
    return Page(out, transaction, table, ranges, request).walk();
}

std::string start_key_behind(const Table& table, const Index* index, ItemView row) {
    storage::ItemEncoder key;
    for (const std::string_view name : key_names(table, index)) key.add(name, row.find(name));
    return key.finish();
}

Result<void> answer_page(json::Writer& out, storage::Transaction& transaction, const Table& table,
                         std::string_view given_name, const storage::KeyRange& range, const ReadRequest& request) {
    out.begin_object();
    const PageEnd end = write_page(out, transaction, table, {&range, 1}, request);
    out.member("Count", static_cast<std::int64_t>(end.count));
    out.member("ScannedCount", static_cast<std::int64_t>(end.scanned));
    if (!end.ended && !end.last.empty() && !is_single_item(table, range)) {
        out.key("LastEvaluatedKey");
        const std::string key = start_key_behind(table, range.index, end.last);
        write_item(out, ItemView(key));
    }
    write_consumed_capacity(out, end.capacity, given_name, request.capacity);
    out.end_object();
    return {};
}

}  // namespace minamo
