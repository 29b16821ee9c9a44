// What a store is opened with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace minamo::storage {

struct StoreOptions {
    std::string path;                  // a file; empty: in memory
    bool durable = false;              // on disk: fsync on each commit
    std::size_t map_bytes = 0;         // address space to begin with; grow() makes more of it; 0: 1 MiB
    std::size_t bytes_max = 0;         // 0: no limit; else what adds ends here with StorageFull
    std::int64_t expiry_delay_ms = 0;  // how long expired items stay until they are deleted
};

}  // namespace minamo::storage
