// The encoding of items, in the order: views, writing, trees, checking what is not trusted.
#include "storage/item_codec.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdio>
#include <cstdlib>

#include "storage/encoded_number.hpp"
#include "storage/encoded_reader.hpp"
#include "storage/varint.hpp"

namespace minamo::storage {
namespace {

[[maybe_unused]] bool is_container(Type type) {
    return type >= Type::SS;
}

// The value of the name among attributes, or empty bytes.
std::string_view find_among(std::string_view attributes, std::string_view name) {
    EncodedReader reader(attributes);
    for (std::size_t left = reader.number(); left > 0; --left) {
        const auto attribute = reader.attribute();
        if (attribute.name == name) return attribute.value;
    }
    return {};
}

// How many members follow, each of which takes two bytes at least.
std::size_t take_count(EncodedReader& reader) {
    const std::size_t count = reader.number();
    if (count > reader.rest().size() / 2) fail_damaged();
    return count;
}

AttributeRange attributes_of(std::string_view attributes, Lease lease) {
    EncodedReader reader(attributes);
    const std::size_t count = take_count(reader);
    return {reader.rest(), count, lease};
}

// What follows the size of an item.
std::string_view after_size(std::string_view item) {
    EncodedReader reader(item);
    reader.number();
    return reader.rest();
}

}  // namespace

#ifndef NDEBUG
void Lease::abort_ended() {
    std::fputs("minamo: a view of an item was used after a write or the end of its transaction\n", stderr);
    std::abort();
}
#endif

std::string_view ValueView::payload() const {
    return EncodedReader(encoded()).payload();
}

std::string_view ValueView::text() const {
    if (const Type given = type(); given != Type::S && given != Type::B) fail_damaged();
    return payload();
}

Decimal ValueView::number() const {
    if (type() != Type::N) fail_damaged();
    return decode_number(payload());
}

bool ValueView::boolean() const {
    assert(type() == Type::BOOL);
    EncodedReader reader(payload());
    return reader.take(1).front() != 0;
}

std::size_t ValueView::count() const {
    assert(is_container(type()));
    return EncodedReader(payload()).number();
}

ValueRange ValueView::elements() const {
    assert(is_container(type()) && type() != Type::M);
    EncodedReader reader(payload());
    const std::size_t count = take_count(reader);
    return {reader.rest(), count, lease_};
}

AttributeRange ValueView::attributes() const {
    assert(type() == Type::M);
    return attributes_of(payload(), lease_);
}

ValueView ValueView::find(std::string_view name) const {
    if (empty() || type() != Type::M) return {};
    return ValueView(find_among(payload(), name), lease_);
}

ValueView ValueView::at(std::size_t index) const {
    if (empty() || type() != Type::L) return {};
    EncodedReader reader(payload());
    if (index >= reader.number()) return {};
    for (; index > 0; --index) reader.value();
    return ValueView(reader.value(), lease_);
}

namespace {

// No row has more levels; damage may have: recursion ends here.
void check_level(int level) {
    if (level > valid_levels_max) fail_damaged();
}

std::size_t size_at(ValueView value, int level) {
    check_level(level);
    std::size_t size = 0;
    switch (value.type()) {
        case Type::S:
        case Type::B:
            return value.payload().size();
        case Type::N: {
            const EncodedNumber parts(value.payload());
            return number_size_bytes(parts.negative, parts.magnitude, parts.digit_count());
        }
        case Type::BOOL:
        case Type::NULL_:
            return 1;
        case Type::SS:
        case Type::NS:
        case Type::BS:
            for (const ValueView member : value.elements()) size += size_at(member, level + 1);
            return size;
        case Type::L:
            for (const ValueView element : value.elements()) size += 1 + size_at(element, level + 1);
            return 3 + size;
        case Type::M:
            for (const auto& [name, member] : value.attributes()) {
                size += 1 + name.size() + size_at(member, level + 1);
            }
            return 3 + size;
    }
    return size;
}

}  // namespace

std::size_t ValueView::size_bytes() const {
    return size_at(*this, 1);
}

std::size_t ItemView::size_bytes() const {
    return empty() ? 0 : EncodedReader(encoded()).number();
}

std::size_t ItemView::count() const {
    return empty() ? 0 : EncodedReader(after_size(encoded())).number();
}

ValueView ItemView::find(std::string_view name) const {
    return empty() ? ValueView() : ValueView(find_among(after_size(encoded()), name), lease_);
}

AttributeRange ItemView::attributes() const {
    return empty() ? AttributeRange() : attributes_of(after_size(encoded()), lease_);
}

void ValueRange::iterator::read() {
    lease_.check();
    current_ = at_ < values_.size() ? ValueView(EncodedReader(values_.substr(at_)).value(), lease_) : ValueView();
}

ValueRange::iterator& ValueRange::iterator::operator++() {
    at_ += current_.encoded().size();
    read();
    return *this;
}

void AttributeRange::iterator::read() {
    lease_.check();
    if (at_ >= attributes_.size()) return;
    EncodedReader reader(attributes_.substr(at_));
    const auto attribute = reader.attribute();
    current_ = {attribute.name, ValueView(attribute.value, lease_)};
    next_ = attributes_.size() - reader.rest().size();
}

AttributeRange::iterator& AttributeRange::iterator::operator++() {
    at_ = next_;
    read();
    return *this;
}

namespace {

void append_text(std::string& out, std::string_view text) {
    append_varint(out, text.size());
    out += text;
}

// Appends what `payload` appends, after its length. The length's room is a guess of one byte, widened where the payload
// turns out longer: nearly all are short.
template <class Payload>
void append_with_length(std::string& out, Payload payload) {
    const std::size_t at = out.size();
    out += '\0';
    payload();
    const std::size_t length = out.size() - at - 1;
    if (length < 0x80) {
        out[at] = static_cast<char>(length);
    } else {
        std::string head;
        append_varint(head, length);
        out.replace(at, 1, head);
    }
}

void append_attributes(std::string& out, const Map& map) {
    append_varint(out, map.size());
    for (const Attribute& attribute : map) {
        append_text(out, attribute.name);
        encode(out, attribute.value);
    }
}

// One overload for each alternative of a value: its length and payload.
struct PayloadEncoder {
    std::string& out;

    void operator()(const std::string& text) const { append_text(out, text); }
    void operator()(const Decimal& number) const {
        append_with_length(out, [&] { append_encoded_number(out, number); });
    }
    void operator()(const Binary& binary) const { append_text(out, binary.bytes); }
    void operator()(bool boolean) const {
        append_text(out, boolean ? std::string_view("\1") : std::string_view("\0", 1));
    }
    void operator()(const Null&) const { append_text(out, {}); }
    void operator()(const StringSet& set) const { append_set(Type::S, set.members); }
    void operator()(const NumberSet& set) const { append_set(Type::N, set.members); }
    void operator()(const BinarySet& set) const { append_set(Type::B, set.members); }
    void operator()(const List& list) const {
        append_with_length(out, [&] {
            append_varint(out, list.size());
            for (const AttributeValue& element : list) encode(out, element);
        });
    }
    void operator()(const Map& map) const {
        append_with_length(out, [&] { append_attributes(out, map); });
    }

private:
    template <class Member>
    void append_set(Type type, const std::vector<Member>& members) const {
        assert(std::is_sorted(members.begin(), members.end()));
        append_with_length(out, [&] {
            append_varint(out, members.size());
            for (const Member& member : members) {
                out += static_cast<char>(type);
                (*this)(member);
            }
        });
    }
};

StringSet decode_strings(ValueRange members) {
    StringSet set;
    for (const ValueView member : members) set.members.emplace_back(member.text());
    return set;
}

NumberSet decode_numbers(ValueRange members) {
    NumberSet set;
    for (const ValueView member : members) set.members.push_back(member.number());
    return set;
}

BinarySet decode_binaries(ValueRange members) {
    BinarySet set;
    for (const ValueView member : members) set.members.emplace_back(member.text());
    return set;
}

AttributeValue decode_at(ValueView value, int level);

List decode_list(ValueRange elements, int level) {
    List list;
    list.reserve(elements.size());
    for (const ValueView element : elements) list.push_back(decode_at(element, level));
    return list;
}

Map decode_map(AttributeRange attributes, int level) {
    Map map;
    map.reserve(attributes.size());
    for (const auto& [name, value] : attributes) map.set(name, decode_at(value, level));
    return map;
}

AttributeValue decode_at(ValueView value, int level) {
    check_level(level);
    switch (value.type()) {
        case Type::S:
            return {std::string(value.text())};
        case Type::N:
            return {value.number()};
        case Type::B:
            return {Binary{std::string(value.text())}};
        case Type::BOOL:
            return {value.boolean()};
        case Type::NULL_:
            return {Null{}};
        case Type::SS:
            return {decode_strings(value.elements())};
        case Type::NS:
            return {decode_numbers(value.elements())};
        case Type::BS:
            return {decode_binaries(value.elements())};
        case Type::L:
            return {decode_list(value.elements(), level + 1)};
        case Type::M:
            return {decode_map(value.attributes(), level + 1)};
    }
    return {Null{}};
}

}  // namespace

void encode(std::string& out, const AttributeValue& value) {
    out += static_cast<char>(value.type());
    std::visit(PayloadEncoder{out}, value.data);
}

void encode(std::string& out, const Item& item) {
    append_varint(out, size_bytes(item));
    append_attributes(out, item);
}

std::string encode(const AttributeValue& value) {
    std::string out;
    encode(out, value);
    return out;
}

std::string encode(const Item& item) {
    std::string out;
    encode(out, item);
    return out;
}

void ItemEncoder::add(std::string_view name, ValueView value) {
    assert(count_ == 0 || std::string_view(attributes_).substr(last_name_at_, last_name_bytes_) < name);
    append_varint(attributes_, name.size());
    last_name_at_ = attributes_.size();
    last_name_bytes_ = name.size();
    attributes_ += name;
    attributes_ += value.encoded();
    ++count_;
    size_bytes_ += name.size() + value.size_bytes();
}

std::string ItemEncoder::finish() {
    std::string item;
    item.reserve(varint_bytes(size_bytes_) + varint_bytes(count_) + attributes_.size());
    append_varint(item, size_bytes_);
    append_varint(item, count_);
    item += attributes_;
    *this = ItemEncoder();
    return item;
}

std::string encode(std::vector<AttributeView> attributes) {
    std::ranges::sort(attributes, {}, &AttributeView::name);
    ItemEncoder item;
    for (const AttributeView& attribute : attributes) item.add(attribute.name, attribute.value);
    return item.finish();
}

AttributeValue decode(ValueView value) {
    return decode_at(value, 1);
}

Item decode(ItemView item) {
    return decode_map(item.attributes(), 1);
}

std::optional<std::strong_ordering> compare(ValueView a, ValueView b) {
    if (a.empty() || b.empty() || a.type() != b.type()) return std::nullopt;
    switch (a.type()) {
        case Type::S:
        case Type::B:
            return a.payload() <=> b.payload();
        case Type::N:
            return compare_encoded_numbers(a.payload(), b.payload());
        default:
            return std::nullopt;
    }
}

namespace {

// Reads bytes that are not trusted: every step says whether it could be done.
class Checker {
public:
    explicit Checker(std::string_view bytes) : rest_(bytes) {}

    bool done() const { return rest_.empty(); }
    bool number(std::uint64_t& number) { return read_varint(rest_, number); }
    bool text(std::string_view& text) {
        std::uint64_t length = 0;
        if (!number(length) || length > rest_.size()) return false;
        text = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return true;
    }
    // A value, and what is in it.
    bool value(int level, ValueView& view);
    bool attributes(int level);

private:
    bool members(Type type, int level);

    std::string_view rest_;
};

bool Checker::value(int level, ValueView& view) {
    const std::string_view start = rest_;
    std::string_view payload;
    if (rest_.empty() || level > valid_levels_max) return false;
    const auto type = static_cast<Type>(rest_.front());
    rest_.remove_prefix(1);
    if (type > Type::M || !text(payload)) return false;
    view = ValueView(start.substr(0, start.size() - rest_.size()));
    Checker inside(payload);
    switch (type) {
        case Type::S:
        case Type::B:
            return true;
        case Type::N:
            return valid_encoded_number(payload);
        case Type::BOOL:
            return payload.size() == 1 && static_cast<unsigned char>(payload[0]) <= 1;
        case Type::NULL_:
            return payload.empty();
        case Type::M:
            return inside.attributes(level + 1) && inside.done();
        default:
            return inside.members(type, level + 1) && inside.done();
    }
}

// The elements of a list, or those of a set: of one type, ascending, each once.
bool Checker::members(Type type, int level) {
    std::uint64_t count = 0;
    if (!number(count)) return false;
    const auto member_type = static_cast<Type>(static_cast<int>(type) - static_cast<int>(Type::SS));
    ValueView before;
    for (; count > 0; --count) {
        ValueView member;
        if (!value(level, member)) return false;
        if (type == Type::L) continue;
        if (member.type() != member_type) return false;
        if (!before.empty() && *compare(before, member) >= 0) return false;
        before = member;
    }
    return true;
}

bool Checker::attributes(int level) {
    std::uint64_t count = 0;
    if (!number(count)) return false;
    std::string_view before;
    for (std::uint64_t i = 0; i < count; ++i) {
        std::string_view name;
        ValueView view;
        if (!text(name) || (i > 0 && name <= before) || !value(level, view)) return false;
        before = name;
    }
    return true;
}

}  // namespace

bool valid_item(std::string_view bytes) {
    Checker checker(bytes);
    std::uint64_t stated = 0;
    if (!checker.number(stated) || !checker.attributes(1) || !checker.done()) return false;
    std::size_t size_bytes = 0;
    for (const auto& [name, value] : ItemView(bytes).attributes()) size_bytes += name.size() + value.size_bytes();
    return stated == size_bytes;
}

}  // namespace minamo::storage
