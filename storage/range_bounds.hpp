// A KeyRange as an interval of whole keys: a row is in the range if and only if low <= its whole key < high.
//
//   whole key = index number (1) + partition hash (16) + full ordered part, not cut
#pragma once

#include <string>
#include <string_view>

#include "storage/key_range.hpp"

namespace minamo::storage {

struct Bounds {
    std::string low;
    std::string high;
};

Bounds bounds_of(const Table& table, const KeyRange& range);

// Whether partitions of this hash are in the segment.
bool in_segment(const PartitionHash& hash, const Segment& segment);

// The least string that is greater than every string with this prefix, which must not be all FF.
std::string after_prefix(std::string_view prefix);

}  // namespace minamo::storage
