// Numbers as 8 bytes whose memcmp order is theirs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "storage/faults.hpp"

namespace minamo::storage {

class BigEndian {
public:
    explicit BigEndian(std::uint64_t number) {
        for (std::size_t i = 8; i-- > 0; number >>= 8) bytes_[i] = static_cast<char>(number);
    }
    std::string_view bytes() const { return {bytes_.data(), bytes_.size()}; }

    // The number of the first 8 bytes; Damaged where there are fewer.
    static std::uint64_t read(std::string_view bytes) {
        if (bytes.size() < 8) fail_damaged();
        std::uint64_t number = 0;
        for (std::size_t i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
        return number;
    }

private:
    std::array<char, 8> bytes_;
};

}  // namespace minamo::storage
