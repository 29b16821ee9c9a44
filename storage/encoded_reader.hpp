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
    std::string_view name() { return take(number()); }
    // A value: all of its encoding.
    std::string_view value() {
        const char* const start = at_;
        take(1);
        take(number());
        return {start, static_cast<std::size_t>(at_ - start)};
    }

private:
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
