// Sort values on an index delimit themselves: all rows of a value share its encoding as a prefix, and other values' do
// not begin with it. On a table the only sort value stands plain and ends the key: there a row of a value is one whole
// key.
#include "storage/range_bounds.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace minamo::storage {
namespace {

__extension__ using Uint128 = unsigned __int128;

std::uint64_t hash_head(const PartitionHash& hash) {
    std::uint64_t head = 0;
    for (std::size_t i = 0; i < 8; ++i) head = head << 8 | hash[i];
    return head;
}

// What follows `key` at once.
std::string just_after(std::string key) {
    key.push_back('\0');
    return key;
}

// Where a segment begins, as the first 8 bytes of hashes. The segment of a hash is floor(head * total / 2^64).
std::string segment_begin(std::string key, std::uint32_t segment, std::uint32_t total) {
    const Uint128 scaled = (Uint128{segment} << 64) + (total - 1);
    const auto head = static_cast<std::uint64_t>(scaled / total);
    for (int shift = 56; shift >= 0; shift -= 8) key.push_back(static_cast<char>(head >> shift));
    return key;
}

// The bounds of the sort condition, within the partition that `partition` is the beginning of.
class SortBounds {
public:
    SortBounds(const KeyRange& range, std::string partition)
        : range_(range), on_table_(range.index == nullptr), prefix_(std::move(partition)) {
        for (const std::string& value : range.sort_equal) append_sort_value(prefix_, ValueView(value), form());
    }

    Bounds bounds() const {
        const std::string& low = range_.sort_low;
        switch (range_.sort_operator) {
            case SortOperator::none:
                return {prefix_, on_table_ && !range_.sort_equal.empty() ? just_after(prefix_) : end()};
            case SortOperator::eq:
                return {at(low), after(low)};
            case SortOperator::lt:
                return {prefix_, at(low)};
            case SortOperator::le:
                return {prefix_, after(low)};
            case SortOperator::gt:
                return {after(low), end()};
            case SortOperator::ge:
                return {at(low), end()};
            case SortOperator::between:
                return {range_.low_open ? after(low) : at(low),
                        range_.high_open ? at(range_.sort_high) : after(range_.sort_high)};
            case SortOperator::begins_with:
                break;
        }
        const std::string beginning = with(low, on_table_ ? SortForm::plain : SortForm::prefix);
        return {beginning, after_prefix(beginning)};
    }

private:
    SortForm form() const { return on_table_ ? SortForm::plain : SortForm::ended; }
    std::string with(const std::string& value, SortForm form) const {
        std::string key = prefix_;
        append_sort_value(key, ValueView(value), form);
        return key;
    }
    std::string at(const std::string& value) const { return with(value, form()); }
    std::string after(const std::string& value) const {
        return on_table_ ? just_after(at(value)) : after_prefix(at(value));
    }
    std::string end() const { return after_prefix(prefix_); }

    const KeyRange& range_;
    const bool on_table_;
    std::string prefix_;
};

Bounds conditions(const KeyRange& range, std::string key) {
    if (range.partition) {
        key.append(bytes_of(*range.partition));
        return SortBounds(range, std::move(key)).bounds();
    }
    Bounds bounds{key, after_prefix(key)};
    if (range.segment && range.segment->total > 1) {
        const auto& [segment, total] = *range.segment;
        bounds.low = segment_begin(key, segment, total);
        if (segment + 1 < total) bounds.high = segment_begin(key, segment + 1, total);
    }
    return bounds;
}

}  // namespace

std::string after_prefix(std::string_view prefix) {
    const std::size_t last = prefix.find_last_not_of('\xff');
    std::string out(prefix.substr(0, last + 1));
    out.back() = static_cast<char>(static_cast<unsigned char>(out.back()) + 1);
    return out;
}

Bounds bounds_of(const Table& table, const KeyRange& range) {
    const char number = static_cast<char>(range.index != nullptr ? range.index->number : 0);
    std::string key;
    key.reserve(row_key_bytes_max);
    key.push_back(number);
    Bounds bounds = conditions(range, key);
    if (range.start_after.empty()) return bounds;
    const ItemView start(range.start_after);
    key.append(bytes_of(partition_hash(range.index != nullptr ? range.index->keys : table.keys, start)));
    key.append(full_ordered_part(table, range.index, start));
    if (range.forward) {
        bounds.low = std::max(bounds.low, just_after(std::move(key)));
    } else {
        bounds.high = std::min(bounds.high, key);
    }
    return bounds;
}

bool in_segment(const PartitionHash& hash, const Segment& segment) {
    return static_cast<std::uint64_t>((Uint128{hash_head(hash)} * segment.total) >> 64) == segment.segment;
}

}  // namespace minamo::storage
