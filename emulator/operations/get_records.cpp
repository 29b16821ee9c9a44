// GetRecords: a page of records from an iterator on, straight from the journal's pages.
#include <algorithm>
#include <optional>
#include <string>

#include "emulator/limits.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/streams/iterators.hpp"
#include "emulator/streams/named_stream.hpp"
#include "emulator/streams/sequences.hpp"
#include "emulator/wire/values.hpp"
#include "emulator/wire/words.hpp"
#include "storage/record_cursor.hpp"

namespace minamo {
namespace {

using storage::ItemView;
using storage::Record;
using storage::Shard;
using storage::Stream;

// Writes records of one stream.
class RecordWriter {
public:
    RecordWriter(Call& call, const Stream& stream)
        : out_(call.out),
          stream_(stream),
          region_(call.caller.region),
          id_(stream.label + "/" + std::to_string(stream.number) + "/") {
        stem_ = id_.size();
    }

    // What SizeBytes tells: the key attributes, and the images that are there.
    std::size_t size_bytes(const Record& record) const {
        std::size_t size = record.new_image.size_bytes() + record.old_image.size_bytes();
        for_keys([&, item = any_item(record)](const std::string& name) {
            size += name.size() + item.find(name).size_bytes();
        });
        return size;
    }

    void write(const Record& record) {
        out_.begin_object();
        out_.member("eventID", event_id(record.sequence));
        out_.member("eventName", word_of(record.event));
        out_.member("eventVersion", "1.1");
        out_.member("eventSource", "aws:dynamodb");
        out_.member("awsRegion", region_);
        out_.key("dynamodb");
        write_change(record);
        if (record.cause == storage::Cause::time_to_live) write_identity();
        out_.end_object();
    }

private:
    // 32 hexadecimal digits of the stream and the number.
    std::string_view event_id(std::uint64_t sequence) {
        static constexpr std::string_view digits = "0123456789abcdef";
        id_.resize(stem_);
        id_.append(std::to_string(sequence));
        const storage::PartitionHash hash = storage::hash_of(id_);
        event_id_.clear();
        for (const unsigned char byte : hash) event_id_.append({digits[byte >> 4], digits[byte & 15]});
        return event_id_;
    }

    static ItemView any_item(const Record& record) {
        if (!record.keys.empty()) return record.keys;
        return record.new_image.empty() ? record.old_image : record.new_image;
    }

    template <class Body>
    void for_keys(Body&& body) const {
        for (const auto* keys : {&stream_.keys.partition, &stream_.keys.sort}) {
            for (const auto& key : *keys) body(key.name);
        }
    }

    void write_keys(ItemView item) {
        out_.key("Keys");
        out_.begin_object();
        for_keys([&](const std::string& name) {
            value_.clear();
            append_json(value_, item.find(name));
            out_.key(name);
            out_.raw(value_);
        });
        out_.end_object();
    }

    void write_image(std::string_view name, ItemView image) {
        if (image.empty()) return;
        out_.key(name);
        write_item(out_, image);
    }

    void write_change(const Record& record) {
        out_.begin_object();
        out_.member("ApproximateCreationDateTime", record.moment_ms / 1000);
        write_keys(any_item(record));
        write_image("NewImage", record.new_image);
        write_image("OldImage", record.old_image);
        out_.member("SequenceNumber", sequence_text(record.sequence));
        out_.member("SizeBytes", static_cast<std::int64_t>(size_bytes(record)));
        out_.member("StreamViewType", word_of(stream_.view));
        out_.end_object();
    }

    // SDKs know the members by the names of the service's model, events of Lambda and the developer guide by others:
    // a reader of either finds them.
    void write_identity() {
        out_.key("userIdentity");
        out_.begin_object();
        out_.member("Type", "Service");
        out_.member("PrincipalId", "dynamodb.amazonaws.com");
        out_.member("type", "Service");
        out_.member("principalId", "dynamodb.amazonaws.com");
        out_.end_object();
    }

    json::Writer& out_;
    const Stream& stream_;
    const std::string& region_;
    std::string id_;  // what names the stream, then a number
    std::size_t stem_;
    std::string event_id_;
    std::string value_;
};

// Writes the page; the position after it, or nothing at the end of a closed shard.
std::optional<std::uint64_t> write_page(Call& call, storage::Transaction& transaction, const Stream& stream,
                                        const Shard& shard, std::uint64_t position) {
    const auto limit =
        static_cast<std::size_t>(call.input.integer("Limit", static_cast<std::int64_t>(limits::records_page)));
    RecordWriter writer(call, stream);
    storage::RecordCursor cursor(transaction, shard);
    bool found = cursor.seek(position);
    std::size_t bytes = 0;
    for (std::size_t count = 0; found && count < limit; ++count) {
        const Record record = cursor.record();
        bytes += writer.size_bytes(record);
        if (count > 0 && bytes > limits::records_bytes_max) break;
        writer.write(record);
        position = record.sequence + 1;
        found = cursor.next();
    }
    if (!found && shard.closed_ms != storage::not_yet_ms) return std::nullopt;
    return position;
}

}  // namespace

Result<void> get_records(Call& call) {
    const auto iterator = decode_shard_iterator(call.input.text("ShardIterator"));
    if (!iterator) return invalid("Invalid ShardIterator");
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        TRY_LET(stream, named_stream(call, transaction, iterator->stream_arn));
        if (iterator->issued_ms + limits::shard_iterator_ms < call.now_ms) {
            return fail(ErrorKind::expired_iterator, "Shard iterator has expired");
        }
        // A shard that was there when the iterator was issued has been trimmed as a whole.
        const auto shard = find_shard(*transaction, stream, iterator->shard);
        if (!shard || iterator->position <= shard->trimmed_last) return trimmed_data_access();
        call.out.begin_object();
        call.out.key("Records");
        call.out.begin_array();
        const auto next = write_page(call, *transaction, stream, *shard, iterator->position);
        call.out.end_array();
        if (next) {
            call.space.iterators().issue(call.now_ms);
            call.out.member("NextShardIterator",
                            encode(ShardIterator{iterator->stream_arn, iterator->shard, *next, call.now_ms}));
        }
        call.out.end_object();
        return {};
    });
}

}  // namespace minamo
