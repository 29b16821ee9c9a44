// Items and values as bytes: one canonical encoding, so that equal values have equal bytes, and views that find one
// attribute without decoding the rest.
//
//   item       = size attributes                  size: DynamoDB's size of the item, a varint (varint.hpp)
//   attributes = count (length name value)*       names ascending by their bytes, each once; length of the name
//   value      = type length payload              type: one byte, the number of the Type; length of the payload
//
//   payload of S, B           the bytes
//              N              see below
//              BOOL           00 or 01
//              NULL           nothing
//              SS, NS, BS     count value*        values of type S, N or B, ascending, each once
//              L              count value*
//              M              attributes
//
//   number     = 80 | sign magnitude digits*      80: zero
//   sign       = C0 positive | 40 negative
//   magnitude  = power of ten of the first digit + 130, one byte
//   digits     = two digits a byte, the first in the high half; no trailing zero bytes
//
// count and length are varints. Magnitude and digits of a negative number are complemented, so that numbers compare as
// their bytes do, save that of two that agree to the end of one the longer is further from zero.
//
// The encoding is canonical (maps by ascending name, sets sorted, numbers canonical): deep equality is memcmp.
// Views borrow the bytes they were made from. A view of a row in LMDB's page lives until the next write in its
// transaction or the transaction's end. They never leave their bytes: where these are not what was encoded, as in a
// file that was damaged, they throw Damaged (faults.hpp).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "storage/faults.hpp"
#include "storage/value.hpp"

namespace minamo::storage {

class ValueRange;      // the elements of L, the members of SS, NS, BS
class AttributeRange;  // the attributes of M or of an item, by ascending name

// How long a view may be used: until the count that its transaction keeps of its writes moves on (its end counts as
// one). Every access through a view checks this in debug builds and aborts with a message; release builds know nothing
// of it. The count must outlive the views. A lease made by default never ends.
class Lease {
public:
    Lease() = default;
#ifdef NDEBUG
    explicit Lease(const std::uint64_t&) {}
    void check() const {}
#else
    explicit Lease(const std::uint64_t& writes) : writes_(&writes), seen_(writes) {}
    void check() const {
        if (writes_ != nullptr && *writes_ != seen_) abort_ended();
    }

private:
    [[noreturn]] static void abort_ended();
    const std::uint64_t* writes_ = nullptr;
    std::uint64_t seen_ = 0;
#endif
};

// One encoded value. Trivially copyable; empty() where made by default.
class ValueView {
public:
    ValueView() = default;
    explicit ValueView(std::string_view encoded, Lease lease = {}) : bytes_(encoded), lease_(lease) {}

    bool empty() const { return bytes_.empty(); }
    std::string_view encoded() const {
        lease_.check();
        return bytes_;
    }
    Type type() const {
        if (bytes_.empty() || static_cast<unsigned char>(bytes_.front()) > static_cast<unsigned>(Type::M)) {
            fail_damaged();
        }
        return static_cast<Type>(encoded().front());
    }

    std::string_view text() const;                // S: UTF-8; B: the bytes
    Decimal number() const;                       // N
    bool boolean() const;                         // BOOL
    std::size_t count() const;                    // SS, NS, BS, L, M: how many members
    ValueRange elements() const;                  // SS (as S values), NS (as N), BS (as B), L
    AttributeRange attributes() const;            // M
    ValueView find(std::string_view name) const;  // M: empty() where absent; so is it of every other type
    ValueView at(std::size_t index) const;        // L: empty() past the end; so is it of every other type

    std::size_t size_bytes() const;    // DynamoDB's size
    std::string_view payload() const;  // for codecs: what follows the length

private:
    std::string_view bytes_;
    [[no_unique_address]] Lease lease_;
};

// One encoded item: its DynamoDB size and its attributes.
class ItemView {
public:
    ItemView() = default;
    explicit ItemView(std::string_view encoded, Lease lease = {}) : bytes_(encoded), lease_(lease) {}

    bool empty() const { return bytes_.empty(); }  // made by default: no item at all. `{}` is not empty().
    std::string_view encoded() const {
        lease_.check();
        return bytes_;
    }
    std::size_t size_bytes() const;               // DynamoDB's size, read from the head; 0 for no item
    std::size_t count() const;                    // attributes; 0 for no item
    ValueView find(std::string_view name) const;  // empty() where absent, and for no item
    AttributeRange attributes() const;

private:
    std::string_view bytes_;
    [[no_unique_address]] Lease lease_;
};

struct AttributeView {
    std::string_view name;
    ValueView value;
};

// A forward range of values, made on the fly. Iterators may outlive it, not the bytes.
class ValueRange {
public:
    class iterator {
    public:
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::input_iterator_tag;  // values, not references
        using value_type = ValueView;
        using difference_type = std::ptrdiff_t;
        using pointer = const ValueView*;
        using reference = ValueView;

        iterator() = default;
        ValueView operator*() const { return current_; }
        const ValueView* operator->() const { return &current_; }
        iterator& operator++();
        iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const iterator& other) const { return at_ == other.at_; }

    private:
        friend class ValueRange;
        iterator(std::string_view values, std::size_t at, Lease lease) : values_(values), at_(at), lease_(lease) {
            read();
        }
        void read();
        std::string_view values_;
        std::size_t at_ = 0;
        ValueView current_;
        [[no_unique_address]] Lease lease_;
    };

    ValueRange() = default;
    ValueRange(std::string_view values, std::size_t count, Lease lease)
        : values_(values), count_(count), lease_(lease) {}
    iterator begin() const { return {values_, 0, lease_}; }
    iterator end() const { return {values_, values_.size(), lease_}; }
    std::size_t size() const { return count_; }
    bool empty() const { return count_ == 0; }

private:
    std::string_view values_;
    std::size_t count_ = 0;
    [[no_unique_address]] Lease lease_;
};

// A forward range of attributes, made on the fly. Iterators may outlive it, not the bytes.
class AttributeRange {
public:
    class iterator {
    public:
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::input_iterator_tag;  // values, not references
        using value_type = AttributeView;
        using difference_type = std::ptrdiff_t;
        using pointer = const AttributeView*;
        using reference = AttributeView;

        iterator() = default;
        AttributeView operator*() const { return current_; }
        const AttributeView* operator->() const { return &current_; }
        iterator& operator++();
        iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const iterator& other) const { return at_ == other.at_; }

    private:
        friend class AttributeRange;
        iterator(std::string_view attributes, std::size_t at, Lease lease)
            : attributes_(attributes), at_(at), lease_(lease) {
            read();
        }
        void read();
        std::string_view attributes_;
        std::size_t at_ = 0;
        std::size_t next_ = 0;
        AttributeView current_;
        [[no_unique_address]] Lease lease_;
    };

    AttributeRange() = default;
    AttributeRange(std::string_view attributes, std::size_t count, Lease lease)
        : attributes_(attributes), count_(count), lease_(lease) {}
    iterator begin() const { return {attributes_, 0, lease_}; }
    iterator end() const { return {attributes_, attributes_.size(), lease_}; }
    std::size_t size() const { return count_; }
    bool empty() const { return count_ == 0; }

private:
    std::string_view attributes_;
    std::size_t count_ = 0;
    [[no_unique_address]] Lease lease_;
};

// Appends the encoding. Sets must be normalized (value.hpp).
void encode(std::string& out, const AttributeValue& value);
void encode(std::string& out, const Item& item);
std::string encode(const AttributeValue& value);
std::string encode(const Item& item);

// An item of chosen attributes that are encoded already. They must ascend by name.
class ItemEncoder {
public:
    void add(std::string_view name, ValueView value);
    // The item of what was added. The encoder is then as new.
    std::string finish();

private:
    std::string attributes_;
    std::size_t count_ = 0;
    std::size_t size_bytes_ = 0;
    std::size_t last_name_at_ = 0;  // for the check of the order
    std::size_t last_name_bytes_ = 0;
};

// The item of attributes in any order, each name once.
std::string encode(std::vector<AttributeView> attributes);

AttributeValue decode(ValueView value);
Item decode(ItemView item);

// Whether the bytes are an item, and the one encoding of it: for bytes that come from who knows where. What passes may
// be viewed and decoded, and encodes again to the same bytes. Nesting beyond valid_levels_max is refused.
bool valid_item(std::string_view bytes);
inline constexpr int valid_levels_max = 100;  // the layer above stops at 32

// The order of `< <= > >=`, BETWEEN and of keys: strings by UTF-8 bytes, binaries by unsigned bytes, numbers by value.
// Nothing where the types differ or have no order.
std::optional<std::strong_ordering> compare(ValueView a, ValueView b);
// Deep equality, of any types.
inline bool equal(ValueView a, ValueView b) {
    return a.encoded() == b.encoded();
}

}  // namespace minamo::storage
