// Streams and shards to rows and back.
#include "storage/journal_rows.hpp"

#include "storage/big_endian.hpp"
#include "storage/faults.hpp"
#include "storage/row_codec.hpp"

namespace minamo::storage {
namespace {

template <class Io, class AnyStream>
void visit_stream(Io& io, AnyStream& stream) {
    io(stream.table);
    io(stream.label);
    io.enumeration(stream.view, StreamView::new_and_old_images);
    visit_keys(io, stream.keys);
    io(stream.created_ms);
    io(stream.closed_ms);
    io(stream.settled_ms);
    io(stream.trim_ms);
}

template <class Io, class AnyShard>
void visit_shard(Io& io, AnyShard& shard) {
    io(shard.last);
    io(shard.id);
    io(shard.parent_id);
    io(shard.created_ms);
    io(shard.closed_ms);
    io(shard.hash_first);
    io(shard.hash_last);
    io(shard.trimmed_last);
}

}  // namespace

std::string encode(const Stream& stream) {
    std::string out;
    RowWriter writer(out);
    visit_stream(writer, stream);
    return out;
}

Stream decode_stream(std::uint64_t number, std::string_view bytes) {
    Stream stream;
    RowReader reader(bytes, "a stream");
    visit_stream(reader, stream);
    reader.end();
    stream.number = number;
    return stream;
}

std::string encode(const Shard& shard) {
    std::string out;
    RowWriter writer(out);
    visit_shard(writer, shard);
    return out;
}

Shard decode_shard(std::uint64_t first, std::string_view bytes) {
    Shard shard;
    RowReader reader(bytes, "a shard");
    visit_shard(reader, shard);
    reader.end();
    shard.first = first;
    return shard;
}

std::int64_t moment_of_record(std::string_view bytes) {
    if (bytes.size() < record_head_bytes) fail_damaged();
    return static_cast<std::int64_t>(BigEndian::read(bytes.substr(record_moment_at)));
}

}  // namespace minamo::storage
