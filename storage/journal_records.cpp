// Records: written by the one door for writes, read by position.
#include "storage/journal_records.hpp"

#include <array>
#include <utility>
#include <vector>

#include "storage/due_key.hpp"
#include "storage/journal_rows.hpp"
#include "storage/varint.hpp"

namespace minamo::storage {
namespace {

constexpr std::size_t moment_at = 1;
constexpr std::size_t parts_at = moment_at + 8;
constexpr unsigned char keys_flag = 1;
constexpr unsigned char new_flag = 2;
constexpr unsigned char old_flag = 4;
constexpr unsigned char insert_flag = 8;
constexpr unsigned char remove_flag = 16;
constexpr unsigned char expired_flag = 32;

// The key attributes of an item, as an item.
std::string keys_of(const Table& table, ItemView item) {
    ItemEncoder keys;
    for (const auto& [name, value] : item.attributes()) {
        if (table.keys.find(name) != nullptr) keys.add(name, value);
    }
    return keys.finish();
}

void append_part(std::string& out, std::string_view item) {
    append_varint(out, item.size());
    out.append(item);
}

std::string_view take_part(std::string_view& bytes) {
    std::uint64_t length = 0;
    if (!read_varint(bytes, length) || length > bytes.size()) fail_damaged();
    const std::string_view item = bytes.substr(0, length);
    bytes.remove_prefix(length);
    return item;
}

}  // namespace

std::int64_t moment_of_record(std::string_view bytes) {
    if (bytes.size() < parts_at) fail_damaged();
    return static_cast<std::int64_t>(BigEndian::read(bytes.substr(moment_at)));
}

std::string encode_record(const Table& table, ItemView old_item, ItemView new_item, Cause cause) {
    std::string record;
    if (!table.stream.enabled || table.stream.number == 0) return record;
    const StreamView view = table.stream.view;
    const bool both = view == StreamView::new_and_old_images;
    const bool has_new = !new_item.empty() && (both || view == StreamView::new_image);
    const bool has_old = !old_item.empty() && (both || view == StreamView::old_image);
    unsigned flags = (has_new ? new_flag : 0U) | (has_old ? old_flag : 0U) | (has_new || has_old ? 0U : keys_flag);
    flags |= (old_item.empty() ? insert_flag : 0U) | (new_item.empty() ? remove_flag : 0U);
    flags |= cause == Cause::time_to_live ? expired_flag : 0U;
    record.reserve(parts_at + 20 + (has_new ? new_item.encoded().size() : 0) +
                   (has_old ? old_item.encoded().size() : 0));
    record.push_back(static_cast<char>(flags));
    record.append(8, '\0');
    if (!has_new && !has_old) append_part(record, keys_of(table, new_item.empty() ? old_item : new_item));
    if (has_new) append_part(record, new_item.encoded());
    if (has_old) append_part(record, old_item.encoded());
    return record;
}

void schedule_trim(TransactionState& state, Stream& stream, std::int64_t oldest_ms) {
    stream.trim_ms = oldest_ms + journal_kept_ms + 1;
    state.transaction.put(state.store.journal.rows(), journal_key('s', stream.number), encode(stream));
    state.put_due(stream.trim_ms, trim_sequence(stream.number), {});
}

void append_record(TransactionState& state, const Table& table, const RowKey& key, std::string& record,
                   std::int64_t now_ms) {
    JournalHead& head = state.store.journal;
    JournalHead::OpenStream& open = head.open_stream(state.transaction, table.stream.number);
    const std::int64_t moment_ms = head.moment(now_ms);
    record.replace(moment_at, 8, BigEndian(static_cast<std::uint64_t>(moment_ms)).bytes());
    std::array<char, 17> place;
    place[0] = 'r';
    BigEndian(open.shard_of(BigEndian::read(key.bytes().substr(1)))).bytes().copy(place.data() + 1, 8);
    BigEndian(head.take_sequence()).bytes().copy(place.data() + 9, 8);
    state.transaction.put(head.rows(), {place.data(), place.size()}, record);
    if (open.trim_is_due) return;
    const auto row = state.transaction.get(head.rows(), journal_key('s', table.stream.number));
    if (!row) fail_damaged();
    Stream stream = decode_stream(table.stream.number, *row);
    schedule_trim(state, stream, moment_ms);
    open.trim_is_due = true;
    head.note_change();
}

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
    Record out;
    out.sequence = BigEndian::read(cursor_.key().substr(9));
    std::string_view bytes = cursor_.value();
    out.moment_ms = moment_of_record(bytes);
    const auto flags = static_cast<unsigned char>(bytes.front());
    if ((flags & insert_flag) == 0) out.event = (flags & remove_flag) != 0 ? RecordEvent::remove : RecordEvent::modify;
    out.cause = (flags & expired_flag) != 0 ? Cause::time_to_live : Cause::user;
    bytes.remove_prefix(parts_at);
    const Lease lease = transaction_.state().writes.lease();
    if ((flags & keys_flag) != 0) out.keys = ItemView(take_part(bytes), lease);
    if ((flags & new_flag) != 0) out.new_image = ItemView(take_part(bytes), lease);
    if ((flags & old_flag) != 0) out.old_image = ItemView(take_part(bytes), lease);
    return out;
}

}  // namespace minamo::storage
