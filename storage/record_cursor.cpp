// Records are found by the numbers and moments that ascend in every shard.
#include "storage/record_cursor.hpp"

#include "storage/big_endian.hpp"
#include "storage/journal_records.hpp"
#include "storage/journal_rows.hpp"
#include "storage/store_state.hpp"

namespace minamo::storage {

RecordCursor::RecordCursor(Transaction& transaction, const Shard& shard)
    : transaction_(transaction),
      shard_(shard),
      cursor_(transaction.state().transaction, transaction.state().store.journal.rows()),
      prefix_(journal_key('r', shard.first)) {
    transaction.state().used = true;
}

bool RecordCursor::here() const {
    return cursor_.key().starts_with(prefix_);
}

bool RecordCursor::seek(std::uint64_t sequence) {
    return cursor_.seek(journal_key('r', shard_.first, sequence)) && here();
}

bool RecordCursor::seek_last() {
    const bool found = cursor_.seek(journal_key('r', shard_.first, UINT64_MAX)) ? cursor_.previous() : cursor_.last();
    return found && here();
}

bool RecordCursor::next() {
    return cursor_.next() && here();
}

// Moments ascend with sequence numbers: the place is found by halving.
bool RecordCursor::seek_moment(std::int64_t moment) {
    if (!seek_last() || moment_of_record(cursor_.value()) < moment) return false;
    std::uint64_t low = shard_.first;
    std::uint64_t high = record().sequence;  // of a record that is not earlier
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (!seek(middle) || record().sequence < middle) fail_damaged();
        if (moment_of_record(cursor_.value()) < moment) {
            low = record().sequence + 1;
        } else {
            high = middle;
        }
    }
    return seek(high);
}

Record RecordCursor::record() const {
    return decode_record(BigEndian::read(cursor_.key().substr(9)), cursor_.value(),
                         transaction_.state().writes.lease());
}

}  // namespace minamo::storage
