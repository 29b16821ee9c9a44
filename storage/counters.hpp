// Live items of a table or index, counted.
#pragma once

#include <cstdint>

namespace minamo::storage {

struct Counters {
    std::uint64_t items = 0;
    std::uint64_t bytes = 0;
    bool operator==(const Counters&) const = default;
};

}  // namespace minamo::storage
