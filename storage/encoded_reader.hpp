// A reader of encoded items and values (their grammar is in item_codec.hpp). It never leaves its bytes: what does not
// fit in them throws Damaged. For codecs only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "storage/faults.hpp"

namespace minamo::storage {

// Reads forward through a value, an item or a part of one.
class EncodedReader {
public:
    explicit EncodedReader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

    std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }

    std::size_t number() {
        if (at_ != end_ && static_cast<unsigned char>(*at_) < 0x80) return static_cast<unsigned char>(*at_++);
        return long_number();
    }
    std::string_view take(std::size_t n) {
        if (n > static_cast<std::size_t>(end_ - at_)) fail_damaged();
        const std::string_view taken(at_, n);
        at_ += n;
        return taken;
    }
    // The name of an attribute and its value, all of its encoding.
    struct Attribute {
        std::string_view name;
        std::string_view value;
    };
    Attribute attribute() {
        const std::string_view all = rest();
        if (!all.empty()) {  // both lengths in one byte, as nearly all are
            const std::size_t value_at = 1 + static_cast<unsigned char>(all[0]);
            if (value_at <= 0x80 && value_at + 2 <= all.size()) {
                const std::size_t length = static_cast<unsigned char>(all[value_at + 1]);
                const std::size_t end = value_at + 2 + length;
                if (length < 0x80 && end <= all.size()) {
                    at_ += end;
                    return {{all.data() + 1, value_at - 1}, {all.data() + value_at, 2 + length}};
                }
            }
        }
        const std::string_view name = take(number());
        return {name, value()};
    }
    // A value: all of its encoding.
    std::string_view value() {
        const char* const start = at_;
        skip_value();
        return {start, static_cast<std::size_t>(at_ - start)};
    }
    // What a value has after its type and length.
    std::string_view payload() {
        const std::size_t head = skip_value();
        return {at_ - head, head};
    }

private:
    // How long its payload is.
    std::size_t skip_value() {
        const std::size_t left = rest().size();
        if (left < 2) fail_damaged();  // type and length
        const auto length = static_cast<unsigned char>(at_[1]);
        if (length < 0x80 && length <= left - 2) {
            at_ += 2 + length;
            return length;
        }
        ++at_;
        return take(long_number()).size();
    }

    // Of more bytes than one.
    std::size_t long_number() {
        std::uint64_t number = 0;
        for (unsigned shift = 0;; shift += 7) {
            if (at_ == end_ || shift > 63) fail_damaged();
            const auto byte = static_cast<unsigned char>(*at_++);
            number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) return number;
        }
    }

    const char* at_;
    const char* end_;
};

}  // namespace minamo::storage
