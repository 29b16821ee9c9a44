// Whether the pages of a file of LMDB's are what LMDB takes them for. LMDB trusts its file: a page beyond the end is
// SIGBUS, a damaged one a read or write anywhere. So a file is looked over before LMDB maps it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace minamo::storage::lmdb {

// Files up to this size are looked over whole each time, some milliseconds; larger ones only where they are shorter
// than their latest commit says.
inline constexpr std::size_t checked_bytes_max = std::size_t{64} << 20;

enum class FileState : std::uint8_t {
    whole,    // or too large to be looked over
    foreign,  // no file of LMDB's, of another version, or of another program
    cut_off,  // pages that the latest commit uses are beyond the end
    damaged,  // pages are not what they should be
};

// Of a file that nobody changes meanwhile. Files that cannot be read are `whole`: opening them tells why. Every file of
// ours has `mark` in it, whatever else of it is damaged; empty: that is not looked at.
FileState check_file(const std::string& path, std::string_view mark = {});

}  // namespace minamo::storage::lmdb
