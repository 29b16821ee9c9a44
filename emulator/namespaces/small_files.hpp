// Files of a few words beside the stores: read whole, and replaced whole or not at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace minamo {

// Nothing where it is not there, or cannot be read.
std::optional<std::string> read_file(const std::string& path);

// Afterwards the file has this text, on the disk, or what it had before. Any number of threads and processes may do so
// at once. False, with errno, where it has what it had before.
bool replace_file(const std::string& path, std::string_view text);

}  // namespace minamo
