// Records: written by the one door for writes, read by cursors.
#include "storage/journal_records.hpp"

#include <array>
#include <utility>
#include <vector>

#include "storage/big_endian.hpp"
#include "storage/due.hpp"
#include "storage/journal_head.hpp"
#include "storage/journal_rows.hpp"
#include "storage/varint.hpp"

namespace minamo::storage {
namespace {

constexpr std::size_t moment_at = record_moment_at;
constexpr std::size_t parts_at = record_head_bytes;
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

Record decode_record(std::uint64_t sequence, std::string_view bytes, Lease lease) {
    Record out;
    out.sequence = sequence;
    out.moment_ms = moment_of_record(bytes);
    const auto flags = static_cast<unsigned char>(bytes.front());
    if ((flags & insert_flag) == 0) out.event = (flags & remove_flag) != 0 ? RecordEvent::remove : RecordEvent::modify;
    out.cause = (flags & expired_flag) != 0 ? Cause::time_to_live : Cause::user;
    bytes.remove_prefix(parts_at);
    if ((flags & keys_flag) != 0) out.keys = ItemView(take_part(bytes), lease);
    if ((flags & new_flag) != 0) out.new_image = ItemView(take_part(bytes), lease);
    if ((flags & old_flag) != 0) out.old_image = ItemView(take_part(bytes), lease);
    return out;
}

void clear_journal(TransactionState& state) {
    state.begin_change();
    JournalHead& head = state.store.journal;
    head.begin_change();
    lmdb::Cursor cursor(state.transaction, head.rows());
    for (bool found = cursor.first(); found; found = cursor.next()) cursor.erase();
    head.forget_moments();
    state.transaction.put(head.rows(), journal_sequence_key, BigEndian(head.sequence()).bytes());
}

}  // namespace minamo::storage
