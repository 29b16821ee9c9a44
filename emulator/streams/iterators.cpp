// The check tells an iterator that was made up from one that was issued; it keeps no secret.
#include "emulator/streams/iterators.hpp"

#include "emulator/wire/base64.hpp"
#include "storage/big_endian.hpp"
#include "storage/key_codec.hpp"

namespace minamo {
namespace {

using storage::BigEndian;

constexpr std::string_view separator = "|1|";
constexpr std::size_t checked_bytes = 24;
constexpr std::size_t place_bytes = checked_bytes + 8;

std::string check_of(std::string_view stream_arn, std::string_view place) {
    std::string whole(stream_arn);
    whole.append(place.substr(0, checked_bytes));
    return std::string(storage::bytes_of(storage::hash_of(whole)).substr(0, place_bytes - checked_bytes));
}

}  // namespace

std::string encode(const ShardIterator& iterator) {
    std::string place(BigEndian(iterator.shard).bytes());
    place.append(BigEndian(iterator.position).bytes());
    place.append(BigEndian(static_cast<std::uint64_t>(iterator.issued_ms)).bytes());
    place.append(check_of(iterator.stream_arn, place));
    std::string out(iterator.stream_arn);
    out.append(separator);
    append_base64(out, place);
    return out;
}

std::optional<ShardIterator> decode_shard_iterator(std::string_view text) {
    const std::size_t at = text.rfind(separator);
    if (at == std::string_view::npos) return std::nullopt;
    const auto place = decode_base64(text.substr(at + separator.size()));
    if (!place || place->size() != place_bytes) return std::nullopt;
    ShardIterator out;
    out.stream_arn = text.substr(0, at);
    if (check_of(out.stream_arn, *place) != place->substr(checked_bytes)) return std::nullopt;
    out.shard = BigEndian::read(*place);
    out.position = BigEndian::read(std::string_view(*place).substr(8));
    out.issued_ms = static_cast<std::int64_t>(BigEndian::read(std::string_view(*place).substr(16)));
    return out;
}

}  // namespace minamo
