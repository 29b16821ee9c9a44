// The cursor that walks the records of a shard.
#pragma once

#include <cstdint>
#include <string>

#include "storage/lmdb.hpp"
#include "storage/store.hpp"
#include "storage/stream.hpp"

namespace minamo::storage {

// Walks the records of a shard in their order.
class RecordCursor {
public:
    RecordCursor(Transaction& transaction, const Shard& shard);
    // Each moves, and tells whether there is a record.
    bool seek(std::uint64_t sequence);      // the first whose number is not less
    bool seek_moment(std::int64_t moment);  // the first that is not earlier
    bool seek_last();
    bool next();
    Record record() const;

private:
    bool here() const;

    Transaction& transaction_;
    const Shard shard_;
    lmdb::Cursor cursor_;
    std::string prefix_;
};

}  // namespace minamo::storage
